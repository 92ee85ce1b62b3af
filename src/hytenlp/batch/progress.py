"""How far a long run has come, for a person who waits: a line on the terminal's standard error, or nothing where nobody looks."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from hytenlp.inputs import is_table

_EVERY = 10.0  # seconds between lines where there is no terminal
_BLOCK = 1 << 20


class Progress:
    """A context manager that shows rows, rate, time left and warnings.

    Args:
        paths: the inputs, by which the time left is guessed.
        warnings: tells how many there are so far.
        quiet: show nothing.
        verbose: show something even where there is no terminal, a line now and then.
    """

    def __init__(
        self, paths: Sequence[Path], warnings: Callable[[], int], *, quiet: bool = False, verbose: bool = False
    ) -> None:
        self._warnings = warnings
        self._terminal = sys.stderr.isatty() and not quiet
        self._lines = verbose and not quiet and not self._terminal
        self._expected = _expected_rows(paths) if self._terminal or self._lines else None
        self._start = self._told = time.monotonic()
        self.rows = 0
        self._before = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def resumed(self, rows: int) -> None:
        """Counts rows that an earlier run has done."""
        self._before += rows
        self.rows += rows

    def advance(self, rows: int) -> None:
        """Counts rows that are done now."""
        self.rows += rows
        now = time.monotonic()
        if self._terminal:
            print(f"\r\033[K{self}", end="", file=sys.stderr, flush=True)
        elif self._lines and now - self._told >= _EVERY:
            self._told = now
            print(self, file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Makes room for other lines."""
        if self._terminal:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def __str__(self) -> str:
        elapsed = max(time.monotonic() - self._start, 0.001)
        rate = (self.rows - self._before) / elapsed
        parts = [f"{_spaced(self.rows)} riviä", f"{_spaced(round(rate))} riviä/s"]
        if self._expected and self._expected > self.rows and rate:
            left = round((self._expected - self.rows) / rate)
            parts.append(f"jäljellä noin {left // 3600}:{left // 60 % 60:02}:{left % 60:02}")
        if count := self._warnings():
            parts.append(f"{count} huomautus" if count == 1 else f"{count} huomautusta")
        return ", ".join(parts)


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")


def _expected_rows(paths: Sequence[Path]) -> int | None:
    """About how many rows the inputs hold; None where that cannot be told without reading them."""
    if not all(is_table(path) and path.suffix.lower() != ".xlsx" for path in paths):
        return None
    try:
        return sum(_rows(path) for path in paths)
    except (OSError, ValueError, ImportError):
        return None


def _rows(path: Path) -> int:
    if path.suffix.lower() == ".parquet":
        import pyarrow.parquet as pq

        return int(pq.read_metadata(path).num_rows)
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b""))
