"""Figures on words and labelled texts: the word list, the guide's cue lists alone, and the vocabulary. `make quality`; not a test.

The cue lists are read from `../shared/annotation-guide.md`; without it that line is left out.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from hytenlp.batch import classify_item
from hytenlp.classification.corpus import Corpus
from hytenlp.classification.evaluation import Counts, evaluate, readable
from hytenlp.engine import engine
from hytenlp.pipeline import load

ROOT = Path(__file__).resolve().parents[2]


def words() -> None:
    """First-lemma and part recall on the project's own list."""
    analyser = engine().analyser
    with (ROOT / "tests" / "finnish" / "words.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    lemmas = sum(analyser(row["form"]).lemma.lower() == row["lemma"].lower() for row in rows)
    parts = [(row["form"], part) for row in rows for part in row["parts"].split("|")]
    found = sum(part.lower() in analyser(form).keys for form, part in parts)
    print(
        f"words: {len(rows)} forms, first lemma {lemmas / len(rows):.3f} (goal .98), {len(parts)} parts, recall {found / len(parts):.3f} (goal .97)"
    )


def cue_lists(part: str | None) -> None:
    """The guide's cue lists matched on part keys: where the vocabulary started from."""
    guide = ROOT.parent / "shared" / "annotation-guide.md"
    if not guide.is_file():
        print(f"cue lists: {guide} is absent")
        return
    section = guide.read_text("utf-8").split("\n## Concerns")[1].split("\n## ")[0]
    cues = {}
    for line in section.splitlines():
        if re.match(r"\| `", line):
            cells = [cell.strip(" `") for cell in line.strip("|").split("|")]
            for cue in cells[3].split(","):
                if "*" not in cue and " " not in cue.strip():
                    cues.setdefault(cue.strip().lower(), cells[0])
    shared, nlp, counts = engine(), load(), Counts()
    for action in Corpus(ROOT / "corpus").actions(part):
        keys = {key for token in shared.tokens(nlp.make_doc(action.text)) for key in token.word.keys}
        found = set(shared.vocabulary.narrowest(code for cue, code in cues.items() if cue in keys))
        gold = set(action.concerns)
        counts += Counts(len(found & gold), len(found - gold), len(gold - found))
    print(f"cue lists of the guide alone, {part or 'all'}: P {counts.precision or 0:.3f} R {counts.recall or 0:.3f}")


def main() -> None:
    """Words, cue lists, and the whole classification on the development and test parts."""
    words()
    for part in ("dev", "test"):
        cue_lists(part)
        print(readable(evaluate(Corpus(ROOT / "corpus"), part, classify_item, engine().vocabulary)))


if __name__ == "__main__":
    main()
