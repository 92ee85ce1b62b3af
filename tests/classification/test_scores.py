"""Probabilities by label: a mapping, of which the likely ones are at hand."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from hytenlp.classification.scores import LEAST, Scores

probabilities = st.dictionaries(st.text(max_size=3), st.floats(0, 1), min_size=1)


@given(probabilities)
def test_scores_are_a_mapping(given):
    scores = Scores.of(given)
    assert scores == given
    assert list(scores) == list(given)
    assert repr(scores) == f"Scores({given!r})"
    assert pickle.loads(pickle.dumps(scores)) == scores


@given(probabilities)
def test_the_likely_and_the_likeliest(given):
    scores = Scores.of(given)
    assert scores.likely == {label: p for label, p in given.items() if p >= LEAST}
    assert scores.best == max(given, key=lambda label: given[label])


@given(probabilities, st.data())
def test_labels_come_in_their_order(given, data):
    some = data.draw(st.sets(st.sampled_from(list(given))))
    assert Scores.of(given).in_order(some) == [label for label in given if label in some]
