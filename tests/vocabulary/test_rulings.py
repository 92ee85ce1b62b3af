"""Each ruling of the annotation guide, with sentences for it and against it (`rulings.yaml`)."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from hytenlp.engine import Engine

CASES = yaml.safe_load((Path(__file__).parent / "rulings.yaml").read_text("utf-8"))


def shown(found):
    return {
        "concerns": sorted(found.concerns),
        "groups": sorted(found.target_groups),
        "theme": found.theme,
        "status": found.status,
    }


def wanted(case):
    return {
        key: sorted(case[key]) if isinstance(case[key], list) else case[key]
        for key in ("concerns", "groups", "theme", "status")
        if key in case
    }


@pytest.fixture(scope="module")
def rules(shared_engine):
    """The vocabulary and the rules alone: rulings are theirs to keep."""
    return Engine(shared_engine.vocabulary, None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['ruling']}: {case['text'][:60]}")
def test_ruling(case, rules, nlp):
    found = shown(rules.analyse(nlp.make_doc(case["text"]), case.get("kind", "action")))
    assert {key: found[key] for key in wanted(case)} == wanted(case)


def test_the_model_keeps_the_rulings_too(classified):
    """It may differ where a text is short of words; it must not where the guide is plain."""
    kept = [
        all(
            shown(classified(case["text"], case.get("kind", "action")))[key] == value
            for key, value in wanted(case).items()
        )
        for case in CASES
    ]
    assert sum(kept) / len(kept) >= 0.9


def test_every_ruling_has_a_case_for_and_a_case_against():
    concerns = defaultdict(set)
    for case in CASES:
        if "concerns" in case and isinstance(case["ruling"], int):
            concerns[case["ruling"]].add(bool(case["concerns"]))
    both = {2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 19, 21, 22}
    assert {ruling for ruling, kinds in concerns.items() if kinds == {True, False}} >= both
    assert {case["ruling"] for case in CASES} >= set(range(1, 24)) | {"status"}
