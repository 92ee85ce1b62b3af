"""The real card of `../shared`: read exactly, and the verdicts that the project promises. The card itself stays outside the project."""

from __future__ import annotations

import json

import pytest

import hytenlp
from hytenlp.batch import cover_card


@pytest.fixture(scope="module")
def card(shared):
    return hytenlp.read_card(shared / "heinola-2023.txt")


def test_reading_is_exact(card, shared):
    wanted = json.loads((shared / "heinola-2023.reading.json").read_text("utf-8"))
    found = card.to_dict()
    assert (found["municipality"], found["year"]) == (wanted["municipality"], wanted["year"])
    for part in ("joys", "concerns", "actions"):
        assert [{key: bullet[key] for key in wanted[part][0]} for bullet in found[part]] == wanted[part]
    assert [len(found[part]) for part in ("joys", "concerns", "actions")] == [9, 9, 56]


def test_promised_verdicts(card):
    verdicts = {c.concern: c for c in cover_card(card)}
    assert verdicts["vape"].verdict == "katettu"
    assert any("Wilma" in action.text for action in verdicts["vape"].actions)
    assert (verdicts["huumeet"].verdict, verdicts["huumeet"].reasons) == ("osittain", ("yleisesti",))
    assert verdicts["jengi_ihannointi"].verdict == "aukko"
    assert verdicts["rasismi"].verdict == "aukko"
