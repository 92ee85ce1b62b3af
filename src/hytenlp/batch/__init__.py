"""Many bullets: classified in chunks, in one process or several, in order and in bounded memory.

This module is what Python callers use; `run` is what the command line runs.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from hytenlp.batch.chunks import ROWS, classify_chunk
from hytenlp.batch.frames import classify_frame
from hytenlp.cards.card import Card
from hytenlp.engine import engine
from hytenlp.errors import InputError
from hytenlp.inputs import read_cards
from hytenlp.records import Item, Record, card_items
from hytenlp.verdicts import ConcernCoverage, cover

__all__ = [
    "classify_chunk",
    "classify_frame",
    "classify_item",
    "classify_items",
    "cover_card",
    "cover_records",
    "read_card",
]


def classify_item(item: Item) -> Record:
    """Classifies one bullet."""
    return classify_chunk([item])[0]


def classify_items(items: Iterable[Item]) -> Iterator[Record]:
    """Classifies any number of bullets in their order, reading a chunk ahead."""
    stream = iter(items)
    while chunk := list(itertools.islice(stream, ROWS)):
        yield from classify_chunk(chunk)


def read_card(path: Path) -> Card:
    """Reads one card; see `hytenlp.read_card`."""
    cards = read_cards(path, engine().analyser)
    if len(cards) != 1:
        raise InputError(f"{path}: tiedostossa on {len(cards)} korttia; tarvitaan yksi.")
    return cards[0]


def cover_card(card: Card) -> list[ConcernCoverage]:
    """The verdicts on a card's concerns; see `hytenlp.coverage`."""
    return cover_records([classify_item(item) for item in card_items(card)])


def cover_records(records: Iterable[Record], against: Sequence[Record] | None = None) -> list[ConcernCoverage]:
    """The verdicts on the concerns of cards, from their classified bullets.

    Args:
        records: bullets of one document; those of a table are taken card by card (same source, municipality and year).
        against: concerns from elsewhere, instead of the cards' own.
    """
    cards: dict[tuple[str, str | None, int | None], list[Record]] = {}
    for record in records:
        cards.setdefault((record.source, record.municipality, record.year), []).append(record)
    verdicts: list[ConcernCoverage] = []
    for (source, municipality, year), bullets in cards.items():
        concerns = [record for record in bullets if record.kind == "concern"] if against is None else against
        actions = [record for record in bullets if record.kind == "action"]
        placed = (
            replace(one, source=source, municipality=municipality, year=year)
            for one in cover(concerns, actions, engine().vocabulary)
        )
        verdicts += placed
    return verdicts
