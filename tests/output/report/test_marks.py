"""Texts with marks: everything is escaped, and nothing of the text is lost."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from hytenlp.output.report.marks import highlight

places = st.lists(
    st.fixed_dictionaries(
        {"start": st.integers(0, 30), "end": st.integers(0, 30), "how": st.sampled_from(["vocabulary", "model"])}
    )
)


def test_words_are_marked():
    text = "Vape & <b>huumeet</b>"
    found = highlight(text, [{"start": 0, "end": 4, "how": "model"}, {"start": 10, "end": 17, "how": "vocabulary"}])
    assert found == '<mark class="model">Vape</mark> &amp; &lt;b&gt;<mark>huumeet</mark>&lt;/b&gt;'


def test_of_overlapping_places_the_longer_counts():
    found = highlight(
        "nettikasino", [{"start": 0, "end": 5, "how": "model"}, {"start": 0, "end": 11, "how": "vocabulary"}]
    )
    assert found == "<mark>nettikasino</mark>"


@given(st.text("ab<>&\"'\n", max_size=20), places)
def test_the_text_stays_the_same_and_harmless(text, evidence):
    found = str(highlight(text, evidence))
    without = re.sub(r'</?mark(?: class="model")?>', "", found)
    assert html.unescape(without) == text
    assert "<" not in without
