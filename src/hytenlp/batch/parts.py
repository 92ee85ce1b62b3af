"""Finished chunks of a long run, kept beside its output until it is whole, so that a run that was cut off can go on."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import hytenlp
from hytenlp.batch.chunks import CARDS, ROWS
from hytenlp.classification.model import Model
from hytenlp.errors import InputError, OutputError, reason
from hytenlp.finnish.cache import write_atomically
from hytenlp.finnish.transducer import data_file
from hytenlp.vocabulary.concepts import Vocabulary

_MANIFEST = "manifest.json"
_NAMES = {
    "inputs": "syötetiedostot ovat muuttuneet",
    "options": "valinnat ovat toiset",
    "model": "malli on vaihtunut",
    "vocabulary": "sanasto on muuttunut",
    "lexicon": "suomen sanakirja on vaihtunut",
    "version": "ohjelman versio on vaihtunut",
}


def fingerprint(paths: Sequence[Path], options: dict[str, Any]) -> dict[str, Any]:
    """Everything that the result depends on; with the same of all this the same rows come out."""
    return {
        "inputs": [[str(path), _hash(path)] for path in paths],
        "options": {**options, "chunk": [ROWS, CARDS]},
        "model": Model.digest(),
        "vocabulary": Vocabulary.digest(),
        "lexicon": _hash(data_file()),
        "version": hytenlp.__version__,
    }


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""  # the reader will say that it cannot be read


class Parts:
    """The directory `OUTPUT.osat`: a file for each finished chunk, and the fingerprint of what they were made from.

    Args:
        output: the file that the run makes.
    """

    def __init__(self, output: Path) -> None:
        self._output = output
        self._folder = output.with_name(f"{output.name}.osat")

    def __bool__(self) -> bool:
        """Whether an earlier run left parts."""
        return (self._folder / _MANIFEST).is_file()

    @property
    def any_rows(self) -> bool:
        """Whether an earlier run left finished rows."""
        return bool(self) and any(rows for _, rows, _ in self._found())

    def begin(self, made_from: dict[str, Any], *, resume: bool) -> dict[int, int]:
        """Starts a run.

        Args:
            made_from: the fingerprint of this run.
            resume: go on with what an earlier run left.

        Returns:
            The chunks that are done already, with their rows.

        Raises:
            InputError: the earlier run was made from something else.
            OutputError: the directory cannot be written.
        """
        try:
            if resume and self:
                self._check(made_from)
                return {number: rows for number, rows, _ in self._found()}
            self.remove()
            write_atomically(self._folder / _MANIFEST, json.dumps(made_from, ensure_ascii=False).encode())
        except OSError as error:
            raise OutputError(
                f"{self._folder}: välituloksia ei voi kirjoittaa ({reason(error)}). Valitse toinen tiedosto."
            ) from None
        return {}

    def _check(self, made_from: dict[str, Any]) -> None:
        try:
            before = json.loads((self._folder / _MANIFEST).read_text("utf-8"))
        except ValueError:
            before = {}
        changed = [why for name, why in _NAMES.items() if before.get(name) != json.loads(json.dumps(made_from[name]))]
        if changed:
            raise InputError(
                f"{self._output}: ajoa ei voi jatkaa, koska {' ja '.join(changed)}. Aja alusta ilman valitsinta --resume."
            )

    def save(self, number: int, rows: int, data: bytes) -> None:
        """Keeps a finished chunk."""
        try:
            write_atomically(self._folder / f"{number:07}.{rows}.part", data)
        except OSError as error:
            raise OutputError(
                f"{self._folder}: välitulosta ei voi kirjoittaa ({reason(error)}). Vapauta tilaa ja jatka: --resume."
            ) from None

    def _found(self) -> Iterator[tuple[int, int, Path]]:
        for path in sorted(self._folder.glob("*.part")):
            number, rows, _ = path.name.split(".")
            yield int(number), int(rows), path

    def read(self) -> Iterator[bytes]:
        """The chunks that have rows, in their order."""
        return (path.read_bytes() for _, rows, path in self._found() if rows)

    def remove(self) -> None:
        """Takes the directory away, if it is one of ours."""
        if self:
            shutil.rmtree(self._folder, ignore_errors=True)
