"""Every example card of `corpus/cards/` is read as the file beside it says."""

from __future__ import annotations

import json

import pytest

import hytenlp
from tests.conftest import ROOT

READINGS = sorted((ROOT / "corpus" / "cards").glob("*.reading.json"))


def document_of(reading):
    stem = reading.name.removesuffix(".reading.json")
    return next(path for path in reading.parent.glob(f"{stem}.*") if path.suffix in (".txt", ".md"))


@pytest.mark.parametrize("reading", READINGS, ids=lambda path: path.name)
def test_card_is_read_as_expected(reading):
    wanted = json.loads(reading.read_text("utf-8"))
    found = hytenlp.read_card(document_of(reading)).to_dict()
    assert (found["municipality"], found["year"]) == (wanted["municipality"], wanted["year"])
    for part in ("joys", "concerns", "actions"):
        keys = ("section", "text") if part != "actions" else ("stated_theme", "category", "text")
        assert [tuple(bullet[key] for key in keys) for bullet in found[part]] == [
            tuple(bullet[key] for key in keys) for bullet in wanted[part]
        ]


def test_there_are_enough_cards():
    assert len(READINGS) >= 8


@pytest.mark.parametrize("reading", READINGS, ids=lambda path: path.name)
def test_lines_point_into_the_document(reading):
    path = document_of(reading)
    card = hytenlp.read_card(path)
    lines = path.read_bytes().decode("utf-8").replace("\r\n", "\n").replace("\f", "\n\f").split("\n")
    for bullet in (*card.joys, *card.concerns, *card.actions):
        assert bullet.line >= 1
        assert bullet.page >= 1
    assert len(lines) >= max(bullet.line for bullet in card.actions)
