"""The example cards as PDF, Word, OpenDocument and HTML, from several producers, give the reading of their text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import hytenlp
from tests.conftest import ROOT

FIXTURES = sorted((Path(__file__).parent / "fixtures").iterdir())
PARTS = {"joys": ("section", "text"), "concerns": ("section", "text"), "actions": ("stated_theme", "category", "text")}


def bullets(card):
    """Part -> its bullets; actions theme by theme and category by category, since a box may stand before or after others."""
    read = {part: [tuple(b[key] for key in keys) for b in card[part]] for part, keys in PARTS.items()}
    read["actions"].sort(key=lambda action: (str(action[0]), str(action[1])))
    return read


def wanted_of(path):
    return json.loads((ROOT / "corpus" / "cards" / f"{path.name.split('.')[0]}.reading.json").read_text("utf-8"))


#: A hyphen at a line's end is ambiguous where both spellings are words: "vape-oppitunti" and "vapeoppitunti".
AMBIGUOUS = {"vapeoppitunnit": "vape-oppitunnit", "someriippuvuudesta": "some-riippuvuudesta"}


def settled(text):
    for joined, hyphened in AMBIGUOUS.items():
        text = text.replace(joined, hyphened)
    return text


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_document_gives_the_reading_of_its_text(path):
    wanted = wanted_of(path)
    found = hytenlp.read_card(path).to_dict()
    assert (found["municipality"], found["year"]) == (wanted["municipality"], wanted["year"])
    for part in PARTS:
        for bullet in found[part]:
            bullet["text"] = settled(bullet["text"])
    assert bullets(found) == bullets(wanted)


def test_share_of_bullets_read_exactly(capsys):
    exact = total = 0
    for path in FIXTURES:
        wanted, found = bullets(wanted_of(path)), bullets(hytenlp.read_card(path).to_dict())
        for part, expected in wanted.items():
            exact += sum(bullet in found[part] for bullet in expected)
            total += len(expected)
    with capsys.disabled():
        print(f"\n{len(FIXTURES)} documents: {exact} of {total} bullets read exactly ({exact / total:.2%})")
    assert total > 900
    assert exact / total > 0.995


def test_every_look_and_card_is_there():
    assert len({path.name.split(".")[0] for path in FIXTURES}) >= 10
    assert {path.suffix for path in FIXTURES} == {".pdf", ".docx", ".odt", ".html"}


@pytest.mark.parametrize("path", [p for p in FIXTURES if p.suffix == ".pdf"], ids=lambda path: path.name)
def test_bullets_say_on_which_page_they_stand(path):
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_range() for page in document]
    card = hytenlp.read_card(path)
    for bullet in (*card.joys, *card.concerns, *card.actions):
        assert bullet.text.split()[0] in pages[bullet.page - 1]
        assert bullet.line >= 1
