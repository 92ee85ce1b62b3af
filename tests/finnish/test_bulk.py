"""Many words at once must be answered like one word at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hytenlp.finnish.transducer import Transducer
from hytenlp.finnish.words import Analyser, Word

LINES = (Path(__file__).parent / "words.tsv").read_text("utf-8").splitlines()
WORDS = list(dict.fromkeys(line.split("\t")[0] for line in LINES if line and not line.startswith("#")))
ODD = ["a", "€€€", "ÄÄNI", "päihde-", "-neuvonta", "kiusaamistilan-teista", "x" * 80, "vapettaminen", "chillihuoneessa"]


@pytest.fixture(scope="module")
def transducer():
    return Transducer.load()


@pytest.mark.parametrize("tier", range(5))
def test_every_tier_answers_alike_and_in_the_same_order(transducer, tier):
    words = [*WORDS, *ODD] if tier < 4 else [*WORDS[:300], *ODD]
    together = list(transducer._make_bulk()(words, transducer.tiers[tier]))
    assert any(together)
    assert together == [transducer._search(word, tier, 0) for word in words]


@given(st.lists(st.text("aeiouyäöåkstnlrvmphdjgbAK-é1", min_size=1, max_size=12), min_size=1, max_size=20))
def test_any_letters(transducer, words):
    assert list(transducer._make_bulk()(words, transducer.tiers[0])) == [transducer._search(w, 0, 0) for w in words]


def test_a_word_of_too_many_paths_is_left_to_the_other_search(transducer, monkeypatch):
    monkeypatch.setattr("hytenlp.finnish.bulk._CROWD", 3)
    words = ["ja", "aamuvuorolaiselle", *WORDS[:60]]
    together = list(transducer._make_bulk()(words, transducer.tiers[0]))
    assert None in together
    assert [one for one in together if one]
    transducer.prepare(words)
    assert [transducer.lookup(word) for word in words] == [Transducer.load().lookup(word) for word in words]
    transducer.forget()


def facts(word: Word):
    return (
        word.form, word.readings, word.likely, word.lemmas, word.tags, word.predicates, list(word.keys.items()), word.guessed, word.tails,
    )  # fmt: skip


def test_learning_words_together_changes_nothing(transducer):
    words = [*WORDS, *ODD]
    alone, together = Analyser(transducer, slang=["vapettaa"]), Analyser(transducer, slang=["vapettaa"])
    together.learn(words)
    assert not transducer._ready
    assert [facts(together(word)) for word in words] == [facts(alone(word)) for word in words]


def test_the_number_of_words_kept_is_bounded(transducer, monkeypatch):
    monkeypatch.setattr("hytenlp.finnish.words._GENERATION", 50)
    analyser, fresh = Analyser(transducer), Analyser(transducer)
    for begin in range(0, 300, 20):
        analyser.learn(WORDS[begin : begin + 20])
    assert len(analyser) <= 100
    for form in WORDS[:20]:
        assert facts(analyser(form)) == facts(fresh(form))
