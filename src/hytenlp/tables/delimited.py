"""CSV and TSV, as a stream. The delimiter and the header are found together; a stray quotation mark costs no other row."""

from __future__ import annotations

import csv
import itertools
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from hytenlp.tables.columns import empty_file, no_text_column
from hytenlp.tables.encoding import MAX_LINE, text_lines
from hytenlp.tables.sheet import LOOKED_AT, Header, Row, Sheet, check_width, find_header
from hytenlp.tables.trouble import Trouble

_NONE = "\x1f"  # stands for no delimiter: a table of one column may have commas in its texts
_DELIMITERS = (_NONE, ";", ",", "\t", "|")
_SAMPLE_LINES, _SAMPLE_CHARACTERS = 200, 1_000_000
_LONGEST_RECORD = 1000  # lines; a longer one has lost its closing quotation mark
_READ_AGAIN = 20_000  # lines, shared by faults: keeps a file full of them from being read over and over


def read_delimited(path: Path, wanted: str | None, trouble: Trouble) -> Iterator[Sheet]:
    """The table of a CSV or TSV file.

    Raises:
        InputError: no text column was found, or the file is no text.
    """
    csv.field_size_limit(max(csv.field_size_limit(), MAX_LINE))
    lines = text_lines(path, trouble)
    sample = _sample(lines)
    delimiter, header = _find(sample, wanted, str(path))
    records = _records(itertools.chain(sample, lines), delimiter, trouble)
    check_width(header.columns, str(path))
    for _ in itertools.islice(records, header.index + 1):
        pass
    yield Sheet(None, header.titles, _rows(records, header, trouble), header.columns)


def _sample(lines: Iterator[str]) -> list[str]:
    """The lines among which the header is looked for."""
    sample: list[str] = []
    characters = 0
    for line in itertools.islice(lines, _SAMPLE_LINES):
        sample.append(line)
        characters += len(line)
        if characters > _SAMPLE_CHARACTERS:
            break
    return sample


def _find(sample: list[str], wanted: str | None, source: str) -> tuple[str, Header]:
    """The delimiter with which the first rows have the best header."""
    best: tuple[int, int, str, Header] | None = None
    fallback: list[str] = []
    for delimiter in _DELIMITERS:
        quiet = Trouble(source, lambda _line: None, lambda _source, _line: None)
        rows = [cells for _, cells in itertools.islice(_records(sample, delimiter, quiet), LOOKED_AT)]
        if rows and len(rows[0]) > len(fallback):
            fallback = rows[0]
        header = find_header(rows, wanted)
        if header and (best is None or (header.roles, len(header.columns)) > best[:2]):
            best = header.roles, len(header.columns), delimiter, header
    if not any(map(str.strip, sample)):
        raise empty_file(source)
    if best is None:
        raise no_text_column(fallback, wanted, source)
    return best[2:]


def _rows(records: Iterator[tuple[int, list[str]]], header: Header, trouble: Trouble) -> Iterator[Row]:
    columns = header.columns
    width = len(columns)
    for number, cells in records:
        if len(cells) > width and any(cells[width:]):
            trouble.warn(
                number,
                f"soluja on enemmän kuin sarakkeita ({len(cells)}, sarakkeita {width}); ylimääräiset jätettiin pois. "
                "Tarkista rivin erottimet ja lainausmerkit.",
            )
        padding = itertools.repeat("", width - len(cells))
        yield number, dict(zip(columns, itertools.chain(cells, padding) if len(cells) < width else cells, strict=False))


class _BrokenError(Exception):
    """A record goes on for too long."""


class _Lines:
    """Lines that can be taken back: those of the record that is being read are kept."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self._size = 0  # characters of the lines taken
        self.number = 0  # of the last line taken
        self.longest = _LONGEST_RECORD

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= self.longest or self._size > MAX_LINE:
            raise _BrokenError
        line = self._again.popleft() if self._again else next(self._lines)
        self.number += 1
        self.taken.append(line)
        self._size += len(line)
        return line

    def end_record(self) -> None:
        """Lets go of the lines taken."""
        self.taken.clear()
        self._size = 0

    def take_back(self) -> str:
        """Gives the first line taken and lets the others be read again."""
        first, *others = self.taken
        self._again.extendleft(reversed(others))
        self.number -= len(others)
        self.end_record()
        return first


def _records(source: Iterable[str], delimiter: str, trouble: Trouble) -> Iterator[tuple[int, list[str]]]:
    """Records with the number of their first line; empty lines are left out.

    A record over several lines must be quoted without a fault; else its first line is taken by its letter and the others are read anew.
    """
    lines = _Lines(source)
    reader = csv.reader(lines, delimiter=delimiter)
    breaks = 0
    while True:
        try:
            cells = next(reader)
            if len(lines.taken) > 1:
                _check(lines.taken, delimiter)
        except StopIteration:
            return
        except (csv.Error, _BrokenError):
            breaks += 1
            lines.longest = max(2, min(_LONGEST_RECORD, _READ_AGAIN // breaks))
            line = lines.take_back()
            reader = csv.reader(lines, delimiter=delimiter)
            cells = line.rstrip("\r\n").split(delimiter)
            trouble.warn(lines.number, "lainausmerkiltä puuttuu pari; rivi luettiin merkki merkiltä. Tarkista rivi.")
            yield lines.number, cells
            continue
        if cells:
            yield lines.number - len(lines.taken) + 1, cells
        lines.end_record()


def _check(lines: list[str], delimiter: str) -> None:
    """Reads a record of several lines strictly.

    Raises:
        csv.Error: a quotation mark is missing or too many.
    """
    for _ in csv.reader(lines, delimiter=delimiter, strict=True):
        pass
