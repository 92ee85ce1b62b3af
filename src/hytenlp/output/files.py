"""Results go to standard output or into a file that is either whole or not there."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from hytenlp.errors import OutputError, reason
from hytenlp.finnish.cache import replacing


class _NotKept(Exception):  # noqa: N818 - no error
    """Ends a dry run."""


@contextmanager
def target(path: Path | None, *, dry: bool = False) -> Iterator[BinaryIO]:
    """A binary stream to write a result to.

    Args:
        path: the file, which gets the result only when the block ends without an error; standard output when None.
        dry: only see whether the file could be written, and leave it as it is.

    Raises:
        OutputError: the file cannot be written.
    """
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if path.is_dir():
        raise OutputError(f"{path}: on kansio. Anna tulokselle tiedoston nimi, esimerkiksi {path / 'tulos.csv'}.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as file:
            yield file
            if dry:
                raise _NotKept
    except _NotKept:
        pass
    except OSError as error:
        raise OutputError(f"{path}: tulosta ei voi kirjoittaa ({reason(error)}). Valitse toinen tiedosto.") from None


def spare_inputs(output: Path | None, inputs: Iterable[Path]) -> None:
    """Sees that a result does not take the place of what it is made from, by whatever name that is called.

    Raises:
        OutputError: the output is one of the inputs.
    """
    if output is None:
        return
    try:
        taken = output.stat()
    except OSError:
        return  # nothing is there yet
    for path in inputs:
        try:
            same = os.path.samestat(taken, path.stat())
        except OSError:
            continue  # told when it is read
        if same:
            raise OutputError(
                f"{output}: tulos korvaisi syötetiedoston {path}. Mitään ei kirjoitettu; anna tulokselle toinen nimi."
            )
