"""Markdown: its inline signs are taken off, so that texts are plain, and its tables become cells; the rest is as in any text."""

from __future__ import annotations

import re
from contextlib import nullcontext

from hytenlp.cards.lines import Document, text_document
from hytenlp.cards.paragraphs import Paragraphs

# Each stops at the next sign of its own kind, so that a long line takes no longer than its length. The fifth is a rule between parts.
_SIGNS = [
    (re.compile(r"^[ \t]*\[\^[^\[\]\s]{1,40}\]:.*$", re.MULTILINE), ""),  # a footnote
    (re.compile(r"\[\^[^\[\]\s]{1,40}\]"), ""),  # its mark
    (re.compile(r"!?\[([^\[\]\n]*)\]\([^()\n]*\)"), r"\1"),  # a link or picture
    (re.compile(r"^(?:[ \t]{0,3}>[ \t]?)+", re.MULTILINE), ""),  # a quotation
    (re.compile(r"^[ \t]{0,3}(?:(?:-[ \t]*){3,}|(?:[*][ \t]*){3,}|(?:_[ \t]*){3,}|=+[ \t]*)$", re.MULTILINE), ""),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=[^\s_])([^_\n]*[^\s_])_(?![\w_])"), r"\1"),
]
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*:?-+:?\s*")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_OTHER_BLOCK = re.compile(r"[ \t]{0,3}(?:#{1,6}|[-*+]|\d{1,2}[.)])[ \t]")


def plain(text: str) -> str:
    """A Markdown text without emphasis, links, quotation signs and footnotes; its lines keep their numbers."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign, said in _SIGNS:
        text = sign.sub(said, text)
    return text


def read(text: str, source: str) -> Document:
    """The lines of a Markdown text; those of its tables stand in cells, as in a document of a word processor.

    Args:
        text: the whole document.
        source: names it in messages.

    Raises:
        InputError: there is too much text in its tables.
    """
    lines = plain(text).split("\n")
    tables = _tables(lines)
    pages = [1]
    for line in lines:
        pages.append(pages[-1] + line.count("\f"))
    out = Paragraphs(source)
    for start, end in tables:
        _read_table(lines, start, end, pages, out)
        lines[start:end] = [""] * (end - start)
    document = text_document("\n".join(lines))
    for start, end in tables:  # where they stood is no gap
        following = next((line for line in document.lines if line.number > end), None)
        if following:
            following.blanks = max(0, following.blanks - (end - start))
    document.lines = sorted([*document.lines, *out.document.lines], key=lambda line: line.number)
    return document


def _tables(lines: list[str]) -> list[tuple[int, int]]:
    """The first line of each table and the one after its last."""
    tables = []
    start = 0
    while start + 1 < len(lines):
        end = start + 1
        if _begins_table(lines[start], lines[end]):
            while end < len(lines) and _BAR.search(lines[end]) and not _OTHER_BLOCK.match(lines[end]):
                end += 1
            tables.append((start, end))
        start = end
    return tables


def _begins_table(head: str, below: str) -> bool:
    """Whether a line is the head of a table: the rule below has as many cells, or, where it is missing, both are fenced by bars."""
    if not _BAR.search(head) or not _BAR.search(below) or _OTHER_BLOCK.match(head):
        return False
    cells = _cells(head)
    if len(cells) != len(_cells(below)):
        return False
    fenced = all(row.startswith("|") and row.endswith("|") for row in (head.strip(), below.strip()))
    return _is_rule(below) or (fenced and len(cells) > 1)


def _is_rule(line: str) -> bool:
    return all(_RULE.fullmatch(cell) for cell in _cells(line))


def _cells(row: str) -> list[str]:
    cells = _BAR.split(row.strip())
    if not cells[0]:
        del cells[0]
    if cells and not cells[-1]:
        del cells[-1]
    return cells


def _read_table(lines: list[str], start: int, end: int, pages: list[int], out: Paragraphs) -> None:
    rows = [(i, _cells(lines[i])) for i in range(start, end) if not _is_rule(lines[i])]
    width = max((len(cells) for _, cells in rows), default=0)
    table = out.table()
    for row, (i, cells) in enumerate(rows):
        for column, cell in enumerate(cells):
            before = len(out.document.lines)
            with out.cell(table, row, column) if width > 1 else nullcontext():
                out.add(_BREAK.sub("\n", cell.replace("\\|", "|")))
            for line in out.document.lines[before:]:
                line.number, line.page = i + 1, pages[i]
