"""pyarrow and pandas: the one imports the other (40 MB, half a second) only to see whether values are pandas' own."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from typing import Any


class _NoPandas:
    """An importer that finds no pandas."""

    @staticmethod
    def find_spec(name: str, *_: Any) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name=name)


def needs_pandas(types: Iterable[Any]) -> bool:
    """Whether values of these Arrow types are pandas' own: times to the nanosecond."""
    return any("[ns" in str(form) for form in types)


@cache
def leave_pandas_out() -> None:
    """Sees that pyarrow does without pandas, from now on; where pandas is imported already, it stays."""
    import pyarrow as pa

    if "pandas" not in sys.modules:
        sys.meta_path.insert(0, _NoPandas)
        try:
            pa.array([])  # when it looks, once and for all
        finally:
            sys.meta_path.remove(_NoPandas)
