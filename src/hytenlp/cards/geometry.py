"""From what is drawn on pages to lines in reading order: rows, columns, ruled tables and floating boxes.

Coordinates are points from the lower left corner of the page as it is seen. The order of the file is used only where geometry leaves a choice.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from statistics import quantiles

from hytenlp.cards.grid import Grid, find_grids
from hytenlp.cards.headings import HeadingReader
from hytenlp.cards.limits import MAX_LINES, limit
from hytenlp.cards.lines import Cell, Document, Line, is_page_number, make_line

_GLYPH_ONLY = re.compile(r"[^\w\s()\"'”’.,:;!?%&/€§=+]|[o§]|\d{1,2}[.)]|[a-h][.)]")
_UMLAUT = {"a": "ä", "o": "ö", "A": "Ä", "O": "Ö", "u": "ü", "U": "Ü"}
_GLYPH_GAP = 6.0  # widest gap between a bullet glyph and its text, in font sizes
_GUTTER = 1.0  # narrowest gap between columns, in font sizes
_WIDE_GUTTER = 3.0  # a gap that wide needs no second row to be believed
_EDGE = 0.13  # running headers and footers stand in this share of the page's height


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


def lines_of(pages: Sequence[Page], headings: HeadingReader) -> Document:
    """The lines of a document's pages in reading order."""
    return _Pages(pages, headings).document()


@dataclass(slots=True)
class _Open:
    """What a page leaves for the next one to go on with.

    Attributes:
        grids: tables, each with its number, its rows so far and what its head says.
        bands: left columns' right edges with the numbers of the columns.
        boxes: boxes with their numbers.
    """

    grids: list[tuple[Grid, int, int, list[str]]] = field(default_factory=list)
    bands: list[tuple[float, int]] = field(default_factory=list)
    boxes: list[tuple[Rect, int]] = field(default_factory=list)


class _Pages:
    def __init__(self, pages: Sequence[Page], headings: HeadingReader) -> None:
        self._pages = pages
        self._headings = headings
        self._announced: dict[tuple[str, bool], set[str]] = {}
        self._tables = 0  # tables and bands of columns met so far
        self._boxes = 0
        self._open = _Open()  # what may go on from the page before
        self._now = _Open()
        runs = [run for page in pages for run in page.runs]
        weights: Counter[tuple[float, bool, int]] = Counter()
        for run in runs:
            weights[run.size, run.bold, run.colour] += len(run.text)
        (self._size, self._bold, self._colour), _ = weights.most_common(1)[0]
        self._largest = self._largest_of_text(weights)

    @staticmethod
    def _largest_of_text(weights: Counter[tuple[float, bool, int]]) -> float:
        """The largest font size that much of the text has: what is larger is a heading."""
        sizes: Counter[float] = Counter()
        for (size, _, _), count in weights.items():
            sizes[size] += count
        return max(
            size for size, count in sizes.items() if count >= 0.1 * sizes.total() or count == max(sizes.values())
        )

    def document(self) -> Document:
        """All pages, one after another."""
        rows = [_segments(page) for page in self._pages]
        furniture = self._furniture(rows)
        document = Document([])
        placed: list[list[Placed]] = []
        for page, segments in zip(self._pages, rows, strict=True):
            kept = [s for s in segments if id(s) not in furniture]
            placed.append(self._page(page, kept))
        pitch = _pitch([one for page in placed for one in page])
        for ordered, segments in zip(placed, rows, strict=True):
            numbers = _line_numbers(segments)
            document.lines += self._lines(ordered, numbers, pitch)
            for s in segments:
                if id(s) in furniture:
                    document.furniture.append(make_line(s.text, numbers[round(s.base)], s.page.number))
            if len(document.lines) > limit(MAX_LINES):
                break
        return document

    # -- what kind of heading ----------------------------------------------------------------------------------------

    def _kinds(self, segments: Iterable[Segment]) -> set[str]:
        """What the headings among segments announce."""
        kinds: set[str] = set()
        for segment in segments:
            kinds |= self._kind(segment)
        return kinds

    def _kind(self, segment: Segment) -> set[str]:
        text = segment.text if segment.runs else ""
        if not text or len(text) > 100:
            return set()
        key = text, bool(self._level(segment))
        if key not in self._announced:
            self._announced[key] = self._announces(*key)
        return self._announced[key]

    def _announces(self, text: str, styled: bool) -> set[str]:
        line = make_line(text, 1, 1)
        line.level = 6 if styled else 0
        head = self._headings(line)
        if head is None:
            return set()
        kinds = {role if role in ("joys", "concerns") else "role" for role in head.roles}
        if head.themes and not head.categories:
            kinds.add("theme")
        if "nostot" in head.categories:
            kinds.add("nostot")
        elif head.categories:
            kinds.add("category")
        return kinds

    def _level(self, segment: Segment) -> int:
        """How much a segment looks like a heading: 1 to 3 by size, 6 for bold or colour, 0 for none."""
        letters = [run for run in segment.runs if run.text.strip() and not run.symbol]
        if not letters or len(segment.text) > 120:
            return 0
        size = segment.size
        if size > 1.12 * self._largest and any(c.isalpha() for c in segment.text):
            return 1 if size > 1.5 * self._largest else 2 if size > 1.28 * self._largest else 3
        bold = all(run.bold for run in letters) and not self._bold
        coloured = all(run.colour != self._colour for run in letters) and all(_is_colour(run.colour) for run in letters)
        return 6 if bold or coloured else 0

    # -- furniture ---------------------------------------------------------------------------------------------------

    def _furniture(self, rows: list[list[Segment]]) -> set[int]:
        """Segments that are no text of the card: page numbers, what stands at the same height on several pages, artifacts, turned text."""
        found: set[int] = set()
        seen: dict[tuple[str, int], list[Segment]] = defaultdict(list)
        for page, segments in zip(self._pages, rows, strict=True):
            for s in segments:
                if all(run.artifact for run in s.runs):
                    found.add(id(s))
                edge = s.middle < _EDGE * page.height or s.middle > (1 - _EDGE) * page.height
                if not edge:
                    continue
                beyond = not any(o.y1 < s.y0 for o in segments) or not any(o.y0 > s.y1 for o in segments)
                if beyond and is_page_number(make_line(s.text, 1, 1)):
                    found.add(id(s))
                shape = re.sub(r"\d+", "0", s.text.casefold()).strip()
                seen[shape, round(s.base / 4)].append(s)
        for (shape, height), same in seen.items():
            beside = seen.get((shape, height + 1), [])
            pages = {s.page.number for s in [*same, *beside]}
            if len(pages) > 1 and len(pages) >= len(self._pages) / 3 and not any(self._kind(s) for s in same):
                found |= {id(s) for s in [*same, *beside]}
        return found

    # -- one page ----------------------------------------------------------------------------------------------------

    def _page(self, page: Page, segments: list[Segment]) -> list[Placed]:
        self._open, self._now = self._now, _Open()
        grids = [grid for grid in find_grids(page.rects, page.width, page.height) if grid.columns > 1]
        grids.sort(key=lambda grid: -grid.ys[-1])
        flow: list[Segment] = []
        tables: dict[int, list[Segment]] = defaultdict(list)
        for s in segments:
            inside = next((i for i, g in enumerate(grids) if g.holds((s.x0 + s.x1) / 2, s.middle)), None)
            (flow if inside is None else tables[inside]).append(s)
        boxes, flow = self._take_boxes(page, flow)
        goes_on, flow = self._boxes_going_on(page, flow)
        boxes += goes_on
        for i, grid in enumerate(grids):
            if tables[i]:
                flow.append(self._table(page, grid, tables[i]))
        ordered = self._order(flow)
        for frame, content in sorted(boxes, key=lambda box: (-box[0].y1, box[0].x0)):
            self._insert(ordered, frame, self._order(content), page)
        return ordered

    # -- boxes -------------------------------------------------------------------------------------------------------

    def _take_boxes(
        self, page: Page, segments: list[Segment]
    ) -> tuple[list[tuple[Rect, list[Segment]]], list[Segment]]:
        """Frames that hold a few lines and no section of the card: floating boxes. And the segments that are in none."""
        boxes: list[tuple[Rect, list[Segment]]] = []
        rest = list(segments)
        size = self._size
        frames = [r for r in page.rects if r.width > 8 * size and r.height > 2.2 * size]
        total = sum(len(s.text) for s in segments) or 1
        for frame in sorted(frames, key=lambda r: r.width * r.height):
            inside = [s for s in rest if frame.holds(s.x0 + 1, s.middle) and frame.holds(s.x1 - 1, s.middle)]
            kinds = self._kinds(inside)
            lone = len({round(s.base) for s in inside}) < 2 and "nostot" not in kinds
            if not inside or lone or frame.width > 0.97 * page.width:
                continue
            many = sum(len(s.text) for s in inside) > 0.5 * total and "nostot" not in kinds
            if kinds & {"theme", "joys", "concerns", "role"} or many:
                continue
            boxes.append((frame, inside))
            held = {id(s) for s in inside}
            rest = [s for s in rest if id(s) not in held]
        return boxes, rest

    def _insert(self, ordered: list[Placed], frame: Rect, content: list[Placed], page: Page) -> None:
        """Puts a box into the text beside which it stands."""
        begins = bool(content) and bool(self._kind(content[0].segment))
        number = self._box_number(frame, page, begins)
        point = frame.y1 - min(frame.height / 2, 4 * self._size)
        at = 0
        for i, one in enumerate(ordered):
            s = one.segment
            beside = one.cell is None or min(s.x1, frame.x1) - max(s.x0, frame.x0) > 0
            if beside and not one.box and s.middle > point:
                at = i + 1
        for one in content:
            one.box, one.cell = number, None
        if content:
            content[0].starts = True
            ordered[at:at] = content

    def _boxes_going_on(
        self, page: Page, segments: list[Segment]
    ) -> tuple[list[tuple[Rect, list[Segment]]], list[Segment]]:
        """What stands at the head of a page where a box without a frame broke off at the foot of the one before."""
        found: list[tuple[Rect, list[Segment]]] = []
        for box, _ in self._open.boxes:
            if box.y0 > 0.2 * page.height or box.x0 < 0.3 * page.width:
                continue
            column = [s for s in segments if box.x0 - 4 <= s.x0 < (box.x0 + box.x1) / 2]
            block = _blocks(column, self._size)[0] if column else []
            if block and block[0].y1 > 0.85 * page.height and not self._kinds(block):
                _, y0, x1, y1 = _extent(block)
                found.append((Rect(box.x0, y0, max(x1, box.x1), y1), block))
                held = {id(s) for s in block}
                segments = [s for s in segments if id(s) not in held]
        return found, segments

    def _box_number(self, frame: Rect, page: Page, begins: bool) -> int:
        """A new box, or the one that ended at the foot of the page before; a heading always begins a new one."""
        number = None
        if not begins and frame.y1 > 0.85 * page.height:
            near = (n for last, n in self._open.boxes if last.y0 < 0.2 * page.height and abs(last.x0 - frame.x0) < 8)
            number = next(near, None)
        if number is None:
            self._boxes += 1
            number = self._boxes
        self._now.boxes.append((frame, number))
        return number

    # -- tables ------------------------------------------------------------------------------------------------------

    def _table(self, page: Page, grid: Grid, segments: list[Segment]) -> Segment:
        """A ruled table as one block: its cells row by row."""
        cells: dict[tuple[int, int], list[Segment]] = defaultdict(list)
        for s in segments:
            cells[grid.cell(s.x0 + min(4.0, (s.x1 - s.x0) / 2), s.middle)].append(s)
        first = [self._said(cells.get((0, column), [])) for column in range(grid.columns)]
        number, row, first_head = self._goes_on(page, grid, first)
        ordered: list[Placed] = []
        for (r, column), content in sorted(cells.items()):
            if (
                row
                and r == 0
                and any(first)
                and all(said in ("", head) for said, head in zip(first, first_head, strict=True))
            ):
                continue  # the head of the table again
            inner = self._order(_rejoined(content))
            for one in inner:
                one.cell = Cell(number, row + r, column)
            if inner:
                inner[0].starts = True
            ordered += self._joined_label(inner)
        self._now.grids.append((grid, number, row + grid.rows, first_head))
        block = Segment(page, [], [ordered])
        block.x0, block.x1, block.y0, block.y1 = grid.xs[0], grid.xs[-1], grid.ys[0], grid.ys[-1]
        return block

    def _goes_on(self, page: Page, grid: Grid, first: list[str]) -> tuple[int, int, list[str]]:
        """The number of a table, the number of its first row on this page, and what its head says."""
        if grid.ys[-1] > 0.75 * page.height and self._open.grids and not self._now.grids:
            last, number, rows, head = self._open.grids[-1]
            if len(last.xs) == len(grid.xs) and all(abs(a - b) < 4 for a, b in zip(last.xs, grid.xs, strict=True)):
                return number, rows, head
        self._tables += 1
        return self._tables, 0, first

    @staticmethod
    def _said(segments: list[Segment]) -> str:
        return " ".join(s.text.strip() for s in sorted(segments, key=lambda s: (-s.base, s.x0)))

    def _joined_label(self, cell: list[Placed]) -> list[Placed]:
        """A heading that a narrow cell wrapped, as one line."""
        if not 1 < len(cell) <= 4 or any(make_line(one.segment.text, 1, 1).glyph for one in cell):
            return cell
        segments = [one.segment for one in cell]
        whole = Segment(segments[0].page, [run for s in segments for run in s.runs])
        whole = _one_line(segments)
        if not self._kind(whole) or self._kind(segments[0]) & {"joys", "concerns"}:
            return cell
        return [Placed(whole, cell[0].box, cell[0].cell, cell[0].starts)]

    # -- order -------------------------------------------------------------------------------------------------------

    def _order(self, segments: list[Segment], depth: int = 0) -> list[Placed]:
        """Segments from top to bottom, columns one after the other."""
        strips = _strips(segments)
        ordered: list[Placed] = []
        i = 0
        while i < len(strips):
            gutter = (_gutter(strips[i]) or _gutter_below(strips, i)) if depth < 4 else None
            if gutter is None:
                for s in sorted(strips[i], key=lambda s: (s.x0, -s.y1)):
                    ordered += s.blocks[0] if s.blocks else [Placed(s)]
                i += 1
                continue
            end, gutter = self._band_end(strips, i, gutter)
            middle = sum(gutter) / 2
            band = [s for strip in strips[i:end] for s in strip]
            left, right = [s for s in band if s.x1 <= middle], [s for s in band if s.x0 >= middle]
            ordered += self._side_by_side(left, right, ordered, depth)
            i = end
        return ordered

    def _band_end(
        self, strips: list[list[Segment]], begin: int, gutter: tuple[float, float]
    ) -> tuple[int, tuple[float, float]]:
        """Where columns end that begin in a strip, and the gutter that all of it leaves free."""
        end = last_two_sided = begin + 1
        earliest = list(accumulate((min(s.order for s in strip) for strip in reversed(strips)), min))[::-1]
        latest = -1
        largest = max((s.size for s in strips[begin] if self._kind(s) & {"joys", "concerns"}), default=0.0)
        for j in range(begin + 1, len(strips)):
            narrowed = _free(strips[j], gutter)
            if narrowed is None or any(s.blocks for s in strips[j]):
                break
            latest = max(latest, *(s.order for s in strips[j - 1]))
            if any(self._begins_theme(s, latest, earliest[j], largest) for strip in strips[j : j + 3] for s in strip):
                break
            largest = max([largest, *(s.size for s in strips[j] if self._kind(s) & {"joys", "concerns"})])
            middle = sum(narrowed) / 2
            sides = {s.x0 >= middle for s in strips[j]}
            gutter, end = narrowed, j + 1
            if len(sides) == 2:
                last_two_sided = end
        middle = sum(gutter) / 2
        rights = [s.order for strip in strips[begin:last_two_sided] for s in strip if s.x0 >= middle]
        for j in range(last_two_sided, end):
            if all(s.x0 >= middle for s in strips[j]):
                continue
            gap = min(s.y0 for s in strips[j - 1]) - max(s.y1 for s in strips[j])
            after = min(s.order for s in strips[j]) > max(rights)
            heading = any(
                self._kind(s) & {"theme", "role", "joys", "concerns"} or 0 < self._level(s) < 4 for s in strips[j]
            )
            far = gap > 2.5 * self._size
            if far or (after and heading) or (after and gap > 1.2 * self._size):
                return j, gutter
        return end, gutter

    def _begins_theme(self, s: Segment, above: int, below: int, head: float) -> bool:
        """Whether columns end where a theme begins: in the file it comes after all above and before all below.

        Args:
            s: what may be the theme's heading.
            above: the latest place in the file of what is above.
            below: the earliest one of what is below.
            head: font size of the head of joys or concerns above; their own sub-heads are smaller.
        """
        return above < s.order == below and s.size > head - 0.5 and "theme" in self._kind(s)

    def _side_by_side(self, left: list[Segment], right: list[Segment], above: list[Placed], depth: int) -> list[Placed]:
        """Two columns, or a column and what floats beside it, or labels and what they label."""
        kinds_left, kinds_right = self._kinds(left), self._kinds(right)
        head = self._kind(above[-1].segment) if above else set()
        parts = {"joys", "concerns"}
        parallel = (kinds_left | kinds_right) & parts or parts <= head
        if not parallel:
            if "theme" in kinds_left and not kinds_right & {"theme"} and self._are_labels(left, right):
                return self._labelled(left, right, depth)
            for side, other in ((right, left), (left, right)):
                blocks = self._side_boxes(side, other)
                if blocks is not None:
                    ordered = self._order(other, depth + 1)
                    for block in blocks:
                        frame = Rect(*_extent(block))
                        self._insert(ordered, frame, self._order(block, depth + 1), block[0].page)
                    return ordered
        return self._columns(left, right, depth)

    def _columns(self, left: list[Segment], right: list[Segment], depth: int) -> list[Placed]:
        edge = max(s.x1 for s in left)
        number = self._band_number(left, right)
        ordered: list[Placed] = []
        for side in (left, right):
            inner = self._order(side, depth + 1)
            nested = {one.cell.column for one in inner if one.cell}
            base = 0 if side is left else 1
            for one in inner:
                one.cell = (
                    Cell(number, 0, base + (one.cell.column if one.cell and nested else 0)) if not one.box else None
                )
            if inner:
                inner[0].starts = True
            ordered += inner
        self._now.bands.append((edge, number))
        return ordered

    def _band_number(self, left: list[Segment], right: list[Segment]) -> int:
        """New columns, or those of the page before when they begin at the page's head and the gutter is the same."""
        page = left[0].page
        edge, start = max(s.x1 for s in left), min(s.x0 for s in right)
        top = max(s.y1 for s in [*left, *right])
        if top > 0.8 * page.height and not self._now.bands:
            for last, number in self._open.bands[-1:]:
                if last < start and edge - last < 60:
                    return number
        self._tables += 1
        return self._tables

    def _side_boxes(self, side: list[Segment], other: list[Segment]) -> list[list[Segment]] | None:
        """The blocks of a column that only float beside the other one; None when it is a column of its own right."""
        blocks = _blocks(side, self._size)
        announced = [self._kind(block[0]) for block in blocks]
        if self._kinds(side) & {"theme"}:
            return None
        if all("nostot" in kinds for kinds in announced):
            return blocks
        if any("nostot" in kinds for kinds in announced):
            joined: list[list[Segment]] = []
            for kinds, block in zip(announced, blocks, strict=True):
                if "nostot" in kinds or not joined:
                    joined.append(block)
                else:
                    joined[-1] += block
            return joined
        if "nostot" in self._kinds(other) and self._kinds(other) <= {"nostot"}:
            return None
        mine, theirs = Rect(*_extent(side)), Rect(*_extent(other))
        return blocks if mine.width < 0.6 * theirs.width and mine.height < 0.6 * theirs.height else None

    def _are_labels(self, left: list[Segment], right: list[Segment]) -> bool:
        """Whether a column holds nothing but headings for what stands at its right."""
        said = sum(len(s.text) for s in left)
        return said < 0.3 * sum(len(s.text) for s in right) and not any(make_line(s.text, 1, 1).glyph for s in left)

    def _labelled(self, left: list[Segment], right: list[Segment], depth: int) -> list[Placed]:
        """A table without rulings: each label speaks for the lines from its top to the next label's."""
        labels = _blocks(left, self._size)
        tops = [block[0].y1 for block in labels]
        ordered: list[Placed] = []
        self._tables += 1
        borders = [*(self._row_top(top, right) for top in tops), float("-inf")]
        rows: list[list[list[Placed]]] = [[[], self._order([s for s in right if s.y1 > borders[0]], depth + 1)]]
        for block, upper, lower in zip(labels, borders, borders[1:], strict=False):
            label = self._joined_label([Placed(s) for s in block])
            rows.append([label, self._order([s for s in right if lower < s.y1 <= upper], depth + 1)])
        for i, row in enumerate(rows):
            for column, inner in enumerate(row):
                for one in inner:
                    one.cell = Cell(self._tables, i, column) if not one.box else None
                if inner:
                    inner[0].starts = True
                ordered += inner
        return ordered

    def _row_top(self, label: float, right: list[Segment]) -> float:
        """Where the lines begin that a label speaks for: at its top, or at a sub-heading that is a little higher."""
        top = label + 0.6 * self._size
        above = [s for s in right if top < s.y1 <= label + 2.5 * self._size]
        head = next((s for s in sorted(above, key=lambda s: s.y1) if self._kind(s)), None)
        return head.y1 if head else top

    # -- lines -------------------------------------------------------------------------------------------------------

    def _lines(self, ordered: list[Placed], numbers: dict[int, int], pitch: float) -> list[Line]:
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
            line = make_line(s.text, numbers[round(s.base)], s.page.number)
            line.placed, line.box, line.cell = True, one.box, one.cell
            line.new_page = i == 0 or (
                one.starts and (one.box or one.cell) is not None and self._continued(one, ordered, i)
            )
            line.indent = round((s.x0 - margins[key]) / (0.5 * self._size))
            before = last.get(key)
            if before and s.page is before[0].page:
                line.blanks = _blanks(before[0], s, pitch)
                line.paragraph = (
                    not line.glyph
                    and _was_ended(before[0], s, edges[key])
                    and not s.x0 >= hanging.get(key, float("inf")) - 2
                )
            elif i:
                line.blanks = 1
            if line.glyph:
                hanging[key] = s.runs[1].x0 if len(s.runs) > 1 else s.x0 + self._size
                line.level = 0
            else:
                line.level = self._level(s)
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
        kinds = self._kind(above)
        below = self._kind(s)
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


def _is_colour(colour: int) -> bool:
    """Whether a colour is no grey, black or white."""
    parts = (colour >> 16 & 255, colour >> 8 & 255, colour & 255)
    return max(parts) - min(parts) > 40


def _extent(segments: Sequence[Segment]) -> tuple[float, float, float, float]:
    return (
        min(s.x0 for s in segments),
        min(s.y0 for s in segments),
        max(s.x1 for s in segments),
        max(s.y1 for s in segments),
    )


def _one_line(segments: list[Segment]) -> Segment:
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


# -- rows and segments -------------------------------------------------------------------------------------------------


def _segments(page: Page) -> list[Segment]:
    """The rows of a page, split where a gap is a column's gutter and not only a wide space."""
    dots = [r for r in page.rects if 1 < r.width < 9 and 1 < r.height < 9 and 0.6 < r.width / r.height < 1.6]
    upright = [run for run in page.runs if run.upright]
    rows = _rows(upright)
    for row in rows:
        _with_dots_drawn(row, dots)
    verticals = [r for r in page.rects if r.height > 8]
    segments: list[Segment] = []
    pieces = [_pieces(row) for row in rows]
    for i, split in enumerate(pieces):
        around = [gap for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < len(pieces) for gap in _gaps(pieces[j])]
        starts = [[piece[0].x0 for piece in pieces[j]] for j in range(max(i - 3, 0), min(i + 4, len(pieces))) if j != i]
        edges = [_end(piece) for j in range(max(i - 4, 0), min(i + 5, len(pieces))) if j != i for piece in pieces[j]]
        current = split[0]
        for k, piece in enumerate(split[1:]):
            gap = (max(r.x1 for r in current), piece[0].x0)
            size = piece[0].size
            ruled = any(
                gap[0] - 2 <= r.x0 <= gap[1] + 2 and r.y0 <= piece[0].base + 2 <= r.y1 for r in verticals
            ) or any(gap[0] - 2 <= r.x1 <= gap[1] + 2 and r.y0 <= piece[0].base + 2 <= r.y1 for r in verticals)
            shared = any(min(gap[1], b) - max(gap[0], a) > 0.6 * size for a, b in around)
            aligned = sum(any(abs(start - gap[1]) < 1.5 for start in row) for row in starts) > 1
            wide = gap[1] - gap[0] > _WIDE_GUTTER * size
            follows = piece[0].order == current[-1].order + 1
            justified = follows and _is_justified(split, k, edges)
            space = follows and current[-1].text.endswith(" ")
            if ruled or aligned or not follows or (not justified and (wide or (shared and not space))):
                segments.append(Segment(page, current))
                current = piece
            else:
                current = [*current, *piece]
        segments.append(Segment(page, current))
    turned = [Segment(page, [run]) for run in page.runs if not run.upright]
    for s in turned:
        s.runs[0].artifact = True  # text up the side of a page: told, not read
    return segments + turned


def _rows(runs: list[Run]) -> list[list[Run]]:
    """Runs on one baseline, from left to right; rows from top to bottom."""
    rows: list[list[Run]] = []
    glyphs = [run for run in runs if _GLYPH_ONLY.fullmatch(run.text.strip())]
    lone = {id(run) for run in glyphs}
    for run in sorted((run for run in runs if id(run) not in lone), key=lambda r: -r.base):
        near = next((row for row in reversed(rows[-4:]) if _same_row(row[0], run)), None)
        if near is not None:
            near.append(run)
        else:
            rows.append([run])
    for glyph in glyphs:  # a bullet may be larger than its text: the nearest row is its own
        close = [row for row in rows if abs(row[0].base - glyph.base) < 0.35 * max(row[0].size, 4)]
        if close:
            min(close, key=lambda row: (abs(row[0].base - glyph.base), abs(row[0].order - glyph.order))).append(glyph)
        else:
            rows.append([glyph])
    rows.sort(key=lambda row: -row[0].base)
    for row in rows:
        row.sort(key=lambda r: (r.x0, r.order))
    return rows


def _same_row(a: Run, b: Run) -> bool:
    return abs(a.base - b.base) < 0.3 * max(min(a.size, b.size), 4)


def _with_dots_drawn(row: list[Run], dots: list[Rect]) -> None:
    """Gives a row the bullets that are drawn beside it as pictures."""
    if not dots:
        return
    for i in range(len(row) - 1, -1, -1):
        run = row[i]
        before = row[i - 1].x1 if i else float("-inf")
        dot = next(
            (
                d
                for d in dots
                if max(before, run.x0 - 3 * run.size) < d.x0
                and d.x1 < run.x0
                and run.base - 0.2 * run.size < (d.y0 + d.y1) / 2 < run.base + 0.8 * run.size
            ),
            None,
        )
        if (
            dot is not None
            and (i == 0 or run.x0 - before > _GUTTER * run.size)
            and not _GLYPH_ONLY.fullmatch(run.text.strip())
        ):
            row.insert(i, Run("•", dot.x0, dot.x1, run.base, run.size, order=run.order))


def _pieces(row: list[Run]) -> list[list[Run]]:
    """Runs of a row with less between them than columns have."""
    pieces: list[list[Run]] = [[row[0]]]
    for run in row[1:]:
        before = pieces[-1]
        gap = run.x0 - max(r.x1 for r in before)
        glyph = _GLYPH_ONLY.fullmatch("".join(r.text for r in before).strip())
        last = before[-1]
        other = run.order != last.order + 1 and (abs(run.size - last.size) > 1 or abs(run.base - last.base) > 0.6)
        if (gap <= _GUTTER * run.size and not (other and not glyph)) or (glyph and gap <= _GLYPH_GAP * run.size):
            before.append(run)
        else:
            pieces.append([run])
    return pieces


def _is_justified(row: list[list[Run]], k: int, edges: list[float]) -> bool:
    """Whether the gap after a row's k-th piece is one of a justified line: as wide as another, or the line ends where others do."""
    widths = [b - a for a, b in _gaps(row)]
    if any(abs(width - widths[k]) < 0.1 * row[k][0].size for i, width in enumerate(widths) if i != k):
        return True
    last = k + 1
    while last + 1 < len(row) and row[last + 1][0].order == row[last][-1].order + 1:
        last += 1
    return sum(abs(edge - _end(row[last])) < 1.2 for edge in edges) > 1


def _end(piece: list[Run]) -> float:
    return max(run.x1 for run in piece)


def _gaps(row: list[list[Run]]) -> list[tuple[float, float]]:
    return [(max(r.x1 for r in a), b[0].x0) for a, b in pairwise(row)]


def _rejoined(segments: list[Segment]) -> list[Segment]:
    """The rows of one cell: what looked like columns in them are the wide spaces of justified text."""
    rows: list[Segment] = []
    for s in sorted(segments, key=lambda s: (-s.base, s.x0)):
        if rows and abs(rows[-1].base - s.base) < 0.3 * s.size:
            rows[-1] = Segment(s.page, sorted([*rows[-1].runs, *s.runs], key=lambda r: (r.x0, r.order)))
        else:
            rows.append(s)
    return rows


def _strips(segments: list[Segment]) -> list[list[Segment]]:
    """Groups of segments that share heights, from top to bottom."""
    strips: list[list[Segment]] = []
    low = 0.0
    for s in sorted(segments, key=lambda s: (-s.y1, s.x0)):
        if strips and min(s.y1, s.y1) - low > 0.35 * min(s.y1 - s.y0, 12):
            strips[-1].append(s)
            low = min(low, s.y0)
        else:
            strips.append([s])
            low = s.y0
    return strips


def _gutter(strip: list[Segment]) -> tuple[float, float] | None:
    """The first vertical gap that a strip leaves free."""
    if len(strip) < 2:
        return None
    spans = sorted((s.x0, s.x1) for s in strip)
    right = spans[0][1]
    for x0, x1 in spans[1:]:
        if x0 - right > 4:
            return right, x0
        right = max(right, x1)
    return None


def _gutter_below(strips: list[list[Segment]], i: int) -> tuple[float, float] | None:
    """The gutter of columns whose right one begins a little higher: in the file it comes after the left one."""
    for k in range(i + 1, min(i + 4, len(strips))):
        gutter = _gutter(strips[k])
        if gutter is None:
            continue
        left = min(s.order for s in strips[k] if s.x1 <= gutter[0])
        above = [s for strip in strips[i:k] for s in strip]
        later = all(s.order > left for s in above if s.x0 >= gutter[0])
        return (
            gutter
            if later and all(s.x0 >= gutter[0] or s.x1 <= gutter[1] for s in above) and strips[i][0].x0 >= gutter[0]
            else None
        )
    return None


def _free(strip: list[Segment], gutter: tuple[float, float]) -> tuple[float, float] | None:
    """What a strip leaves free of a gutter; None when it crosses it."""
    a, b = gutter
    for s in strip:
        middle = (a + b) / 2
        if s.x1 <= a or s.x0 >= b:
            continue
        if s.x0 < a and s.x1 > b:
            return None
        if s.x0 < middle and s.x1 < b:
            a = max(a, s.x1)
        elif s.x1 > middle and s.x0 > a:
            b = min(b, s.x0)
        else:
            return None
    return (a, b) if b - a > 4 else None


def _blocks(segments: list[Segment], size: float) -> list[list[Segment]]:
    """Segments of one column, parted where a gap is wider than between the lines of a list."""
    ordered = sorted(segments, key=lambda s: (-s.y1, s.x0))
    blocks = [[ordered[0]]]
    for before, s in pairwise(ordered):
        if before.y0 - s.y1 > 1.7 * size:
            blocks.append([s])
        else:
            blocks[-1].append(s)
    return blocks


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
