"""OpenDocument texts (.odt): paragraphs, lists, tables, text boxes; deleted changes and notes are left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

from hytenlp.cards.archive import Archive
from hytenlp.cards.lines import Document
from hytenlp.cards.paragraphs import Paragraphs

_FORM = "OpenDocument-teksti (.odt)"
_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _DRAW = f"{{{_NAMES}text:1.0}}", f"{{{_NAMES}table:1.0}}", f"{{{_NAMES}drawing:1.0}}"
_OFFICE, _STYLE, _FO = f"{{{_NAMES}office:1.0}}", f"{{{_NAMES}style:1.0}}", f"{{{_NAMES}xsl-fo-compatible:1.0}}"
_LEFT_OUT = frozenset(
    (
        f"{_TEXT}note",
        f"{_TEXT}tracked-changes",
        f"{_OFFICE}annotation",
        f"{_OFFICE}forms",
        f"{_TEXT}sequence-decls",
        f"{_DRAW}image",
    )
)
_HEADING = re.compile(r"(?:heading|otsikko|rubrik)[ _]*(\d)", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|otsikko|rubrik)", re.IGNORECASE)
_DEEPEST = 10


def read(data: bytes, source: str) -> Document:
    """The lines of an OpenDocument text.

    Args:
        data: the file.
        source: names it in messages.

    Raises:
        InputError: no OpenDocument text, damaged, encrypted or too large.
    """
    archive = Archive(data, source, _FORM)
    root = archive.tree("content.xml")
    body = None if root is None else root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise archive.broken()
    reader = _Reader(_Styles([root, archive.tree("styles.xml")]), source, body)
    reader.blocks(body, 0)
    return reader.out.document


class _Styles:
    """What styles say of looks: (bold, coloured, size in points), each None where they say nothing."""

    def __init__(self, roots: list[Any]) -> None:
        self._styles = {
            style.get(f"{_STYLE}name"): style
            for root in roots
            if root is not None
            for style in root.iter(f"{_STYLE}style")
        }
        self._lists = {
            style.get(f"{_STYLE}name"): style
            for root in roots
            if root is not None
            for style in root.iter(f"{_TEXT}list-style")
        }

    def chain(self, name: str | None) -> Iterator[Any]:
        """A style and those that it builds on."""
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = style.get(f"{_STYLE}parent-style-name")

    def names(self, name: str | None) -> list[str]:
        """The names of a style and those that it builds on."""
        return [
            (s.get(f"{_STYLE}display-name") or s.get(f"{_STYLE}name") or "").replace("_20_", " ")
            for s in self.chain(name)
        ]

    def look(self, name: str | None) -> tuple[bool | None, str | None, float | None]:
        """Weight, colour and size."""
        bold: bool | None = None
        colour: str | None = None
        size: float | None = None
        for style in self.chain(name):
            properties = style.find(f"{_STYLE}text-properties")
            if properties is None:
                continue
            weight, own, points = (properties.get(f"{_FO}{key}") for key in ("font-weight", "color", "font-size"))
            bold = weight in ("bold", "600", "700", "800", "900") if bold is None and weight else bold
            colour = own if colour is None else colour
            size = float(points[:-2]) if size is None and re.fullmatch(r"\d+(\.\d+)?pt", points or "") else size
        return bold, colour, size

    def breaks(self, name: str | None, kind: str) -> bool:
        """Whether a paragraph style begins a new page or column."""
        return any(
            properties.get(f"{_FO}break-before") == kind
            for style in self.chain(name)
            if (properties := style.find(f"{_STYLE}paragraph-properties")) is not None
        )

    def counts(self, name: str | None, level: int) -> bool | None:
        """Whether a list's level has numbers; None when it shows nothing."""
        style = self._lists.get(name)
        for child in style if style is not None else ():
            if child.get(f"{_TEXT}level") == str(level):
                if child.tag == f"{_TEXT}list-level-style-number":
                    return True if child.get(f"{_STYLE}num-format") else None
                return False
        return False


class _Reader:
    def __init__(self, styles: _Styles, source: str, body: Any) -> None:
        self._styles = styles
        self.out = Paragraphs(source)
        self._cell_of_columns: tuple[int, int] | None = None
        looks: Counter[tuple[bool, str, float]] = Counter()
        for paragraph in body.iter(f"{_TEXT}p"):
            for text, name in self._pieces(paragraph, paragraph.get(f"{_TEXT}style-name"), []):
                looks[self._look(name, paragraph)] += len(text)
        self._usual = looks.most_common(1)[0][0] if looks else (False, "", 0.0)
        sizes: Counter[float] = Counter()
        for (_, _, size), count in looks.items():
            sizes[size] += count
        self._largest = max((size for size in sizes if sizes[size] >= 0.1 * sizes.total()), default=0.0)

    def _look(self, name: str | None, paragraph: Any) -> tuple[bool, str, float]:
        mine = self._styles.look(name)
        whole = self._styles.look(paragraph.get(f"{_TEXT}style-name"))
        bold = mine[0] if mine[0] is not None else whole[0]
        return bool(bold), _colour(mine[1] if mine[1] is not None else whole[1]), mine[2] or whole[2] or 0.0

    def blocks(self, element: Any, lists: int, counted: str | None = None) -> None:
        """Reads the blocks that stand in an element."""
        for child in element:
            tag = child.tag
            if tag in _LEFT_OUT:
                continue
            if tag in (f"{_TEXT}p", f"{_TEXT}h"):
                self._paragraph(child)
            elif tag == f"{_TEXT}list":
                self._list(child, lists, child.get(f"{_TEXT}style-name") or counted)
            elif tag == f"{_TABLE}table":
                self._table(child)
            elif tag == f"{_TEXT}section":
                self._section(child)
            elif tag.startswith(_DRAW):
                self._boxes(child)
            else:
                self.blocks(child, lists, counted)

    def _section(self, section: Any) -> None:
        """A section; paragraphs that begin columns part it."""
        starts = [p for p in section if self._styles.breaks(p.get(f"{_TEXT}style-name"), "column")]
        if not starts:
            self.blocks(section, 0)
            return
        number, column = self.out.table(), 0
        for child in list(section):
            column += child in starts
            with self.out.cell(number, 0, column):
                self.blocks([child], 0)

    def _list(self, element: Any, lists: int, name: str | None) -> None:
        counts = self._styles.counts(name, lists + 1)
        number = 0
        for item in element:
            if item.tag not in (f"{_TEXT}list-item", f"{_TEXT}list-header"):
                continue
            number += 1
            marker = (
                f"{min(number, 99)}." if counts else "" if counts is None or item.tag == f"{_TEXT}list-header" else "•"
            )
            for child in item:
                if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                    self._paragraph(child, marker, min(lists, 20))
                    marker = ""
                else:
                    self.blocks([child], lists + 1, name)

    def _paragraph(self, paragraph: Any, marker: str = "", depth: int = 0) -> None:
        name = paragraph.get(f"{_TEXT}style-name")
        if self._styles.breaks(name, "page"):
            self.out.page += 1
        boxes: list[Any] = []
        pieces = list(self._pieces(paragraph, name, boxes))
        self.out.page += sum(text == "\f" for text, _ in pieces)
        said = "".join(text for text, _ in pieces if text != "\f")
        level = self._level(paragraph, name, pieces, said)
        heading = 0 < level < 6
        self.out.add(said, 0 if marker and not heading else level, "" if heading else marker, depth)
        for box in boxes:
            self._boxes(box)

    def _boxes(self, drawing: Any) -> None:
        for box in drawing.iter(f"{_DRAW}text-box", f"{_DRAW}custom-shape", f"{_DRAW}rect"):
            with self.out.box():
                self.blocks(box, 0)

    def _level(self, paragraph: Any, name: str | None, pieces: list[tuple[str, str | None]], said: str) -> int:
        if paragraph.tag == f"{_TEXT}h":
            given = paragraph.get(f"{_TEXT}outline-level") or "1"
            return min(int(given), 5) if given.isdigit() else 1
        for one in self._styles.names(name):
            if named := _HEADING.fullmatch(one):
                return max(1, min(int(named[1]), 5))
            if _TITLE.fullmatch(one):
                return 1
        looks = [self._look(style, paragraph) for text, style in pieces if text.strip()]
        bold, colour, _ = self._usual
        if not looks or len(said) > 120:
            return 0
        if self._largest and all(look[2] > 1.12 * self._largest for look in looks):
            return 3
        if all(look[0] and not bold for look in looks) or all(look[1] and look[1] != colour for look in looks):
            return 6
        return 0

    def _pieces(
        self, element: Any, style: str | None, boxes: list[Any], depth: int = 0
    ) -> Iterator[tuple[str, str | None]]:
        """The texts under a paragraph with their styles; text boxes are set aside."""
        if element.text:
            yield _spaces(element.text), style
        for child in element:
            tag = child.tag
            if tag in (f"{_TEXT}s", f"{_TEXT}tab"):
                yield " " if tag == f"{_TEXT}s" else "\t", style
            elif tag == f"{_TEXT}line-break":
                yield "\n", style
            elif tag == f"{_TEXT}soft-page-break":
                yield "\f", style
            elif tag.startswith(_DRAW) and tag not in _LEFT_OUT and tag != f"{_DRAW}a":
                boxes.append(child)
            elif tag not in _LEFT_OUT and depth < 60:
                yield from self._pieces(child, child.get(f"{_TEXT}style-name") or style, boxes, depth + 1)
            if child.tail:
                yield _spaces(child.tail), style

    def _table(self, table: Any) -> None:
        rows = [row for row in table.iter(f"{_TABLE}table-row") if _owner(row) is table]
        cells = [list(_cells(row)) for row in rows]
        width = max((column + 1 for row in cells for column, _ in row), default=0)
        number = self.out.table() if width > 1 else 0
        for r, row in enumerate(cells):
            for column, cell in row:
                inside = (
                    self.out.cell(number, r, column)
                    if width > 1
                    else self.out.box()
                    if len(cells) == 1
                    else nullcontext()
                )
                with inside:
                    self.blocks(cell, 0)


def _owner(row: Any) -> Any:
    return next(row.iterancestors(f"{_TABLE}table"), None)


def _cells(row: Any) -> Iterator[tuple[int, Any]]:
    column = 0
    for cell in row:
        if cell.tag == f"{_TABLE}table-cell":
            yield column, cell
        given = cell.get(f"{_TABLE}number-columns-repeated") or "1"
        column += min(int(given), 100) if given.isdigit() else 1


def _spaces(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text)


def _colour(value: str | None) -> str:
    """A colour that is one: greys and black are none."""
    if not value or not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        return ""
    parts = [int(value[i : i + 2], 16) for i in (1, 3, 5)]
    return value.lower() if max(parts) - min(parts) > 40 else ""
