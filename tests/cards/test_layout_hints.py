"""What boxes, columns and cells mean to the layout, whatever document they come from."""

from __future__ import annotations

import pytest

from hytenlp.cards.paragraphs import Paragraphs
from hytenlp.cards.reader import card_of


@pytest.fixture
def out():
    return Paragraphs("kortti")


@pytest.fixture
def actions(out, analyser):
    return lambda: [(a.stated_theme, a.category, a.text) for a in card_of(out.document, "kortti", analyser).actions]


def theme(out, *bullets, name="Mielen hyvinvointi", category="Viestintä:"):
    out.add(name, 1)
    out.add(category, 2)
    for bullet in bullets:
        out.add(bullet, marker="•")


def fill(out, *rows, marker=""):
    """A table of rows; a cell of several paragraphs is a tuple, and its paragraphs have the marker."""
    table = out.table()
    for r, row in enumerate(rows):
        for column, said in enumerate(row):
            with out.cell(table, r, column):
                for text in (said,) if isinstance(said, str) else said:
                    out.add(text, marker="" if isinstance(said, str) else marker)


def test_text_goes_on_after_a_box_where_it_was_left(out, actions):
    theme(out, "Ennen laatikkoa")
    with out.box():
        out.add("Kunnan omat nostot:")
        out.add("Nosto", marker="▫")
    out.add("Laatikon jälkeen", marker="•")
    assert actions() == [
        ("mieli", "viestinta", "Ennen laatikkoa"),
        ("mieli", "viestinta", "Laatikon jälkeen"),
        ("mieli", "nostot", "Nosto"),
    ]


def test_box_with_a_theme_of_its_own_is_no_aside(out, actions):
    with out.box():
        theme(out, "Yksi")
    with out.box():
        theme(out, "Kaksi", name="Arjen turvallisuus")
    out.add("Kolme", marker="•")
    assert actions()[1:] == [("turvallisuus", "viestinta", "Kaksi"), ("turvallisuus", "viestinta", "Kolme")]


def test_columns_of_a_table_are_named_by_its_head(out, actions):
    rows = [
        ("Teema", "Tavoite", "Toimenpiteet", "Vastuutaho", "Mittari"),
        ("Mielen hyvinvointi", "Jokainen saa apua", "Avattu ryhmä", "Sivistystoimi", "Kävijät"),
        ("", "Kiusaaminen vähenee", "Koulutettu opettajat", "Koulut", "Kysely"),
        ("Arjen turvallisuus", "", "Hiekoitettu tiet", "Tekninen toimi", "Tapaturmat"),
    ]
    fill(out, *rows)
    assert actions() == [
        ("mieli", None, "Avattu ryhmä"),
        ("mieli", None, "Koulutettu opettajat"),
        ("turvallisuus", None, "Hiekoitettu tiet"),
    ]


def test_joys_and_concerns_in_a_table_with_labelled_rows(out, analyser):
    rows = [
        ("", "Ilon aiheet", "Huolen aiheet"),
        ("Kuntalaiset", "Ilo yksi", "Huoli yksi"),
        ("Hyte-työ", "Ilo kaksi", "Huoli kaksi"),
    ]
    fill(out, *rows)
    card = card_of(out.document, "kortti", analyser)
    assert [(b.section, b.text) for b in card.joys] == [("Kuntalaiset", "Ilo yksi"), ("Hyte-työ", "Ilo kaksi")]
    assert [(b.section, b.text) for b in card.concerns] == [("Kuntalaiset", "Huoli yksi"), ("Hyte-työ", "Huoli kaksi")]


@pytest.mark.parametrize("marker", ["", "–"])
def test_label_of_a_row_says_more_than_the_head_of_a_column(out, analyser, marker):
    fill(
        out,
        ("Teema", "Toimenpiteet"),
        ("Ilon aiheet", ("Uimaranta saatiin kuntoon.", "Kuoro juhli.")),
        ("Huolen aiheet", ("Lähikauppa suljettiin.",)),
        ("Mielen hyvinvointi", ("Avattu olohuone.", "Palkattu psykologi.")),
        ("Arjen turvallisuus", ("Valaistu polku.",)),
        marker=marker,
    )
    card = card_of(out.document, "kortti", analyser)
    assert [b.text for b in card.joys] == ["Uimaranta saatiin kuntoon.", "Kuoro juhli."]
    assert [b.text for b in card.concerns] == ["Lähikauppa suljettiin."]
    assert [(a.stated_theme, a.text) for a in card.actions] == [
        ("mieli", "Avattu olohuone."),
        ("mieli", "Palkattu psykologi."),
        ("turvallisuus", "Valaistu polku."),
    ]


def test_second_column_of_labels_names_categories(out, actions):
    fill(
        out,
        ("Teema", "Osa-alue", "Toimenpide"),
        ("Mielen hyvinvointi", "Osallisuus", "Kuultu nuoria"),
        ("Arjen turvallisuus", "Osallisuus", "Kierretty suojatiet"),
    )
    assert actions() == [
        ("mieli", "osallisuus", "Kuultu nuoria"),
        ("turvallisuus", "osallisuus", "Kierretty suojatiet"),
    ]


def test_two_columns_under_one_heading(out, analyser):
    out.add("Ilon aiheet   Huolen aiheet", 1)
    columns = out.table()
    for column, text in enumerate(("Ilo", "Huoli")):
        with out.cell(columns, 0, column):
            out.add(text, marker="•")
    card = card_of(out.document, "kortti", analyser)
    assert [b.text for b in card.joys] == ["Ilo"]
    assert [b.text for b in card.concerns] == ["Huoli"]


def test_paragraphs_without_glyphs_are_bullets_of_their_own(out, actions):
    out.add("Mielen hyvinvointi", 1)
    out.add("Avattu ryhmä nuorille")
    out.add("Koulutettu opettajat")
    assert [text for *_, text in actions()] == ["Avattu ryhmä nuorille", "Koulutettu opettajat"]


def test_every_line_is_told_what_it_was_taken_for(out, analyser):
    from hytenlp.cards.headings import HeadingReader
    from hytenlp.cards.layout import lay_out
    from hytenlp.output.reading_view import reading_text

    out.add("Kuntakortti Pohjala 2024", 1)
    out.add("Huolen aiheet", 1)
    out.add("Kuntalaiset", 2)
    out.add("Huoli,\njoka jatkuu", marker="•")
    out.add("Irrallinen lause.")
    theme(out, "Toimi")
    content = lay_out(out.document.lines, HeadingReader(analyser), analyser.knows)
    assert [one.what for one in content.taken] == [
        "title", "part", "section", "bullet", "continuation", "unplaced", "theme", "category", "bullet",
    ]  # fmt: skip
    shown = reading_text("kortti.docx", content.taken).splitlines()
    assert "huolen aihe / Kuntalaiset" in shown[4]
    assert "EI SIJOITETTU" in shown[6]
    assert "teema: Mielen hyvinvointi" in shown[7]
    assert "toimi / Mielen hyvinvointi / Viestintä" in shown[9]
