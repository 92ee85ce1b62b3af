"""Ids of rows: made ones are unique in a run and the same in every run; kept ones stay, and those that stand twice are told about."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from hytenlp.inputs import Problems, items_of, outside_concerns
from hytenlp.tables import ids


@pytest.fixture
def table(tmp_path):
    """Writes a table."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return write


@pytest.fixture
def run(analyser):
    """The ids of tables that one run reads, and what it tells."""

    def read(*paths: Path) -> tuple[list[list[str]], list[str]]:
        told: list[str] = []
        problems = Problems(told.append)
        return [[item.id for item in items_of(path, analyser, problems, None, None)] for path in paths], told

    return read


PLAIN = "teksti\na\nb\nb\n"


def test_made_ids_are_unique_and_depend_on_their_table_alone(table, run, tmp_path):
    one, two = table("a.csv", PLAIN), table("b.csv", PLAIN)
    (first, second), told = run(one, two)
    assert not told
    assert len({*first, *second}) == 6
    assert [each.split("-")[0] for each in first] == ["1", "2", "3"]
    assert run(two, one)[0] == [second, first]
    assert run(two)[0] == [second]
    assert run(table("muualla/a.csv", PLAIN))[0] == [first]  # not where the file lies


def test_copies_of_a_table_in_one_run_have_ids_of_their_own(table, run):
    (first, second), told = run(table("1/t.csv", PLAIN), table("2/t.csv", PLAIN))
    assert not told
    assert second == [f"{one}.2" for one in first]


def test_sheets_have_ids_of_their_own(tmp_path, run):
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("B")):
        sheet.append(["teksti"])
        sheet.append(["a"])
    book.save(tmp_path / "t.xlsx")
    (found,), _ = run(tmp_path / "t.xlsx")
    assert len(set(found)) == 2


def test_made_ids_make_way_for_kept_ones(table, run):
    plain = table("a.csv", PLAIN)
    (made,), _ = run(plain)
    (kept, others), told = run(table("b.csv", f"id;teksti\n{made[1]};x\n ;y\n"), plain)
    assert kept[0] == made[1]
    assert kept[1].startswith("2-")
    assert others == [made[0], f"{made[1]}.2", made[2]]
    assert not told


def test_kept_ids_stay_and_are_told_about_once_a_pair(table, run):
    one, two = table("a.csv", "id;teksti\nx;a\ny;b\nx;c\n"), table("b.csv", "id;teksti\ny;a\nx;b\nz;c\n")
    found, told = run(one, two)
    assert found == [["x", "y", "x"], ["y", "x", "z"]]
    assert [line.split(" (")[0] for line in told] == [
        f"huomaa: {one}: rivejä, joiden tunniste on jo aiemmalla rivillä: 1",
        f"huomaa: {two}: rivejä, joiden tunniste on myös tiedostossa {one}: 2",
    ]


def test_a_list_of_concerns_beside_a_table_is_no_rival(table, run, analyser):
    problems = Problems(pytest.fail)
    rows = table("a.csv", "id;teksti\n1;a\n")
    list(items_of(rows, analyser, problems, None, None))
    assert [[item.id for item in asked] for asked in outside_concerns(rows, analyser, problems)] == [["1"]]


def test_memory_is_bounded(table, run, monkeypatch):
    monkeypatch.setattr(ids, "_MOST", 2)
    found, told = run(table("a.csv", "id;teksti\nx;a\ny;b\nz;c\nz;d\nx;e\n"), table("b.csv", PLAIN))
    assert found[0] == ["x", "y", "z", "z", "x"]
    assert [("vain 2" in line, "aiemmalla rivillä: 1" in line) for line in told] == [(False, True), (True, False)]
