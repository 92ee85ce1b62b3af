"""One classified bullet as a flat record: the row that tables hold and coverage is computed from."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from hytenlp.cards.card import Card

if TYPE_CHECKING:
    from hytenlp.engine import Analysis, Evidence
    from hytenlp.vocabulary.context import Dropped

BulletKind = Literal["action", "concern", "joy"]

#: The columns of `hytenlp classify`, in order.
COLUMNS = (
    "id", "source", "municipality", "year", "kind", "stated_theme", "category", "text", "theme", "theme_probability",
    "further_themes", "target_groups", "concerns", "status", "evidence",
)  # fmt: skip


def says_nothing(text: str) -> bool:
    """Whether a text is empty but for white space and characters that are not seen: then there is nothing to classify."""
    if text[:1].isalnum():
        return False  # nearly all texts: it need not be looked at sign by sign
    return not any(sign.isprintable() and not sign.isspace() for sign in text)


class Item(NamedTuple):
    """A bullet to classify, with where it comes from.

    Attributes:
        extra: the other columns of an input table, unchanged; one that has the name of a result's column is called `input_…`.
        page, line: where it begins in its document, counted from 1; None in a table.
    """

    id: str
    source: str
    municipality: str | None
    year: int | None
    kind: BulletKind
    stated_theme: str | None
    category: str | None
    text: str
    extra: dict[str, Any]
    page: int | None = None
    line: int | None = None


class Record(NamedTuple):
    """A classified bullet. The fields are the columns of `hytenlp classify` in their order, then what only the report shows.

    Attributes:
        theme: empty like all other labels when the text says nothing.
        possible: the evidence for concerns that an action may have: the model is not sure enough.
        page, line: where it begins in its document, counted from 1; None in a table.
        dropped: mentions of concerns that did not count: `{label, start, end, text, why}`.
    """

    id: str
    source: str
    municipality: str | None
    year: int | None
    kind: BulletKind
    stated_theme: str | None
    category: str | None
    text: str
    theme: str
    theme_probability: float
    further_themes: tuple[str, ...]
    target_groups: tuple[str, ...]
    concerns: tuple[str, ...]
    status: str | None
    evidence: tuple[dict[str, Any], ...]
    extra: dict[str, Any]
    possible: tuple[dict[str, Any], ...] = ()
    page: int | None = None
    line: int | None = None
    dropped: tuple[dict[str, Any], ...] = ()

    @classmethod
    def of(cls, item: Item, analysis: Analysis) -> Record:
        """The record of an item and what was found in it."""
        return cls(
            item.id, item.source, item.municipality, item.year, item.kind, item.stated_theme, item.category, item.text, analysis.theme,
            round(analysis.theme_probability, 4), analysis.further_themes, analysis.target_groups, analysis.concerns, analysis.status,
            tuple(map(_evidence, analysis.evidence)), item.extra, tuple(map(_evidence, analysis.possible)), item.page, item.line,
            tuple([_dropped(found, item.text) for found in analysis.dropped if found.mention.kind == "concern"]),
        )  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """Column -> value, the input table's other columns last."""
        row: dict[str, Any] = dict(zip(COLUMNS, self, strict=False))
        if not self.theme:
            row["theme"] = row["theme_probability"] = None
        for column in ("further_themes", "target_groups", "concerns", "evidence"):
            row[column] = list(row[column])
        row.update(self.extra)
        return row


def _evidence(found: Evidence) -> dict[str, Any]:
    label, kind, start, end, text, how, probability = found
    record = {"label": label, "kind": kind, "start": start, "end": end, "text": text, "how": how}
    if probability is not None:
        record["probability"] = probability
    return record


def _dropped(found: Dropped, text: str) -> dict[str, Any]:
    mention = found.mention
    place = {"start": mention.start, "end": mention.end, "text": text[mention.start : mention.end]}
    return {"label": mention.code, **place, "why": found.why}


def row_id(table: str, sheet: str, number: int, text: str) -> str:
    """The id of a table's row that has none: its number, and what tells it from rows of other tables.

    Args:
        table: the file's name without its folders, so that the id does not depend on where the file lies.
        sheet: of a workbook, else empty.
        number: of the row among the sheet's rows, counted from 1.
        text: the bullet.
    """
    return f"{number}-{_digest(table, sheet, number, text)[:8]}"


def _digest(*parts: object) -> str:
    return hashlib.sha256("|".join(map(str, parts)).encode("utf-8", "backslashreplace")).hexdigest()


def card_items(card: Card) -> Iterator[Item]:
    """The bullets of a card. Ids depend on the card's name and the bullet's text, not on where the file lies."""
    name = card.municipality or card.source.replace("\\", "/").rsplit("/", 1)[-1]
    seen: Counter[tuple[str, str]] = Counter()
    groups = (("joy", card.joys), ("concern", card.concerns), ("action", card.actions))
    kind: BulletKind
    for kind, bullets in groups:  # type: ignore[assignment]
        for bullet in bullets:
            seen[kind, bullet.text] += 1
            identity = _digest(name, card.year, kind, bullet.text, seen[kind, bullet.text])[:12]
            stated = getattr(bullet, "stated_theme", None)
            category = getattr(bullet, "category", None)
            yield Item(
                identity, card.source, card.municipality, card.year, kind, stated, category, bullet.text, {}, bullet.page, bullet.line
            )  # fmt: skip
