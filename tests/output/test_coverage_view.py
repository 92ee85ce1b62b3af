"""Coverage on the screen and as Markdown."""

from __future__ import annotations

import csv

import pytest

from hytenlp.batch import cover_records
from hytenlp.output.coverage_view import CSV_COLUMNS, flat_rows, markdown, table
from hytenlp.output.tables import write_rows
from hytenlp.vocabulary.concepts import Vocabulary
from tests.output.report.conftest import make, pohjala


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary.load()


@pytest.fixture(scope="module")
def unnamed():
    return [record for record in pohjala() if record.kind == "concern" and not record.concerns]


def test_markdown_has_the_result_a_table_and_every_concern(vocabulary, unnamed):
    text = markdown(cover_records(pohjala()), unnamed, vocabulary)
    assert "**5 huolta: 1 katettu, 1 osittain, 1 vain suunniteltu, 2 aukkoa**" in text
    assert "| AUKKO | Jengiytyminen | 0 | 0 | 0 |" in text
    assert (
        "Huolia luettiin 6 kohdasta. 1 kohdan aihetta ei tunnistettu: arvioi se itse. 1 aukkoon on mahdollinen" in text
    )
    gaps = {part.split("\n")[0]: part for part in text.split("\n## ")}
    assert "Mikään kortin toimi ei vastaa" in gaps["AUKKO: Jengiytyminen (Nuorisorikollisuus ja häiriöt)"]
    assert "Varmaa vastausta ei löytynyt." in gaps["AUKKO: Rahapelaaminen (Pelihaitat)"]
    assert "* Puhuttu päihteistä. *(sanat: ”päihteistä”; aihe: Päihteiden käyttö)*" in text
    assert (
        "* Mahdollinen: Kerrottu vanhemmille kukkarosta, joka tyhjenee ruudun ääressä. *(mallin sanat: ”kukkarosta”)*"
        in text
    )
    assert text.rstrip().endswith("* Säiden vaihtelu. (Pohjala)")


def test_markdown_without_concerns_says_so(vocabulary):
    assert markdown([], [], vocabulary) == "Yhtään tunnettua huolta ei löytynyt.\n"


def test_markdown_escapes_what_a_card_says(vocabulary):
    hostile = "jengit <img src=x> [a](javascript:b) | # **c** &amp;\n# d"
    text = markdown(cover_records([make("concern", hostile, concerns=("jengit",), municipality="<b>")]), [], vocabulary)
    assert r"> jengit \<img src=x\> \[a\](javascript:b) \| \# \*\*c\*\* \&amp; \# d" in text
    assert "# \\<b\\> 2024" in text


@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_no_color_is_respected(vocabulary, unnamed, monkeypatch, variables, coloured):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    shown = table(cover_records(pohjala()), unnamed, vocabulary, to_terminal=True)
    assert ("\x1b[1;31m" in shown) is coloured
    assert "AUKKO" in shown


def test_a_file_has_no_colours(vocabulary, unnamed):
    shown = table(cover_records(pohjala()), unnamed, vocabulary, to_terminal=False)
    assert "\x1b" not in shown
    assert "mallin sanat: ”kukkarosta”" in " ".join(shown.replace("│", " ").split())


def test_lists_of_flat_rows_can_be_cut_apart(tmp_path):
    texts = ("Vape-tunti | koulu", "=Vape / opas")
    bullets = [make("concern", "Vapettaminen.", concerns=("vape",)), make("concern", "Vape|et", concerns=("vape",))]
    bullets += [make("action", text, concerns=("vape",)) for text in texts]
    write_rows(flat_rows(cover_records(bullets)), CSV_COLUMNS, tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["concern_texts"].split("|") == ["Vapettaminen.", "Vape¦et"]
    assert row["actions"].split("|") == ["Vape-tunti ¦ koulu", "=Vape / opas"]
    assert len(row["actions_ids"].split("|")) == 2
    assert row["planned"] == row["planned_ids"] == row["reasons"] == ""
