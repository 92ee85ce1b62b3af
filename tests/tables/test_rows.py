"""What rows and labels mean: kinds, themes, categories, years, municipalities; and what is passed on."""

from __future__ import annotations

import pytest

from hytenlp.batch import classify_item, cover_records
from hytenlp.tables.labels import Labels


@pytest.fixture(scope="module")
def labels(analyser):
    return Labels(analyser)


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (
            "joy",
            ["joy", "Ilo", "Ilot", "ilon aiheet", "ILON AIHEET", "Ilonaiheet:", "glädjeämne", "Glädjeämnen", "joys"],
        ),
        ("concern", ["concern", "Huoli", "Huolet", "huolen aiheet", "Huolenaihe", "bekymmer", "Concerns"]),
        ("action", ["action", "Toimi", "Toimet", "Toimenpide", "toimenpiteet", "åtgärd", "Åtgärder", "Actions"]),
        ("action", ["Keskeiset hyte-toimet", "Mielen hyvinvointi", "Viestintä"]),
    ],
)
def test_kinds(labels, kind, names):
    for name in names:
        assert labels.kind(name) == kind, name


def test_unknown_kinds(labels):
    assert labels.kind("Muu") is None
    assert labels.kind("42") is None


@pytest.mark.parametrize(
    ("theme", "names"),
    [
        ("mieli", ["mieli", "Mielen hyvinvointi", "MIELEN HYVINVOINTI:", "Psykiskt välbefinnande", "Mental wellbeing"]),
        ("osallisuus", ["Osallisuus ja yhteisöllisyys", "osallisuus"]),
        ("turvallisuus", ["Arjen turvallisuus", "Turvallinen arki"]),
        ("elintavat", ["Päihteettömyys ja terveelliset elintavat", "Terveelliset elintavat"]),
    ],
)
def test_themes(labels, theme, names):
    for name in names:
        assert labels.theme(name) == theme, name
    assert labels.theme("Talous") is None


def test_categories(labels):
    assert (
        labels.category("Viestintä") == labels.category("viestinta ja viestintä")
        or labels.category("Viestintä") == "viestinta"
    )
    assert labels.category("Kunnan omat nostot") == "nostot"
    assert labels.category("Muu") is None


def test_the_programs_columns_are_replaced_and_others_kept(read):
    found = read(
        "id;kind;Osio;stated_theme;Teema;category;year;Vuosi;text;Kuvaus\na;huoli;Ilot;Mielen hyvinvointi;x;Viestintä;2024;1999;t;k\n"
    )
    (item,) = found.items
    assert (item.kind, item.stated_theme, item.category, item.year, item.text) == (
        "concern",
        "mieli",
        "viestinta",
        2024,
        "t",
    )
    assert item.extra == {"Osio": "Ilot", "Teema": "x", "Vuosi": "1999", "Kuvaus": "k"}


def test_an_unknown_kind_is_told_about_once(read):
    found = read("Osio;teksti\nSeuranta;a\nSeuranta;b\nHuolet;c\n;d\n")
    assert [item.kind for item in found.items] == ["action", "action", "concern", "action"]
    (told,) = found.told
    assert "rivi 2" in told
    assert "”Seuranta”" in told


def test_a_section_that_is_a_theme(read):
    found = read("Osio;teksti\nMielen hyvinvointi;a\nHuolet;b\n")
    assert [(item.kind, item.stated_theme) for item in found.items] == [("action", "mieli"), ("concern", None)]


def test_only_one_kind(read):
    table = "Osio;teksti\nIlo;a\nHuoli;b\n;c\n"
    assert read(table, kind="concern").texts == ["b", "c"]
    assert read(table, kind="joy").texts == ["a", "c"]
    assert read(table).texts == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        ("2024", 2024),
        ("2024.0", 2024),
        ("31.12.2023", 2023),
        ("vuosi 2022", 2022),
        ("2023–2024", None),
        ("", None),
        ("20245", None),
    ],
)
def test_years(read, cell, year):
    assert read(f"Vuosi;teksti\n{cell};a\n").items[0].year == year


def test_an_own_column_goes_before_the_file_name(read):
    found = read("Kunta;teksti\nPohjala;a\n;b\n", "heinola-2024.csv")
    assert [(item.municipality, item.year) for item in found.items] == [("Pohjala", 2024), (None, 2024)]


def test_coverage_goes_by_municipality_and_year(read):
    rows = (
        "Kunta;Vuosi;Osio;Toimenpide\n"
        "Pohjala;2024;Huolen aiheet;Nuorten vapettaminen.\n"
        "Pohjala;2023;Toimi;Lisätty vape-tietoisuutta oppilaille.\n"
        "Etelälä;2024;Huoli;Nuorten vapettaminen.\n"
        "Etelälä;2024;Toimi;Lisätty vape-tietoisuutta oppilaille.\n"
    )
    verdicts = cover_records([classify_item(item) for item in read(rows).items])
    assert [(v.municipality, v.year, v.concern, v.verdict) for v in verdicts] == [
        ("Pohjala", 2024, "vape", "aukko"),
        ("Etelälä", 2024, "vape", "katettu"),
    ]


def test_a_text_column_alone_is_loose_actions(read):
    found = read("teksti\nJaettu ruoka-apua.\n")
    (item,) = found.items
    assert (item.kind, item.municipality, item.year, item.extra) == ("action", None, None, {})


def test_labels_that_are_no_codes_stay_in_the_programs_own_columns(read):
    found = read("stated_theme;category;text\noma;muu;a\n")
    assert (found.items[0].stated_theme, found.items[0].category) == ("oma", "muu")
    found = read("Teema;Kategoria;text\noma;muu;a\n")
    assert (found.items[0].stated_theme, found.items[0].category) == (None, None)
    assert found.items[0].extra == {"Teema": "oma", "Kategoria": "muu"}


def test_rows_without_a_text_are_counted(read):
    found = read("Osio;teksti;n\nHuoli;a;1\n;  ;2\nHuoli;;3\n;b;4\n")
    assert found.texts == ["a", "  ", "", "b"]
    (told,) = found.told
    assert "2 rivillä ei ole tekstiä (ensimmäinen: rivi 3)" in told
    assert (
        "yhdellä rivillä ei ole tekstiä (rivi 4)"
        in read("Osio;teksti\nHuoli;a\nToimi;\nHuoli;\n", kind="concern").told[0]
    )
    (told,) = read("teksti;n\n;1\n;2\n").told
    assert "kaikki tekstit ovat tyhjiä (rivejä: 2)" in told
