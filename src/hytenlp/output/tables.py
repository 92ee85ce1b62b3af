"""Classified bullets as tables: CSV, JSON Lines, Excel and Parquet, made a chunk of rows at a time.

Each format turns a chunk into bytes by itself, wherever that happens, and puts the chunks of a table together in their order; the
result depends on the rows alone. Cells that a spreadsheet would run as a formula get an apostrophe before them; characters that XML
forbids are left out.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from hytenlp.errors import OutputError
from hytenlp.output.files import target
from hytenlp.tables.arrow import leave_pandas_out, needs_pandas

_LIST_SEPARATOR = "|"
_INSIDE_LISTS = "¦"  # stands for the separator in a listed text, so that a cell can be cut apart
_FORMULA_SIGNS = frozenset("=+-@\t\r")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MOST_EXCEL_ROWS = 1_048_575

Row = dict[str, Any]


def write_rows(rows: Iterable[Row], columns: Sequence[str], path: Path | None) -> None:
    """Writes flat records as CSV."""
    form = CsvTable(columns)
    with target(path) as out:
        form.join([form.chunk(list(rows))], out)


def table_of(form: str, columns: Mapping[str, Any], *, excel_fi: bool = False) -> Table:
    """The writer of a format.

    Args:
        form: csv, jsonl, xlsx or parquet.
        columns: the table's columns, in order, with their Arrow types for Parquet where they have any.
        excel_fi: for CSV: semicolons, a byte order mark and decimal commas, as a Finnish Excel expects.

    Raises:
        OutputError: the format needs a package that is not installed.
    """
    if form == "csv":
        return CsvTable(list(columns), excel_fi)
    if form == "parquet":
        table: Table = ParquetTable(list(columns), columns)
    else:
        table = {"jsonl": Table, "xlsx": ExcelTable}[form](list(columns))
    table.check()
    return table


@dataclass(frozen=True)
class Table:
    """JSON Lines, and what all formats have in common.

    Attributes:
        columns: the table's columns, in order; JSON Lines has every row's own.
    """

    columns: Sequence[str]

    def check(self) -> None:
        """Raises an `OutputError` when the format cannot be written here."""

    def chunk(self, rows: Sequence[Row]) -> bytes:
        """Some rows of the table as bytes that `join` understands."""
        return b"".join(_json(row).encode("utf-8", "replace") + b"\n" for row in rows)

    def join(self, chunks: Iterable[bytes], out: BinaryIO) -> None:
        """Writes the whole table from its chunks, which are taken one at a time."""
        for chunk in chunks:
            out.write(chunk)

    def _cells(self, rows: Iterable[Row]) -> Iterator[list[Any]]:
        """The rows' values by column, each as one cell; evidence is JSON even where there is none."""
        for row in rows:
            shown = row if row.get("evidence") else row | {"evidence": "[]"}
            yield list(map(flat, map(shown.get, self.columns)))


@dataclass(frozen=True)
class CsvTable(Table):
    """Comma-separated values.

    Attributes:
        excel_fi: see `table_of`.
    """

    excel_fi: bool = False

    def chunk(self, rows: Sequence[Row]) -> bytes:
        """See `Table.chunk`."""
        return self._lines(self._cells(rows))

    def join(self, chunks: Iterable[bytes], out: BinaryIO) -> None:
        """See `Table.join`."""
        out.write((b"\xef\xbb\xbf" if self.excel_fi else b"") + self._lines([[flat(name) for name in self.columns]]))
        super().join(chunks, out)

    def _lines(self, rows: Iterable[list[Any]]) -> bytes:
        text = io.StringIO(newline="")
        excel = self.excel_fi
        writer = csv.writer(text, delimiter=";" if excel else ",", lineterminator="\r\n" if excel else "\n")
        if excel:
            rows = ([str(c).replace(".", ",") if isinstance(c, float) else c for c in cells] for cells in rows)
        writer.writerows(rows)
        return text.getvalue().encode("utf-8", "replace")


@dataclass(frozen=True)
class ExcelTable(Table):
    """An Excel workbook; its chunks are lists of cells as JSON, dates and times marked as what they are."""

    def chunk(self, rows: Sequence[Row]) -> bytes:
        """See `Table.chunk`."""
        return b"".join(
            json.dumps(list(map(_cell, cells)), default=_plain_text).encode() + b"\n" for cells in self._cells(rows)
        )

    def join(self, chunks: Iterable[bytes], out: BinaryIO) -> None:
        """See `Table.join`."""
        import openpyxl
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.utils import get_column_letter

        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("hyte")
        sheet.freeze_panes = "A2"
        for i, column in enumerate(self.columns, 1):
            sheet.column_dimensions[get_column_letter(i)].width = {"text": 80, "evidence": 40}.get(column, 16)

        def cell(value: Any) -> Any:
            if isinstance(value, dict):
                return next(_TIMES[name].fromisoformat(iso) for name, iso in value.items())
            if not isinstance(value, str):
                return value
            made = WriteOnlyCell(sheet, _NO_XML.sub("", value)[:32_000])
            made.data_type = "s"  # never a formula
            return made

        sheet.append([cell(flat(column)) for column in self.columns])
        count = 0
        for chunk in chunks:
            for line in chunk.splitlines():
                count += 1
                if count > _MOST_EXCEL_ROWS:
                    raise OutputError(
                        f"Excel-tiedostoon mahtuu enintään {_MOST_EXCEL_ROWS} riviä. Valitse muoto csv tai parquet, tai jaa syöte."
                    )
                sheet.append([cell(value) for value in json.loads(line)])
        book.save(out)


@dataclass(frozen=True)
class ParquetTable(Table):
    """Parquet; a chunk is a stream of Arrow, which becomes a row group.

    Attributes:
        types: the Arrow types of columns of the input tables; a column without one holds text.
    """

    types: Mapping[str, Any] = field(default_factory=dict)

    def check(self) -> None:
        """Raises an `OutputError` when pyarrow is not installed."""
        try:
            import pyarrow.parquet  # noqa: F401
        except ImportError:
            raise OutputError(
                "Parquet-muotoon tarvitaan lisäosa: pip install 'hytenlp[parquet]'. Muut muodot: csv, jsonl, xlsx."
            ) from None

    @cached_property
    def _schema(self) -> Any:
        import pyarrow as pa

        text, strings = pa.string(), pa.list_(pa.string())
        found = [
            ("label", text),
            ("kind", text),
            ("start", pa.int64()),
            ("end", pa.int64()),
            ("text", text),
            ("how", text),
        ]
        kinds = {
            "year": pa.int64(),
            "theme_probability": pa.float64(),
            "further_themes": strings,
            "target_groups": strings,
            "concerns": strings,
            "evidence": pa.list_(pa.struct([*found, ("probability", pa.float64())])),
        }
        kept = {column: form for column, form in self.types.items() if form is not None and _is_plain(form)}
        return pa.schema([(column, kinds.get(column) or kept.get(column, text)) for column in self.columns])

    def chunk(self, rows: Sequence[Row]) -> bytes:
        """See `Table.chunk`."""
        import pyarrow as pa

        schema = self._schema
        if not needs_pandas(schema.types):
            leave_pandas_out()
        out = io.BytesIO()
        with pa.ipc.new_stream(out, schema) as stream:
            stream.write_batch(pa.record_batch([_array(rows, field) for field in schema], schema=schema))
        return out.getvalue()

    def join(self, chunks: Iterable[bytes], out: BinaryIO) -> None:
        """See `Table.join`."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        with pq.ParquetWriter(out, self._schema) as writer:
            for chunk in chunks:
                writer.write_table(pa.ipc.open_stream(chunk).read_all())


def _array(rows: Sequence[Row], field: Any) -> Any:
    """A column of rows as an Arrow array; where it holds text, all its values as text."""
    import pyarrow as pa

    values = [row.get(field.name) for row in rows]
    if field.type == pa.string():
        values = [value if value is None or isinstance(value, str) else _text(value) for value in values]
    return pa.array(values, field.type)


def _is_plain(form: Any) -> bool:
    """Whether an Arrow type and all inside it are Arrow's own: values of others need not come back from Python."""
    import pyarrow as pa

    if isinstance(form, pa.BaseExtensionType):
        return False
    inner = (
        [form.value_type]
        if isinstance(form, pa.DictionaryType)
        else [form.field(i).type for i in range(form.num_fields)]
    )
    return all(map(_is_plain, inner))


def _is_nan(value: Any) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _plain_text(value: Any) -> str:
    """A single value as text; bytes that are no UTF-8 by their numbers."""
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)


def _text(value: Any) -> str | None:
    """A value of an input table's column as text: what holds others as JSON, nothing for what is no number."""
    if _is_nan(value):
        return None
    return _json(value) if isinstance(value, list | tuple | dict) else _plain_text(value)


_TIMES: dict[str, Any] = {"datetime": datetime, "date": date, "time": time}


def _cell(value: Any) -> Any:
    """A flat value as a cell of Excel, in JSON; what Excel has no cells for becomes text."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, timedelta):
        return value / timedelta(days=1)  # as Excel counts time
    kind = type(value).__name__
    if kind in _TIMES and not getattr(value, "tzinfo", None):
        return {kind: value.isoformat()}
    return value if isinstance(value, int | float | str) else str(value)


# What comes from files holds nothing that holds itself.
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=_plain_text, allow_nan=False).encode


def _json(value: Any) -> str:
    try:
        return _encode(value)
    except ValueError:  # JSON has no number for NaN and infinities, which columns of an input table may hold
        return json.dumps(
            json.loads(json.dumps(value, default=_plain_text), parse_constant=lambda _: None), ensure_ascii=False
        )


def flat(value: Any) -> Any:
    """A value as one cell: lists joined by `|` (which is `¦` inside what they list), records as JSON, formulas disarmed, NaN empty."""
    if isinstance(value, str):
        return f"'{value}" if value[:1] in _FORMULA_SIGNS and not _NUMBER.fullmatch(value) else value
    if isinstance(value, (list, tuple)):
        if not value or isinstance(value[0], dict):
            return _json(value) if value else ""
        return flat(_LIST_SEPARATOR.join([_plain_text(one).replace(_LIST_SEPARATOR, _INSIDE_LISTS) for one in value]))
    if isinstance(value, dict):
        return _json(value)
    if value is None or _is_nan(value):
        return ""
    return flat(_plain_text(value)) if isinstance(value, bytes) else value
