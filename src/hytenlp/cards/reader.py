"""Documents become cards. One function a format; this issue's format is text (also Markdown)."""

from __future__ import annotations

from pathlib import Path

from hytenlp.cards.card import Card
from hytenlp.cards.headings import HeadingReader, looked_for, year_of
from hytenlp.cards.layout import lay_out
from hytenlp.cards.lines import split_lines
from hytenlp.cards.municipalities import municipality_of
from hytenlp.errors import InputError
from hytenlp.finnish.words import Analyser

MAX_BYTES = 20_000_000  # a card is some tens of kilobytes
MAX_LINE = 200_000  # characters
#: File name endings that are read as text.
TEXT_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text", ""})


def read_text(path: Path) -> str:
    """The text of a UTF-8 file.

    Raises:
        InputError: the file is missing, a folder, empty, too large, binary, or not UTF-8.
    """
    try:
        if path.is_dir():
            raise InputError(
                f"{path}: on kansio, ei tiedosto. Anna tiedosto tai kansion tiedostot, esimerkiksi {path}/*.txt."
            )
        if not path.exists():
            raise InputError(f"{path}: tiedostoa ei löydy. Tarkista nimi ja polku.")
        if path.stat().st_size > MAX_BYTES:
            raise InputError(
                f"{path}: tiedosto on liian suuri ({path.stat().st_size // 1_000_000} Mt, enintään {MAX_BYTES // 1_000_000} Mt). Jaa se osiin."
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path}: tiedostoa ei voi lukea ({error.strerror or error}). Tarkista käyttöoikeudet."
        ) from None
    return decode(data, str(path))


def decode(data: bytes, source: str) -> str:
    """Decodes UTF-8 (or UTF-16 with its mark) and refuses what is no text."""
    if not data.strip():
        raise InputError(f"{source}: tiedosto on tyhjä. Tallenna kortin teksti tiedostoon.")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            pass
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in data[:4096]:
            raise InputError(
                f"{source}: tiedosto ei ole tekstiä (binääritiedosto). Tallenna kortti tekstinä (UTF-8)."
            ) from None
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{source}: rivi {line}: merkistö ei ole UTF-8 (tavu 0x{data[error.start]:02X}). Tallenna tiedosto UTF-8-muodossa."
        ) from None
    if "\0" in text:
        raise InputError(f"{source}: tiedosto ei ole tekstiä (binääritiedosto). Tallenna kortti tekstinä (UTF-8).")
    return text


def parse_card(text: str, source: str, analyser: Analyser) -> Card:
    """Reads a card from its text.

    Args:
        text: the document's text, line ends and trailing white space as they are.
        source: names the document in the card and in messages.
        analyser: gives the lemmas by which headings are recognised.

    Raises:
        InputError: no section was recognised, or a line is too long to be one.
    """
    if max(map(len, text.split("\n")), default=0) > MAX_LINE:
        raise InputError(
            f"{source}: rivi on liian pitkä (yli {MAX_LINE} merkkiä). Tiedosto ei ole kuntakortti; taulukon voi luokitella, jos siinä on tekstisarake."
        )
    headings = HeadingReader(analyser)
    content = lay_out(split_lines(text), headings, analyser.knows)
    if not content.recognised:
        raise InputError(f"{source}: kortin osioita ei löytynyt. Etsittiin otsikoita: {looked_for()}.")
    municipality, year = headings.title(content.title)
    name = Path(source).name
    return Card(
        municipality or municipality_of(name),
        year or year_of(name),
        source,
        tuple(content.joys),
        tuple(content.concerns),
        tuple(content.actions),
        tuple(content.unplaced),
    )
