"""Word documents (.docx, .docm): paragraphs, lists, tables, text boxes and accepted changes. Macros and links are never touched."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from hytenlp.cards.archive import Archive
from hytenlp.cards.lines import Document
from hytenlp.cards.paragraphs import Paragraphs

_FORM = "Word-asiakirja (.docx)"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHOICES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HEADING = re.compile(r"(?:heading|otsikko|rubrik)\s*(\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|sisluet|sisällysluettelo|innehåll)\s*\d?", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|otsikko|rubrik)", re.IGNORECASE)
_GONE = {
    f"{_W}{name}"
    for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr")
}
_PLAIN = {"t", "tab", "br", "cr", "noBreakHyphen", "softHyphen", "sym", "lastRenderedPageBreak", "ptab"}
_DEEPEST = 10  # styles based on styles


def read(data: bytes, source: str) -> Document:
    """The lines of a Word document.

    Args:
        data: the file.
        source: names it in messages.

    Raises:
        InputError: no Word document, damaged, encrypted or too large.
    """
    archive = Archive(data, source, _FORM)
    root = archive.tree("word/document.xml")
    body = None if root is None else root.find(f"{_W}body")
    if body is None:
        raise archive.broken()
    reader = _Reader(_Styles(archive.tree("word/styles.xml")), _Numbering(archive.tree("word/numbering.xml")), source)
    reader.body(body)
    return reader.out.document


@dataclass(slots=True)
class _Look:
    """How text looks, as far as styles and runs say it."""

    bold: bool | None = None
    size: int | None = None  # half points
    colour: str | None = None
    hidden: bool | None = None

    @classmethod
    def of(cls, properties: Any) -> _Look:
        """What an `rPr` element says."""
        if properties is None:
            return cls()
        size = properties.find(f"{_W}sz")
        colour = properties.find(f"{_W}color")
        number = (size.get(f"{_W}val") or "") if size is not None else ""
        return cls(
            _flag(properties.find(f"{_W}b")),
            int(number) if number.isdigit() else None,
            colour.get(f"{_W}val") if colour is not None else None,
            _flag(properties.find(f"{_W}vanish")),
        )

    def over(self, other: _Look) -> _Look:
        """This look where it says something, else the other."""
        return _Look(
            *(mine if mine is not None else theirs for mine, theirs in zip(self._all(), other._all(), strict=True))
        )

    def _all(self) -> tuple[Any, ...]:
        return self.bold, self.size, self.colour, self.hidden


def _flag(element: Any) -> bool | None:
    return None if element is None else element.get(f"{_W}val") not in ("0", "false", "off", "none")


@dataclass(slots=True)
class _Style:
    name: str = ""
    based_on: str | None = None
    outline: int | None = None
    numbering: tuple[str, int] | None = None
    look: _Look = field(default_factory=_Look)


class _Styles:
    """Paragraph and character styles, with what they inherit."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, _Style] = {}
        self.default = _Look()
        if root is None:
            return
        self.default = _Look.of(root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"))
        for element in root.iterfind(f"{_W}style"):
            name, based = element.find(f"{_W}name"), element.find(f"{_W}basedOn")
            properties = element.find(f"{_W}pPr")
            style = _Style(
                (name.get(f"{_W}val") or "") if name is not None else "",
                based.get(f"{_W}val") if based is not None else None,
                _outline(properties),
                _numbering_of(properties),
                _Look.of(element.find(f"{_W}rPr")),
            )
            if named := _HEADING.fullmatch(style.name.strip()):
                style.outline = max(1, int(named[1]))
            self._styles[element.get(f"{_W}styleId") or ""] = style
            if element.get(f"{_W}default") in ("1", "true") and element.get(f"{_W}type") == "paragraph":
                self.default = style.look.over(self.default)

    def get(self, key: str | None) -> _Style:
        """A style with what it inherits; an empty one when it is unknown."""
        style, merged = self._styles.get(key or ""), _Style()
        for _ in range(_DEEPEST):
            if style is None:
                break
            merged.name = merged.name or style.name
            merged.outline = merged.outline if merged.outline is not None else style.outline
            merged.numbering = merged.numbering or style.numbering
            merged.look = merged.look.over(style.look)
            style = self._styles.get(style.based_on or "")
        return merged


def _outline(properties: Any) -> int | None:
    """The heading level that paragraph properties give, 1 the highest."""
    element = properties.find(f"{_W}outlineLvl") if properties is not None else None
    value = (element.get(f"{_W}val") or "") if element is not None else ""
    return int(value) + 1 if value.isdigit() and int(value) < 9 else None


def _numbering_of(properties: Any) -> tuple[str, int] | None:
    """The list and level that paragraph properties name."""
    element = properties.find(f"{_W}numPr") if properties is not None else None
    if element is None:
        return None
    number, level = element.find(f"{_W}numId"), element.find(f"{_W}ilvl")
    depth = (level.get(f"{_W}val") or "0") if level is not None else "0"
    if number is None:
        return None
    return number.get(f"{_W}val") or "0", min(int(depth), 8) if depth.isdigit() else 0


class _Numbering:
    """What the lists of a document count with."""

    def __init__(self, root: Any) -> None:
        self._formats: dict[tuple[str, int], str] = {}
        self._counts: Counter[tuple[str, int]] = Counter()
        if root is None:
            return
        abstract = {element.get(f"{_W}abstractNumId"): element for element in root.iterfind(f"{_W}abstractNum")}
        for number in root.iterfind(f"{_W}num"):
            link = number.find(f"{_W}abstractNumId")
            shape = abstract.get(link.get(f"{_W}val")) if link is not None else None
            for level in shape.iterfind(f"{_W}lvl") if shape is not None else ():
                form, depth = level.find(f"{_W}numFmt"), level.get(f"{_W}ilvl") or "0"
                if form is not None and depth.isdigit():
                    self._formats[number.get(f"{_W}numId") or "", int(depth)] = form.get(f"{_W}val") or "bullet"

    def marker(self, number: str, depth: int) -> str:
        """The bullet or number of the next item of a list."""
        form = self._formats.get((number, depth), "bullet")
        if number == "0" or form == "none":
            return ""
        if form == "bullet":
            return "•"
        self._counts[number, depth] += 1
        for deeper in range(depth + 1, 9):
            self._counts.pop((number, deeper), None)
        return f"{min(self._counts[number, depth], 99)}."


@dataclass(slots=True)
class _Text:
    """A paragraph's text as it is collected, with its looks and boxes."""

    parts: list[str] = field(default_factory=list)
    looks: list[tuple[_Look, int]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    columns: int = 0  # column breaks before the text
    late_columns: int = 0  # and after it


class _Reader:
    def __init__(self, styles: _Styles, numbering: _Numbering, source: str) -> None:
        self._styles, self._numbering = styles, numbering
        self.out = Paragraphs(source)
        self._carried = ""  # text of a paragraph whose end was deleted
        self._body: Any = None

    @cached_property
    def _usual(self) -> tuple[int, bool, str]:
        """Weight and colour of most of the text, and the largest size that much of it has."""
        counts: Counter[tuple[int, bool, str]] = Counter()
        for paragraph in self._body.iter(f"{_W}p"):
            style = self._style_of(paragraph)
            for run in paragraph.iter(f"{_W}r"):
                length = sum(len(t.text or "") for t in run.iterfind(f"{_W}t"))
                counts[self._key(_Look.of(run.find(f"{_W}rPr")).over(style.look))] += length
        if not counts:
            return 20, False, ""
        sizes: Counter[int] = Counter()
        for (size, _, _), count in counts.items():
            sizes[size] += count
        (_, bold, colour), _ = counts.most_common(1)[0]
        return max(size for size in sizes if sizes[size] >= 0.1 * sizes.total()), bold, colour

    def _key(self, look: _Look) -> tuple[int, bool, str]:
        whole = look.over(self._styles.default)
        return whole.size or 20, bool(whole.bold), _colour(whole.colour)

    def body(self, body: Any) -> None:
        """Reads all of a document's body, its sections with their columns."""
        self._body = body
        blocks: list[Any] = []
        for block in _blocks(body):
            blocks.append(block)
            section = block.find(f"{_W}pPr/{_W}sectPr") if block.tag == f"{_W}p" else None
            if section is not None:
                self._section(blocks, section)
                blocks = []
        self._section(blocks, body.find(f"{_W}sectPr"))

    def _section(self, blocks: list[Any], properties: Any) -> None:
        if self.out.document.lines and not self._rendered and _begins_page(properties):
            self.out.page += 1
        columns = properties.find(f"{_W}cols") if properties is not None else None
        several = columns is not None and (columns.get(f"{_W}num") or "1") not in ("0", "1")
        if several and any(br.get(f"{_W}type") == "column" for block in blocks for br in block.iter(f"{_W}br")):
            self._columns(blocks)
        else:
            self._blocks(blocks)

    def _columns(self, blocks: list[Any]) -> None:
        """Blocks of a section whose columns are parted by breaks."""
        number, column = self.out.table(), 0
        for block in blocks:
            text = self._text(block) if block.tag == f"{_W}p" else _Text()
            column += text.columns
            with self.out.cell(number, 0, column):
                self._blocks([block])
            column += text.late_columns

    def _blocks(self, blocks: list[Any]) -> None:
        framed: list[Any] = []
        for block in blocks:
            frame = block.find(f"{_W}pPr/{_W}framePr")
            if frame is not None and not frame.get(f"{_W}dropCap"):
                framed.append(block)
                continue
            self._frame(framed)
            framed = []
            if block.tag == f"{_W}p":
                self._paragraph(block)
            else:
                self._table(block)
        self._frame(framed)

    def _frame(self, paragraphs: list[Any]) -> None:
        if paragraphs:
            with self.out.box():
                for paragraph in paragraphs:
                    self._paragraph(paragraph)

    # -- tables ------------------------------------------------------------------------------------------------------

    def _table(self, table: Any) -> None:
        rows = [row for row in _children(table, "tr") if row.find(f"{_W}trPr/{_W}del") is None]
        cells = [list(self._cells(row)) for row in rows]
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
                    self._blocks(list(_blocks(cell)))

    @staticmethod
    def _cells(row: Any) -> Iterator[tuple[int, Any]]:
        """The cells of a row with their columns; those that only go on with the one above are left out."""
        column = 0
        for cell in _children(row, "tc"):
            properties = cell.find(f"{_W}tcPr")
            span = properties.find(f"{_W}gridSpan") if properties is not None else None
            merged = properties.find(f"{_W}vMerge") if properties is not None else None
            if merged is None or merged.get(f"{_W}val") == "restart":
                yield column, cell
            wide = (span.get(f"{_W}val") or "1") if span is not None else "1"
            column += min(int(wide), 100) if wide.isdigit() else 1

    # -- paragraphs --------------------------------------------------------------------------------------------------

    def _style_of(self, paragraph: Any) -> _Style:
        element = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return self._styles.get(element.get(f"{_W}val") if element is not None else None)

    def _paragraph(self, paragraph: Any) -> None:
        properties, style = paragraph.find(f"{_W}pPr"), self._style_of(paragraph)
        text = self._text(paragraph, style)
        if _CONTENTS.fullmatch(style.name.strip()):
            return  # the table of contents says every heading once more
        said = self._carried + "".join(text.parts)
        if properties is not None and properties.find(f"{_W}rPr/{_W}del") is not None:
            self._carried = said
        else:
            self._carried = ""
            level = self._level(properties, style, text, said)
            numbering = _numbering_of(properties) or style.numbering
            marker, depth = "", 0
            if numbering and said.strip() and not 0 < level < 6:
                depth = numbering[1]
                marker = self._numbering.marker(numbering[0], depth)
            if marker and len(marker) == 1 and level == 6:
                level = 0
            self.out.add(said, 0 if marker else level, marker, depth)
        for box in text.boxes:
            with self.out.box():
                self._blocks(list(_blocks(box)))

    def _level(self, properties: Any, style: _Style, text: _Text, said: str) -> int:
        """The heading level that style, outline or look give a paragraph; 6 for one that is only bold or coloured."""
        outline = _outline(properties) or style.outline
        if outline:
            return min(outline, 5)
        if _TITLE.fullmatch(style.name.strip()):
            return 1
        if len(said) > 120:
            return 0
        looks = [self._key(look.over(style.look)) for look, length in text.looks if length]
        size, bold, colour = self._usual
        if looks and all(look[0] > 1.12 * size for look in looks):
            return 3
        if looks and (
            all(look[1] and not bold for look in looks) or all(look[2] and look[2] != colour for look in looks)
        ):
            return 6
        return 0

    def _text(self, paragraph: Any, style: _Style | None = None) -> _Text:
        text = _Text()
        looking = style is not None
        for element, look in self._pieces(paragraph, _Look(), 0):
            name = element.tag[len(_W) :] if element.tag.startswith(_W) else ""
            if name == "txbxContent":
                text.boxes.append(element)
                continue
            if name == "lastRenderedPageBreak" or (name == "br" and element.get(f"{_W}type") == "page"):
                if looking:
                    self._turn(element)
                continue
            if name == "br" and element.get(f"{_W}type") == "column":
                if "".join(text.parts).strip():
                    text.late_columns += 1
                else:
                    text.columns += 1
                continue
            said = _said(element, name)
            if (look.over(style.look) if style else look).hidden:
                continue
            text.parts.append(said)
            text.looks.append((look, len(said.strip())))
        return text

    @cached_property
    def _rendered(self) -> bool:
        """Whether Word ever laid the document out and noted where its pages ended."""
        return self._body.find(f".//{_W}lastRenderedPageBreak") is not None

    def _turn(self, element: Any) -> None:
        """Counts pages: by where Word last laid them out, or by breaks when it never did."""
        if element.tag.endswith("lastRenderedPageBreak") or not self._rendered:
            self.out.page += 1

    def _pieces(self, element: Any, look: _Look, depth: int) -> Iterator[tuple[Any, _Look]]:
        """The pieces of text under an element, and its text boxes; deleted text is left out, of alternatives the first is taken."""
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in _GONE or depth > 60:
                continue
            if tag == f"{_CHOICES}AlternateContent":
                chosen = child.find(f"{_CHOICES}Choice")
                chosen = child.find(f"{_CHOICES}Fallback") if chosen is None else chosen
                if chosen is not None:
                    yield from self._pieces(chosen, look, depth + 1)
            elif tag == f"{_W}txbxContent" or (tag.startswith(_W) and tag[len(_W) :] in _PLAIN):
                yield child, look
            elif tag == f"{_W}r":
                properties = child.find(f"{_W}rPr")
                own = _Look.of(properties)
                named = properties.find(f"{_W}rStyle") if properties is not None else None
                if named is not None:
                    own = own.over(self._styles.get(named.get(f"{_W}val")).look)
                yield from self._pieces(child, own, depth + 1)
            else:
                yield from self._pieces(child, look, depth + 1)


def _said(element: Any, name: str) -> str:
    if name == "t":
        return element.text or ""
    return {
        "tab": "\t",
        "ptab": "\t",
        "br": "\n",
        "cr": "\n",
        "noBreakHyphen": "-",
        "softHyphen": "\u00ad",
        "sym": "•",
    }[name]


def _begins_page(section: Any) -> bool:
    """Whether a section begins on a new page, as it does when it does not say otherwise."""
    kind = section.find(f"{_W}type") if section is not None else None
    return section is not None and (kind is None or kind.get(f"{_W}val") in ("nextPage", "oddPage", "evenPage"))


def _colour(value: str | None) -> str:
    """A colour that is one: greys, black and "auto" are none."""
    if not value or not re.fullmatch(r"[0-9A-Fa-f]{6}", value):
        return ""
    parts = [int(value[i : i + 2], 16) for i in (0, 2, 4)]
    return value.upper() if max(parts) - min(parts) > 40 else ""


def _children(element: Any, name: str) -> Iterator[Any]:
    """Children of a name, also those inside content controls and insertions."""
    for child in element:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}moveTo"):
            yield from _children(child, name)


def _blocks(element: Any) -> Iterator[Any]:
    """Paragraphs and tables, also those inside content controls and insertions."""
    for child in element:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}moveTo"):
            yield from _blocks(child)
        elif child.tag == f"{_CHOICES}AlternateContent":
            chosen = child.find(f"{_CHOICES}Choice")
            if chosen is not None:
                yield from _blocks(chosen)
