"""What heads the lists of joys and concerns: words, signs and languages, and what only looks so."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from hytenlp.cards.headings import HeadingReader
from hytenlp.cards.lines import make_line
from hytenlp.cards.reader import parse_card

DATA = yaml.safe_load(Path(__file__).with_name("headings.yaml").read_text("utf-8"))
WORDS, HINTS = [[tuple(pair) for pair in DATA[kind]] for kind in ("told_by_words", "told_by_hint")]
THEME = "\nMielen hyvinvointi\n\nViestintä\n- Kerrottu avusta\n"
JOYS, CONCERNS = ["Kesäteatteri", "Uusi halli"], ["Häädöt", "Vape", "Valvominen"]


@pytest.fixture(scope="module")
def headings(analyser):
    return HeadingReader(analyser)


def card_of_pair(analyser, joys, concerns, *, look="{}", gap="\n", name="kortti.txt"):
    lists = [
        f"{look.format(head)}\n{gap}" + "".join(f"- {text}\n" for text in texts) + gap
        for head, texts in ((joys, JOYS), (concerns, CONCERNS))
    ]
    return parse_card(f"Kuntakortti Pohjala 2024\n\n{''.join(lists)}{THEME}", name, analyser)


@pytest.mark.parametrize(("joys", "concerns"), [*WORDS, *HINTS])
@pytest.mark.parametrize("look", ["plain", "tight", "bold"])
def test_lists_are_found(analyser, joys, concerns, look):
    if look == "bold":
        card = card_of_pair(analyser, joys, concerns, look="**{}**", name="kortti.md")
    else:
        card = card_of_pair(analyser, joys, concerns, gap="\n" if look == "plain" else "")
    assert [b.text for b in card.joys] == JOYS
    assert [b.text for b in card.concerns] == CONCERNS
    assert [(a.stated_theme, a.text) for a in card.actions] == [("mieli", "Kerrottu avusta")]
    assert list(card.warnings()) == []


@pytest.mark.parametrize(("joys", "concerns"), [pair for pair in WORDS if pair[0][0] not in "◆"])
def test_words_tell_without_a_place(headings, joys, concerns):
    assert headings(make_line(joys, 1, 1)).roles == ("joys",)
    assert headings(make_line(concerns, 1, 1)).roles == ("concerns",)


@pytest.mark.parametrize(("joys", "concerns"), HINTS)
def test_hints_alone_make_no_heading(headings, joys, concerns):
    assert {headings(make_line(text, 1, 1)) for text in (joys, concerns)} & {None}
    assert (headings.hint(joys), headings.hint(concerns)) == ("joys", "concerns")


@pytest.mark.parametrize("text", DATA["no_headings"])
def test_the_same_words_in_bullets_and_prose(headings, text):
    assert headings(make_line(text, 1, 1)) is None


@pytest.mark.parametrize("text", [text for text in DATA["no_headings"] if not text.endswith(".")])
def test_bullets_without_signs_stay_bullets(analyser, text):
    """Also where a hint would do for a list that is missing."""
    card = parse_card(f"Huolen aiheet\n\nVape\n\n{text}\n\nHäädöt\n{THEME}", "kortti.txt", analyser)
    assert [b.text for b in card.concerns] == ["Vape", text, "Häädöt"]


@pytest.mark.parametrize(
    "names",
    [
        ("MIELEN HYVINVOINTI / PSYKISKT VÄLBEFINNANDE", "ARJEN TURVALLISUUS / TRYGGHET I VARDAGEN"),
        ("Psykiskt välbefinnande", "Trygghet i vardagen"),
        ("Teema 1: Mielen hyvinvointi", "Teema 3: Arjen turvallisuus"),
        ("Mielen hyvinvointi (12 kpl)", "Arjen turvallisuus (4 kpl)"),
        ("★ Mielen hyvinvointi", "★ Arjen turvallisuus"),
        ("I Mielen hyvinvointi", "III Arjen turvallisuus"),
        ("M I E L E N  H Y V I N V O I N T I", "T U R V A L L I S U U S"),
    ],
)
def test_themes_in_the_same_guises(analyser, names):
    text = "Ilot\n- Kesäteatteri\n\nHuolet\n- Vape\n\n" + "".join(f"{name}\n\n- Tehty\n\n" for name in names)
    card = parse_card(text, "kortti.txt", analyser)
    assert [a.stated_theme for a in card.actions] == ["mieli", "turvallisuus"]
    assert [b.text for b in card.concerns] == ["Vape"]


@pytest.mark.parametrize(
    "heads",
    [("Hyvää", "Kehitettävää"), ("Ilot / Glädje", "Huolet / Oro"), ("😀", "😟"), ("Plussat", "Miinukset")],
)
@pytest.mark.parametrize("shape", ["columns", "rows"])
def test_in_the_cells_of_a_table(analyser, heads, shape):
    cells = "<br>".join(JOYS), "<br>".join(CONCERNS)
    rows = [heads, cells] if shape == "columns" else list(zip(heads, cells, strict=True))
    table = "".join(f"| {' | '.join(row)} |\n" for row in [rows[0], ("---", "---"), *rows[1:]])
    card = parse_card(f"# Kuntakortti\n\n{table}\n## Mielen hyvinvointi\n\n- Tehty\n", "kortti.md", analyser)
    assert [b.text for b in card.joys] == [" ".join(JOYS)]
    assert [b.text for b in card.concerns] == [" ".join(CONCERNS)]
