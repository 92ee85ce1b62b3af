"""What the commands are given."""

from __future__ import annotations

from pathlib import Path

import pytest

from hytenlp.inputs import are_long


@pytest.mark.parametrize(
    ("sizes", "long"),
    [
        ({"t.csv": 600_000}, True),
        ({"a.jsonl": 300_000, "b.parquet": 300_000}, True),
        ({"t.csv": 10_000}, False),
        ({"kortti.pdf": 600_000}, False),
        ({}, False),
    ],
)
def test_long_inputs_are_large_tables(tmp_path, sizes, long):
    for name, size in sizes.items():
        (tmp_path / name).write_bytes(b" " * size)
    assert are_long(sorted(tmp_path.iterdir())) is long


def test_a_table_that_is_not_there_is_not_long():
    assert not are_long([Path("ei-ole.csv")])
