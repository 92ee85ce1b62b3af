"""Layouts in small: one trap of PDF exports and editors a test."""

from __future__ import annotations

import unicodedata

import pytest

from hytenlp.cards.card import Action, Card
from hytenlp.cards.lines import keeps_hyphen, split_lines
from hytenlp.errors import InputError
from tests.cards.conftest import texts


def test_headings_in_other_words(read):
    card = read(
        "Kuntakortti Pohjala 2025\n\nMissä onnistuimme\n- Seurat toimivat.\n\nMikä huolettaa\n- Vapettaminen lisääntyy.\n\n"
        "Toteutetut toimet 2025\n\nMielenterveyden tukeminen\n- Avattu kuunteluhuone.\n\nTurvallisuus arjessa\n- Uusittu suojatiet.\n"
    )
    assert texts(card.joys) == ["Seurat toimivat."]
    assert texts(card.concerns) == ["Vapettaminen lisääntyy."]
    assert [(a.stated_theme, a.category, a.text) for a in card.actions] == [
        ("mieli", None, "Avattu kuunteluhuone."),
        ("turvallisuus", None, "Uusittu suojatiet."),
    ]


@pytest.mark.parametrize("glyph", ["▫", "•", "-", "–", "*", "\uf0b7", "►", "○"])
def test_glyphs(read, glyph):
    card = read(f"Huolen aiheet\n{glyph} Ensimmäinen huoli,\njoka jatkuu.\n{glyph} Toinen huoli.\n")
    assert texts(card.concerns) == ["Ensimmäinen huoli, joka jatkuu.", "Toinen huoli."]


def test_numbered_bullets_and_numbers_in_prose(read):
    card = read("Huolen aiheet\n1. Avustukset pienenivät vuonna\n2023 ja edelleen.\n2. Kerhoja on vain\n3 kpl.\n")
    assert texts(card.concerns) == ["Avustukset pienenivät vuonna 2023 ja edelleen.", "Kerhoja on vain 3 kpl."]


def test_two_columns_one_after_the_other(read):
    card = read(
        "Ilon aiheet  Huolen aiheet\n\nKuntalaiset:\n- Ilo yksi.\nTyö:\n- Ilo kaksi.\n\nKuntalaiset:\n- Huoli yksi.\nTyö:\n- Huoli kaksi.\n"
    )
    assert [(j.section, j.text) for j in card.joys] == [("Kuntalaiset", "Ilo yksi."), ("Työ", "Ilo kaksi.")]
    assert [(c.section, c.text) for c in card.concerns] == [("Kuntalaiset", "Huoli yksi."), ("Työ", "Huoli kaksi.")]


def test_footer_and_page_number_inside_a_bullet(read):
    card = read(
        "Huolen aiheet\n• Nuorten yksinäisyys on\n\nPohjalan kunta – kuntakortti 2024 – sivu 1\n\f\nlisääntynyt kylissä.\n"
        "• Toinen.\nPohjalan kunta – kuntakortti 2024 – sivu 2\n\f• Kolmas.\n12\n"
    )
    assert texts(card.concerns) == ["Nuorten yksinäisyys on lisääntynyt kylissä.", "Toinen.", "Kolmas."]
    assert [c.page for c in card.concerns] == [1, 2, 3]


@pytest.mark.parametrize("number", ["", "   {} (3)", "  Sivu 1"])
@pytest.mark.parametrize("feed", ["", "\f"])
def test_header_of_two_lines_on_every_page(read, number, feed):
    head = "KUUSILAN KUNTA\nHYTE-KORTTI 2023" + number + "\n\n"
    card = read(
        head.format(1)
        + "ILONAIHEET\n– Lavalla tanssittiin\n\n"
        + feed
        + head.format(2)
        + "MIELEN HYVINVOINTI\nVIESTINTÄ\n"
        "– Juttu lehdessä\n\n" + feed + head.format(3) + "– Esite jaettu\n"
    )
    assert (card.municipality, card.year) == ("Kuusila", 2023)
    assert texts(card.joys) == ["Lavalla tanssittiin"]
    assert [(a.category, a.text) for a in card.actions] == [
        ("viestinta", "Juttu lehdessä"),
        ("viestinta", "Esite jaettu"),
    ]
    assert not card.unplaced


def test_glyph_on_a_line_of_its_own_belongs_to_the_next_one(read):
    card = read(
        "Huolen aiheet\nKuntalaiset\n\uf0b7\n\nKylätien valot\nsammuvat.\n\nMielen hyvinvointi\nViestintä\n\uf0b7\n\nEsite jaettu.\n"
    )
    assert [(c.section, c.text) for c in card.concerns] == [("Kuntalaiset", "Kylätien valot sammuvat.")]
    assert [(a.category, a.text) for a in card.actions] == [("viestinta", "Esite jaettu.")]


def test_unicode_variants(read):
    text = "Huolen aiheet\r\n\uf0b7 Päih\u00adteiden käyttö\u00a0lisääntyy. Vape\u2011myynti.\r\n"
    card = read(unicodedata.normalize("NFD", text))
    assert texts(card.concerns) == ["Päihteiden käyttö lisääntyy. Vape-myynti."]


def test_markdown_and_nested_bullets(read):
    card = read(
        "# Kuntakortti Pohjala 2024\n\n## Huolet\n\n* Päihteet, erityisesti:\n  * vape\n  * nuuska\n* Yksinäisyys\n\n"
        "## Mielen hyvinvointi\n\n### Viestintä\n\n- **Kuunteluhuone** avattu\n"
    )
    assert texts(card.concerns) == ["Päihteet, erityisesti: vape nuuska", "Yksinäisyys"]
    assert [(a.stated_theme, a.category, a.text) for a in card.actions] == [
        ("mieli", "viestinta", "Kuunteluhuone avattu")
    ]


def test_goals_are_no_bullets(read):
    card = read(
        "Mielen hyvinvointi\n\nKuntalaiset voivat paremmin kuin ennen\n\nKeskeiset hyte-toimet\n\nViestintä:\n- Kerrottu avusta.\n"
        "Arjen turvallisuus\nTavoitteet:\n- Kaatumiset vähenevät\nToimet lähiyhteisöissä:\n- Hiekoitettu.\n"
    )
    assert texts(card.actions) == ["Kerrottu avusta.", "Hiekoitettu."]


BOXED = (
    "Mielen hyvinvointi \n\nOsallisuus: \n- Ensimmäinen. \n\nArjen turvallisuus \n\nViestintä: \n- Toinen. \n\n"
    "Kunnan omat nostot:\n- Mielen nosto.\n{gap}- Kolmas. \nOsaaminen: \n- Neljäs. \n\nKunnan omat nostot:\n- Turvallisuuden nosto.\n"
)


@pytest.mark.parametrize("gap", ["\f", "\n\n\n"], ids=["form feed", "blank lines"])
def test_box_out_of_place_and_resumed_category(read, gap):
    card = read(BOXED.format(gap=gap))
    assert [(a.stated_theme, a.category, a.text) for a in card.actions] == [
        ("mieli", "osallisuus", "Ensimmäinen."),
        ("mieli", "nostot", "Mielen nosto."),
        ("turvallisuus", "viestinta", "Toinen."),
        ("turvallisuus", "viestinta", "Kolmas."),
        ("turvallisuus", "osaaminen", "Neljäs."),
        ("turvallisuus", "nostot", "Turvallisuuden nosto."),
    ]


def test_box_whose_bullet_wraps_interrupts_a_category_that_goes_on(read):
    """White space trails the text around the box, and in the box only the line that wraps."""
    card = read(
        "Arjen turvallisuus \n\nViestintä: \n\n▫ Kerrottu jäistä. \n\nKunnan omat nostot:\n\n▫ Opastettu pyöräilijöitä \n"
        "liikennepuistossa.\n\n\f▫ Jaettu heijastimia kylillä. \n\nOsaaminen: \n\n▫ Opeteltu elvytystä. \n"
    )
    assert [(a.category, a.text) for a in card.actions] == [
        ("viestinta", "Kerrottu jäistä."),
        ("viestinta", "Jaettu heijastimia kylillä."),
        ("nostot", "Opastettu pyöräilijöitä liikennepuistossa."),
        ("osaaminen", "Opeteltu elvytystä."),
    ]


def test_box_belongs_to_a_theme_that_began_on_its_page(read):
    """Not to the one before, which only runs over from the page before."""
    card = read(
        "Mielen hyvinvointi\n\nOsallisuus:\n- Ensimmäinen.\n\fOsaaminen:\n- Toinen.\n\nArjen turvallisuus\n\nViestintä:\n"
        "- Kolmas.\n\nKunnan omat nostot:\n- Nosto.\n\f\nOsaaminen:\n- Neljäs.\n"
    )
    assert [(a.stated_theme, a.category, a.text) for a in card.actions] == [
        ("mieli", "osallisuus", "Ensimmäinen."),
        ("mieli", "osaaminen", "Toinen."),
        ("turvallisuus", "viestinta", "Kolmas."),
        ("turvallisuus", "nostot", "Nosto."),
        ("turvallisuus", "osaaminen", "Neljäs."),
    ]


def test_box_in_place(read):
    card = read(
        "Mielen hyvinvointi\nViestintä:\n- Yksi.\nKunnan omat nostot:\n- Nosto.\n\nArjen turvallisuus\nViestintä:\n- Kaksi.\nKunnan omat nostot:\n- Toinen nosto.\n"
    )
    assert [(a.stated_theme, a.category) for a in card.actions] == [
        ("mieli", "viestinta"),
        ("mieli", "nostot"),
        ("turvallisuus", "viestinta"),
        ("turvallisuus", "nostot"),
    ]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("elämän osa-\nalueilla", "elämän osa-alueilla"),
        ("lasten hyvin-\nvointi", "lasten hyvinvointi"),
        ("lähetetty Wilma-\nviesti", "lähetetty Wilma-viesti"),
        ("tehty päihde-\nja mielenterveystyötä", "tehty päihde- ja mielenterveystyötä"),
        ("tehty HYTE-\ntyötä", "tehty HYTE-työtä"),
        ("Opi ja uskalla -\nhanke", "Opi ja uskalla -hanke"),
        ("ruoka -  \nja juoma", "ruoka - ja juoma"),
    ],
)
def test_hyphens_at_line_ends(read, lines, joined):
    assert texts(read(f"Huolen aiheet\n- {lines}\n").concerns) == [joined]


def test_keeps_hyphen_where_a_vowel_meets_itself():
    assert keeps_hyphen("osa", "alue", lambda word: True)
    assert not keeps_hyphen("hyvin", "vointi", lambda word: True)
    assert keeps_hyphen("some", "juttu", lambda word: False)


def test_numbers_with_gaps(read):
    card = read(
        "Huolen aiheet\n1. Melu\n2. Työpaikat, etenkin nuorten\n10. Roskat\n10. Pimeys\n12. Juhlat alkavat\n24. kesäkuuta\n"
    )
    assert texts(card.concerns) == [
        "Melu",
        "Työpaikat, etenkin nuorten",
        "Roskat",
        "Pimeys",
        "Juhlat alkavat 24. kesäkuuta",
    ]


def test_osallisuus_right_under_a_theme_is_its_category(read):
    card = read("Mielen hyvinvointi\nOsallisuus\n- Yksi.\nArjen turvallisuus\n\n- Kaksi.\n")
    assert [(a.stated_theme, a.category) for a in card.actions] == [("mieli", "osallisuus"), ("turvallisuus", None)]


def test_osallisuus_among_themes_with_bullets_of_their_own_is_one(read):
    card = read("Mielen hyvinvointi\n\n- Yksi.\n\nOsallisuus\n\n- Kaksi.\n\nArjen turvallisuus\n\n- Kolme.\n")
    assert [(a.stated_theme, a.category, a.text) for a in card.actions] == [
        ("mieli", None, "Yksi."),
        ("osallisuus", None, "Kaksi."),
        ("turvallisuus", None, "Kolme."),
    ]
    assert not card.unplaced


def test_text_that_belongs_nowhere_is_reported(read):
    card = read("Huolen aiheet\n- Huoli.\n\nLisätietoja antaa hyvinvointisuunnittelija.\n")
    assert texts(card.concerns) == ["Huoli."]
    assert [(u.text, u.line) for u in card.unplaced] == [("Lisätietoja antaa hyvinvointisuunnittelija.", 4)]


def test_no_section_is_an_error_that_says_what_was_looked_for(read):
    with pytest.raises(InputError, match=r"kortti\.txt: kortin osioita ei löytynyt.*Huolen aiheet"):
        read("Pöytäkirja\n\nKokous avattiin kello 12.\n")


def test_blank_lines_are_counted():
    lines = split_lines("a\n\n\n\nb\n")
    assert [(line.text, line.number, line.blanks, line.after_gap) for line in lines] == [
        ("a", 1, 0, False),
        ("b", 5, 3, True),
    ]


def test_a_card_without_concerns_is_told_about():
    card = Card("Kuusilampi", 2024, "k.txt", actions=(Action("mieli", None, "Perhekahvila avattiin.", 1, 1),))
    assert [warning.split(".")[0] for warning in card.warnings()] == ["asiakirjasta ei löytynyt yhtään huolta"]
