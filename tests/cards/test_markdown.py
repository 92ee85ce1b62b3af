"""Texts of Markdown cards are plain."""

from __future__ import annotations

from hytenlp.cards.markdown import plain
from hytenlp.cards.reader import parse_card

CARD = """## Huolen aiheet

* Melu *yöllä* ja _ilkivalta_ kasvoi[^1]
> - Bussit [harvenivat](https://example.org/bussit)
- [x] Pihat **pimeitä**

[^1]: Lähde: kysely
"""


def test_inline_signs_are_taken_off(analyser):
    card = parse_card(CARD, "kortti.md", analyser)
    assert [c.text for c in card.concerns] == ["Melu yöllä ja ilkivalta kasvoi", "Bussit harvenivat", "Pihat pimeitä"]
    assert [c.line for c in card.concerns] == [3, 4, 5]
    assert not card.unplaced


def test_signs_of_other_texts_stay(analyser):
    card = parse_card("Huolen aiheet\n• Melu *yöllä* ja _ilkivalta_\n", "kortti.txt", analyser)
    assert [c.text for c in card.concerns] == ["Melu *yöllä* ja _ilkivalta_"]


def test_names_and_sums_stay():
    assert plain("* tiedosto_nimi_1 ja 2 * 3 * 4") == "* tiedosto_nimi_1 ja 2 * 3 * 4"
