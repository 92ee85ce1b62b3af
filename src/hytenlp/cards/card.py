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
        shown = self.text if len(self.text) <= 70 else self.text[:69] + "…"
        page = f"sivu {self.page}, " if self.page > 1 else ""
        return f"{page}rivi {self.line}: tekstiä ei voitu sijoittaa mihinkään osioon: {shown}"


@dataclass(frozen=True)
class Card:
    """One municipality's report of one year.

    Attributes:
        source: where it was read from.
        unplaced: what could not be placed.
    """

    municipality: str | None
    year: int | None
    source: str
    joys: tuple[Bullet, ...] = ()
    concerns: tuple[Bullet, ...] = ()
    actions: tuple[Action, ...] = ()
    unplaced: tuple[Unplaced, ...] = field(default=(), compare=False)

    def warnings(self) -> Iterator[str]:
        """What a person should look at before believing the card: what was not placed, and kinds of bullets that are wholly missing."""
        yield from map(str, self.unplaced)
        texts = [bullet.text for bullets in (self.joys, self.concerns, self.actions) for bullet in bullets]
        if blank := sum(not text.strip() for text in texts):
            yield f"kohtia, joissa ei ole tekstiä ja jotka jäävät ilman luokkia: {blank}."
        for bullets, what in ((self.concerns, "yhtään huolta"), (self.actions, "yhtään toimea")):
            if not bullets:
                yield f"asiakirjasta ei löytynyt {what}. Katso, miksi rivit luettiin: hytenlp read --explain."

    def to_dict(self) -> dict[str, Any]:
        """The card as `hytenlp read` writes it."""
        record = asdict(self)
        del record["unplaced"]
        return record
