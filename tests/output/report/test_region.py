"""Several cards: gaps over municipalities, who answers what, and changes from year to year."""

from __future__ import annotations

from hytenlp.output.report.region import Answers, changes, rows
from tests.output.report.conftest import make, neighbours, pohjala


def test_rows_begin_with_what_is_a_gap_most_often(cards, vocabulary):
    found = cards(neighbours() + pohjala())
    table = rows(found, Answers(found, vocabulary), vocabulary)
    gaps = [(row.concern, row.number("aukko"), row.number()) for row in table]
    assert gaps == [
        ("jengit", 1, 3), ("huumeet", 1, 2), ("vape", 1, 2), ("rahapelit", 1, 1), ("yksinaisyys", 1, 1), ("asunnottomuus", 0, 1),
    ]  # fmt: skip
    gangs = next(row for row in table if row.concern == "jengit")
    assert [card.name for card in gangs.cards(found, "aukko")] == ["Pohjala 2024"]
    assert [(card.name, number) for card, number in gangs.answers] == [("Etelälä 2024", 1), ("Pohjala 2023", 1)]


def test_changes(cards, vocabulary):
    found = {
        one.concern: (one.change, one.old, one.new) for one in changes(cards(neighbours() + pohjala()), vocabulary)
    }
    assert found == {
        "jengit": ("lost", "katettu", "aukko"), "vape": ("closed", "aukko", "katettu"), "huumeet": ("closed", "aukko", "osittain"),
        "yksinaisyys": ("gone", "aukko", None), "rahapelit": ("new", None, "aukko"), "asunnottomuus": ("new", None, "suunniteltu"),
    }  # fmt: skip


def test_what_others_do_takes_turns_and_leaves_out_ones_own(cards, vocabulary):
    records = [
        make("concern", "Vapet.", concerns=("vape",)),
        *(make("action", f"Oma {i}.", concerns=("vape",)) for i in range(2)),
        *(make("action", f"{name} {i}.", concerns=("vape",), municipality=name, source=name) for name in ("A", "B") for i in range(2)),
        make("action", "Aikeita.", concerns=("vape",), status="suunniteltu", municipality="C"),
        make("action", "Ehkä.", possible=({"label": "vape"},), municipality="C"),
    ]  # fmt: skip
    found = cards(records)
    own = next(card for card in found if card.municipality == "Pohjala")
    shown = [answer.action.text for answer in Answers(found, vocabulary).elsewhere("vape", own)]
    assert shown == ["A 0.", "B 0.", "A 1.", "B 1."]


def test_narrower_actions_are_shown_only_where_nobody_does_exactly_this(cards, vocabulary):
    exact = make("action", "Savuton kunta.", concerns=("nikotiini",), municipality="B")
    records = [
        make("concern", "Tupakka.", concerns=("nikotiini",)),
        *(make("action", f"Vape-tunti {i}.", concerns=("vape",), municipality="A") for i in range(9)),
    ]

    def shown(records):
        found = cards(records)
        own = next(card for card in found if card.municipality == "Pohjala")
        return [answer.action.text for answer in Answers(found, vocabulary).elsewhere("nikotiini", own)]

    assert shown(records) == [f"Vape-tunti {i}." for i in range(4)]
    assert shown([*records, exact]) == ["Savuton kunta."]
