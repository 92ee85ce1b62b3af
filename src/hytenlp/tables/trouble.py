"""What is wrong with single rows of a table: told row by row, but not a million times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

_SHOWN = 20  # lines of one kind; the rest are counted


@dataclass(slots=True)
class Trouble:
    """Tells about rows that could not be read whole.

    Attributes:
        source: the file.
        tell_error: called with a line about a row that was left out.
        tell_warning: called with the file and what the user should look at.
        where: the sheet that is being read, if the format has sheets.
        any_text: whether any row had a text.
    """

    source: str
    tell_error: Callable[[str], None]
    tell_warning: Callable[[str, str], None]
    where: str = ""
    any_text: bool = False
    _first_without_text: str = ""
    _counts: Counter[str] = field(default_factory=Counter)

    @property
    def any_errors(self) -> bool:
        """Whether anything was left out so far."""
        return self._counts["error"] > 0

    def place(self, row: int | None = None) -> str:
        """The file, the sheet and the row, as messages name them."""
        return ": ".join(part for part in (self.source, self.where, f"rivi {row}" if row else "") if part)

    def error(self, row: int | None, what: str, *, again: bool = False) -> None:
        """A row, or the rest of a table, was left out.

        Args:
            row: its number.
            what: is wrong, and what to do.
            again: whether the same was told of another row: it is only counted.
        """
        self._counts["error"] += 1
        if not again and self._counts["told"] < _SHOWN:
            self._counts["told"] += 1
            self.tell_error(f"{self.place(row)}: {what}")

    def warn(self, row: int | None, what: str) -> None:
        """A row was read, but not as it stands."""
        self._counts["warning"] += 1
        if self._counts["warning"] <= _SHOWN:
            self.tell_warning(self.place(row), what)

    def without_text(self, row: int) -> None:
        """A row has nothing to classify; such rows are told about together."""
        self._counts["without text"] += 1
        self._first_without_text = self._first_without_text or ", ".join(filter(None, (self.where, f"rivi {row}")))

    def finish(self) -> None:
        """Tells how many lines were not shown, and how many rows had no text."""
        if count := self._counts["without text"]:
            self.tell_warning(self.source, self._without_text(count))
        if more := self._counts["error"] - self._counts["told"]:
            self.tell_error(f"{self.source}: muita samoista syistä ohitettuja rivejä: {more}.")
        if (more := self._counts["warning"] - _SHOWN) > 0:
            self.tell_warning(self.source, f"muita tällaisia huomautuksia riveistä: {more}.")

    def _without_text(self, count: int) -> str:
        if not self.any_text:
            return (
                f"kaikki tekstit ovat tyhjiä (rivejä: {count}), joten mikään rivi ei saanut luokkia. "
                "Tarkista, että tekstisarake on oikea."
            )
        if count == 1:
            return f"yhdellä rivillä ei ole tekstiä ({self._first_without_text}), joten se jäi ilman luokkia."
        return (
            f"{count} rivillä ei ole tekstiä (ensimmäinen: {self._first_without_text}), joten ne jäivät ilman luokkia."
        )
