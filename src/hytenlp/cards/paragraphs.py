"""Lines of documents that know their paragraphs, lists and tables: what word processors and web pages have in common."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from hytenlp.cards.lines import Cell, Document, make_line
from hytenlp.limits import MAX_CHARACTERS, MAX_LINES, check


class Paragraphs:
    """Collects paragraphs in reading order, with the boxes and cells that they stand in.

    Args:
        source: names the document in messages.
    """

    def __init__(self, source: str) -> None:
        self.document = Document([])
        self.page = 1
        self._source = source
        self._number = 0
        self._characters = 0
        self._box = 0
        self._boxes = 0
        self._cell: Cell | None = None
        self._tables = 0

    def add(self, text: str, level: int = 0, marker: str = "", depth: int = 0) -> None:
        """Adds a paragraph.

        Args:
            text: what it says; line feeds part its lines.
            level: heading level, 0 for none.
            marker: a list item's bullet or number ("•", "3."), empty for none.
            depth: how deep its list stands inside others, 0 the outermost.

        Raises:
            InputError: the document has become too long.
        """
        self._number += 1
        self._characters += len(text)
        check(self._characters, MAX_CHARACTERS, self._source, "tekstiä on liikaa", "merkkiä")
        check(self._number, MAX_LINES, self._source, "kappaleita on liikaa", "kappaletta")
        first = True
        for part in unicodedata.normalize("NFC", text).split("\n"):
            said = part.strip(" \t\u00a0\u200b\ufeff\u00ad")
            if not said:
                continue
            raw = f"{'  ' * depth}{marker} {said}" if marker and first else said
            line = make_line(raw, self._number, self.page)
            line.placed, line.box, line.cell = True, self._box, self._cell
            line.paragraph = first
            line.level = level or line.level
            line.blanks = int(first and not line.glyph)
            if not marker:
                line.indent += 2 * depth
            self.document.lines.append(line)
            first = False

    @contextmanager
    def box(self) -> Iterator[None]:
        """What is added meanwhile stands in a floating box of its own."""
        outside, cell = self._box, self._cell
        self._boxes += 1
        self._box, self._cell = self._boxes, None
        try:
            yield
        finally:
            self._box, self._cell = outside, cell

    def table(self) -> int:
        """The number for a new table, or for columns side by side."""
        self._tables += 1
        return self._tables

    @contextmanager
    def cell(self, table: int, row: int, column: int) -> Iterator[None]:
        """What is added meanwhile stands in a cell."""
        outside = self._cell
        self._cell = Cell(table, row, column)
        try:
            yield
        finally:
            self._cell = outside
