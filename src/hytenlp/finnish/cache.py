"""The user's cache: data that takes long to make is made once, under a name that holds the hash of what it was made from."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

#: How many files of a kind are kept: word stores have up to 100 MB, vocabularies one.
_KEPT = {"words-*.sqlite": 3, "vocabulary-*.json": 6}


def cache_folder() -> Path:
    """Where made data is kept: `$HYTENLP_CACHE`, else `hytenlp` in the user's cache folder."""
    if chosen := os.environ.get("HYTENLP_CACHE"):
        return Path(chosen)
    base = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME")
    return Path(base) / "hytenlp" if base else Path.home() / ".cache" / "hytenlp"


def tidy(folder: Path) -> None:
    """Removes what other versions of the program and other vocabularies made, but for what was used last.

    Nothing is lost: it is made again when it is needed. A process that has a file open goes on with it, or keeps it from being removed.
    """
    for pattern, most in _KEPT.items():
        ages: list[tuple[float, Path]] = []
        for path in folder.glob(pattern):
            with suppress(OSError):  # another process removes it at the same time
                ages.append((path.stat().st_mtime, path))
        for _, path in sorted(ages, reverse=True)[most:]:
            with suppress(OSError):
                path.unlink()


def write_atomically(path: Path, data: bytes) -> None:
    """Writes a file that other processes see whole or not at all.

    Raises:
        OSError: it cannot be written; nothing is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file:
        file.write(data)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A stream whose content takes the place of a file when the block ends without an error; else nothing is left behind."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
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
