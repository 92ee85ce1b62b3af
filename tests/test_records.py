"""Bullets before and after they are classified."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hytenlp.batch import classify_item
from hytenlp.records import COLUMNS, Item, Record, says_nothing


def test_the_columns_are_the_first_fields():
    assert Record._fields[: len(COLUMNS)] == COLUMNS


def test_a_row_has_lists_and_the_other_columns_last():
    item = Item("7", "t.csv", "Kemi", 2024, "action", None, None, "Jaettu ruoka-apua.", {"Vastuu": "sote"})
    row = classify_item(item).to_dict()
    assert list(row) == [*COLUMNS, "Vastuu"]
    assert (row["id"], row["text"], row["concerns"], row["Vastuu"]) == ("7", item.text, ["toimeentulo"], "sote")
    assert isinstance(row["evidence"], list)


def test_a_text_that_says_nothing_has_no_theme():
    row = classify_item(Item("1", "t.csv", None, None, "action", None, None, "\u200b", {})).to_dict()
    assert row["theme"] is row["theme_probability"] is row["status"] is None


@pytest.mark.parametrize("text", ["", " \t\n", "\u200b", "\u00a0\ufeff"])
def test_what_says_nothing(text):
    assert says_nothing(text)


@given(st.text())
def test_one_sign_that_is_seen_says_something(text):
    assert says_nothing(text) == all(not sign.isprintable() or sign.isspace() for sign in text)
