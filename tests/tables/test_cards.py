"""A table's cards: one a municipality and year, as `hytenlp read` writes them."""

from __future__ import annotations

from hytenlp.cards.card import Action, Bullet, Card
from hytenlp.inputs import Problems, read_cards


def test_one_card_a_municipality_and_year(tmp_path, analyser):
    path = tmp_path / "t.csv"
    path.write_text(
        "Kortit\nKunta;Vuosi;Osio;Teema;Kategoria;Teksti\n"
        "Pohjala;2024;Ilot;;;Väki viihtyy.\n"
        "Pohjala;2024;Huolet;;;Päihteet.\n"
        "Etelälä;2024;Toimi;Mielen hyvinvointi;Viestintä;Kerrottu avusta.\n"
        "Pohjala;2024;Toimi;;Muu;Uintia.;liikaa\n"
        "Pohjala;2024;Toimi;;;\n",
        "utf-8",
    )
    told: list[str] = []
    assert read_cards(path, analyser, Problems(told.append)) == [
        Card(
            "Pohjala", 2024, str(path), (Bullet(None, "Väki viihtyy.", 1, 3),), (Bullet(None, "Päihteet.", 1, 4),),
            (Action(None, None, "Uintia.", 1, 6),),
        ),
        Card("Etelälä", 2024, str(path), (), (), (Action("mieli", "viestinta", "Kerrottu avusta.", 1, 5),)),
    ]  # fmt: skip
    assert "rivi 6" in told[0]
