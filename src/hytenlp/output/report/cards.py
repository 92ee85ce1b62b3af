"""Classified bullets become the cards of the page: each with its concerns, verdicts and actions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from hytenlp.output.wording import gaps_first
from hytenlp.records import Record
from hytenlp.verdicts import ConcernCoverage, Support

Cover = Callable[[list[Record]], list[ConcernCoverage]]


@dataclass(frozen=True)
class ReportCard:
    """One municipality's year.

    Attributes:
        key: its name inside the page: k1, k2 …
        name: municipality and year, else the file's name.
        joys, concerns, actions: its bullets.
        coverages: the verdicts, gaps first.
    """

    key: str
    name: str
    source: str
    municipality: str | None
    year: int | None
    joys: tuple[Record, ...]
    concerns: tuple[Record, ...]
    actions: tuple[Record, ...]
    coverages: tuple[ConcernCoverage, ...]

    @cached_property
    def unnamed(self) -> tuple[Record, ...]:
        """The concern bullets in which no known concern was found."""
        return tuple(record for record in self.concerns if not record.concerns)

    @cached_property
    def verdicts(self) -> dict[str, ConcernCoverage]:
        """Concern -> verdict."""
        return {one.concern: one for one in self.coverages}

    @cached_property
    def _places(self) -> dict[tuple[str, str], int]:
        places: dict[tuple[str, str], int] = {}
        for i, action in enumerate(self.actions):
            places.setdefault((action.id, action.text), i)  # a table may hold the same row twice
        return places

    def action_of(self, support: Support) -> Record:
        """The action behind a verdict."""
        return self.actions[self._places[support.id, support.text]]

    def anchor(self, action: Record) -> str:
        """The id of an action's row in the table of actions."""
        return f"{self.key}-t{self._places[action.id, action.text] + 1}"


def cards_of(records: Iterable[Record], cover: Cover) -> list[ReportCard]:
    """The cards among classified bullets, by municipality and year.

    Args:
        records: bullets of any number of documents; a table's are taken card by card.
        cover: gives the verdicts of one card's bullets.
    """
    groups: dict[tuple[str, str | None, int | None], list[Record]] = {}
    for record in records:
        if record.text.strip():
            groups.setdefault((record.source, record.municipality, record.year), []).append(record)
    ordered = sorted(groups.items(), key=lambda pair: (pair[0][1] or _stem(pair[0][0]), pair[0][2] or 0))
    names = _names([key for key, _ in ordered])
    cards = []
    for number, (name, (key, bullets)) in enumerate(zip(names, ordered, strict=True), 1):
        joys, concerns, actions = (_of_kind(bullets, kind) for kind in ("joy", "concern", "action"))
        cards.append(ReportCard(f"k{number}", name, *key, joys, concerns, actions, tuple(gaps_first(cover(bullets)))))
    return cards


def _of_kind(bullets: Sequence[Record], kind: str) -> tuple[Record, ...]:
    return tuple(bullet for bullet in bullets if bullet.kind == kind)


def _stem(source: str) -> str:
    return PurePath(source.replace("\\", "/")).stem


def _names(keys: Sequence[tuple[str, str | None, int | None]]) -> list[str]:
    """Municipality and year; the file's name where there is no municipality, and beside a name that two cards have."""
    names = [
        " ".join(filter(None, (municipality or _stem(source), str(year or "")))) for source, municipality, year in keys
    ]
    often = Counter(names)
    return [
        f"{name} ({PurePath(source.replace(chr(92), '/')).name})" if often[name] > 1 else name
        for name, (source, *_) in zip(names, keys, strict=True)
    ]
