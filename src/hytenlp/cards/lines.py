"""Lines of a document: what the layout of a PDF export or an editor leaves behind, taken apart.

Knows glyphs, pages, running headers and how wrapped lines belong together; knows nothing of what a card means.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from hytenlp.finnish.tokens import CONJUNCTIONS, SOFT_HYPHEN

# Bullets of PDF exports, word processors (also the private-use codes of Symbol and Wingdings) and Markdown.
_BOXES = "☐☑☒✓✔✗✘\uf0a8\uf0fe\uf06f\uf071"
_GLYPHS = f"▫▪◾◽•·●○■□◦‣▸►▶➢➤→»❖◆◇★−{_BOXES}\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d\u2022\u2043–—*+-"
_LONE_GLYPHS = frozenset("▫▪•●■□◦☐☑☒\uf0b7\uf0a7\uf0d8\uf0fc\uf076")  # mean nothing else on a line of their own
_SUB_GLYPHS = "o◦○"
_BULLET = re.compile(
    rf"(?P<indent>[ \t]*)(?P<glyph>[{re.escape(_GLYPHS)}]|\[[ xX]?\]|o(?=[ \t]))(?:[ \t]+|(?<=[▫▪•●■□◦☐☑☒\uf0b7\uf0a7])(?=\w))(?P<text>\S.*)",
    re.DOTALL,
)
_NUMBER = re.compile(r"(?P<indent>[ \t]*)(?P<number>\d{1,2}|[a-h])[.)][ \t]+(?P<text>\S.*)", re.DOTALL)
# The box of a task. Whether it is ticked says nothing of the status, which is judged from words.
_BOX = re.compile(rf"^(?:[{_BOXES}](?=[\s\w])|\[[ xX]?\](?=\s))\s*")
_MARKDOWN = re.compile(r"(?P<level>#{1,6})[ \t]+(?P<text>\S.*)", re.DOTALL)
_PAGE_NUMBER = re.compile(
    r"(?:sivu|s\.|page)?\s*[-–—|]?\s*\d{1,3}\s*(?:[-–—|]|/\s*\d{1,3}|\(\d{1,3}\))?", re.IGNORECASE
)
_PAGE_OF_PAGES = re.compile(r"\b(?:sivu|s\.|page) ?\d{1,3} ?(?:/ ?\d{1,3}|\(\d{1,3}\))$", re.IGNORECASE)
_INVISIBLE = {0xAD: None, 0xA0: " ", 0x202F: " ", 0x2007: " ", 0x200B: None, 0xFEFF: None}
_SECTION_NUMBER = re.compile(r"\d+(\.\d+)*\.?\s")
_SPACES = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[.!?…][\"”')\]]*$")
_HEADER_LINES = 4  # what repeats longer is text
_PAGE_GAP = 3  # this many blank lines in a row may be a page break that left no form feed


class Cell(NamedTuple):
    """Where a line stands among others side by side: a cell of a table, or one of the columns of a page (row 0)."""

    table: int
    row: int
    column: int


@dataclass(slots=True)
class Line:
    """One line of a document.

    Attributes:
        text: its words, without glyph and Markdown signs, in NFC, inner spaces kept single.
        raw: as it stands, trailing white space and all.
        glyph: its bullet glyph or "1." for a number; empty when it is no bullet.
        indent: columns before the glyph or text.
        level: heading level, 1 the highest, 6 for a line that is only bold; 0 when it is none.
        blanks: how many blank lines stand before it.
        new_page: whether a form feed, a page number or a running header was taken out just before it.
        order: the number of a numbered bullet.
        placed: whether geometry or structure vouch for its place in the order; in a text export boxes may be out of place.
        paragraph: whether the document says that a paragraph begins here.
        box: which floating box it stands in, counted from 1; 0 for none.
        cell: which cell of a table or column of the page it stands in.
    """

    text: str
    raw: str
    number: int
    page: int
    glyph: str = ""
    indent: int = 0
    level: int = 0
    blanks: int = 0
    new_page: bool = False
    order: int = 0
    placed: bool = False
    paragraph: bool = False
    box: int = 0
    cell: Cell | None = None

    @property
    def after_gap(self) -> bool:
        """Whether a page may have ended before this line."""
        return self.new_page or self.blanks >= _PAGE_GAP

    @property
    def whole(self) -> str:
        """The text with its glyph or number: what a line says that only looked like a bullet."""
        return _plain(_visible(self.raw))

    @property
    def wrapped_at_soft_hyphen(self) -> bool:
        """Whether the line ends in a soft hyphen, so that the word goes on in the next line."""
        return self.raw.rstrip()[-1:] == SOFT_HYPHEN

    @property
    def wrapped_at_hyphen(self) -> bool:
        """Whether the line ends in a hyphen with nothing after it, so that the next line goes on without a space."""
        return self.raw.rstrip("\r\n")[-1:] in ("-", "\u2010", "\u2011")


@dataclass(slots=True)
class Document:
    """What a reader hands to the layout.

    Attributes:
        lines: those that say something, in reading order.
        furniture: page numbers and running headers and footers, which were taken out.
    """

    lines: list[Line]
    furniture: list[Line] = field(default_factory=list)


def split_lines(text: str) -> list[Line]:
    """The lines of a text that say something: no blank lines, page numbers or running headers and footers."""
    return text_document(text).lines


def text_document(text: str) -> Document:
    """The lines of a plain or Markdown text.

    Args:
        text: the whole document; pages end with form feeds, if it has any.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines: list[Line] = []
    number, blanks = 0, 0
    for page, content in enumerate(text.split("\f"), 1):
        new_page = page > 1
        for raw in content.split("\n"):
            number += 1
            if not raw.strip(" \t\u00a0\u200b\ufeff" + SOFT_HYPHEN):
                blanks += 1
                continue
            line = make_line(raw, number, page)
            line.blanks, line.new_page = blanks, new_page
            lines.append(line)
            blanks, new_page = 0, False
        number -= 1  # a form feed does not end a line
    return _without_furniture(_with_lone_glyphs(lines))


def _with_lone_glyphs(lines: list[Line]) -> list[Line]:
    """Gives a bullet's glyph that stands on a line of its own to the text after it.

    A line with the next such glyph right under it is a sub-head and gets none.
    """
    kept: list[Line] = []
    glyph: Line | None = None
    for i, line in enumerate(lines):
        if line.text in _LONE_GLYPHS:
            glyph = line
            continue
        below = lines[i + 1] if i + 1 < len(lines) else None
        if glyph and not line.glyph and not (below and below.text in _LONE_GLYPHS and not below.blanks):
            line.glyph, line.indent = glyph.text, glyph.indent
            line.new_page, glyph = line.new_page or glyph.new_page, None
        kept.append(line)
    return kept


def make_line(raw: str, number: int, page: int) -> Line:
    """A line from how it stands: its glyph, number or Markdown signs are taken off its text."""
    shown = _visible(raw).expandtabs(4)
    indent = len(shown) - len(shown.lstrip())
    if match := _MARKDOWN.match(shown):
        text = match["text"].rstrip().rstrip("#")
        return Line(_plain(text), raw, number, page, level=len(match["level"]))
    if match := _BULLET.match(shown):
        glyph = "☐" if _BOX.match(match["glyph"] + " ") else match["glyph"]
        return Line(_bullet(match["text"]), raw, number, page, glyph=glyph, indent=indent)
    if match := _NUMBER.match(shown):
        order = int(match["number"]) if match["number"].isdigit() else ord(match["number"]) - 96
        return Line(_bullet(match["text"]), raw, number, page, glyph="1.", indent=indent, order=order)
    bold = re.fullmatch(r"\s*(\*\*|__)(.+?)(:?)\1(:?)\s*", shown)
    return Line(
        _plain(bold[2] + bold[3] + bold[4] if bold else shown), raw, number, page, indent=indent, level=6 if bold else 0
    )


def _visible(raw: str) -> str:
    return raw.translate(_INVISIBLE)


def _bullet(text: str) -> str:
    return _plain(_BOX.sub("", text))


def _plain(text: str) -> str:
    text = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", text).replace("\u2010", "-").replace("\u2011", "-")
    return _SPACES.sub(" ", text).strip()


def _without_furniture(lines: list[Line]) -> Document:
    """Takes out page numbers and running headers and footers, wherever a page break put them."""
    shapes = [re.sub(r"\d+", "0", line.text.casefold()) for line in lines]
    counts = Counter(shapes)

    def at_page_edge(i: int) -> bool:
        before = lines[i].new_page or is_page_number(lines[i - 1]) if i else True
        after = i + 1 == len(lines) or lines[i + 1].new_page or is_page_number(lines[i + 1])
        return before or after

    numbered = {shapes[i] for i in range(len(lines)) if re.search(r"\d", lines[i].text)}
    edges = Counter(shape for i, shape in enumerate(shapes) if at_page_edge(i))
    heads = _repeated_head(lines, shapes)
    document = Document([])
    carried, paged = 0, False
    for i, line in enumerate(lines):
        shape = shapes[i]
        # A colon announces something: the heading of a category may begin several pages.
        heading = line.level or line.text.endswith(":") or _SECTION_NUMBER.match(line.text)
        repeats = counts[shape] > 1 and not line.glyph and not heading
        different = (
            len({lines[j].text for j in range(len(lines)) if shapes[j] == shape}) == counts[shape] if repeats else False
        )
        running = repeats and (shape in heads or edges[shape] == counts[shape] or (shape in numbered and different))
        footer = not line.glyph and _PAGE_OF_PAGES.search(line.text) and at_page_edge(i)
        if is_page_number(line) or running or footer:
            document.furniture.append(line)
            carried += line.blanks
            paged = True
            continue
        line.blanks += carried
        line.new_page = line.new_page or paged
        document.lines.append(line)
        carried, paged = 0, False
    return document


def _repeated_head(lines: list[Line], shapes: list[str]) -> set[str]:
    """The lines that begin the document and stand together again: the running header of pages that left no form feed.

    Two lines with a number (a year, a page) or what stands three times; one line that stands twice may be a heading.
    """
    again = [i for i, shape in enumerate(shapes) if shape == shapes[0]]
    size = 1
    while (
        len(again) > 1
        and size < again[1]
        and {shapes[i + size] for i in again if i + size < len(shapes)} == {shapes[size]}
    ):
        size += 1
    whole = any(re.search(r"\d", line.text) for line in lines[:size]) and (size > 1 or len(again) > 2)
    return set(shapes[:size]) if len(again) > 1 and whole and size <= _HEADER_LINES else set()


def look_of(line: Line) -> tuple[int, bool, bool, bool]:
    """What a heading looks like: its level, and whether it is in capitals, ends in a colon and is numbered."""
    letters = [c for c in line.text if c.isalpha()]
    return line.level, bool(letters) and all(c.isupper() for c in letters), line.text.endswith(":"), line.glyph == "1."


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return bool(_SENTENCE_END.search(text))


def is_open_ended(text: str) -> bool:
    """Whether a text cannot end where its line does: after a comma, a hyphen or "ja"."""
    return text[-1:] in ",-" or text.rsplit(maxsplit=1)[-1].lower() in CONJUNCTIONS


def is_page_number(line: Line) -> bool:
    """Whether a line is nothing but the number of its page."""
    return not line.level and bool(_PAGE_NUMBER.fullmatch(line.text if not line.glyph else line.raw.strip()))


def is_sub_glyph(glyph: str) -> bool:
    """Whether a glyph is one that word processors use for the second level."""
    return glyph in _SUB_GLYPHS


def join_wrapped(lines: Sequence[Line], knows: Callable[[str], bool]) -> str:
    """Joins the lines of one bullet.

    Args:
        lines: at least one line.
        knows: whether a word form is in the lexicon; decides about hyphens at line ends.
    """
    text = lines[0].text
    for before, line in pairwise(lines):
        if before.wrapped_at_soft_hyphen or before.raw.rstrip("\r\n").endswith("/"):
            text += line.text
        else:
            text = _join(text, line.text, before.wrapped_at_hyphen, knows)
    return text


def _join(left: str, right: str, at_hyphen: bool, knows: Callable[[str], bool]) -> str:
    if not at_hyphen or left[-1:] != "-":
        return f"{left} {right}"
    head = left[:-1]
    word = re.search(r"[\w-]*$", head)
    first = re.match(r"[\w-]*", right)
    stem, tail = (word[0] if word else ""), (first[0] if first else "")
    if not tail or tail.lower() in CONJUNCTIONS:
        return f"{left} {right}"
    if not stem or keeps_hyphen(stem, tail, knows):
        return left + right
    return head + right


def keeps_hyphen(stem: str, tail: str, knows: Callable[[str], bool]) -> bool:
    """Whether the hyphen between two halves of a word at a line end belongs to the word.

    It does where the same vowel meets (osa-alue), beside a capital or a digit (Wilma-tiedote) and when the lexicon does not know the
    joined word; else it only broke the line (hyvin-vointi).
    """
    last = stem.rsplit("-", 1)[-1]
    if not last or not last[-1].isalpha() or not tail[0].isalpha():
        return True
    if stem[-1].lower() == tail[0].lower() and stem[-1].lower() in "aeiouyäöå":
        return True
    if tail[0].isupper() and not last.isupper():
        return True
    if (last[:1].isupper() and not knows((last + tail).lower())) or (last.isupper() and len(last) > 1):
        return True
    return not knows(last + tail)
