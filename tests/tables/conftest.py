"""A reader of tables that keeps what was told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from hytenlp.inputs import Problems, items_of
from hytenlp.records import Item


@dataclass
class Reading:
    """What a file gave and what was told about it."""

    items: list[Item]
    told: list[str]
    errors: int

    @property
    def texts(self) -> list[str]:
        return [item.text for item in self.items]


@pytest.fixture
def read(tmp_path, analyser):
    """Writes a table, unless a path is given, and reads it."""

    def reading(content, name: str = "t.csv", column: str | None = None, kind=None) -> Reading:
        path = content if isinstance(content, Path) else tmp_path / name
        if isinstance(content, str):
            path.write_bytes(content.encode())
        elif isinstance(content, bytes):
            path.write_bytes(content)
        told: list[str] = []
        problems = Problems(told.append)
        items = list(items_of(path, analyser, problems, column, kind))
        again = list(items_of(path, analyser, Problems(lambda _line: None), column, kind))
        assert repr(again) == repr(items)  # a batch that is resumed counts on it
        assert all("\n" not in line and path.name in line for line in told)
        return Reading(items, told, problems.errors)

    return reading
