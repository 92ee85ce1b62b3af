"""The nearest actions of a gap, and why each does not count."""

from __future__ import annotations

import pytest

from hytenlp.output.report.language import Language
from hytenlp.output.report.nearest import nearest
from tests.output.report.conftest import make, pohjala


@pytest.fixture
def near(cards, vocabulary):
    def found(records, concern):
        (card,) = cards(records)
        return [
            (one.action.text, one.why) for one in nearest(card, card.verdicts[concern], Language.of("fi", vocabulary))
        ]

    return found


def test_reasons_in_their_order(near):
    assert near(pohjala(), "jengit") == [
        ("Palkattu nuorille kadulle ohjaaja ilkivaltaa vastaan.", "Koskee aihetta, mutta jäi toteutumatta."),
        ("Valvojaiset järjesti koko jengi.", "Tekstissä on ”jengi”, mutta sitä ei lasketa: on nimi."),
        (
            "Nuorten turvakurssi.",
            "Samalle ryhmälle (Nuoret) ja samasta teemasta (Arjen turvallisuus), mutta huolta ei tunnistettu: arvioi itse.",
        ),
    ]


def test_an_action_with_a_concern_of_its_own_is_not_near_for_its_people(near):
    records = [
        make("concern", "Nuorten sipsit.", concerns=("ravitsemus",), target_groups=("nuoret",)),
        make("action", "Nuuska pois.", concerns=("nuuska",), target_groups=("nuoret",)),
        make("action", "Sokerinäyttely.", target_groups=("nuoret",)),
    ]
    assert [text for text, _ in near(records, "ravitsemus")] == ["Sokerinäyttely."]


def test_a_possible_action_is_not_a_near_miss(near):
    assert all("kukkarosta" not in text for text, _ in near(pohjala(), "rahapelit"))


def test_a_sibling_is_near_and_another_concern_of_the_theme_is_not(near):
    records = [
        make("concern", "Vapet.", concerns=("vape",)),
        make("action", "Nuuska pois.", concerns=("nuuska",)),
        make("action", "Kasviksia.", concerns=("ravitsemus",)),
        make("action", "Retki.", theme="elintavat"),
    ]
    assert near(records, "vape") == [
        ("Nuuska pois.", "Mainitsee: Nuuska ja nikotiinipussit. Ei mainitse: Sähkötupakka (vape)."),
    ]  # fmt: skip
