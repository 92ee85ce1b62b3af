"""Groups and themes from mentions: what is named comes before what is implied."""

from __future__ import annotations

import pytest

from hytenlp.classification.scoring import ThemeScorer, target_groups
from hytenlp.vocabulary.matcher import Mention


@pytest.fixture
def decided(shared_engine, nlp):
    """The groups of mentions given as (code, weight, token) in a text of three words."""
    tokens = shared_engine.tokens(nlp.make_doc("Kerho koulun salissa"))

    def decide(*found, kind="action"):
        mentions = [Mention("group", code, 0, 1, (token,), code, weight) for code, weight, token in found]
        return target_groups(mentions, tokens, kind, shared_engine.vocabulary)

    return decide


def test_an_implied_group_counts_alone(decided):
    assert decided(("lapset", 0.5, 1)) == ["lapset"]
    assert decided(("lapset", 0.5, 1), ("perheet", 0.5, 2)) == ["lapset", "perheet"]


def test_a_named_group_keeps_implied_ones_away(decided):
    assert decided(("lapset", 0.5, 1), ("ikaantyneet", 1.0, 0)) == ["ikaantyneet"]
    assert decided(("lapset", 1.0, 1), ("ikaantyneet", 1.0, 0)) == ["lapset", "ikaantyneet"]


def test_everybody_named_keeps_a_place_away(decided):
    assert decided(("kaikki", 1.0, 0), ("lapset", 0.5, 1)) == ["kaikki"]


def test_nobody_is_everybody(decided):
    assert decided() == ["kaikki"]
    assert decided(kind="concern") == []


@pytest.fixture
def themes(shared_engine):
    """What is decided on theme words given as (theme, weight)."""

    def decide(*found, stated=None):
        mentions = [
            Mention("theme", code, i, i + 1, (i,), f"sana{i}", weight) for i, (code, weight) in enumerate(found)
        ]
        return ThemeScorer(shared_engine.vocabulary).decide(mentions, stated)

    return decide


def test_a_text_without_a_word_of_any_theme_is_about_participation(themes):
    found = themes()
    assert (found.theme, found.further) == ("osallisuus", ())
    assert sum(found.scores.values()) == pytest.approx(1)


def test_a_further_theme_is_nearly_as_strong_as_the_main_one(themes):
    assert themes(("mieli", 4.0), ("elintavat", 2.5)).further == ("elintavat",)
    assert themes(("mieli", 4.0), ("elintavat", 2.3)).further == ()
    assert themes(("mieli", 1.5), ("elintavat", 1.4)).further == ()


def test_a_heading_is_a_hint_and_not_the_answer(themes):
    assert themes(("mieli", 1.0), ("elintavat", 0.5), stated="elintavat").theme == "elintavat"
    assert themes(("mieli", 2.0), ("elintavat", 0.5), stated="elintavat").theme == "mieli"
    assert themes(("mieli", 2.5), ("elintavat", 2.2), stated="elintavat").further == ("mieli",)


def test_a_theme_word_counts_once_however_often_it_stands(shared_engine):
    once = Mention("theme", "mieli", 0, 4, (0,), "ilo", 1.0)
    scorer = ThemeScorer(shared_engine.vocabulary)
    assert scorer.decide([once, once._replace(start=9, end=13)]).scores == scorer.decide([once]).scores
