"""The ids of all tables of a run: one that stands twice is told about, one that was made is made another."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

_MOST = 200_000  # ids remembered, so that memory is bounded


@dataclass(slots=True)
class Ids:
    """Which ids were met in which table."""

    _tables: list[str] = field(default_factory=list)
    _seen: dict[int, int] = field(default_factory=dict)  # hash of an id -> number of its table
    _again: Counter[int] = field(default_factory=Counter)
    _first: dict[int, str] = field(default_factory=dict)
    _full: bool = False
    _told_full: bool = False

    def begin(self, table: str) -> None:
        """The ids that follow are those of a table."""
        self._tables.append(table)
        self._again.clear()
        self._first.clear()

    def keep(self, one: str) -> None:
        """Notes an id that the table itself gives."""
        owner = self._met(one)
        if owner is not None:
            self._again[owner] += 1
            self._first.setdefault(owner, one)

    def make(self, one: str) -> str:
        """An id for a row that has none: this one, or with a number after it where that was met already."""
        unique, number = one, 1
        while self._met(unique) is not None:
            number += 1
            unique = f"{one}.{number}"
        return unique

    def warnings(self) -> list[str]:
        """What to tell about the ids of the table that is being read."""
        told = []
        for owner, count in self._again.items():
            where = self._tables[owner]
            here = owner == len(self._tables) - 1
            met = "jo aiemmalla rivillä" if here else f"myös tiedostossa {where}"
            told.append(
                f"rivejä, joiden tunniste on {met}: {count} (ensimmäinen tunniste: {self._first[owner][:60]}). "
                "Tunnisteita ei muutettu; korjaa ne, jos rivit pitää erottaa niistä."
            )
        if self._full and not self._told_full:
            self._told_full = True
            told.append(f"tunnisteita verrattiin toisiinsa vain {_MOST} ensimmäiseltä riviltä.")
        return told

    def _met(self, one: str) -> int | None:
        """The table in which an id was met; notes it as this table's when it is new."""
        key = hash(one)
        owner = self._seen.get(key)
        if owner is None:
            if len(self._seen) < _MOST:
                self._seen[key] = len(self._tables) - 1
            else:
                self._full = True
        return owner
