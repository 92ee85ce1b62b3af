"""Lines with the hints that geometry gives, from segments in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import quantiles

from hytenlp.cards.headings import HeadingReader
from hytenlp.cards.lines import Cell, Document, Line, make_line
from hytenlp.cards.pdf.furniture import furniture
from hytenlp.cards.pdf.looks import Looks
from hytenlp.cards.pdf.order import ReadingOrder
from hytenlp.cards.pdf.page import Page, Placed, Segment
from hytenlp.cards.pdf.rows import segments as segments_of
from hytenlp.limits import MAX_LINES, limit


def lines_of(pages: Sequence[Page], headings: HeadingReader) -> Document:
    """The lines of a document's pages in reading order, with what was left out as page furniture.

    Args:
        pages: at least one of them with text.
        headings: tells a side box or column by what its first line announces.
    """
    looks = Looks(pages, headings)
    rows = [segments_of(page) for page in pages]
    left_out = furniture(pages, rows, looks)
    order = ReadingOrder(looks)
    placed = [
        order.page(page, [s for s in segments if id(s) not in left_out])
        for page, segments in zip(pages, rows, strict=True)
    ]
    pitch = _pitch([one for page in placed for one in page])
    document = Document([])
    for ordered, segments in zip(placed, rows, strict=True):
        numbers = _line_numbers(segments)
        document.lines += _Hints(looks, pitch, numbers).lines(ordered)
        document.furniture += [
            make_line(s.text, numbers[round(s.base)], s.page.number) for s in segments if id(s) in left_out
        ]
        if len(document.lines) > limit(MAX_LINES):
            break
    return document


class _Hints:
    """Makes the lines of one page.

    Args:
        looks: tells headings.
        pitch: how far lines of one paragraph are apart, in font sizes.
        numbers: height of a baseline -> number of the line on the page.
    """

    def __init__(self, looks: Looks, pitch: float, numbers: dict[int, int]) -> None:
        self._looks, self._pitch, self._numbers = looks, pitch, numbers

    def lines(self, ordered: list[Placed]) -> list[Line]:
        """Lines with their hints, from the segments of a page in reading order."""
        margins: dict[tuple[int, Cell | None], float] = {}
        edges: dict[tuple[int, Cell | None], float] = {}
        for one in ordered:
            key = (one.box, one.cell)
            margins[key] = min(margins.get(key, one.segment.x0), one.segment.x0)
            edges[key] = max(edges.get(key, one.segment.x1), one.segment.x1)
        lines: list[Line] = []
        last: dict[tuple[int, Cell | None], tuple[Segment, Line]] = {}
        hanging: dict[tuple[int, Cell | None], float] = {}
        for i, one in enumerate(ordered):
            s, key = one.segment, (one.box, one.cell)
            line = make_line(s.text, self._numbers[round(s.base)], s.page.number)
            line.placed, line.box, line.cell = True, one.box, one.cell
            line.new_page = i == 0 or (
                one.starts and (one.box or one.cell) is not None and self._continued(one, ordered, i)
            )
            line.indent = round((s.x0 - margins[key]) / (0.5 * self._looks.size))
            before = last.get(key)
            if before and s.page is before[0].page:
                line.blanks = _blanks(before[0], s, self._pitch)
                line.paragraph = (
                    not line.glyph
                    and _was_ended(before[0], s, edges[key])
                    and not s.x0 >= hanging.get(key, float("inf")) - 2
                )
            elif i:
                line.blanks = 1
            if line.glyph:
                hanging[key] = s.runs[1].x0 if len(s.runs) > 1 else s.x0 + self._looks.size
                line.level = 0
            else:
                line.level = self._looks.level(s)
            if (
                before
                and line.level
                and not line.blanks
                and before[1].glyph
                and before[0].size == s.size
                and self._same_look(before[0], s)
            ):
                line.level = 0  # a bullet all in bold goes on
            if before and self._is_wrapped_heading(*before, s, line, edges[key]):
                before[1].text = f"{before[1].text} {line.text}"
                last[key] = (s, before[1])
                continue
            last[key] = (s, line)
            lines.append(line)
        return lines

    def _is_wrapped_heading(self, above: Segment, head: Line, s: Segment, line: Line, edge: float) -> bool:
        """Whether a line only ends the heading above it."""
        if not (line.level and line.level == head.level) or line.blanks or line.glyph or head.text.endswith(":"):
            return False
        kinds = self._looks.kind(above)
        below = self._looks.kind(s)
        parts = {"joys", "concerns", "role"}
        if (
            kinds & parts
            or below & parts
            or (kinds and below & {"category", "nostot"})
            or abs(above.size - s.size) > 0.3
        ):
            return False
        return above.page is s.page and not _was_ended(above, s, edge)

    @staticmethod
    def _same_look(a: Segment, b: Segment) -> bool:
        last, first = a.runs[-1], b.runs[0]
        return last.bold == first.bold and last.colour == first.colour

    @staticmethod
    def _continued(one: Placed, ordered: list[Placed], i: int) -> bool:
        """Whether a box, column or cell is the first of its kind on the page, so that it may go on from the page before."""
        if one.box:
            return not any(o.box == one.box for o in ordered[:i])
        cell = one.cell
        return cell is not None and not any(
            o.cell and o.cell.table == cell.table and (o.cell.row < cell.row or o.cell.column == cell.column)
            for o in ordered[:i]
        )


def _line_numbers(segments: Iterable[Segment]) -> dict[int, int]:
    """Height of a baseline -> which line of the page it is, from the top."""
    heights = sorted({round(s.base) for s in segments}, reverse=True)
    return {height: i for i, height in enumerate(heights, 1)}


def _pitch(ordered: list[Placed]) -> float:
    """How far lines of one paragraph are apart, in font sizes: what the closest quarter of them is."""
    steps = [
        (a.segment.base - b.segment.base) / b.segment.size
        for a, b in pairwise(ordered)
        if a.segment.page is b.segment.page and (a.box, a.cell) == (b.box, b.cell) and a.segment.size == b.segment.size
    ]
    steps = [step for step in steps if 0.8 < step < 3]
    return quantiles(steps, n=4)[0] if len(steps) > 3 else 1.25


def _blanks(before: Segment, s: Segment, pitch: float) -> int:
    step = (before.base - s.base) / max(s.size, before.size) / pitch
    return 0 if step < 1.32 else 1 if step < 2.6 else 2


def _was_ended(before: Segment, s: Segment, edge: float) -> bool:
    """Whether a line ended before its column did, so that what follows is a new paragraph."""
    words = s.text.split()
    share = len(words[0]) / max(len(s.text), 1) if words else 1.0
    return before.x1 + (s.x1 - s.x0) * share + 1.2 * s.size < edge
