"""Bullets become cards: by municipality and year, with names that tell them apart."""

from __future__ import annotations

from tests.output.report.conftest import make, neighbours, pohjala


def test_one_card(cards):
    (card,) = cards(pohjala())
    assert (card.name, card.key) == ("Pohjala 2024", "k1")
    assert [one.concern for one in card.coverages if one.verdict == "aukko"] == ["rahapelit", "jengit"]
    assert {code: one.verdict for code, one in card.verdicts.items()} == {
        "huumeet": "osittain", "vape": "katettu", "rahapelit": "aukko", "jengit": "aukko", "asunnottomuus": "suunniteltu",
    }  # fmt: skip
    assert [record.text for record in card.unnamed] == ["Säiden vaihtelu."]


def test_cards_are_ordered_and_a_table_makes_several(cards):
    assert [card.name for card in cards(neighbours() + pohjala())] == ["Etelälä 2024", "Pohjala 2023", "Pohjala 2024"]


def test_names_without_municipality_and_beside_a_namesake(cards):
    bare = [make("action", "A.", municipality=None, year=None, source="kansio/oma.csv")]
    twins = [make("action", "A.", source=name) for name in ("x/eka.txt", "x\\toka.txt")]
    assert [card.name for card in cards(bare)] == ["oma"]
    assert [card.name for card in cards(twins)] == ["Pohjala 2024 (eka.txt)", "Pohjala 2024 (toka.txt)"]


def test_empty_texts_are_no_bullets(cards):
    assert cards([make("action", " ")]) == []


def test_the_same_row_twice_has_one_anchor(cards):
    (card,) = cards([make("action", "Sama."), make("action", "Sama.")])
    assert [card.anchor(action) for action in card.actions] == ["k1-t1", "k1-t1"]
