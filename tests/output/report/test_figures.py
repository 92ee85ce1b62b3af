"""The numbers behind the pictures."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hytenlp.output.report.figures import SHADES, Heat, categories, heat, years
from tests.output.report.conftest import neighbours, pohjala


def test_heat(cards, vocabulary):
    found = heat(cards(pohjala()), vocabulary)
    assert found.cells["turvallisuus", "nuoret"] == 2
    assert sum(found.totals.values()) == 7
    assert found.shade("mieli", "nuoret") == 0


@given(st.lists(st.integers(0, 5000), min_size=2, max_size=30))
def test_shades_grow_with_the_numbers(values):
    from collections import Counter

    made = Heat(
        ("t",),
        tuple(map(str, range(len(values)))),
        Counter({("t", str(i)): v for i, v in enumerate(values)}),
        Counter(),
    )
    shades = [made.shade("t", str(i)) for i in range(len(values))]
    assert all(0 <= shade <= SHADES for shade in shades)
    assert all((shade == 0) == (value == 0) for shade, value in zip(shades, values, strict=True))
    assert [shade for _, shade in sorted(zip(values, shades, strict=True))] == sorted(shades)


def test_categories_in_the_order_of_a_card(cards):
    assert categories(cards(pohjala())) == [
        ("lahiyhteisot", 1),
        ("viestinta", 1),
        ("osaaminen", 1),
        ("nostot", 1),
        ("", 3),
    ]


def test_years_only_when_there_are_several(cards):
    assert years(cards(pohjala())) == []
    found = years(cards(neighbours() + pohjala()))
    assert [(year.year, len(year.cards), year.concerns, year.verdicts["aukko"]) for year in found] == [
        (2023, 1, 4, 3),
        (2024, 2, 6, 2),
    ]
