"""What becomes of an action (`statuses.yaml`), of two in one text (`clauses.yaml`) and of a trouble (`contrasts.yaml`)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from hytenlp.engine import Engine

HERE = Path(__file__).parent
STATUSES = ("tehty", "suunniteltu", "toteutumatta")
FATES = [
    (one["class"], status, text)
    for one in yaml.safe_load((HERE / "statuses.yaml").read_text("utf-8"))
    for status in STATUSES
    for text in one.get(status, ())
]
CLAUSES = yaml.safe_load((HERE / "clauses.yaml").read_text("utf-8"))
CONTRASTS = yaml.safe_load((HERE / "contrasts.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def rules(shared_engine):
    """The vocabulary and the rules alone."""
    return Engine(shared_engine.vocabulary, None)


def status_evidence(analysis):
    return [(one.label, one.text) for one in analysis.evidence if one.kind == "status"]


@pytest.mark.parametrize(("kind", "status", "text"), FATES, ids=[f"{kind}: {text[:60]}" for kind, _, text in FATES])
def test_what_became_of_an_action(kind, status, text, rules, nlp):
    found = rules.analyse(nlp.make_doc(text), "action")
    assert found.status == status
    assert status == "tehty" or status_evidence(found)  # who says that nothing was done must show why


@pytest.mark.parametrize("text", [text for kind, status, text in FATES if kind == "not there" and status != "tehty"])
def test_the_model_does_not_call_done_what_is_not_there(text, shared_engine):
    [found] = shared_engine.analyse_texts([(text, "action", None)])
    assert found.status != "tehty"


@pytest.mark.parametrize("case", CLAUSES, ids=[case["text"][:60] for case in CLAUSES])
def test_of_two_clauses_each_keeps_its_concerns(case, rules, nlp):
    found = rules.analyse(nlp.make_doc(case["text"]), "action")
    assert found.status == case["status"]
    assert "concerns" not in case or sorted(found.concerns) == sorted(case["concerns"])


@pytest.mark.parametrize("case", [c for c in CLAUSES if c["status"] == "tehty"], ids=lambda case: case["text"][:60])
def test_the_model_does_not_bring_back_what_failed(case, shared_engine):
    [found] = shared_engine.analyse_texts([(case["text"], "action", None)])
    assert found.status == "tehty"
    assert set(found.concerns) <= set(case["concerns"])


@pytest.mark.parametrize("case", CONTRASTS, ids=[case["text"][:60] for case in CONTRASTS])
def test_of_two_troubles_the_denied_one_does_not_count(case, rules, nlp):
    assert sorted(rules.analyse(nlp.make_doc(case["text"]), case["kind"]).concerns) == case["concerns"]


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("Kylällä jaettiin esitteitä unesta.", [("tehty", "jaettiin")]),
        ("Uupuneiden ryhmä on kirjastossa.", []),
        ("Kerhosta huhuttiin kylällä.", []),
        ("Torin laidalla kahisi ja tohisi, ja lapset jakoivat limpun.", [("tehty", "jakoivat")]),
        ("Ruokapiiri viihtyi, ja soppaa keitettiin.", [("tehty", "keitettiin")]),
    ],
)
def test_only_a_verb_known_as_doing_is_evidence_that_something_was_done(text, evidence, rules, nlp):
    found = rules.analyse(nlp.make_doc(text), "action")
    assert found.status == "tehty"
    assert status_evidence(found) == evidence


def test_each_class_has_sentences_for_it_and_against_it():
    for one in yaml.safe_load((HERE / "statuses.yaml").read_text("utf-8")):
        assert one["tehty"]
        assert one.get("suunniteltu") or one.get("toteutumatta")


def test_evidence_inside_the_last_word_of_a_clause_is_found(nlp):
    found = Engine(model=None).analyse(nlp.make_doc("Kerho alkoi – kouluth + ettet – 3 tapaamista – pidetty"))
    assert found.status in ("tehty", "suunniteltu", "toteutumatta")
