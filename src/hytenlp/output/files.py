"""Results go to standard output or into a file that is either whole or not there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from hytenlp.errors import OutputError
from hytenlp.finnish.cache import replacing


@contextmanager
def target(path: Path | None) -> Iterator[BinaryIO]:
    """A binary stream to write a result to.

    Args:
        path: the file, which gets the result only when the block ends without an error; standard output when None.

    Raises:
        OutputError: the file cannot be written.
    """
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise OutputError(f"{path}: on kansio. Anna tulokselle tiedoston nimi, esimerkiksi {path / 'tulos.csv'}.")
        stream = replacing(path)
        file = stream.__enter__()
    except OSError as error:
        raise OutputError(
            f"{path}: tulosta ei voi kirjoittaa ({error.strerror or error}). Valitse toinen tiedosto."
        ) from None
    with ExitStack() as stack:
        stack.push(stream)
        yield file
