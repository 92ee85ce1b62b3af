"""Every error that hytenlp raises on purpose. A message is one line: what is wrong, where, and what to do."""

from __future__ import annotations

import errno


class HyteError(Exception):
    """Base class. `str(error)` is the one clear line that the user sees."""

    prefix = ""

    def __str__(self) -> str:
        return f"{self.prefix}{super().__str__()}"


class InputError(HyteError):
    """A document or table that cannot be read."""


class VocabularyError(HyteError):
    """A vocabulary file that does not hold what it should."""

    prefix = "vocabulary: "


class ResourceError(HyteError):
    """Data that hytenlp itself needs is missing or damaged."""


class OutputError(HyteError):
    """A result that cannot be written."""


#: What the system says, for people: it speaks English or the machine's language.
_SYSTEM = {
    errno.EACCES: "ei käyttöoikeutta",
    errno.EPERM: "ei käyttöoikeutta",
    errno.ENOENT: "tiedostoa tai kansiota ei ole",
    errno.EEXIST: "samanniminen on jo olemassa",
    errno.ENOTDIR: "polun osa ei ole kansio",
    errno.EISDIR: "on kansio",
    errno.ENOSPC: "levy on täynnä",
    errno.EDQUOT: "levytila on käytetty",
    errno.EROFS: "levylle ei voi kirjoittaa",
    errno.EFBIG: "tiedosto kasvaisi liian suureksi",
    errno.ENAMETOOLONG: "nimi on liian pitkä",
    errno.ELOOP: "linkit kiertävät kehää",
    errno.EMFILE: "liikaa avoimia tiedostoja",
    errno.EIO: "laitevirhe",
    errno.EBADF: "virta on suljettu",
    errno.EPIPE: "lukija lopetti kesken",
    errno.ENXIO: "laitetta ei ole",
    errno.ETXTBSY: "tiedosto on käytössä",
    errno.EBUSY: "tiedosto on käytössä",
}


def shown(name: object) -> str:
    """A path or text as every output can hold it: bytes of a file's name that are no UTF-8 are replaced."""
    return str(name).encode("utf-8", "replace").decode("utf-8")


def reason(error: OSError) -> str:
    """Why the system could not read or write, in Finnish; its number where there are no words for it."""
    known = _SYSTEM.get(error.errno or 0)
    return known or (f"järjestelmän virhe {error.errno}" if error.errno else "järjestelmän virhe")
