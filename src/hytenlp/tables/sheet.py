"""A table as every format gives it, and its header, which may stand below a title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hytenlp.errors import InputError
from hytenlp.tables.columns import find_roles

#: Row number as the user sees it, and column -> value.
Row = tuple[int, dict[str, Any]]
LOOKED_AT = 30  # rows among which the header is looked for
MAX_COLUMNS = 16_384  # as in Excel


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file.

    Attributes:
        name: of a workbook's sheet; None when the format has no sheets.
        titles: what stands above the header or names the table elsewhere.
        rows: the rows, to be read before the next sheet is asked for.
        columns: of all rows; None when each row may have its own.
        types: the Arrow types of columns; empty where the format has none.
    """

    name: str | None
    titles: tuple[str, ...]
    rows: Iterator[Row]
    columns: tuple[str, ...] | None = None
    types: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table's header stands and what it names.

    Attributes:
        index: of the header among the first rows.
        columns: a name for each column up to the last one that has a name, each once.
        titles: the cells above.
        roles: how many columns of the program's were found in it.
    """

    index: int
    columns: tuple[str, ...]
    titles: tuple[str, ...]
    roles: int


def find_header(rows: Sequence[Sequence[Any]], wanted: str | None) -> Header | None:
    """The header among a table's first rows: the row with a text column that names most of what the program uses."""
    best: Header | None = None
    for index, cells in enumerate(rows[:LOOKED_AT]):
        names = [cell.strip() if isinstance(cell, str) else cell for cell in cells]
        roles = find_roles(names, wanted)
        if "text" in roles and (best is None or len(roles) > best.roles):
            above = dict.fromkeys(str(cell).strip() for row in rows[:index] for cell in row if cell not in (None, ""))
            best = Header(index, column_names(names), tuple(above), len(roles))
    return best


def column_names(cells: Sequence[Any]) -> tuple[str, ...]:
    """The names of columns up to the last one that has a name, each once; see `unique_names`."""
    names = ["" if cell is None else str(cell).strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return unique_names(names)


def unique_names(given: Sequence[str]) -> tuple[str, ...]:
    """Column names, each once: a name that stands twice is numbered, a missing one is called by its place."""
    names = list(given)
    taken = set(names)
    seen: set[str] = set()
    numbers: Counter[str] = Counter()
    for i, name in enumerate(names):
        base = unique = name or f"sarake_{i + 1}"
        while unique in seen or (unique != name and unique in taken):
            numbers[base] = max(numbers[base], 1) + 1
            unique = f"{base}_{numbers[base]}"
        seen.add(unique)
        names[i] = unique
    return tuple(names)


def check_width(columns: Sequence[str], source: str) -> None:
    """Refuses tables that are too wide.

    Raises:
        InputError: there are more columns than in any spreadsheet.
    """
    if len(columns) > MAX_COLUMNS:
        raise InputError(
            f"{source}: taulukossa on liikaa sarakkeita ({len(columns)}, enintään {MAX_COLUMNS}). Poista tarpeettomat sarakkeet."
        )
