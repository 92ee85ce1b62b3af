"""Parquet, as a stream of small batches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hytenlp.errors import InputError
from hytenlp.limits import check
from hytenlp.tables.arrow import needs_pandas
from hytenlp.tables.columns import find_text_column
from hytenlp.tables.sheet import Row, Sheet, check_width, unique_names
from hytenlp.tables.trouble import Trouble

_BATCH = 2000  # rows
_BUFFER = 1 << 16  # bytes of a column read at once: a file may be one row group
_MAX_UNPACKED = 4_000_000_000  # bytes
_MAX_ROWS = 100_000_000


def read_parquet(path: Path, wanted: str | None, trouble: Trouble) -> Iterator[Sheet]:
    """The table of a Parquet file.

    Raises:
        InputError: the file is damaged or too large, has no text column, or pyarrow is not installed.
    """
    try:
        import pyarrow.parquet as pq
    except ImportError:
        raise InputError(f"{path}: Parquet-tiedostoihin tarvitaan lisäosa: pip install 'hytenlp[parquet]'.") from None
    try:
        file = pq.ParquetFile(path, pre_buffer=False, buffer_size=_BUFFER)
        about = file.metadata
        unpacked = sum(about.row_group(i).total_byte_size for i in range(about.num_row_groups))
        schema = file.schema_arrow
        names = unique_names([str(name).strip() for name in schema.names])
    except Exception as error:  # what a damaged file raises in the library has no common class
        raise InputError(
            f"{path}: ei kelvollinen Parquet-tiedosto, tai tiedosto on vaurioitunut. Tallenna se uudelleen."
        ) from error
    check(unpacked, _MAX_UNPACKED, str(path), "taulukko on purettuna liian suuri", "Mt")
    if about.num_rows > _MAX_ROWS:
        raise InputError(f"{path}: taulukossa on liikaa rivejä ({about.num_rows}, enintään {_MAX_ROWS}). Jaa se osiin.")
    if needs_pandas(schema.types):
        import pandas  # noqa: F401
    check_width(names, str(path))
    find_text_column(names, wanted, str(path))
    yield Sheet(None, (), _rows(file, names, trouble), names, dict(zip(names, schema.types, strict=True)))


def _rows(file: Any, columns: tuple[str, ...], trouble: Trouble) -> Iterator[Row]:
    number = 0
    try:
        for batch in file.iter_batches(_BATCH, use_threads=False):
            for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                number += 1
                yield number, dict(zip(columns, cells, strict=True))
    except Exception:  # as above
        trouble.error(number + 1, "tiedosto on tästä eteenpäin vaurioitunut. Tallenna se uudelleen.")
    finally:
        file.close()
