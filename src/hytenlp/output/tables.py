"""Classified bullets as tables: CSV, JSON Lines, Excel and Parquet, written as they come.

Cells that a spreadsheet would run as a formula get an apostrophe before them; characters that XML forbids are left out.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import math
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from hytenlp.errors import OutputError
from hytenlp.output.files import target
from hytenlp.records import COLUMNS, Record

_LIST_SEPARATOR = "|"
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CHUNK = 2000

Rows = Iterable[dict[str, Any]]


def write_records(records: Iterable[Record], path: Path | None, form: str, *, excel_fi: bool = False) -> int:
    """Writes classified bullets.

    Args:
        records: the bullets, read as they are written.
        path: the file; standard output when None.
        form: csv, jsonl, xlsx or parquet.
        excel_fi: for CSV: semicolons, a byte order mark and decimal commas, as a Finnish Excel expects.

    Returns:
        How many rows were written.

    Raises:
        OutputError: the file cannot be written, or the format needs a package that is not installed.
    """
    writers: dict[str, Callable[[Rows, BinaryIO], None]] = {
        "csv": lambda rows, out: _write_csv(rows, out, excel_fi=excel_fi),
        "jsonl": _write_jsonl,
        "xlsx": _write_xlsx,
        "parquet": _write_parquet,
    }
    count = 0

    def counted() -> Iterator[dict[str, Any]]:
        nonlocal count
        for record in records:
            count += 1
            yield record.to_dict()

    with target(path) as out:
        writers[form](counted(), out)
    return count


def write_rows(rows: Rows, path: Path | None, *, excel_fi: bool = False) -> None:
    """Writes any flat records as CSV."""
    with target(path) as out:
        _write_csv(rows, out, excel_fi=excel_fi)


def flat(value: Any) -> Any:
    """A value as one cell: lists joined by `|`, records as JSON, formulas disarmed."""
    if isinstance(value, list | tuple):
        if value and isinstance(value[0], dict):
            return json.dumps(value, ensure_ascii=False, default=str)
        value = _LIST_SEPARATOR.join(map(str, value))
    elif isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return "" if value is None else value


def _columns(rows: Rows) -> tuple[list[str], Iterator[dict[str, Any]]]:
    """The columns of a stream of rows, and the stream with its first rows put back."""
    stream = iter(rows)
    first = list(itertools.islice(stream, _CHUNK))
    names = dict.fromkeys(itertools.chain(COLUMNS if not first else (), *first))
    return list(names), itertools.chain(first, stream)


def _write_csv(rows: Rows, out: BinaryIO, *, excel_fi: bool) -> None:
    text = io.TextIOWrapper(out, "utf-8-sig" if excel_fi else "utf-8", newline="", write_through=True)
    columns, stream = _columns(rows)
    writer = csv.writer(text, delimiter=";" if excel_fi else ",", lineterminator="\r\n" if excel_fi else "\n")
    writer.writerow([flat(column) for column in columns])
    for row in stream:
        cells = [flat(row.get(column)) for column in columns]
        writer.writerow([str(c).replace(".", ",") if excel_fi and isinstance(c, float) else c for c in cells])
    text.flush()
    text.detach()


def _write_jsonl(rows: Rows, out: BinaryIO) -> None:
    for row in rows:
        out.write(_json(row).encode("utf-8", "replace") + b"\n")


def _json(row: dict[str, Any]) -> str:
    try:
        return json.dumps(row, ensure_ascii=False, default=str, allow_nan=False)
    except ValueError:  # JSON has no number for NaN and infinities, which columns of an input table may hold
        return json.dumps(json.loads(json.dumps(row, default=str), parse_constant=lambda _: None), ensure_ascii=False)


def _write_xlsx(rows: Rows, out: BinaryIO) -> None:
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("hyte")
    sheet.freeze_panes = "A2"
    columns, stream = _columns(rows)
    for i, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(i)].width = {"text": 80, "evidence": 40}.get(column, 16)

    def cell(value: Any) -> Any:
        value = flat(value)
        if isinstance(value, float) and not math.isfinite(value):
            return None
        if not isinstance(value, int | float | date | time | timedelta | str) or getattr(value, "tzinfo", None):
            value = str(value)  # what Excel has no cells for
        if not isinstance(value, str):
            return value
        made = WriteOnlyCell(sheet, _NO_XML.sub("", value)[:32_000])
        made.data_type = "s"  # never a formula
        return made

    sheet.append([cell(column) for column in columns])
    for row in stream:
        sheet.append([cell(row.get(column)) for column in columns])
    book.save(out)


def _write_parquet(rows: Rows, out: BinaryIO) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise OutputError(
            "Parquet-muotoon tarvitaan lisäosa: pip install 'hytenlp[parquet]'. Muut muodot: csv, jsonl, xlsx."
        ) from None
    strings = pa.list_(pa.string())
    evidence = pa.list_(
        pa.struct(
            [
                ("label", pa.string()),
                ("kind", pa.string()),
                ("start", pa.int64()),
                ("end", pa.int64()),
                ("text", pa.string()),
                ("how", pa.string()),
                ("probability", pa.float64()),
            ]
        )
    )
    kinds = {
        "year": pa.int64(), "theme_probability": pa.float64(), "further_themes": strings, "target_groups": strings, "concerns": strings,
        "evidence": evidence,
    }  # fmt: skip
    columns, stream = _columns(rows)
    schema = pa.schema([(column, kinds.get(column, pa.string())) for column in columns])
    with pq.ParquetWriter(out, schema) as writer:
        while chunk := list(itertools.islice(stream, _CHUNK)):
            for row in chunk:
                for column in columns:
                    if column not in kinds and row.get(column) is not None:
                        row[column] = str(row[column])
            writer.write_table(pa.Table.from_pylist(chunk, schema))
