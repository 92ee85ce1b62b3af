"""Reasons: which topic the actions speak of, and which not."""

from __future__ import annotations

import pytest

from hytenlp.output.report.language import Language
from hytenlp.output.report.reasons import reasons
from tests.output.report.conftest import make, pohjala


@pytest.fixture
def why(cards, vocabulary):
    def found(records, concern, code="fi"):
        (card,) = cards(records)
        return " ".join(reasons(card, card.verdicts[concern], Language.of(code, vocabulary)))

    return found


def test_each_verdict(why):
    records = pohjala()
    assert (
        why(records, "huumeet")
        == "Vain yleisesti: toimissa puhutaan aiheesta ”Päihteiden käyttö”, mutta ei aiheesta ”Huumeet”."
    )
    assert why(records, "vape") == "1 tehty toimi koskee juuri tätä huolta."
    assert why(records, "asunnottomuus") == "Toimia on vasta suunnitteilla."
    assert why(records, "jengit") == "Mikään kortin toimi ei vastaa tähän huoleen."
    assert why(records, "rahapelit") == (
        "Varmaa vastausta ei löytynyt. Malli arvelee, että 1 toimi voi koskea tätä; se ei kata huolta, ennen kuin ihminen on tarkistanut sen."
    )
    assert why(records, "jengit", "en") == "No action on the card answers this concern."


def test_narrower_and_another_group(why):
    narrower = [make("concern", "Tupakka.", concerns=("nikotiini",)), make("action", "Vape-tunti.", concerns=("vape",))]
    assert why(narrower, "nikotiini") == (
        "Vain osa huolesta: toimet koskevat aihetta ”Sähkötupakka (vape)”, huoli on laajempi (”Tupakka ja nikotiini”)."
    )
    group = [
        make("concern", "Nuorten juominen.", concerns=("alkoholi",), target_groups=("nuoret",)),
        make("action", "Juomisen vähentäminen.", concerns=("alkoholi",), target_groups=("ikaantyneet",)),
    ]
    assert (
        why(group, "alkoholi")
        == "Toiselle ryhmälle: huoli koskee ryhmää ”Nuoret”, toimet on suunnattu ryhmälle ”Ikääntyneet”."
    )
