"""Zip archives that documents come in: only named parts are read, into memory, and never more than the limits allow."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from hytenlp.errors import InputError
from hytenlp.limits import MAX_DEPTH, MAX_ENTRIES, MAX_PART, MAX_UNPACKED, check, limit


class Archive:
    """A document's archive, checked before anything of it is unpacked.

    Args:
        data: the file.
        source: names it in messages.
        form: what it should be, for messages: "Word-asiakirja (.docx)".

    Raises:
        InputError: no archive, encrypted, or larger than the limits.
    """

    def __init__(self, data: bytes, source: str, form: str) -> None:
        self._source, self._form = source, form
        if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            raise InputError(
                f"{source}: tiedosto on salasanalla suojattu tai vanhaa Word-muotoa (.doc). Tallenna se suojaamattomana {form}-muodossa."
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, zlib.error, ValueError, OverflowError, EOFError, NotImplementedError):
            raise self.broken() from None
        check(len(entries), MAX_ENTRIES, source, "tiedostossa on liikaa osia", "osaa")
        check(
            sum(entry.file_size for entry in entries), MAX_UNPACKED, source, "tiedosto purkautuu liian suureksi", "Mt"
        )
        if any(entry.flag_bits & 1 for entry in entries):
            raise InputError(f"{source}: tiedosto on suojattu salasanalla. Tallenna siitä suojaamaton kopio.")

    def broken(self) -> InputError:
        """The error for a document that is damaged."""
        return InputError(
            f"{self._source}: ei kelvollinen {self._form}; tiedosto on vioittunut tai kesken. Avaa se ohjelmassa, jolla se on tehty, ja tallenna uudelleen."
        )

    def part(self, name: str) -> bytes | None:
        """What one part holds, whatever size its header claims; None when there is no such part.

        Raises:
            InputError: the part is damaged or too large.
        """
        try:
            with self._zip.open(name) as stream:
                data = stream.read(limit(MAX_PART) + 1)
        except KeyError:
            return None
        except (zipfile.BadZipFile, zlib.error, ValueError, OverflowError, EOFError, NotImplementedError, OSError):
            raise self.broken() from None
        check(len(data), MAX_PART, self._source, "tiedoston osa on liian suuri", "Mt")
        return data

    def tree(self, name: str) -> Any:
        """The root element of an XML part; None when there is no such part.

        Entities are refused, nothing outside is fetched.

        Raises:
            InputError: the part is damaged, too large or too deep.
        """
        from lxml import etree

        data = self.part(name)
        if data is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            raise self.broken() from None
        if root.getroottree().docinfo.doctype:
            raise InputError(
                f"{self._source}: tiedostossa on omia XML-määrittelyjä (DOCTYPE), joita ei lueta. Tallenna se uudelleen."
            )
        if depth(root) > MAX_DEPTH:
            raise self.broken()
        return root


def depth(root: Any) -> int:
    """How deep elements stand inside each other."""
    deepest = level = 0
    from lxml import etree

    for event, _ in etree.iterwalk(root, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
    return deepest
