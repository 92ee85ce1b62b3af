"""Each ruling of the annotation guide, with sentences for it and against it (`rulings.yaml`)."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
import yaml

CASES = yaml.safe_load((Path(__file__).parent / "rulings.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['ruling']}: {case['text'][:60]}")
def test_ruling(case, classified):
    found = classified(case["text"], case.get("kind", "action"))
    shown = {
        "concerns": sorted(found.concerns),
        "groups": sorted(found.target_groups),
        "theme": found.theme,
        "status": found.status,
    }
    wanted = {key: sorted(case[key]) if isinstance(case[key], list) else case[key] for key in shown if key in case}
    assert {key: shown[key] for key in wanted} == wanted


def test_every_ruling_has_a_case_for_and_a_case_against():
    concerns = defaultdict(set)
    for case in CASES:
        if "concerns" in case and isinstance(case["ruling"], int):
            concerns[case["ruling"]].add(bool(case["concerns"]))
    both = {2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 19, 21, 22}
    assert {ruling for ruling, kinds in concerns.items() if kinds == {True, False}} >= both
    assert {case["ruling"] for case in CASES} >= set(range(1, 24)) | {"status"}
