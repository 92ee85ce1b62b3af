"""Analysed words on disk, shared by runs and by processes: what was analysed once need not be analysed again.

The store is an SQLite file in the user's cache, named after everything that an analysis depends on. It is a help and never a condition: where it
cannot be read or written, words are analysed anew, and a new one takes the place of the one that was used longest ago. Only plain words in
small letters are kept, so that no names, numbers or addresses of the texts stay on the disk.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hytenlp.finnish.cache import cache_folder, tidy

if TYPE_CHECKING:
    from sqlite3 import Connection

_MOST = 96_000_000  # bytes of the file before it is begun anew: some 600,000 words
_ASKED = 500  # words in one question; SQLite's oldest limit is 999
_PATIENCE = 0.5  # seconds to wait for another process that writes


class WordStore:
    """Facts about words by token.

    Args:
        path: the file; made when it is not there.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: Connection | None = None
        self._owner = 0  # the process that the connection belongs to: it may not be used after a fork

    @classmethod
    def of(cls, *made_from: str) -> WordStore:
        """The store of words that were analysed with these data and with this version of the code."""
        digest = hashlib.sha256("\0".join(made_from).encode("utf-8", "replace"))
        for file in sorted(resources.files("hytenlp.finnish").iterdir(), key=lambda file: file.name):
            if file.is_file() and not file.name.endswith(".so"):  # compiled or not, the answers are the same
                digest.update(file.read_bytes())
        return cls(cache_folder() / f"words-{digest.hexdigest()[:24]}.sqlite")

    def get(self, tokens: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The tokens that are kept, with their facts."""
        asked = [token for token in tokens if _is_plain(token)]
        for i in range(0, len(asked), _ASKED):
            part = asked[i : i + _ASKED]
            marks = ",".join("?" * len(part))
            yield from self._run(f"SELECT token, facts FROM words WHERE token IN ({marks})", part)  # noqa: S608 - only marks

    def put(self, facts: Iterable[tuple[str, str]]) -> None:
        """Keeps facts."""
        rows = [(token, one) for token, one in facts if _is_plain(token)]
        if not rows:
            return
        with suppress(OSError):
            if self._path.stat().st_size > _MOST:
                self._run("DELETE FROM words")
        self._run("INSERT OR IGNORE INTO words VALUES (?, ?)", rows, many=True)

    def _run(self, statement: str, values: list[Any] | None = None, many: bool = False) -> list[Any]:
        """The rows that a statement gives; none when the file cannot be used."""
        try:
            import sqlite3
        except ImportError:  # some Pythons are built without it
            return []
        try:
            connection = self._open()
            if connection is None:
                return []
            with connection:
                if many:
                    connection.executemany(statement, values or [])
                    return []
                return connection.execute(statement, values or []).fetchall()
        except sqlite3.OperationalError:  # locked, full or read-only: another time
            return []
        except sqlite3.Error:  # no database, or a broken one: the next run begins anew
            self._connection = None
            with suppress(OSError):
                self._path.unlink()
            return []

    def _open(self) -> Connection | None:
        import sqlite3

        if self._owner != os.getpid():
            self._owner = os.getpid()
            self._connection = None
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            except OSError:
                return None
            with suppress(OSError):
                is_new = not self._path.exists()
                self._path.touch()  # reading alone would not tell that it is in use
                if is_new:
                    tidy(self._path.parent)
            connection = sqlite3.connect(self._path, timeout=_PATIENCE)
            connection.execute("PRAGMA synchronous = OFF")  # a file lost in a power cut is only made again
            connection.execute("PRAGMA journal_mode = MEMORY")
            connection.execute("CREATE TABLE IF NOT EXISTS words (token TEXT PRIMARY KEY, facts TEXT) WITHOUT ROWID")
            self._connection = connection
        return self._connection


def _is_plain(token: str) -> bool:
    """Whether a token is a word in small letters."""
    return token.islower() and token.replace("-", "").isalpha()
