"""Tables become bullets. One function a format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hytenlp.errors import InputError, reason, shown
from hytenlp.finnish.words import Analyser
from hytenlp.limits import check
from hytenlp.records import BulletKind, Item, says_nothing
from hytenlp.tables.columns import empty_file
from hytenlp.tables.delimited import read_delimited
from hytenlp.tables.ids import Ids
from hytenlp.tables.jsonl import read_jsonl
from hytenlp.tables.parquet import read_parquet
from hytenlp.tables.rows import RowReader
from hytenlp.tables.sheet import Sheet
from hytenlp.tables.trouble import Trouble
from hytenlp.tables.workbook import read_workbook

_READERS: dict[str, Callable[[Path, str | None, Trouble], Iterator[Sheet]]] = {
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".xlsx": read_workbook,
    ".xlsm": read_workbook,
    ".parquet": read_parquet,
}
TABLE_SUFFIXES = frozenset(_READERS)
#: Tables that must be saved anew before they are read.
OTHER_TABLES = frozenset({".xls", ".xlsb", ".ods", ".numbers"})
_REMEMBERED = 10_000  # sets of columns; hostile tables have a new one in each row
_MAX_FILE = 4_000_000_000  # bytes of streams; what must be unpacked has narrower limits
_EXCEL, _PARQUET = b"PK\x03\x04", b"PAR1"


def table_items(
    path: Path,
    analyser: Analyser,
    trouble: Trouble,
    wanted: str | None = None,
    kind: BulletKind | None = None,
    ids: Ids | None = None,
) -> Iterator[tuple[int, Item]]:
    """The rows of a table as bullets with their row numbers, in their order and the same each time.

    Args:
        path: the file.
        analyser: reads labels.
        trouble: told about rows and sheets.
        wanted: the text column; found by its name when not given.
        kind: only bullets of this kind; rows that do not say are taken to be of it.
        ids: those of the run; not looked at when None.

    Raises:
        InputError: the file cannot be read.
    """
    if ids is not None:
        ids.begin(str(path))
    try:
        with _readable(path):
            rows = RowReader(shown(path), analyser, wanted, kind)
            any_rows = False
            for sheet in _READERS[path.suffix.lower()](path, wanted, trouble):
                for number, item in rows.items(sheet, trouble, ids):
                    any_rows = True
                    wanted_kind = kind is None or item.kind == kind
                    if not says_nothing(item.text):
                        trouble.any_text = True
                    elif wanted_kind:
                        trouble.without_text(number)
                    if wanted_kind:
                        yield number, item
            if not any_rows and not trouble.any_errors:
                trouble.warn(None, "taulukossa ei ole yhtään riviä otsikon alla.")
    finally:
        for told in ids.warnings() if ids is not None else ():
            trouble.tell_warning(str(path), told)
        trouble.finish()


def other_columns(path: Path, analyser: Analyser, wanted: str | None) -> Iterator[tuple[int, str, Any]]:
    """The columns of a table that are passed on, each once: the row in which it is first met, its name in the result, its Arrow type if any.

    Args:
        path: the file.
        analyser: reads labels.
        wanted: the text column; found by its name when not given.

    Raises:
        InputError: the file cannot be read.
    """
    quiet = Trouble(str(path), lambda _line: None, lambda _source, _line: None)
    with _readable(path):
        rows = RowReader(shown(path), analyser, wanted)
        known: set[tuple[str, ...]] = set()
        found: set[str] = set()
        for sheet in _READERS[path.suffix.lower()](path, wanted, quiet):
            for number, columns in _columns(sheet):
                if columns in known:
                    continue
                if len(known) < _REMEMBERED:
                    known.add(columns)
                plan = rows.plan(columns)
                for column, name in plan.others.items() if "text" in plan.roles else ():
                    if name not in found:
                        found.add(name)
                        yield number, name, sheet.types.get(column)


def _columns(sheet: Sheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    if sheet.columns is not None:
        yield 1, sheet.columns
    else:
        yield from ((number, tuple(row)) for number, row in sheet.rows)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Sees that a table can be read before it is, and says why where it cannot.

    Raises:
        InputError: it cannot.
    """
    try:
        size = path.stat().st_size
        if size == 0:
            raise empty_file(path)
        check(size, _MAX_FILE, str(path), "tiedosto on liian suuri", "Mt")
        _check_content(path, path.suffix.lower())
        yield
    except FileNotFoundError:
        raise InputError(f"{path}: tiedostoa ei löydy. Tarkista nimi ja polku.") from None
    except OSError as error:
        raise InputError(f"{path}: tiedostoa ei voi lukea ({reason(error)}). Tarkista käyttöoikeudet.") from None


def _check_content(path: Path, suffix: str) -> None:
    """Refuses a file whose name tells of another format than its content."""
    with path.open("rb") as file:
        start = file.read(4)
    for mark, own, name in ((_EXCEL, (".xlsx", ".xlsm"), "Excel"), (_PARQUET, (".parquet",), "Parquet")):
        if start == mark and suffix not in own:
            raise InputError(
                f"{path}: tiedosto on {name}-tiedosto, vaikka nimi päättyy {suffix}. Muuta nimen pääte muotoon {own[0]}."
            )
