"""Headers by name, in three languages."""

from __future__ import annotations

import pytest

from hytenlp.errors import InputError
from hytenlp.tables.columns import data, find_roles, find_text_column
from hytenlp.tables.sheet import column_names, find_header

FINNISH = ("Tunniste", "Kunta", "Vuosi", "Osio", "Teema", "Kategoria", "Toimenpide")
SWEDISH = ("Identifierare", "Kommun", "År", "Avsnitt", "Tema", "Kategori", "Åtgärd")
ENGLISH = ("ID", "Municipality", "Year", "Kind", "stated_theme", "category", "Description")
ROLES = ("id", "municipality", "year", "kind", "stated_theme", "category", "text")


@pytest.mark.parametrize("columns", [FINNISH, SWEDISH, ENGLISH])
def test_all_columns_in_three_languages(columns):
    assert find_roles(columns) == dict(zip(ROLES, columns, strict=True))


@pytest.mark.parametrize(
    "name", ["TEKSTI", " teksti ", "Teksti:", "Teksti (pakollinen)", "teksti*", "toimen_kuvaus", "Toimen kuvaus"]
)
def test_names_are_compared_without_what_people_write_differently(name):
    assert find_roles([name])["text"] == name


def test_headers_in_two_languages():
    columns = ["Toimenpide / Åtgärd", "Kunta – Kommun", "År\nVuosi", "Ilo/Huoli/Toimi", "Kunta/Vuosi"]
    assert find_roles(columns) == {
        "text": columns[0],
        "municipality": columns[1],
        "year": columns[2],
        "kind": columns[3],
    }


def test_the_programs_own_names_win():
    assert find_roles(["Osio", "kind", "Kuvaus", "text", "Kunta", "municipality"]) == {
        "kind": "kind", "text": "text", "municipality": "municipality",
    }  # fmt: skip


def test_the_order_of_text_columns():
    assert find_roles(["Toimenpide", "Kuvaus", "Teksti"])["text"] == "Teksti"
    assert find_roles(["Toimenpide", "Kuvaus"])["text"] == "Kuvaus"


def test_no_name_means_two_columns():
    for role, names in data()["columns"].items():
        for other, others in data()["columns"].items():
            assert role == other or not set(names) & set(others)


def test_a_wanted_column():
    assert find_roles(["a", "text"], "a")["text"] == "a"
    assert find_roles(["Oma Sarake", "text"], "oma sarake")["text"] == "Oma Sarake"
    assert "text" not in find_roles(["text"], "a")
    with pytest.raises(InputError, match=r"ei ole saraketta 'a'\. Sarakkeet: text"):
        find_text_column(["text"], "a", "t.csv")
    with pytest.raises(InputError, match=r"t\.csv: tekstisaraketta ei löytynyt .*--text-column"):
        find_text_column(["x", "y"], None, "t.csv")


def test_a_header_below_titles():
    rows = [
        ["Kuntakortti Kemi"],
        [],
        ["Toimenpiteet", ""],
        ["Osio", "Toimenpide", "Teema"],
        ["Toimi", "Toimenpide", "x"],
    ]
    header = find_header(rows, None)
    assert (header.index, header.columns, header.titles) == (
        3,
        ("Osio", "Toimenpide", "Teema"),
        ("Kuntakortti Kemi", "Toimenpiteet"),
    )
    assert find_header([["a", "b"], ["1", "2"]], None) is None


def test_columns_have_a_name_each():
    assert column_names(["a", None, "a", "", "b", "", None]) == ("a", "sarake_2", "a_2", "sarake_4", "b")
    assert column_names(["a", "a", "a_2", "sarake_5", "", "c"]) == ("a", "a_3", "a_2", "sarake_5", "sarake_5_2", "c")
