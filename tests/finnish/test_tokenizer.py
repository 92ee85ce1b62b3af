"""The plain tokenizer must cut where spaCy's does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hytenlp.finnish.tokenizer import PlainTokenizer

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@pytest.fixture(scope="module")
def plain(nlp):
    return PlainTokenizer(nlp)


def same(plain, nlp, text: str) -> None:
    expected = [(token.text, token.idx) for token in nlp.make_doc(text) if not token.text.isspace()]
    assert [piece for piece in plain(text) if not piece[0].isspace()] == expected, text


def test_the_corpus(plain, nlp):
    for path in sorted((CORPUS / "actions").glob("*.jsonl"))[::4]:
        for line in path.read_text("utf-8").splitlines():
            same(plain, nlp, json.loads(line)["text"])
    for path in sorted((CORPUS / "cards").glob("*.txt")):
        same(plain, nlp, path.read_text("utf-8"))


@given(st.text("abäöÅX.,;:!?()|/-–\n\t 0€'\"\u00ad\u00a0•", max_size=30))
@example("esim. nro. XD xD. :) a.b. T. EU. U.S.A. 10km. Ä. \u200bfoo foo\u00ad, ﬁ. ß. ǆ. Aä, a-b-, -a. 5 €.")
def test_any_text(plain, nlp, text):
    same(plain, nlp, text)


def test_line_ends_are_told(plain):
    assert [piece for piece, _ in plain("yksi \n kaksi  kolme")] == ["yksi", "\n", "kaksi", "kolme"]
