"""Columns of a page: strips of segments that share heights, the gutters that they leave free, and the blocks of one column."""

from __future__ import annotations

from itertools import pairwise

from hytenlp.cards.pdf.page import Segment


def strips(segments: list[Segment]) -> list[list[Segment]]:
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


def gutter(strip: list[Segment]) -> tuple[float, float] | None:
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


def gutter_below(strips: list[list[Segment]], i: int) -> tuple[float, float] | None:
    """The gutter of columns whose right one begins a little higher: in the file it comes after the left one."""
    for k in range(i + 1, min(i + 4, len(strips))):
        found = gutter(strips[k])
        if found is None:
            continue
        left = min(s.order for s in strips[k] if s.x1 <= found[0])
        above = [s for strip in strips[i:k] for s in strip]
        later = all(s.order > left for s in above if s.x0 >= found[0])
        return (
            found
            if later and all(s.x0 >= found[0] or s.x1 <= found[1] for s in above) and strips[i][0].x0 >= found[0]
            else None
        )
    return None


def free(strip: list[Segment], gutter: tuple[float, float]) -> tuple[float, float] | None:
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


def blocks(segments: list[Segment], size: float) -> list[list[Segment]]:
    """Segments of one column, parted where a gap is wider than between the lines of a list."""
    ordered = sorted(segments, key=lambda s: (-s.y1, s.x0))
    blocks = [[ordered[0]]]
    for before, s in pairwise(ordered):
        if before.y0 - s.y1 > 1.7 * size:
            blocks.append([s])
        else:
            blocks[-1].append(s)
    return blocks
