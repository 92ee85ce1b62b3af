"""Ruled tables of a page: rulings that cross each other make rows and columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

_NEAR = 3.5  # points within which rulings meet
_THIN = 2.5
_SHORT = 12.0
_MOST = 2_000  # rulings looked at


class Drawn(Protocol):
    """A rectangle that is drawn; a ruling is a thin one."""

    x0: float
    y0: float
    x1: float
    y1: float
    stroked: bool


@dataclass(slots=True)
class Grid:
    """A table's rulings.

    Attributes:
        xs, ys: where columns and rows part, ascending.
        merged: (row, column) pairs whose upper ruling is missing: the cell belongs to the one above. Rows count from the top.
    """

    xs: list[float]
    ys: list[float]
    merged: frozenset[tuple[int, int]] = frozenset()

    @property
    def columns(self) -> int:
        """How many columns."""
        return len(self.xs) - 1

    @property
    def rows(self) -> int:
        """How many rows."""
        return len(self.ys) - 1

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is inside the table."""
        return self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[0] - 1 <= y <= self.ys[-1] + 1

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """The (row, column) of a point, rows from the top."""
        column = min(max(bisect_right(self.xs, x) - 1, 0), self.columns - 1)
        row = self.rows - 1 - min(max(bisect_right(self.ys, y) - 1, 0), self.rows - 1)
        while (row, column) in self.merged:
            row -= 1
        return row, column


@dataclass(slots=True)
class _Ruling:
    at: float  # the coordinate that it keeps
    begin: float
    end: float


def find_grids(rects: Sequence[Drawn], width: float, height: float) -> list[Grid]:
    """The ruled tables of a page.

    Args:
        rects: everything that is drawn but text.
        width: of the page; what frames all of it is no table.
        height: of the page.
    """
    across: list[_Ruling] = []
    down: list[_Ruling] = []
    for r in rects:
        w, h = r.x1 - r.x0, r.y1 - r.y0
        if w > 0.98 * width and h > 0.9 * height:
            continue
        if h <= _THIN and w >= _SHORT:
            across.append(_Ruling((r.y0 + r.y1) / 2, r.x0, r.x1))
        elif w <= _THIN and h >= _SHORT / 2:
            down.append(_Ruling((r.x0 + r.x1) / 2, r.y0, r.y1))
        elif r.stroked and w >= _SHORT and h >= _SHORT / 2:
            across += [_Ruling(r.y0, r.x0, r.x1), _Ruling(r.y1, r.x0, r.x1)]
            down += [_Ruling(r.x0, r.y0, r.y1), _Ruling(r.x1, r.y0, r.y1)]
    across, down = _merged(across[:_MOST]), _merged(down[:_MOST])
    return [grid for group in _groups(across, down) if (grid := _grid(*group)) is not None]


def _merged(rulings: list[_Ruling]) -> list[_Ruling]:
    """Rulings drawn in pieces, as whole ones."""
    merged: list[_Ruling] = []
    for r in sorted(rulings, key=lambda r: (round(r.at / _THIN), r.begin)):
        near = next((m for m in reversed(merged[-3:]) if abs(m.at - r.at) < _THIN and r.begin <= m.end + _NEAR), None)
        if near is not None:
            near.end = max(near.end, r.end)
        else:
            merged.append(_Ruling(r.at, r.begin, r.end))
    return merged


def _groups(across: list[_Ruling], down: list[_Ruling]) -> list[tuple[list[_Ruling], list[_Ruling]]]:
    """Rulings that are connected by crossing each other."""
    owner = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while owner[i] != i:
            owner[i] = owner[owner[i]]
            i = owner[i]
        return i

    for i, a in enumerate(across):
        for j, d in enumerate(down):
            if a.begin - _NEAR <= d.at <= a.end + _NEAR and d.begin - _NEAR <= a.at <= d.end + _NEAR:
                owner[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[_Ruling], list[_Ruling]]] = {}
    for i, a in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(a)
    for j, d in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(d)
    return [group for group in groups.values() if group[0] and group[1]]


def _grid(across: list[_Ruling], down: list[_Ruling]) -> Grid | None:
    xs = _distinct([d.at for d in down] + [min(a.begin for a in across), max(a.end for a in across)])
    ys = _distinct([a.at for a in across] + [min(d.begin for d in down), max(d.end for d in down)])
    if len(xs) < 3 or len(ys) < 2:
        return None
    rows, columns = len(ys) - 1, len(xs) - 1
    merged = set()
    for row in range(1, rows):
        upper = ys[rows - row]
        for column in range(columns):
            middle = (xs[column] + xs[column + 1]) / 2
            if not any(abs(a.at - upper) < _NEAR + 2 and a.begin - _NEAR <= middle <= a.end + _NEAR for a in across):
                merged.add((row, column))
    return Grid(xs, ys, frozenset(merged))


def _distinct(values: list[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _NEAR + 2:
            kept.append(value)
    return kept
