"""PDF documents: `drawing.py` takes what each page shows from PDFium, the other modules make lines in reading order of it.

page.py the data; rows.py runs → rows → segments; columns.py gutters; looks.py what is a heading; furniture.py headers and footers;
grid.py ruled tables; order.py the reading order; hints.py lines for the layout.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from hytenlp.cards.headings import HeadingReader
from hytenlp.cards.lines import Document
from hytenlp.cards.pdf.drawing import draw
from hytenlp.cards.pdf.hints import lines_of
from hytenlp.cards.pdf.page import Page
from hytenlp.errors import InputError
from hytenlp.limits import MAX_CHARACTERS, MAX_PAGES, check

_PASSWORD = 4  # PDFium's error code
_NONE = re.compile(rb"/Count\s+0\b")  # a document without pages is one that PDFium does not open
_NO_PAGES = "PDF:ssä ei ole yhtään sivua. Tallenna kortti uudelleen PDF-muodossa."
_LOST = re.compile(r"\w*\ufffd\w*")  # a word with a glyph whose meaning the PDF does not tell
_CANDIDATES = ("ti", "tt", "fi", "fl", "ff", "ft", "tti", "ffi")


def read(data: bytes, source: str, headings: HeadingReader, knows: Callable[[str], bool]) -> Document:
    """The lines of a PDF in reading order.

    Args:
        data: the file.
        source: names it in messages.
        headings: tells a side box or column by what its first line announces.
        knows: whether a word form is in the lexicon; repairs ligatures that the PDF lost.

    Raises:
        InputError: encrypted, damaged, without pages or text, or too large.
    """
    import pypdfium2

    if b"%PDF-" not in data[:1024]:
        raise InputError(f"{source}: tiedosto ei ole PDF (alku puuttuu). Tallenna kortti uudelleen PDF-muodossa.")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        # PDFium's code may be that of the document before, so the bytes must agree.
        if error.err_code == _PASSWORD and b"/Encrypt" in data:
            raise InputError(f"{source}: PDF on suojattu salasanalla. Tallenna siitä suojaamaton kopio.") from None
        if _NONE.search(data):
            raise InputError(f"{source}: {_NO_PAGES}") from None
        raise InputError(
            f"{source}: PDF on vioittunut tai kesken, eikä sitä voi avata. Hanki ehjä tiedosto tai tallenna se uudelleen."
        ) from None
    try:
        return _read(document, source, headings, knows)
    finally:
        document.close()


def _read(document: Any, source: str, headings: HeadingReader, knows: Callable[[str], bool]) -> Document:
    count = len(document)
    if not count:
        raise InputError(f"{source}: {_NO_PAGES}")
    check(count, MAX_PAGES, source, "PDF:ssä on liikaa sivuja", "sivua")
    pages: list[Page] = []
    unreadable, characters, pictures = 0, 0, 0
    for number in range(count):
        drawn = draw(document, number, source)
        if drawn is None:
            unreadable += 1
            continue
        pages.append(drawn.page)
        characters += sum(len(run.text.strip()) for run in drawn.page.runs)
        pictures += drawn.pictures
        check(characters, MAX_CHARACTERS, source, "PDF:ssä on liikaa tekstiä", "merkkiä")
    if unreadable == count:
        raise InputError(f"{source}: PDF:n sivuja ei voi lukea (tiedosto on vioittunut). Tallenna se uudelleen.")
    if not characters:
        what = "PDF on skannattu kuva, eikä siinä ole tekstiä" if pictures else "PDF:ssä ei ole tekstiä"
        raise InputError(
            f"{source}: {what}. Tallenna kortti alkuperäisestä ohjelmasta PDF:ksi tai tunnista teksti (OCR) ensin."
        )
    for page in pages:
        for run in page.runs:
            if "\ufffd" in run.text:
                run.text = _LOST.sub(lambda word: _repaired(word[0], knows), run.text)
    return lines_of(pages, headings)


def _repaired(word: str, knows: Callable[[str], bool]) -> str:
    """A word whose ligature was lost, when exactly one ligature makes it a known word."""
    if word.count("\ufffd") != 1:
        return word
    found = [whole for one in _CANDIDATES if knows((whole := word.replace("\ufffd", one)).lower())]
    return found[0] if len(found) == 1 else word
