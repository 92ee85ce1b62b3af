"""Excel (.xlsx, .xlsm), as a stream: every sheet with a text column, merged cells filled, formulas by their stored values.

openpyxl's read-only mode keeps memory bounded and never touches macros or external links. It knows no merged cells: `archive.py` does.
"""

from __future__ import annotations

import itertools
import warnings
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from hytenlp.tables.archive import Merge, Part, look_through, not_excel
from hytenlp.tables.columns import empty_file, no_text_column
from hytenlp.tables.sheet import LOOKED_AT, Header, Row, Sheet, check_width, find_header
from hytenlp.tables.trouble import Trouble

_MAX_ROWS = 1_048_576  # of a sheet, in Excel
_AT_ONCE = 500  # rows read with the library's warnings off

Cells = Sequence[Any]


def read_workbook(path: Path, wanted: str | None, trouble: Trouble) -> Iterator[Sheet]:
    """The sheets of an Excel file that have a text column; the others are told about.

    Raises:
        InputError: the file is damaged or too large, or no sheet has a text column.
    """
    import openpyxl

    parts = look_through(path)
    with path.open("rb") as file:  # the library would leave it open when it fails
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except Exception as error:  # what a damaged file raises in the library has no common class
            raise not_excel(path) from error
        try:
            yield from _sheets(book, wanted, parts, trouble)
        finally:
            trouble.where = ""
            book.close()


def _sheets(book: Any, wanted: str | None, parts: dict[str, Part], trouble: Trouble) -> Iterator[Sheet]:
    found = False
    passed_over: dict[str, Cells] = {}
    properties = tuple(text for text in (book.properties.title, book.properties.subject) if isinstance(text, str))
    for sheet in book.worksheets:
        trouble.where = f"välilehti ”{sheet.title}”"
        sheet.reset_dimensions()  # what the sheet says of its own size may be wrong
        try:
            first = list(itertools.islice(_read(sheet, None), LOOKED_AT))
            header = find_header(first, wanted)
        except _DamagedError:
            trouble.error(None, "välilehteä ei voi lukea. Tallenna tiedosto uudelleen Excelissä.")
            continue
        if header is not None:
            found = True
            if sheet.sheet_state != "visible":
                trouble.warn(None, "välilehti on piilotettu, mutta sen rivit luettiin.")
            check_width(header.columns, trouble.place())
            part = parts.get(str(sheet._worksheet_path).lstrip("/"), Part())  # the library has no public name for it
            if part.has_blank_formulas:
                trouble.warn(
                    None,
                    "kaavoja, joiden tulosta ei ole tallennettu; niiden solut luettiin tyhjinä. "
                    "Avaa tiedosto Excelissä ja tallenna se uudelleen.",
                )
            titles = (*header.titles, sheet.title, *properties)
            yield Sheet(sheet.title, titles, _rows(sheet, header, part.merges, trouble), header.columns)
        elif fullest := max(first, key=lambda cells: sum(cell is not None for cell in cells), default=()):
            passed_over[sheet.title] = fullest
    trouble.where = ""
    if not found and not trouble.any_errors:
        if not passed_over:
            raise empty_file(trouble.source)
        raise no_text_column(next(iter(passed_over.values())), wanted, trouble.source)
    for title in passed_over:
        trouble.warn(None, f"välilehti ”{title}” ohitettiin: siinä ei ole tekstisaraketta.")


def _rows(sheet: Any, header: Header, merges: Sequence[Merge], trouble: Trouble) -> Iterator[Row]:
    columns = header.columns
    width = len(columns)
    fill = _Fill(merges, width)
    number, last_of_header = 0, fill.last_row_from(header.index + 1)
    try:
        for number, cells in enumerate(_read(sheet, width), 1):
            if number > _MAX_ROWS:
                trouble.error(
                    number, f"välilehdellä on liikaa rivejä (enintään {_MAX_ROWS}); loput ohitettiin. Jaa se osiin."
                )
                return
            if number <= last_of_header:
                continue
            values = fill(number, cells)
            if any(cell is not None for cell in cells):
                yield number, dict(zip(columns, values, strict=False))
    except _DamagedError:
        trouble.error(number + 1, "välilehti on tästä eteenpäin vaurioitunut. Tallenna tiedosto uudelleen Excelissä.")


class _DamagedError(Exception):
    """A sheet cannot be read any further."""


def _read(sheet: Any, width: int | None) -> Iterator[Cells]:
    """A sheet's rows, as many cells each as are asked for."""
    rows = sheet.iter_rows(values_only=True, max_col=width)
    while True:
        chunk: list[Cells] = []
        failure: Exception | None = None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                chunk.extend(itertools.islice(rows, _AT_ONCE))
            except Exception as error:  # as above
                failure = error
        yield from chunk
        if failure is not None:
            raise _DamagedError from failure
        if len(chunk) < _AT_ONCE:
            return


class _Fill:
    """Gives the value of merged cells to each of them, row by row."""

    def __init__(self, merges: Sequence[Merge], width: int) -> None:
        self._width = width
        self._starting: dict[int, list[Merge]] = defaultdict(list)
        for merge in sorted(merges, key=lambda merge: merge.first_column):
            self._starting[merge.first_row].append(merge)
        self._active: dict[int, tuple[Any, int]] = {}  # column -> value, last row

    def last_row_from(self, row: int) -> int:
        """The last row of the cells that begin in a row and are merged downwards."""
        return max((merge.last_row for merge in self._starting.get(row, ())), default=row)

    def __call__(self, row: int, cells: Cells) -> Cells:
        """A row's values; rows must come in their order."""
        starting = self._starting.get(row)
        if not starting and not self._active:
            return cells
        values = [*cells, *[None] * (self._width - len(cells))]
        for column, (value, last) in list(self._active.items()):
            if row > last:
                del self._active[column]
            else:
                values[column] = value
        for merge in starting or ():
            if (
                merge.first_column < self._width and merge.first_column not in self._active
            ):  # merges never overlap in Excel
                value = values[merge.first_column]
                for column in range(merge.first_column, min(merge.last_column + 1, self._width)):
                    self._active[column] = value, merge.last_row
                    values[column] = value
        return values
