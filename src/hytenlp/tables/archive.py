"""Looks through an Excel file's parts before the library reads them: refuses bombs and entities, notes merged cells and formulas without a result."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from hytenlp.errors import InputError
from hytenlp.limits import check, is_raised

_OLE = b"\xd0\xcf\x11\xe0"  # how old Excel files and encrypted ones begin
_CHUNK = 1 << 20
_OVERLAP = 256  # bytes kept from chunk to chunk; longer than any tag that is looked for
_MAX_PARTS = 10_000
_MAX_UNPACKED = 1_000_000_000
_SUSPECT, _SUSPECT_RATIO = 50_000_000, 150  # sheets pack ten to thirty times smaller; bombs a thousand times
_DOCTYPES = tuple("<!DOCTYPE".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))
_MERGE = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^<>]{0,80}?ref=["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})["']"""
)
_BLANK = re.compile(rb"</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")


@dataclass(frozen=True, slots=True)
class Merge:
    """Merged cells: rows from 1, columns from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Part:
    """What the library does not tell of a part.

    Attributes:
        merges: its merged cells.
        has_blank_formulas: whether a formula's result was not saved, as programs do that cannot compute.
    """

    merges: tuple[Merge, ...] = ()
    has_blank_formulas: bool = False


def look_through(path: Path) -> dict[str, Part]:
    """What was found in each part of an Excel file, by the part's name.

    Raises:
        InputError: the file is no such archive, is damaged, unpacks to too much, or defines XML entities.
    """
    with path.open("rb") as file:
        if file.read(4) == _OLE:
            raise InputError(
                f"{path}: tiedosto on salasanalla suojattu tai vanhaa Excel-muotoa (.xls). "
                "Avaa se Excelissä, poista salasana ja tallenna muodossa .xlsx."
            )
    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
            if len(names) > _MAX_PARTS:
                raise InputError(f"{path}: Excel-tiedostossa on liikaa osia ({len(names)}). Tallenna se uudelleen.")
            size = _Size(str(path), path.stat().st_size)
            return {name.lstrip("/"): _look_at(archive, name, size) for name in names}
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise not_excel(path) from error


def not_excel(path: Path) -> InputError:
    """The error of a file that the library could not read as a workbook."""
    return InputError(
        f"{path}: ei kelvollinen Excel-tiedosto, tai tiedosto on vaurioitunut. Tallenna se uudelleen muodossa .xlsx."
    )


class _Size:
    """Counts what was really unpacked, whatever the archive says of itself."""

    def __init__(self, source: str, packed: int) -> None:
        self._source, self._packed, self._unpacked = source, packed, 0

    def add(self, size: int) -> None:
        self._unpacked += size
        limit = _MAX_UNPACKED
        if self._unpacked > _SUSPECT_RATIO * self._packed and not is_raised():
            limit = _SUSPECT
        check(self._unpacked, limit, self._source, "Excel-tiedosto on purettuna liian suuri", "Mt")


def _look_at(archive: ZipFile, name: str, size: _Size) -> Part:
    merges: dict[Merge, None] = {}
    blank = False
    tail = b""
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK):
            size.add(len(chunk))
            text = tail + chunk
            if any(doctype in text for doctype in _DOCTYPES):
                raise InputError(
                    f"{archive.filename}: tiedosto määrittelee XML-entiteettejä, eikä sitä lueta. Tallenna se uudelleen Excelissä."
                )
            if b"mergeCell " in text:
                merges |= dict.fromkeys(_merge(*found.groups()) for found in _MERGE.finditer(text))
            blank = blank or _has_blank_formulas(text)
            tail = text[-_OVERLAP:]
    return Part(tuple(merges), blank)


def _has_blank_formulas(text: bytes) -> bool:
    """Whether a cell has a formula and no value; an empty text is one, and its cell says so."""
    for found in _BLANK.finditer(text) if b"</f>" in text else ():
        start = text.rfind(b"<c ", 0, found.start())
        if start >= 0 and b't="str"' not in text[start : text.find(b">", start)]:
            return True
    return False


def _merge(left: bytes, top: bytes, right: bytes, bottom: bytes) -> Merge:
    return Merge(int(top), _column(left), int(bottom), _column(right))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
