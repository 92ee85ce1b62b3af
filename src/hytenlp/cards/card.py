"""What is read from a document: a card with joys, concerns and actions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Category = Literal["lahiyhteisot", "osallisuus", "viestinta", "osaaminen", "nostot"]


@dataclass(frozen=True, slots=True)
class Bullet:
    """A joy or a concern.

    Attributes:
        section: the sub-heading it stands under, as written, without its colon; None when there is none.
        text: the whole bullet on one line.
        page, line: where it begins, counted from 1. A line is one of the text; of a PDF's page, from its top; a paragraph of a word
            processor's document or a web page.
    """

    section: str | None
    text: str
    page: int
    line: int


@dataclass(frozen=True, slots=True)
class Action:
    """An action.

    Attributes:
        stated_theme: code of the theme it stands under.
        category: code of the category it stands under; None when the card has no categories there.
    """

    stated_theme: str | None
    category: Category | None
    text: str
    page: int
    line: int


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Text that belongs to no section that is known: reported, never dropped in silence."""

    text: str
    page: int
    line: int

    def __str__(self) -> str:
        return f"{_place(self.page, self.line)}: tekstiä ei voitu sijoittaa mihinkään osioon: {shortened(self.text)}"


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a document does not say for sure: how it was read all the same, or that it was not.

    Attributes:
        text: a sentence for the reader, in Finnish.
    """

    text: str
    page: int
    line: int

    def __str__(self) -> str:
        return f"{_place(self.page, self.line)}: {self.text}"


def shortened(text: str) -> str:
    """A text as messages quote it."""
    return text if len(text) <= 70 else text[:69] + "…"


def _place(page: int, line: int) -> str:
    return f"sivu {page}, rivi {line}" if page > 1 else f"rivi {line}"


@dataclass(frozen=True)
class Card:
    """One municipality's report of one year.

    Attributes:
        source: where it was read from.
        unplaced: what could not be placed.
        doubts: what was read by a guess, or not at all.
    """

    municipality: str | None
    year: int | None
    source: str
    joys: tuple[Bullet, ...] = ()
    concerns: tuple[Bullet, ...] = ()
    actions: tuple[Action, ...] = ()
    unplaced: tuple[Unplaced, ...] = field(default=(), compare=False)
    doubts: tuple[Doubt, ...] = field(default=(), compare=False)

    def warnings(self) -> Iterator[str]:
        """What a person should look at before believing the card: what was not placed, and kinds of bullets that are wholly missing."""
        told: list[Unplaced | Doubt] = [*self.unplaced, *self.doubts]
        yield from map(str, sorted(told, key=lambda one: (one.page, one.line)))
        texts = [bullet.text for bullets in (self.joys, self.concerns, self.actions) for bullet in bullets]
        if blank := sum(not text.strip() for text in texts):
            yield f"kohtia, joissa ei ole tekstiä ja jotka jäävät ilman luokkia: {blank}."
        for bullets, what in ((self.concerns, "yhtään huolta"), (self.actions, "yhtään toimea")):
            if not bullets:
                yield f"asiakirjasta ei löytynyt {what}. Katso, miksi rivit luettiin: hytenlp read --explain."

    def to_dict(self) -> dict[str, Any]:
        """The card as `hytenlp read` writes it."""
        record = asdict(self)
        del record["unplaced"], record["doubts"]
        return record
