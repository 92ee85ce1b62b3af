"""Many bullets: classified as a stream, in one process or several, in order and in bounded memory."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hytenlp.cards.card import Card
from hytenlp.errors import HyteError, InputError
from hytenlp.inputs import find_text_column, read_cards, row_item
from hytenlp.pipeline import engine, load
from hytenlp.records import Item, Record, card_items
from hytenlp.verdicts import ConcernCoverage, cover

if TYPE_CHECKING:
    import pandas as pd
    from spacy.language import Language

_CHUNK = 1000  # bullets a task; smaller ones cost more in passing than they win in balance
_AHEAD = 3  # tasks waiting for each process


@cache
def _pipeline() -> Language:
    return load()


def classify_item(item: Item) -> Record:
    """Classifies one bullet."""
    return classify_chunk([item])[0]


def classify_items(items: Iterable[Item], jobs: int = 1) -> Iterator[Record]:
    """Classifies bullets in their order.

    Args:
        items: any number of bullets; read only as far ahead as the processes need.
        jobs: how many processes share the work.
    """
    chunks = _chunks(iter(items))
    if jobs <= 1:
        for chunk in chunks:
            yield from classify_chunk(chunk)
        return
    with ProcessPoolExecutor(jobs) as pool:
        waiting: deque[Future[list[Record]]] = deque()
        try:
            for chunk in chunks:
                waiting.append(pool.submit(classify_chunk, chunk))
                if len(waiting) >= jobs * _AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool:
            raise HyteError(
                "laskentaprosessi päättyi kesken (muisti saattoi loppua). Aja uudelleen valitsimella --jobs 1."
            ) from None
        finally:
            for future in waiting:
                future.cancel()


def _chunks(items: Iterator[Item]) -> Iterator[list[Item]]:
    while chunk := list(itertools.islice(items, _CHUNK)):
        yield chunk


def classify_chunk(items: Sequence[Item]) -> list[Record]:
    """Classifies bullets together, which is faster than one by one."""
    analyses = engine().analyse_texts([(item.text, item.kind, item.stated_theme) for item in items])
    return [Record.of(item, analysis) for item, analysis in zip(items, analyses, strict=True)]


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


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def classify_frame(frame: pd.DataFrame, text_column: str) -> pd.DataFrame:
    """Classifies the rows of a table; see `hytenlp.classify`."""
    import pandas as pd

    column = find_text_column([str(c) for c in frame.columns], text_column, "taulukko")
    items = (row_item(row, column, i, "", None) for i, row in enumerate(_records(frame), 1))
    rows = [record.to_dict() for record in classify_items(items)]
    if not rows:
        from hytenlp.records import COLUMNS

        return pd.DataFrame(columns=[*COLUMNS, *(c for c in frame.columns if c not in COLUMNS and c != column)])
    return pd.DataFrame(rows, index=frame.index)
