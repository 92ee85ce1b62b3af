"""What each kind of feature is worth: models of the training part on the development part, with intervals over hands.

`make compare`; minutes, not a test. The intervals are bootstrapped over hands, since a new text comes from a new hand.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from hytenlp.classification.corpus import Corpus, LabelledAction
from hytenlp.classification.training import train
from hytenlp.engine import Engine
from hytenlp.finnish.language import HyteFinnish
from hytenlp.records import Item, Record

ROOT = Path(__file__).resolve().parents[2]
MENTIONS = ("m=", "m^", "t=", "g=", "G=", "T=", "x=", "u=", "st=")
VARIANTS = {
    "words and parts": ("c=", *MENTIONS),
    "letters": ("l=", "p=", *MENTIONS),
    "words and letters": MENTIONS,
    "words and findings of the vocabulary": ("c=",),
    "all": (),
}
Pairs = Sequence[tuple[LabelledAction, Record]]


def figures(pairs: Pairs) -> tuple[float, float, float, float]:
    """Theme accuracy, micro-F1 of groups and of concerns, status accuracy."""

    def micro(field: str) -> float:
        tp = sum(len(set(getattr(a, field)) & set(getattr(r, field))) for a, r in pairs)
        total = sum(len(getattr(a, field)) + len(getattr(r, field)) for a, r in pairs)
        return 2 * tp / total

    theme = sum(a.theme == r.theme for a, r in pairs) / len(pairs)
    status = sum(a.status == r.status for a, r in pairs) / len(pairs)
    return theme, micro("target_groups"), micro("concerns"), status


def line(name: str, pairs: Pairs) -> str:
    """The figures with the range that 90 % of bootstrapped sets of hands give."""
    made = random.Random(0)
    by_hand: dict[str, list[tuple[LabelledAction, Record]]] = {}
    for pair in pairs:
        by_hand.setdefault(pair[0].author, []).append(pair)
    hands = sorted(by_hand)
    drawn = [figures([p for hand in made.choices(hands, k=len(hands)) for p in by_hand[hand]]) for _ in range(200)]
    cells = []
    for i, value in enumerate(figures(pairs)):
        spread = sorted(sample[i] for sample in drawn)
        cells.append(f"{value:.3f} ({spread[10]:.3f}-{spread[-11]:.3f})")
    return f"| {name} | " + " | ".join(cells) + " |"


def main() -> None:
    """Prints one row a variant."""
    corpus = Corpus(ROOT / "corpus")
    plain, nlp = Engine(model=None), HyteFinnish()
    print(
        "| features | theme accuracy | groups micro-F1 | concerns micro-F1 | status accuracy |\n| --- | --- | --- | --- | --- |"
    )

    def judged(engine: Engine) -> Pairs:
        records = []
        for action in corpus.actions("dev"):
            item = Item(action.id, "", None, None, "action", None, None, action.text, {})
            records.append((action, Record.of(item, engine.analyse(nlp.make_doc(action.text)))))
        return records

    print(line("vocabulary and rules only", judged(plain)), flush=True)
    for name, leave_out in VARIANTS.items():
        model = train(
            corpus, plain.vocabulary, lambda t, k, s: plain.sample(nlp.make_doc(t), k, s), "", ("train",), leave_out
        )
        print(line(name, judged(Engine(plain.vocabulary, model))), flush=True)


if __name__ == "__main__":
    main()
