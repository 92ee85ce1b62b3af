"""The reading order of a page: columns, ruled tables, labels beside their text, and floating boxes where they are drawn.

The order of the file is used only where geometry leaves a choice.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import accumulate

from hytenlp.cards.lines import Cell, make_line
from hytenlp.cards.pdf.columns import blocks as blocks_of
from hytenlp.cards.pdf.columns import free, gutter_below
from hytenlp.cards.pdf.columns import gutter as gutter_of
from hytenlp.cards.pdf.columns import strips as strips_of
from hytenlp.cards.pdf.grid import Grid, find_grids
from hytenlp.cards.pdf.looks import Looks
from hytenlp.cards.pdf.page import Page, Placed, Rect, Segment, extent, one_line
from hytenlp.cards.pdf.rows import rejoined

_MOST_FRAMES = 500  # of a page
_Box = tuple[Rect, list[Segment]]  # where a floating box stands, and what is in it


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


class ReadingOrder:
    """Orders the pages of a document one after another; columns, tables and boxes may go on from page to page.

    Args:
        looks: tells headings.
    """

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self._size = looks.size
        self._tables = 0  # tables and bands of columns met so far
        self._boxes = 0
        self._open = _Open()  # what may go on from the page before
        self._now = _Open()

    def page(self, page: Page, segments: list[Segment]) -> list[Placed]:
        """The segments of the next page in reading order."""
        self._open, self._now = self._now, _Open()
        grids = [grid for grid in find_grids(page.rects, page.width, page.height) if grid.columns > 1]
        grids.sort(key=lambda grid: -grid.ys[-1])
        flow: list[Segment] = []
        tables: dict[int, list[Segment]] = defaultdict(list)
        for s in segments:
            inside = next((i for i, g in enumerate(grids) if g.holds((s.x0 + s.x1) / 2, s.middle)), None)
            (flow if inside is None else tables[inside]).append(s)
        boxes, flow = self._take_boxes(page, flow)
        late, flow = self._late_boxes(flow)
        goes_on, flow = self._boxes_going_on(page, flow)
        boxes += late + goes_on
        for i, grid in enumerate(grids):
            if tables[i]:
                flow.append(self._table(page, grid, tables[i]))
        ordered = self._order(flow)
        for frame, content in sorted(boxes, key=lambda box: (-box[0].y1, box[0].x0)):
            self._insert(ordered, frame, self._order(content), page)
        return ordered

    def _take_boxes(self, page: Page, segments: list[Segment]) -> tuple[list[_Box], list[Segment]]:
        """Frames that hold a few lines and no section of the card: floating boxes. And the segments that are in none."""
        boxes: list[_Box] = []
        rest = list(segments)
        size = self._size
        frames = [r for r in page.rects if r.width > 8 * size and r.height > 2.2 * size]
        total = sum(len(s.text) for s in segments) or 1
        for frame in sorted(frames, key=lambda r: r.width * r.height)[:_MOST_FRAMES]:
            inside = [s for s in rest if frame.holds(s.x0 + 1, s.middle) and frame.holds(s.x1 - 1, s.middle)]
            kinds = self._looks.kinds(inside)
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

    def _late_boxes(self, segments: list[Segment]) -> tuple[list[_Box], list[Segment]]:
        """Highlights without a frame that the file draws after text which stands below them: they float."""
        boxes: list[_Box] = []
        flow = sorted(segments, key=lambda s: s.order)
        for head in [s for s in flow if "nostot" in self._looks.kind(s)]:
            block = [head]
            for s in flow[flow.index(head) + 1 :]:
                step = block[-1].base - s.base
                kinds = self._looks.kind(s)
                if kinds or not -0.3 * self._size < step < 3.5 * self._size or s.x0 < head.x0 - 2 * self._size:
                    break
                block.append(s)
            x0, low, x1, _ = extent(block)
            below = [
                s
                for s in flow
                if s.order < head.order and s.y1 < low + self._size and min(s.x1, x1) - max(s.x0, x0) > 0.3 * (x1 - x0)
            ]
            if len(block) > 1 and below:
                boxes.append((Rect(*extent(block)), block))
                held = {id(s) for s in block}
                flow = [s for s in flow if id(s) not in held]
        return boxes, flow

    def _insert(self, ordered: list[Placed], frame: Rect, content: list[Placed], page: Page) -> None:
        """Puts a box into the text beside which it stands."""
        begins = bool(content) and bool(self._looks.kind(content[0].segment))
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

    def _boxes_going_on(self, page: Page, segments: list[Segment]) -> tuple[list[_Box], list[Segment]]:
        """What stands at the head of a page where a box without a frame broke off at the foot of the one before."""
        found: list[_Box] = []
        for box, _ in self._open.boxes:
            if box.y0 > 0.2 * page.height or box.x0 < 0.3 * page.width:
                continue
            column = [s for s in segments if box.x0 - 4 <= s.x0 < (box.x0 + box.x1) / 2]
            block = blocks_of(column, self._size)[0] if column else []
            if block and block[0].y1 > 0.85 * page.height and not self._looks.kinds(block):
                _, y0, x1, y1 = extent(block)
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
            inner = self._order(rejoined(content))
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
        whole = one_line(segments)
        if not self._looks.kind(whole) or self._looks.kind(segments[0]) & {"joys", "concerns"}:
            return cell
        return [Placed(whole, cell[0].box, cell[0].cell, cell[0].starts)]

    def _order(self, segments: list[Segment], depth: int = 0) -> list[Placed]:
        """Segments from top to bottom, columns one after the other."""
        strips = strips_of(segments)
        ordered: list[Placed] = []
        i = 0
        while i < len(strips):
            gutter = (gutter_of(strips[i]) or gutter_below(strips, i)) if depth < 4 else None
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
        largest = max((s.size for s in strips[begin] if self._looks.kind(s) & {"joys", "concerns"}), default=0.0)
        for j in range(begin + 1, len(strips)):
            narrowed = free(strips[j], gutter)
            if narrowed is None or any(s.blocks for s in strips[j]):
                break
            latest = max(latest, *(s.order for s in strips[j - 1]))
            if any(self._begins_theme(s, latest, earliest[j], largest) for strip in strips[j : j + 3] for s in strip):
                break
            largest = max([largest, *(s.size for s in strips[j] if self._looks.kind(s) & {"joys", "concerns"})])
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
                self._looks.kind(s) & {"theme", "role", "joys", "concerns"} or 0 < self._looks.level(s) < 4
                for s in strips[j]
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
        return above < s.order == below and s.size > head - 0.5 and "theme" in self._looks.kind(s)

    def _side_by_side(self, left: list[Segment], right: list[Segment], above: list[Placed], depth: int) -> list[Placed]:
        """Two columns, or a column and what floats beside it, or labels and what they label."""
        kinds_left, kinds_right = self._looks.kinds(left), self._looks.kinds(right)
        head = self._looks.kind(above[-1].segment) if above else set()
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
                        frame = Rect(*extent(block))
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
        blocks = blocks_of(side, self._size)
        announced = [self._looks.kind(block[0]) for block in blocks]
        if self._looks.kinds(side) & {"theme"}:
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
        if "nostot" in self._looks.kinds(other) and self._looks.kinds(other) <= {"nostot"}:
            return None
        mine, theirs = Rect(*extent(side)), Rect(*extent(other))
        return blocks if mine.width < 0.6 * theirs.width and mine.height < 0.6 * theirs.height else None

    def _are_labels(self, left: list[Segment], right: list[Segment]) -> bool:
        """Whether a column holds nothing but headings for what stands at its right."""
        said = sum(len(s.text) for s in left)
        return said < 0.3 * sum(len(s.text) for s in right) and not any(make_line(s.text, 1, 1).glyph for s in left)

    def _labelled(self, left: list[Segment], right: list[Segment], depth: int) -> list[Placed]:
        """A table without rulings: each label speaks for the lines from its top to the next label's."""
        labels = blocks_of(left, self._size)
        tops = [block[0].y1 for block in labels]
        ordered: list[Placed] = []
        self._tables += 1
        borders = [*(self._row_top(top, right) for top in tops), float("-inf")]
        rows: list[list[list[Placed]]] = [[[], self._order([s for s in right if s.y1 > borders[0]], depth + 1)]]
        for block, upper, lower in zip(labels, borders, borders[1:], strict=False):
            label = self._joined_label([Placed(s) for s in block])
            rows.append([label, self._order([s for s in right if lower < s.y1 <= upper], depth + 1)])
        for i, row in enumerate(rows, 1):
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
        head = next((s for s in sorted(above, key=lambda s: s.y1) if self._looks.kind(s)), None)
        return head.y1 if head else top
