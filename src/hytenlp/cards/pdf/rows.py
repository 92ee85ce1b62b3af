"""From the runs of a page to its rows, and from rows to segments: the lines of single columns."""

from __future__ import annotations

import re
from itertools import pairwise

from hytenlp.cards.pdf.page import Page, Rect, Run, Segment

_GLYPH_ONLY = re.compile(r"[^\w\s()\"'”’.,:;!?%&/€§=+]|[o§]|\d{1,2}[.)]|[a-h][.)]")
_GLYPH_GAP = 6.0  # widest gap between a bullet glyph and its text, in font sizes
_GUTTER = 1.0  # narrowest gap between columns, in font sizes
_WIDE_GUTTER = 3.0  # a gap that wide needs no second row to be believed
_MOST = 1_000  # dots and rulings looked at


def segments(page: Page) -> list[Segment]:
    """The rows of a page, split where a gap is a column's gutter and not only a wide space."""
    dots = [r for r in page.rects if 1 < r.width < 9 and 1 < r.height < 9 and 0.6 < r.width / r.height < 1.6][:_MOST]
    upright = [run for run in page.runs if run.upright]
    rows = _rows(upright)
    for row in rows:
        _with_dots_drawn(row, dots)
    verticals = [r for r in page.rects if r.height > 8][:_MOST]
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


def rejoined(segments: list[Segment]) -> list[Segment]:
    """The rows of one cell: what looked like columns in them are the wide spaces of justified text."""
    rows: list[Segment] = []
    for s in sorted(segments, key=lambda s: (-s.base, s.x0)):
        if rows and abs(rows[-1].base - s.base) < 0.3 * s.size:
            rows[-1] = Segment(s.page, sorted([*rows[-1].runs, *s.runs], key=lambda r: (r.x0, r.order)))
        else:
            rows.append(s)
    return rows


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
