"""A long stream of actions in which new words come at a natural rate, made from the corpus by a seed.

Texts are drawn at random from the corpus. In each some words give way to other words of the corpus, rare ones as often as they are in
it, and some to compounds that the lexicon can read but no text has had. So the share of words never seen falls with the length as
it does in real text, and never to nothing.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_OTHER, _NEW = 0.10, 0.02  # shares of words that give way to another one, and to a new one
_HEADS = [
    "kylä",
    "ranta",
    "talvi",
    "metsä",
    "lasi",
    "kivi",
    "saari",
    "torni",
    "silta",
    "vesi",
    "tuuli",
    "puu",
    "koti",
    "maa",
    "jää",
    "lumi",
    "järvi",
    "pelto",
    "tori",
    "satama",
]
_TAILS = [
    "juhla",
    "kerho",
    "kahvila",
    "retki",
    "kurssi",
    "ilta",
    "piiri",
    "tupa",
    "talo",
    "päivä",
    "leiri",
    "paja",
    "ryhmä",
    "kisa",
    "polku",
    "kartta",
    "hanke",
    "malli",
]
_ENDINGS = ["a", "n", "lla", "sta", "lle", "t", "na", "ssa", ""]


def corpus_texts() -> list[str]:
    """The actions of the corpus."""
    files = sorted((ROOT / "corpus" / "actions").glob("*.jsonl"))
    return [json.loads(line)["text"] for file in files for line in file.read_text("utf-8").splitlines()]


def stream(count: int, seed: int = 1) -> Iterator[str]:
    """The texts."""
    made = random.Random(seed)
    source = corpus_texts()
    words = [word for text in source for word in text.split(" ") if word.isalpha() and word.islower()]
    for _ in range(count):
        text = made.choice(source).split(" ")
        for i, word in enumerate(text):
            if word.isalpha() and word.islower():
                drawn = made.random()
                if drawn < _NEW:
                    text[i] = "".join(made.choice(part) for part in (_HEADS, _HEADS, _TAILS, _ENDINGS))
                elif drawn < _NEW + _OTHER:
                    text[i] = made.choice(words)
        yield " ".join(text)


def write(path: Path, count: int, seed: int = 1) -> None:
    """Writes the stream as a table."""
    with path.open("w", encoding="utf-8") as file:
        for i, text in enumerate(stream(count, seed)):
            file.write(json.dumps({"id": i, "text": text}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
