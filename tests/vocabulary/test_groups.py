"""Target groups by the vocabulary alone: families of words, and what a place or role implies (`groups.yaml`)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from hytenlp.engine import Engine

CASES = yaml.safe_load((Path(__file__).parent / "groups.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def groups(shared_engine, nlp):
    rules = Engine(shared_engine.vocabulary, None)
    return lambda text, kind="action": set(rules.analyse(nlp.make_doc(text), kind).target_groups)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_groups_of_a_sentence(case, groups):
    assert groups(case["text"]) == set(case["groups"])


@pytest.mark.parametrize(
    ("place", "implied"),
    [("koululla", "lapset"), ("perhekeskuksessa", "perheet"), ("päiväkeskuksessa", "ikaantyneet")],
)
def test_a_place_gives_way_to_people(groups, place, implied):
    assert implied in groups(f"Lauluhetki {place}.")
    assert groups(f"Lauluhetki {place} maahanmuuttajille.") == {"maahanmuuttajat"}


@pytest.mark.parametrize("when", ["lauantaiaamuisin", "sunnuntai-iltaisin", "viikonloppuisin"])
def test_a_time_of_the_week_is_no_father(groups, when):
    assert groups(f"Jumppa lapsille {when}.") == {"lapset"}
    assert groups(f"Kerho kasiluokkalaisille {when}.") == {"nuoret"}


@pytest.mark.parametrize(
    ("text", "groups_of_it"),
    [
        ("Lukiolaiset ohjaajina eläkeläisten kerhossa.", {"ikaantyneet"}),
        ("Ohjaajina eläkeläiset, kerho lapsille.", {"lapset"}),
    ],
)
def test_who_carries_out_is_no_target(groups, text, groups_of_it):
    assert groups(text) == groups_of_it


@pytest.mark.parametrize(
    ("grade", "group"), [("5.-luokille", "lapset"), ("3.-luokille", "lapset"), ("8.-luokille", "nuoret")]
)
def test_a_grade_keeps_the_model_from_the_other_pupils(shared_engine, nlp, grade, group):
    for topic in ("Vapetunti", "Nuuskainfo"):
        found = shared_engine.analyse(nlp.make_doc(f"{topic} {grade} pidettiin."), "action").target_groups
        assert found == (group,)
