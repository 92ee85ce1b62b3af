"""One run at a time to an output: a lock that the system lets go of when its process ends, however it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hytenlp.errors import OutputError
from hytenlp.output.files import cannot_write

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    _TAKEN: tuple[type[OSError], ...] = (PermissionError,)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    _TAKEN = (BlockingIOError, PermissionError)


@contextmanager
def alone(output: Path) -> Iterator[None]:
    """Keeps other runs from an output while the block lasts, by a hidden file beside it.

    Processes that this one starts have no part in the lock, so it ends with this one even where they outlive it. File systems that know no
    locks go without.

    Raises:
        OutputError: another run writes to this output, or its folder cannot be written.
    """
    path = output.with_name(f".{output.name}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = _locked(path)
    except _Taken:
        raise OutputError(
            f"{output}: toinen ajo kirjoittaa juuri nyt tähän tiedostoon. Odota, että se päättyy, tai anna tulokselle toinen nimi."
        ) from None
    except OSError as error:
        raise cannot_write(output, error) from None
    try:
        yield
    finally:
        # Removed while it is held: one who opens the file now sees, once it has the lock, that the name is gone.
        with suppress(OSError):
            path.unlink()
        os.close(handle)
        if sys.platform == "win32":  # where an open file cannot be removed
            with suppress(OSError):
                path.unlink()


class _Taken(Exception):  # noqa: N818 - no error
    """Another process has the lock."""


def _locked(path: Path) -> int:
    """A handle of the file that is at a path and is locked by this process."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _take(handle)
            if os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        except _TAKEN:
            os.close(handle)
            raise _Taken from None
        except FileNotFoundError:
            pass  # the one before has just removed it
        except OSError:
            return handle
        os.close(handle)
