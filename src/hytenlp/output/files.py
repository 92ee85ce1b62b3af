"""Results go to standard output or into a file that is either whole or not there."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from hytenlp.errors import OutputError


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
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise OutputError(
            f"{path}: tulosta ei voi kirjoittaa ({error.strerror or error}). Valitse toinen tiedosto."
        ) from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)  # mkstemp makes files that only their owner can read
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
