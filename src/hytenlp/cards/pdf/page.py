"""What a page of a PDF shows: runs of characters, rectangles, and the segments and places that are made of them.

Coordinates are points from the lower left corner of the page as it is seen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from hytenlp.cards.lines import Cell

_UMLAUT = {"a": "ä", "o": "ö", "A": "Ä", "O": "Ö", "u": "ü", "U": "Ü"}


@dataclass(slots=True)
class Rect:
    """A rectangle, line or dot that is drawn."""

    x0: float
    y0: float
    x1: float
    y1: float
    stroked: bool = True

    @property
    def width(self) -> float:
        """In points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """In points."""
        return self.y1 - self.y0

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        return self.x0 - 1 <= x <= self.x1 + 1 and self.y0 - 1 <= y <= self.y1 + 1


@dataclass(slots=True)
class Run:
    """Characters that follow each other on one baseline, with one look.

    Attributes:
        order: their place in the file.
        symbol: whether the font is one of pictures.
        artifact: whether a tagged PDF calls them page furniture.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool = False
    colour: int = 0
    order: int = 0
    symbol: bool = False
    upright: bool = True
    artifact: bool = False


@dataclass(slots=True)
class Page:
    """What one page shows."""

    number: int
    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    rects: list[Rect] = field(default_factory=list)


@dataclass(slots=True)
class Segment:
    """Runs of one row that belong together: a line of one column."""

    page: Page
    runs: list[Run]
    blocks: list[list[Placed]] | None = None  # a ruled table, which is ordered as a whole

    x0: float = 0.0
    x1: float = 0.0
    y0: float = 0.0
    y1: float = 0.0

    def __post_init__(self) -> None:
        if self.runs:
            self.measure()

    def measure(self) -> None:
        """Takes the extent from the runs."""
        self.x0, self.x1 = min(r.x0 for r in self.runs), max(r.x1 for r in self.runs)
        self.y0, self.y1 = self.base - 0.22 * self.size, self.base + 0.75 * self.size

    @property
    def base(self) -> float:
        """The baseline of the first run with letters."""
        return next((r.base for r in self.runs if len(r.text) > 1), self.runs[0].base if self.runs else self.y0)

    @property
    def size(self) -> float:
        """The font size of most of the text."""
        return max(self.runs, key=lambda r: len(r.text)).size if self.runs else 0.0

    @property
    def order(self) -> int:
        """Its place in the file."""
        return min((r.order for r in self.runs), default=0)

    @property
    def text(self) -> str:
        """What it says, glyph and all."""
        text = self.runs[0].text
        for before, run in pairwise(self.runs):
            gap = run.x0 - before.x1
            if gap > 0.2 * run.size and not text.endswith(" ") and not run.text.startswith(" "):
                text += " "
            text += run.text
        return unicodedata.normalize("NFC", re.sub("¨ ?([aouAOU])|([aouAOU])¨", _with_dots, text))

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.y0 + self.y1) / 2


def _with_dots(found: re.Match[str]) -> str:
    return _UMLAUT[found[1] or found[2]]


@dataclass(slots=True)
class Placed:
    """A segment in its place in the reading order."""

    segment: Segment
    box: int = 0
    cell: Cell | None = None
    starts: bool = False  # begins a box, column or cell


def extent(segments: Sequence[Segment]) -> tuple[float, float, float, float]:
    """The left, lower, right and upper edge of segments."""
    return (
        min(s.x0 for s in segments),
        min(s.y0 for s in segments),
        max(s.x1 for s in segments),
        max(s.y1 for s in segments),
    )


def one_line(segments: list[Segment]) -> Segment:
    """Segments of several rows set one after the other, as if on one row."""
    first = segments[0]
    runs: list[Run] = []
    for s in segments:
        for run in s.runs:
            at = runs[-1].x1 + run.size if runs and run is s.runs[0] else run.x0
            runs.append(Run(run.text, at, at + run.x1 - run.x0, first.base, run.size, run.bold, run.colour, run.order))
    joined = Segment(first.page, runs)
    joined.x0, joined.x1 = min(s.x0 for s in segments), max(s.x1 for s in segments)
    joined.y0, joined.y1 = min(s.y0 for s in segments), max(s.y1 for s in segments)
    return joined
