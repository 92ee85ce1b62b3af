"""Headings that are not known: read where the place tells, said in one line with its place where it does not."""

from __future__ import annotations

import pytest

from hytenlp.cards.paragraphs import Paragraphs
from hytenlp.cards.reader import card_of
from tests.cards.conftest import texts

THEME = "\n\nMielen hyvinvointi\n\nViestintä\n- Kerrottu avusta\n"


def test_the_one_question_under_joys_heads_the_concerns_and_is_told(read):
    card = read(f"Ilon aiheet\n- Halli\n\nMikä raapii\n- Vape\n- Uni{THEME}")
    assert (texts(card.joys), texts(card.concerns)) == (["Halli"], ["Vape", "Uni"])
    [told] = card.warnings()
    assert told.startswith("rivi 4: otsikkoa ”Mikä raapii” ei tunneta; sen alla oleva luettelo luettiin huoliksi")


def test_of_other_sub_heads_of_joys_nobody_can_tell(read):
    card = read(f"Ilon aiheet\n- Halli\n\nKylien sävelet\n- Vape\n\nHyte-työ\n- Väki vaihtuu{THEME}")
    assert (texts(card.joys), card.concerns) == (["Halli", "Vape", "Väki vaihtuu"], ())
    told, none = card.warnings()
    assert told.startswith("rivi 4: otsikkoa ”Kylien sävelet” ei tunneta; sen alla oleva luettelo luettiin iloiksi.")
    assert none.startswith("asiakirjasta ei löytynyt yhtään huolta")


def test_sub_heads_are_no_news_when_both_lists_are_headed(read):
    card = read(f"Ilot\n\nHyvä arki:\n- Halli\n\nHuolet\n\nHyvinvoinnin riskit:\n- Vape\n\nMikä raapii:\n- Uni{THEME}")
    assert [(b.section, b.text) for b in card.joys] == [("Hyvä arki", "Halli")]
    assert [(b.section, b.text) for b in card.concerns] == [("Hyvinvoinnin riskit", "Vape"), ("Mikä raapii", "Uni")]
    assert list(card.warnings()) == []


def test_lists_before_the_first_known_heading(read):
    card = read(
        f"Kuntakortti 2024\n\nTyöryhmä\n- Liisa\n- Matti\n\nKortti on luonnos.\n- Irrallinen\n\nHuolet\n- Vape{THEME}"
    )
    assert texts(card.concerns) == ["Vape"]
    assert [told.partition(". ")[0] for told in card.warnings()] == [
        "rivi 3: otsikkoa ”Työryhmä” ei tunneta; sen alta 2 kohtaa jäi lukematta",
        "rivi 8: yksi kohta jäi lukematta, koska yläpuolella ei ole tunnettua otsikkoa",
    ]


def test_paragraphs_before_the_first_known_heading_where_concerns_are_missing(read):
    card = read(f"Kuntakortti 2024\n\nYksi\n\nKaksi\n\nKolme{THEME}")
    assert next(card.warnings()).startswith("rivi 1: 4 ensimmäiseltä riviltä ei luettu kohtia")


@pytest.mark.parametrize("head", ["Mikä raapii", "Kylien sävelet", "Missä mennään ensi vuonna?"])
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_among_actions_it_ends_the_bullet_above(read, head, gap):
    card = read(f"Huolet\n- Vape{THEME}- Perustettu kerho{gap}{head}\n- Avattu ovi\n")
    assert texts(card.actions) == ["Kerrottu avusta", "Perustettu kerho", "Avattu ovi"]
    [told] = card.warnings()
    assert f"otsikkoa ”{head}” ei tunneta; sen alla olevat toimet luettiin edellisen otsikon alle" in told


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("Järjestetty ilta seurakunnan", "Perheneuvonnan kanssa"),
        ("Mukana olivat Martat ja", "Lions"),
        ("Kutsuttu mukaan 4H,", "Martat"),
        ("Kyselty asukkailta, mikä raapii", "mikä kutittaa"),
        ("Kotitreeni 75+: tuolilta nousut, portaat, soitot viikoittain kaikille.", "Mittari: SPPB"),
    ],
)
def test_wrapped_lines_go_on(read, above, line):
    card = read(f"Huolet\n- Vape{THEME}- {above}\n{line}\n- Avattu ovi\n")
    assert texts(card.actions) == ["Kerrottu avusta", f"{above} {line}", "Avattu ovi"]
    assert list(card.warnings()) == []


def test_an_unknown_theme_is_none(read):
    card = read(f"Huolet\n- Vape{THEME}\nKylien sävelet\n\nOsaaminen\n- Koulutettu väki\n")
    assert [(a.stated_theme, a.category, a.text) for a in card.actions] == [
        ("mieli", "viestinta", "Kerrottu avusta"),
        (None, "osaaminen", "Koulutettu väki"),
    ]
    [told] = card.warnings()
    assert told.startswith("rivi 9: otsikkoa ”Kylien sävelet” ei tunneta; sen alla olevat toimet jäivät ilman teemaa")


def test_themes_that_are_all_unknown_are_told_of(read):
    card = read("Ilot\n- Halli\n\nHuolet\n- Vape\n\nKylien sävelet\n- Avattu ovi\n")
    assert card.actions == ()
    assert next(card.warnings()).startswith("rivi 7: otsikkoa ”Kylien sävelet” ei tunneta; sen alla oleva luettelo")


@pytest.mark.parametrize("known", ["Huolen aiheet", "Ilon aiheet"])
@pytest.mark.parametrize("first", [True, False])
def test_the_other_one_of_two_columns(analyser, known, first):
    out = Paragraphs("kortti")
    table = out.table()
    unknown = "Kylien sävelet"
    for row, cells in enumerate([(known, unknown) if first else (unknown, known), ("Yksi", "Kaksi")]):
        for column, text in enumerate(cells):
            with out.cell(table, row, column):
                out.add(text)
    card = card_of(out.document, "kortti", analyser)
    told = next(card.warnings())
    assert "otsikkoa ”Kylien sävelet” ei tunneta" in told
    assert "viereinen palsta" in told
    columns = (card.joys, card.concerns) if (known == "Ilon aiheet") == first else (card.concerns, card.joys)
    assert (texts(columns[0]), texts(columns[1])) == (["Yksi"], ["Kaksi"])
