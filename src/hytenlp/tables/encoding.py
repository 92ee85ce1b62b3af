"""The lines of a text file whose encoding is found out: UTF-8, UTF-16 or UTF-32, or Windows-1252 when it is that."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from hytenlp.errors import InputError
from hytenlp.tables.trouble import Trouble

MAX_LINE = 10_000_000  # characters
_CHUNK = 1 << 20
_STRAY = 0.05  # of the first bytes: so few zeros have strayed into a text
_FALLBACK = "hytenlp.windows-1252"
_LETTERS = "åäöÅÄÖéÉüÜ".encode("cp1252")  # what the high bytes of Finnish and Swedish text are, mostly
_SIGNS = "–—’‘”“„…€•§°´»«½²\xa0".encode("cp1252")


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_FALLBACK, _as_windows_1252)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file's bytes become text.

    Attributes:
        name, errors: as `open` takes them.
        note: what the user should know about the choice; empty when there was none.
    """

    name: str
    errors: str = "strict"
    note: str = ""


def encoding_of(path: Path) -> Encoding:
    """The encoding of a file, from all its bytes.

    Raises:
        InputError: the file is no text, or in an encoding that is not known.
    """
    with path.open("rb") as file:
        head = file.read(4096)
        if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):  # the former begins like that of UTF-16
            return Encoding("utf-32", "replace")
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return Encoding("utf-16", "replace")
        if head.count(0) > _STRAY * len(head):
            return _without_mark(head, path)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while head:
                decoder.decode(head)
                head = file.read(_CHUNK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return _legacy(path)
    return Encoding("utf-8-sig")


def _without_mark(head: bytes, path: Path) -> Encoding:
    """UTF-16 without a byte order mark: nearly every second byte of European text is then zero."""
    for name, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        high, low = head[first::2], head[1 - first :: 2]
        if high.count(0) > 0.7 * len(high) and not low.count(0):
            return Encoding(name, "replace")
    raise InputError(
        f"{path}: tiedosto ei ole tekstiä (binääritiedosto). Tallenna taulukko muodossa .csv (UTF-8) tai .xlsx."
    )


def _legacy(path: Path) -> Encoding:
    """Windows-1252, or UTF-8 with some lines of Windows-1252 pasted in."""
    good, bad, first_bad, number = 0, 0, 0, 0
    counts = [0] * 256
    with path.open("rb") as file:
        for line in iter(partial(file.readline, _CHUNK), b""):
            number += 1
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
                good += 1
            except UnicodeDecodeError:
                bad += 1
                first_bad = first_bad or number
                for byte in set(line):
                    counts[byte] += line.count(byte) if byte > 0x7F else 0
    high = sum(counts)
    letters = sum(counts[byte] for byte in set(_LETTERS))
    if good > bad:
        return Encoding(
            "utf-8-sig",
            _FALLBACK,
            f"rivi {first_bad} ei ole UTF-8-merkistöä (tällaisia rivejä: {bad}); luettiin Windows-1252-merkistönä. Tarkista ä ja ö.",
        )
    if letters and letters + sum(counts[byte] for byte in set(_SIGNS)) > 0.9 * high:
        return Encoding(
            "cp1252", "replace", "merkistö ei ole UTF-8; tiedosto luettiin Windows-1252-merkistönä. Tarkista ä ja ö."
        )
    raise InputError(
        f"{path}: rivi {first_bad}: merkistöä ei tunnistettu (ei UTF-8, UTF-16 eikä Windows-1252). Tallenna tiedosto UTF-8-muodossa."
    )


def text_lines(path: Path, trouble: Trouble) -> Iterator[str]:
    """A file's lines with their ends, without zero bytes; a line that is too long is told about, and an empty one stands for it.

    Raises:
        InputError: the file is no text, or in an encoding that is not known.
    """
    encoding = encoding_of(path)
    if encoding.note:
        trouble.warn(None, encoding.note)
    with path.open(encoding=encoding.name, errors=encoding.errors, newline="") as file:
        for number, line in enumerate(iter(partial(file.readline, MAX_LINE), ""), 1):
            if len(line) == MAX_LINE and line[-1] not in "\r\n":
                while (rest := file.readline(MAX_LINE)) and rest[-1] not in "\r\n":
                    pass
                trouble.error(number, f"rivi on liian pitkä (yli {MAX_LINE} merkkiä) ja ohitettiin. Jaa teksti osiin.")
                yield "\n"
                continue
            text = line.removeprefix("\ufeff") if number == 1 else line
            if "\0" in text:
                trouble.warn(number, "rivillä on nollatavuja, ja ne jätettiin pois. Tarkista rivi.")
                text = text.replace("\0", "")
            yield text
