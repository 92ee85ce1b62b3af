"""Web pages (.html): headings, lists and tables of what a reader would see; scripts, forms and navigation are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

from hytenlp.cards.archive import depth
from hytenlp.cards.lines import Document
from hytenlp.cards.paragraphs import Paragraphs
from hytenlp.errors import InputError
from hytenlp.limits import MAX_DEPTH

_LEFT_OUT = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "nav",
        "form",
        "button",
        "select",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "audio",
        "video",
        "math",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "header",
        "hr",
        "html",
        "legend",
        "main",
        "p",
        "pre",
        "section",
        "summary",
    ]
)
_PAGE_EDGES = frozenset(("header", "footer"))  # what word processors call the running headers that they export
_HEADING = re.compile(r"h([1-6])")
_STRONG = frozenset(("b", "strong"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FLOATING = re.compile(r"float\s*:\s*(?:left|right)|position\s*:\s*absolute", re.IGNORECASE)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)


def read(data: bytes, source: str) -> Document:
    """The lines of a web page.

    Args:
        data: the file, in UTF-8 or in the encoding that it names.
        source: names it in messages.

    Raises:
        InputError: damaged or too large.
    """
    from lxml import etree
    from lxml.html import HTMLParser

    if b"\0" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError(f"{source}: tiedosto ei ole verkkosivu (binääritiedosto). Tallenna sivu uudelleen.")
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(_text(data).encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise InputError(
            f"{source}: verkkosivua ei voi lukea (tiedosto on tyhjä tai vioittunut). Tallenna sivu uudelleen."
        )
    if depth(root) > MAX_DEPTH:
        raise InputError(f"{source}: verkkosivun rakenne on liian syvä. Tallenna sivu uudelleen tekstinä.")
    reader = _Reader(source)
    reader.block(root, 0)
    reader.end()
    return reader.out.document


def _text(data: bytes) -> str:
    """Decodes as the page says, as UTF-8, or as what old Finnish pages use."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    named = _CHARSET.search(data[:2048])
    for encoding in (named[1].decode("ascii", "replace") if named else "utf-8", "utf-8", "cp1252"):
        try:
            return data.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")


class _Reader:
    def __init__(self, source: str) -> None:
        self.out = Paragraphs(source)
        self._parts: list[tuple[str, bool]] = []  # text and whether it is bold
        self._marker, self._depth, self._level = "", 0, 0

    def end(self) -> None:
        """Ends the paragraph that is being collected."""
        said = "".join(text for text, _ in self._parts)
        said = "\n".join(" ".join(line.split()) for line in said.split("\n"))
        if said.strip():
            bold = all(strong for text, strong in self._parts if text.strip())
            level = self._level or (6 if bold and len(said) < 120 and not self._marker else 0)
            self.out.add(said, level, self._marker, self._depth)
            self._marker = ""
        self._parts = []

    def block(self, element: Any, lists: int, bold: bool = False) -> None:
        """Reads an element and what stands in it."""
        self._say(element.text, bold)
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, lists, bold)
            self._say(child.tail, bold)

    def _say(self, text: str | None, bold: bool) -> None:
        if text:
            self._parts.append((text.replace("\n", " "), bold))

    def _child(self, child: Any, lists: int, bold: bool) -> None:
        tag, style = child.tag.lower(), child.get("style") or ""
        heading = _HEADING.fullmatch(tag)
        if tag in _LEFT_OUT or _is_hidden(child) or (tag == "div" and child.get("title") in _PAGE_EDGES):
            return
        if tag == "br":
            self._parts.append(("\n", bold))
        elif heading:
            self.end()
            self._level, self._marker = min(int(heading[1]), 5), ""
            self.block(child, lists, bold)
            self.end()
            self._level = 0
        elif tag in ("ul", "ol", "menu"):
            self._list(child, tag, lists)
        elif tag == "table":
            self._table(child)
        elif tag == "aside" or _FLOATING.search(style):
            self.end()
            with self.out.box():
                self.block(child, 0, bold)
                self.end()
        elif tag == "footer":
            self._footer(child)
        elif tag in _BLOCKS or tag == "li":
            self.end()
            self.block(child, lists, bold)
            self.end()
        else:
            self.block(child, lists, bold or tag in _STRONG)

    def _footer(self, element: Any) -> None:
        """Reads the foot of a page; when it holds plain text alone, that is no part of what the page says."""
        self.end()
        document = self.out.document
        before = len(document.lines)
        self.block(element, 0)
        self.end()
        said = document.lines[before:]
        if not any(line.glyph or line.level or line.cell for line in said):
            del document.lines[before:]
            document.furniture += said

    def _list(self, element: Any, tag: str, lists: int) -> None:
        self.end()
        number = 0
        for child in element:
            if not isinstance(child.tag, str) or _is_hidden(child):
                continue
            if child.tag.lower() != "li":
                self._child(child, lists + 1, False)
                continue
            number += 1
            self.end()
            self._marker, self._depth = (f"{min(number, 99)}." if tag == "ol" else "•"), min(lists, 20)
            self.block(child, lists + 1)
            self.end()
            self._marker, self._depth = "", min(max(lists - 1, 0), 20)
        self._depth = 0

    def _table(self, table: Any) -> None:
        self.end()
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in _rows(table)]
        width = max((len(row) for row in rows), default=0)
        number = self.out.table() if width > 1 else 0
        covered: dict[tuple[int, int], bool] = {}
        for r, row in enumerate(rows):
            column = 0
            for cell in row:
                while (r, column) in covered:
                    column += 1
                down, across = _span(cell, "rowspan"), _span(cell, "colspan")
                covered |= {(r + i, column + j): True for i in range(min(down, len(rows) - r)) for j in range(across)}
                inside = (
                    self.out.cell(number, r, column)
                    if width > 1
                    else self.out.box()
                    if len(rows) == 1
                    else nullcontext()
                )
                with inside:
                    self.block(cell, 0)
                    self.end()
                column += across


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _span(cell: Any, name: str) -> int:
    value = cell.get(name) or "1"
    return max(1, min(int(value), 50)) if value.isascii() and value.isdigit() else 1
