"""What a word means beside others: playing that harms nobody, denials without a verb, names (`meanings.yaml`)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from hytenlp.engine import Engine

CASES = yaml.safe_load((Path(__file__).parent / "meanings.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def rules(shared_engine):
    return Engine(shared_engine.vocabulary, None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_the_vocabulary(case, rules):
    [found] = rules.analyse_texts([(case["text"], case.get("kind", "action"), None)])
    assert sorted(found.concerns) == sorted(case["concerns"])
    if "groups" in case:
        assert sorted(found.target_groups) == sorted(case["groups"])


@pytest.mark.parametrize("case", [c for c in CASES if not c.get("rules_alone")], ids=lambda case: case["text"])
def test_the_model_adds_nothing(case, shared_engine):
    [found] = shared_engine.analyse_texts([(case["text"], case.get("kind", "action"), None)])
    assert sorted(found.concerns) == sorted(case["concerns"])


def test_there_are_sentences_for_and_against():
    assert sum(bool(case["concerns"]) for case in CASES) >= 40
    assert sum(not case["concerns"] for case in CASES) >= 80


@pytest.mark.parametrize(
    ("text", "code", "why"),
    [
        ("Punkyhtye Häätö soitti torilla.", "asunnottomuus", "called"),
        ("Känni-Kallen tanssilava remontoitiin.", "alkoholi", "called"),
        ("Humalalammen uimaranta siivottiin.", "alkoholi", "called"),
        ("Luento koski sieniä, ei huumeita.", "huumeet", "denied"),
    ],
)
def test_it_says_why(text, code, why, rules):
    [found] = rules.analyse_texts([(text, "action", None)])
    assert [(d.mention.code, d.why) for d in found.dropped if d.mention.kind == "concern"] == [(code, why)]


def test_a_group_that_is_set_aside_is_not_added_by_the_model(shared_engine):
    [found] = shared_engine.analyse_texts([("Vertaisilta ei nuorille vaan eläkeläisille.", "action", None)])
    assert found.target_groups == ("ikaantyneet",)
