"""Two lists under one heading without sub-heads: what tells where the second begins."""

from __future__ import annotations

import pytest

from hytenlp.cards.reader import parse_card
from tests.cards.conftest import texts

THEME = "\n\nMielen hyvinvointi\n\n- Kerrottu avusta\n"


@pytest.fixture
def read(analyser):
    return lambda head, lists: parse_card(f"{head}\n\n{lists}{THEME}", "kortti.txt", analyser)


@pytest.mark.parametrize(
    "lists",
    [
        "- Halli\n- Kuoro\n\n- Vape\n- Uni",
        "- Halli\n\n- Kuoro\n\n\n- Vape\n\n- Uni",  # the widest gap
        "- Halli,\n  jossa uidaan\n- Kuoro\n\n- Vape\n- Uni",
        "1. Halli\n2. Kuoro\n1. Vape\n2. Uni",
        "+ Halli\n+ Kuoro\n− Vape\n− Uni",
        "- Halli\n- Kuoro\n  - alttojakin\n\n- Vape\n- Uni",
    ],
)
@pytest.mark.parametrize("head", ["Ilon aiheet  Huolen aiheet", "Ilot ja huolet", "Huolet ja ilot"])
def test_where_the_second_begins(read, head, lists):
    card = read(head, lists)
    first, second = (card.concerns, card.joys) if head == "Huolet ja ilot" else (card.joys, card.concerns)
    assert [text.split()[0].strip(",") for text in texts(first)] == ["Halli", "Kuoro"]
    assert texts(second) == ["Vape", "Uni"]
    [told] = card.warnings() if card.concerns else [""]
    assert "kohdat tästä alkaen luettiin" in told


@pytest.mark.parametrize(
    "lists",
    [
        "- Halli\n- Kuoro\n- Vape\n- Uni",
        "- Halli\n\n- Kuoro\n\n- Vape\n\n- Uni",
        "- Halli\n- Kuoro\n\n- Vape\n\n- Uni",  # two gaps
        "1. Halli\n2. Kuoro\n3. Vape\n4. Uni",
    ],
)
def test_where_nothing_tells_it_is_said(read, lists):
    card = read("Ilon aiheet  Huolen aiheet", lists)
    assert texts(card.joys) == ["Halli", "Kuoro", "Vape", "Uni"]
    assert next(card.warnings()).startswith("rivi 1: ilot ja huolet ovat saman otsikon alla, eikä kortista näe")
