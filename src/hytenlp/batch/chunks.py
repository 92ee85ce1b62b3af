"""Long inputs cut into chunks: each is worked off by itself, in any process, and the results stand in the order of the inputs."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from hytenlp.engine import engine
from hytenlp.errors import HyteError
from hytenlp.finnish.words import Analyser
from hytenlp.inputs import Problems, is_table, items_of
from hytenlp.output.tables import Table
from hytenlp.records import COLUMNS, BulletKind, Item, Record
from hytenlp.tables.reader import other_columns
from hytenlp.tables.sheet import MAX_COLUMNS

T = TypeVar("T")
ROWS = 1_000  # rows of a table in a chunk: smaller ones learn fewer words together, larger ones balance worse
CARDS = 20  # cards in a chunk: about as many bullets


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of the inputs.

    Attributes:
        items: rows of a table.
        cards: or cards, which are read where they are classified.
    """

    items: tuple[Item, ...] = ()
    cards: tuple[Path, ...] = ()

    def __str__(self) -> str:
        if self.cards:
            return f"{self.cards[0]} – {self.cards[-1]} ({len(self.cards)} korttia)"
        return f"{self.items[0].source}: rivit {self.items[0].id} – {self.items[-1].id} ({len(self.items)} riviä)"


@dataclass(slots=True)
class Result:
    """What became of a chunk.

    Attributes:
        data: its rows in the format of the output.
        rows: how many they are.
        errors, warnings: what to tell the user about it.
    """

    data: bytes
    rows: int
    errors: list[str] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Worker:
    """Classifies chunks into rows of a table; the same in one process, in several and on several machines.

    Attributes:
        table: the format of the output.
        kind: only bullets of this kind.
    """

    table: Table
    kind: BulletKind | None

    def __call__(self, chunk: Chunk) -> Result:
        """The rows of a chunk; a card that cannot be read is told about and passed over."""
        problems = _Collected()
        items = list(chunk.items)
        for path in chunk.cards:
            try:
                items += items_of(path, engine().analyser, problems, None, self.kind)
            except HyteError as error:
                problems.error(error)
        records = classify_chunk(items)
        data = self.table.chunk([record.to_dict() for record in records])
        return Result(data, len(records), problems.lines, problems.notes)


class _Collected(Problems):
    """Problems that are told later, by the process that talks with the user."""

    def __init__(self) -> None:
        super().__init__(lambda _: None)
        self.lines: list[str] = []
        self.notes: list[tuple[str, str]] = []

    def error(self, error: Exception | str) -> None:
        """Notes an input that could not be read."""
        self.lines.append(str(error))

    def warn(self, source: str, warning: object) -> None:
        """Notes what the user should look at."""
        self.notes.append((source, str(warning)))


def classify_chunk(items: Sequence[Item]) -> list[Record]:
    """Classifies bullets together, which is faster than one by one."""
    analyses = engine().analyse_texts([(item.text, item.kind, item.stated_theme) for item in items])
    return [Record.of(item, analysis) for item, analysis in zip(items, analyses, strict=True)]


def chunks_of(
    paths: Iterable[Path], problems: Problems, text_column: str | None, kind: BulletKind | None
) -> Iterator[Chunk]:
    """The chunks of all inputs, read as they are needed; a table that cannot be read is told about and passed over."""
    analyser = Analyser()  # tables need none, and cards are read by the workers
    for table, group in itertools.groupby(paths, is_table):
        if not table:
            yield from (Chunk(cards=cards) for cards in _batched(group, CARDS))
            continue
        for path in group:
            try:
                items = items_of(path, analyser, problems, text_column, kind)
                yield from (Chunk(items=rows) for rows in _batched(items, ROWS))
            except HyteError as error:
                problems.error(error)


def columns_of_inputs(
    paths: Iterable[Path], text_column: str | None, problems: Problems, *, typed: bool = False
) -> dict[str, Any]:
    """The columns of the result: those of `hytenlp classify`, then all others that tables bring along.

    Args:
        paths: cards and tables.
        text_column: the tables' text column, if the user named it.
        problems: told when there are more columns than a table can have; the others are left out.
        typed: whether the result has types, so that inputs that differ in them are told about.

    Returns:
        Column -> its Arrow type where all tables that have the column give it that one type, else None.
    """
    columns: dict[str, Any] = dict.fromkeys(COLUMNS)
    analyser = Analyser()
    for path in filter(is_table, paths):
        try:
            for row, name, form in other_columns(path, analyser, text_column):
                if len(columns) >= MAX_COLUMNS and name not in columns:
                    what = f"sarakkeita on yli {MAX_COLUMNS}; sarake ”{name[:60]}” ja myöhemmät uudet jätettiin pois."
                    problems.warn(f"{path}: rivi {row}", what)
                    return columns
                before = columns.setdefault(name, form)
                columns[name] = _common(before, form)
                if typed and before is not None and columns[name] is None:
                    what = f"sarakkeen ”{name[:60]}” tyyppi on toinen kuin aiemmassa taulukossa; sarake kirjoitetaan tekstinä."
                    problems.warn(str(path), what)
        except HyteError:
            continue  # told when the table is read for good
    return columns


def _common(one: Any, other: Any) -> Any:
    """The type of a column that has these two types; that of a column without values gives way."""
    if one == other or str(other) == "null":
        return one
    return other if str(one) == "null" else None


def _batched(values: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    stream = iter(values)
    while batch := tuple(itertools.islice(stream, size)):
        yield batch
