"""Groups from mentions: what is named comes before what is implied."""

from __future__ import annotations

import pytest

from hytenlp.classification.scoring import target_groups
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
