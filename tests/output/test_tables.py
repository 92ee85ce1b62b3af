"""Cells, and Parquet without what it can do without."""

from __future__ import annotations

import subprocess
import sys

import pytest

from hytenlp.output.tables import flat


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""), (float("nan"), ""), ("", ""), ([], ""), ({}, "{}"), (0, 0), (False, False), (1.5, 1.5),
        ("=1+1", "'=1+1"), ("-5", "-5"), ("+3,5", "+3,5"), ("-a", "'-a"), (b"=\xff", "'=\\xff"),
        (["a|b", "c"], "a¦b|c"), (["=a"], "'=a"), ((1, None), "1|None"), ([[]], "[]"),
        ([{"ä": float("nan")}], '[{"ä": null}]'), ({"a": b"x"}, '{"a": "x"}'),
    ],
)  # fmt: skip
def test_a_value_as_one_cell(value, cell):
    assert flat(value) == cell
    assert type(flat(value)) is type(cell)


THROUGH = """
import sys
from pathlib import Path
from hytenlp.output.tables import table_of
from hytenlp.tables.parquet import read_parquet
sheet = next(read_parquet(Path(sys.argv[1]), None, None))
table = table_of("parquet", sheet.types)
with open(sys.argv[2], "wb") as out:
    table.join([table.chunk([row for _, row in sheet.rows])], out)
print("pandas" in sys.modules)
"""


@pytest.mark.parametrize(("unit", "needs_pandas"), [("us", False), ("ns", True)])
def test_pandas_is_loaded_only_for_nanoseconds(tmp_path, unit, needs_pandas):
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    files = [tmp_path / "in.parquet", tmp_path / "out.parquet"]
    moments = pa.array([1_700_000_000_123_456_789, None]).cast(pa.timestamp("ns")).cast(pa.timestamp(unit), safe=False)
    given = pa.table({"text": ["a", "b"], "when": moments})
    pq.write_table(given, files[0])
    done = subprocess.run([sys.executable, "-c", THROUGH, *files], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == (f"{needs_pandas}\n", "")
    assert pq.read_table(files[1]).equals(given)
