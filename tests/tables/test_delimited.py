"""CSV and TSV: delimiters, quotes, encodings, and rows that are not as they should be."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hytenlp.errors import InputError
from hytenlp.tables import encoding
from hytenlp.tables.delimited import read_delimited
from hytenlp.tables.trouble import Trouble

ROWS = [["id", "teksti", "muu"], ["1", "Päihteet; huumeet, vape", "å"], ["2", 'Hän sanoi "ei"\ntoisella rivillä', ""]]


def written(delimiter: str, end: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(ROWS)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ["t.csv", "t.tsv"])
def test_delimiters(read, delimiter, end, name):
    found = read(written(delimiter, end), name)
    assert found.texts == [ROWS[1][1], ROWS[2][1]]
    assert [item.extra for item in found.items] == [{"muu": "å"}, {"muu": ""}]
    assert [item.id for item in found.items] == ["1", "2"]
    assert not found.told


def test_one_column_keeps_its_commas(read):
    found = read('teksti\nA, b; c\n"D, e"\n\'f\n')
    assert found.texts == ["A, b; c", "D, e", "'f"]
    assert not found.told


@pytest.mark.parametrize(
    ("codec", "told"),
    [("utf-8", 0), ("utf-8-sig", 0), ("utf-16", 0), ("utf-16-le", 0), ("utf-16-be", 0), ("cp1252", 1)],
)
def test_encodings(read, codec, told):
    text = "teksti;kunta\n–Päihteet – ”lisää”;Heinävesi\nToinen rivi, jossa on enemmän sanoja;Ähtäri\n"
    found = read(text.encode(codec))
    assert found.texts == ["–Päihteet – ”lisää”", "Toinen rivi, jossa on enemmän sanoja"]
    assert len(found.told) == told
    assert all("Windows-1252" in line for line in found.told)
    assert found.errors == 0


def test_a_line_of_windows_1252_among_utf_8(read):
    found = read("teksti\nPäivä\nYötä\n".encode() + "Älä\n".encode("cp1252") + "Öisin\n".encode())
    assert found.texts == ["Päivä", "Yötä", "Älä", "Öisin"]
    assert "rivi 4 ei ole UTF-8-merkistöä (tällaisia rivejä: 1)" in found.told[0]


@pytest.mark.parametrize("data", ["teksti\nPäihteet\n".encode("cp850"), "teksti\nPäihteet yöllä\n".encode("mac-roman")])
def test_an_unknown_encoding_is_refused(read, data):
    with pytest.raises(InputError, match="rivi 2: merkistöä ei tunnistettu"):
        read(data)


def test_a_title_above_the_header_names_the_card(read):
    found = read("sep=;\nKuntakortti Kemi 2024;;\n;;\nOsio;Toimenpide;Teema\nHuolet;Päihteet.;\n")
    (item,) = found.items
    assert (item.municipality, item.year, item.kind, item.text) == ("Kemi", 2024, "concern", "Päihteet.")


def test_the_file_name_names_the_card(read):
    found = read("teksti\nx\n", "hyte-hyvinkaa-2023.csv")
    assert (found.items[0].municipality, found.items[0].year) == ("Hyvinkää", 2023)


@pytest.mark.parametrize(
    ("bad", "after"),
    [
        ('2;"Avoin lainaus;x\n', '3;"Kunnossa";y\n4;Neljäs;z\n'),  # closed by a later quotation mark
        ('2;"Avoin lainaus;x\n', "3;Kunnossa;y\n4;Neljäs;z\n"),  # never closed
        ('2;"Avoin lainaus;x\n', '3;"Kunnossa";"y"\n4;"Neljäs";"z"\n'),
    ],
)
def test_a_stray_quotation_mark_costs_no_row(read, bad, after):
    found = read(f"id;teksti;muu\n1;Ensin;w\n{bad}{after}")
    assert [item.id for item in found.items] == ["1", "2", "3", "4"]
    assert found.texts == ["Ensin", '"Avoin lainaus', "Kunnossa", "Neljäs"]
    assert len(found.told) == 1
    assert "rivi 3" in found.told[0]
    assert found.errors == 0


def test_cells_beyond_the_columns_are_told_about(read):
    found = read("id;teksti\n1;a;;\n2;b;c\n3;d\n4\n")
    assert found.texts == ["a", "b", "d", ""]
    told, without_text = found.told
    assert "rivi 3" in told
    assert "ylimääräiset" in told
    assert "rivi 5" in without_text


def test_a_text_that_is_too_long_costs_no_other_row(read):
    found = read(f"teksti\na\n{'b' * 100_001}\nc\n")
    assert found.texts == ["a", "c"]
    assert "rivi 3: teksti on liian pitkä" in found.told[0]
    assert found.errors == 1


def test_a_line_that_is_too_long_costs_no_other_row(read, monkeypatch):
    monkeypatch.setattr(encoding, "MAX_LINE", 1000)
    found = read(f"teksti\na\n{'b' * 2500}\nc\n")
    assert found.texts == ["a", "c"]
    assert "rivi 3: rivi on liian pitkä" in found.told[0]


def test_many_faults_are_counted(read):
    found = read("nro;teksti\n" + "1;a;b\n" * 1000)
    assert len(found.items) == 1000
    assert len(found.told) == 21
    assert "muita tällaisia huomautuksia riveistä: 980" in found.told[-1]


def test_a_file_full_of_faults_is_read_in_time(read):
    found = read("id;teksti\n" + 'x";"y\n' * 30_000)  # a quotation mark that each line opens anew
    assert len(found.items) == 30_000


def test_too_many_columns(read):
    with pytest.raises(InputError, match="liikaa sarakkeita"):
        read("teksti;" + "a;" * 20_000 + "b\n1\n")


def test_empty_tables(read):
    assert "ei ole yhtään riviä" in read("teksti;muu\n").told[0]
    with pytest.raises(InputError, match="tiedosto on tyhjä"):
        read(b"")
    for blank in ("\n\n", "\ufeff", " \r\n\t\n"):
        with pytest.raises(InputError, match="tiedosto on tyhjä"):
            read(blank)
    with pytest.raises(InputError, match="tekstisaraketta ei löytynyt"):
        read("a;b\n1;2\n")


def test_a_stray_zero_byte_costs_no_row(read):
    found = read("id;teksti\n1;kirj\0astossa\n2;yöllä\n" + "3;päivällä\n" * 500 + "4;\0loppu\n")
    assert found.texts == ["kirjastossa", "yöllä", *["päivällä"] * 500, "loppu"]
    assert [line.split(": ", 2)[2] for line in found.told if "nollatavuja" in line] == [
        f"rivi {row}: rivillä on nollatavuja, ja ne jätettiin pois. Tarkista rivi." for row in (2, 504)
    ]


def test_utf_32(read):
    assert read("id;teksti\n1;yöllä\n".encode("utf-32")).texts == ["yöllä"]


def test_an_excel_file_by_a_wrong_name(read):
    with pytest.raises(InputError, match=r"on Excel-tiedosto, vaikka nimi päättyy .csv"):
        read(b"PK\x03\x04....")


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x1f\r\0\ufeff"), max_size=12)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CELLS, CELLS), max_size=6), st.sampled_from(";,\t|"))
def test_what_a_csv_writer_writes_is_read_back(tmp_path, rows, delimiter):
    path = tmp_path / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([("teksti", "muu"), *rows])
    told: list[str] = []
    trouble = Trouble("t.csv", told.append, lambda _source, line: told.append(line))
    (sheet,) = ([*sheet.rows] for sheet in read_delimited(path, None, trouble))
    assert [tuple(row.values()) for _, row in sheet] == rows
    assert not told
