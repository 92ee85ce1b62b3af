"""Documents become cards: each format's reader gives the same lines, and the one layout reads them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hytenlp.cards import markdown
from hytenlp.cards.card import Card
from hytenlp.cards.headings import HeadingReader, looked_for, year_of
from hytenlp.cards.layout import Content, lay_out
from hytenlp.cards.lines import Document, text_document
from hytenlp.cards.municipalities import municipality_of
from hytenlp.cards.reading import Taken
from hytenlp.errors import InputError, reason, shown
from hytenlp.finnish.words import Analyser
from hytenlp.limits import MAX_FILE, check, limit

MAX_LINE = 200_000  # characters
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
#: File name endings that are read as text.
TEXT_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text", ""})
#: All file name endings from which a card is read.
DOCUMENT_SUFFIXES = TEXT_SUFFIXES | {".pdf", ".docx", ".docm", ".odt", ".html", ".htm"}


def read_text(path: Path) -> str:
    """The text of a UTF-8 file.

    Raises:
        InputError: the file is missing, a folder, empty, too large, binary, or not UTF-8.
    """
    return decode(read_bytes(path), str(path))


def read_bytes(path: Path) -> bytes:
    """What a file holds.

    Raises:
        InputError: the file is missing, a folder or too large.
    """
    try:
        if path.is_dir():
            raise InputError(
                f"{path}: on kansio, ei tiedosto. Anna tiedosto tai kansion tiedostot, esimerkiksi {path}/*.txt."
            )
        if not path.exists():
            raise InputError(f"{path}: tiedostoa ei löydy. Tarkista nimi ja polku.")
        with path.open("rb") as file:  # opened once: a pipe cannot be read again, and does not tell its size
            data = file.read(limit(MAX_FILE) + 1)
        check(max(len(data), path.stat().st_size), MAX_FILE, str(path), "tiedosto on liian suuri", "Mt")
        return data
    except OSError as error:
        raise InputError(f"{path}: tiedostoa ei voi lukea ({reason(error)}). Tarkista käyttöoikeudet.") from None


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


def read_card(path: Path, analyser: Analyser) -> Card:
    """Reads a card from a document of any known format.

    Raises:
        InputError: the document cannot be read, or no section was recognised in it.
    """
    return card_of(read_document(path, analyser), shown(path), analyser)


def read_document(path: Path, analyser: Analyser) -> Document:
    """The lines of a document of any known format.

    Raises:
        InputError: the document cannot be read.
    """
    from hytenlp.cards import opendocument, pdf, web, word

    source, suffix = str(path), path.suffix.lower()
    data = read_bytes(path)
    if suffix in TEXT_SUFFIXES:
        return _text(decode(data, source), source)
    if not data.strip():
        raise InputError(f"{source}: tiedosto on tyhjä.")
    readers: dict[str, Callable[[bytes, str], Document]] = {
        ".pdf": lambda data, source: pdf.read(data, source, HeadingReader(analyser), analyser.knows),
        ".docx": word.read,
        ".docm": word.read,
        ".odt": opendocument.read,
        ".html": web.read,
        ".htm": web.read,
    }
    try:
        return readers[suffix](data, source)
    except (InputError, KeyboardInterrupt):
        raise
    except Exception as error:  # a damaged document breaks its parser in more ways than can be named
        what = " ".join(f"{type(error).__name__}: {error}".split())[:100]
        raise InputError(
            f"{source}: tiedosto on vioittunut, eikä sitä voi lukea ({what}). Avaa se ohjelmassa, jolla se on tehty, ja tallenna uudelleen."
        ) from None


def parse_card(text: str, source: str, analyser: Analyser) -> Card:
    """Reads a card from its text.

    Args:
        text: the document's text, line ends and trailing white space as they are.
        source: names the document in the card and in messages.
        analyser: gives the lemmas by which headings are recognised.

    Raises:
        InputError: no section was recognised, or a line is too long to be one.
    """
    return card_of(_text(text, source), source, analyser)


def _text(text: str, source: str) -> Document:
    if max(map(len, text.split("\n")), default=0) > MAX_LINE:
        raise InputError(
            f"{source}: rivi on liian pitkä (yli {MAX_LINE} merkkiä). Tiedosto ei ole kuntakortti; taulukon voi luokitella, jos siinä on tekstisarake."
        )
    return markdown.read(text, source) if Path(source).suffix.lower() in _MARKDOWN_SUFFIXES else text_document(text)


def card_of(document: Document, source: str, analyser: Analyser) -> Card:
    """The card that a document's lines say.

    Raises:
        InputError: no section was recognised.
    """
    headings = HeadingReader(analyser)
    content = lay_out(document.lines, headings, analyser.knows)
    if not content.recognised:
        raise InputError(f"{source}: kortin osioita ei löytynyt. Etsittiin otsikoita: {looked_for()}.")
    municipality, year = headings.title([*content.title, *document.furniture])  # a title may be a running header
    name = Path(source).name
    return Card(
        municipality or municipality_of(name),
        year or year_of(name),
        source,
        tuple(content.joys),
        tuple(content.concerns),
        tuple(content.actions),
        tuple(content.unplaced),
        tuple(content.doubts),
    )


def explain_document(path: Path, analyser: Analyser) -> list[Taken]:
    """What each line of a document was taken for, in reading order; what was left out as page furniture comes where it stands.

    Raises:
        InputError: the document cannot be read.
    """
    document = read_document(path, analyser)
    content: Content = lay_out(document.lines, HeadingReader(analyser), analyser.knows)
    furniture = [Taken(line, "furniture") for line in document.furniture]
    taken = list(content.taken)
    for one in furniture:
        at = next((i for i, t in enumerate(taken) if t.line.page > one.line.page), len(taken))
        taken.insert(at, one)
    return taken
