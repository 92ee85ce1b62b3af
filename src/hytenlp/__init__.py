"""hytenlp reads Finnish municipal wellbeing cards, classifies their actions and shows which concerns nothing answers.

>>> import hytenlp
>>> nlp = hytenlp.load()
>>> nlp("Lisätty vape-tietoisuutta oppilaille ja perheille.")._.hyte.concerns
('vape',)
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hytenlp.compiled import let_stale_ones_go

# Nothing heavy is imported here: `hytenlp --help` must not wait for spaCy.
if TYPE_CHECKING:
    import pandas as pd
    from spacy.language import Language

    from hytenlp.cards.card import Card
    from hytenlp.verdicts import ConcernCoverage

let_stale_ones_go()

__version__ = "0.1.0"
__all__ = ["classify", "coverage", "load", "read_card"]


def load() -> Language:
    """The pipeline: a spaCy `Language` whose documents carry the analysis in `doc._.hyte`."""
    from hytenlp.pipeline import load as load_pipeline

    return load_pipeline()


def read_card(path: str | Path) -> Card:
    """Reads a card from a document: PDF, Word, OpenDocument, HTML, Markdown or text.

    Raises:
        hytenlp.errors.InputError: the file cannot be read or no section was recognised in it.
    """
    from hytenlp.batch import read_card as read

    return read(Path(path))


def classify(frame: pd.DataFrame, text_column: str = "text") -> pd.DataFrame:
    """Classifies the rows of a table.

    Args:
        frame: one bullet a row. Its columns `id`, `municipality`, `year`, `kind` and `stated_theme`, if any, are used.
        text_column: the column that holds the texts.

    Returns:
        As many rows in the same order and with the same index: the columns of `hytenlp classify`, then the frame's others.

    Raises:
        hytenlp.errors.InputError: the frame has no such column.
    """
    from hytenlp.batch import classify_frame

    return classify_frame(frame, text_column)


def coverage(card: Card) -> list[ConcernCoverage]:
    """The verdict on each concern of a card, in the order of the annotation guide."""
    from hytenlp.batch import cover_card

    return cover_card(card)
