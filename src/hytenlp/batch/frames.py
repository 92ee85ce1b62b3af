"""Tables that are in memory or on many machines: pandas, Dask and, through pandas, Spark."""

from __future__ import annotations

import itertools
import warnings
from typing import TYPE_CHECKING, Any, cast

from hytenlp.batch.chunks import ROWS, classify_chunk
from hytenlp.engine import engine
from hytenlp.errors import InputError
from hytenlp.records import COLUMNS, Record, says_nothing
from hytenlp.tables.columns import find_text_column
from hytenlp.tables.rows import RowReader
from hytenlp.tables.sheet import unique_names

if TYPE_CHECKING:
    import pandas as pd
    from dask.dataframe import DataFrame as DaskFrame


def classify_frame(frame: pd.DataFrame, text_column: str = "text", first: int = 1) -> pd.DataFrame:
    """Classifies the rows of a table; see `hytenlp.classify`.

    Args:
        frame: one bullet a row.
        text_column: the column that holds the texts.
        first: the number of the first row, for tables without an `id` of their own.

    Warns:
        UserWarning: rows have no text; they stay, without labels.
    """
    import pandas as pd

    names = unique_names([str(column) for column in frame.columns])
    reader = RowReader("", engine().analyser, find_text_column(names, text_column, "taulukko"))
    plan = reader.plan(names)
    items = [
        reader.item(dict(zip(names, values, strict=True)), plan, number)
        for number, values in enumerate(frame.itertuples(index=False, name=None), first)
    ]
    if blank := sum(says_nothing(item.text) for item in items):
        warnings.warn(f"rivejä, joilla ei ole tekstiä ja jotka jäivät ilman luokkia: {blank}", stacklevel=3)
    records = [record for i in range(0, len(items), ROWS) for record in classify_chunk(items[i : i + ROWS])]
    columns = [*COLUMNS, *plan.others.values()]
    return pd.DataFrame(_columns(records, columns), index=frame.index, columns=columns)


def _columns(records: list[Record], names: list[str]) -> dict[str, list[Any]]:
    rows = [record.to_dict() for record in records]
    return {name: [row[name] for row in rows] for name in names}


def classify_dask(frame: DaskFrame, text_column: str = "text") -> DaskFrame:
    """Classifies the rows of a Dask table, partition by partition, wherever its cluster runs; lazy, as Dask is.

    The result is row for row that of `hytenlp.classify` on the whole table. Without an `id` column the rows are numbered through, for which
    the partitions are counted at once.

    Args:
        frame: one bullet a row.
        text_column: the column that holds the texts.

    Raises:
        InputError: the table has no such column, or Dask is not installed.
    """
    try:
        import dask  # noqa: F401
        import pandas as pd
    except ImportError:
        raise InputError("Dask-taulukoihin tarvitaan lisäosa: pip install 'hytenlp[dask]'.") from None
    sample = classify_frame(
        pd.DataFrame({str(column): pd.Series(dtype=object) for column in frame.columns}), text_column
    )
    partitions: Any = frame  # Dask's methods have no types
    lengths = [] if "id" in frame.columns else [int(n) for n in partitions.map_partitions(len).compute()]
    starts = list(itertools.accumulate(lengths, initial=1))
    return cast("DaskFrame", partitions.map_partitions(_partition, text_column, starts, meta=sample))


def _partition(
    frame: pd.DataFrame, text_column: str, starts: list[int], partition_info: dict[str, int] | None = None
) -> pd.DataFrame:
    number = partition_info["number"] if partition_info and len(starts) > 1 else 0
    return classify_frame(frame, text_column, starts[number])
