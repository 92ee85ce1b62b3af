"""The cards that a table holds: one a municipality and year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast, get_args

from hytenlp.cards.card import Action, Bullet, Card, Category
from hytenlp.records import Item, says_nothing


def table_cards(rows: Iterable[tuple[int, Item]]) -> list[Card]:
    """Cards in the order in which their first rows come.

    Args:
        rows: bullets with their row numbers, which become the bullets' lines; rows without a text are left out.
    """
    cards: dict[tuple[str, str | None, int | None], dict[str, list[tuple[int, Item]]]] = {}
    for number, item in rows:
        if not says_nothing(item.text):
            kinds = cards.setdefault(
                (item.source, item.municipality, item.year), {"joy": [], "concern": [], "action": []}
            )
            kinds[item.kind].append((number, item))
    return [
        Card(
            municipality,
            year,
            source,
            tuple(_bullet(*row) for row in kinds["joy"]),
            tuple(_bullet(*row) for row in kinds["concern"]),
            tuple(_action(*row) for row in kinds["action"]),
        )
        for (source, municipality, year), kinds in cards.items()
    ]


def _bullet(number: int, item: Item) -> Bullet:
    return Bullet(None, item.text, 1, number)


def _action(number: int, item: Item) -> Action:
    category = cast("Category", item.category) if item.category in get_args(Category) else None
    return Action(item.stated_theme, category, item.text, 1, number)
