"""What each line of a document was taken for, so that a person can see why a bullet went astray."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hytenlp.cards.card import Category
from hytenlp.cards.lines import Line

#: The part of a card that a place belongs to.
Part = Literal["title", "joys", "concerns", "columns", "goals", "actions", "aside"]
#: What a line was taken for; all up to `column` are headings.
What = Literal[
    "part", "theme", "category", "goals", "actions", "section", "column",
    "unused", "title", "goal", "bullet", "continuation", "aside", "furniture", "unplaced",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taken:
    """One line and what it was taken for.

    Attributes:
        part, section, theme, category: where the reading stood after it.
    """

    line: Line
    what: What
    part: Part = "title"
    section: str | None = None
    theme: str | None = None
    category: Category | None = None
