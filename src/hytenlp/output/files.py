"""Results go to standard output or into a file that is either whole or not there."""

from __future__ import annotations

import os
import stat
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
        path: the file, which gets the result only when the block ends without an error; a pipe or a device like `/dev/null`, which gets
            it as it is written; standard output when None.
        dry: only see whether the file could be written, and leave it as it is.

    Raises:
        OutputError: the file cannot be written.
    """
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    file = destination(path)
    try:
        if is_stream(file):
            with file.open("wb") as out:
                yield out
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        with replacing(file) as out:
            yield out
            if dry:
                raise _NotKept
    except _NotKept:
        pass
    except OSError as error:
        raise cannot_write(path, error) from None


def cannot_write(path: Path, error: OSError) -> OutputError:
    """The error of a result that the system does not let write."""
    return OutputError(f"{path}: tulosta ei voi kirjoittaa ({reason(error)}). Valitse toinen tiedosto.")


def destination(path: Path) -> Path:
    """The file that a name stands for: where the name is a link, what it points to.

    Raises:
        OutputError: something is there that cannot hold a result.
    """
    mode = _mode(path)
    if stat.S_ISDIR(mode):
        raise OutputError(f"{path}: on kansio. Anna tulokselle tiedoston nimi, esimerkiksi {path / 'tulos.csv'}.")
    if stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
        raise OutputError(f"{path}: ei ole tiedosto vaan laite tai pistoke. Anna tulokselle tiedoston nimi.")
    return Path(os.path.realpath(path)) if path.is_symlink() and not is_stream(path) else path


def is_stream(path: Path) -> bool:
    """Whether a result is written straight into what is there: a pipe or a device, which no file may take the place of."""
    mode = _mode(path)
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except OSError:
        return 0  # nothing is there yet, or it is told when it is written


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
