"""An explanation says who decided, the vocabulary, the rules or the model, and by which words."""

from __future__ import annotations

import pytest

from hytenlp.output import explanation
from hytenlp.output.explanation import explain_text
from hytenlp.pipeline import Engine


def groups_and_status(text: str, kind: str = "action") -> list[str]:
    lines = explain_text(text, kind, None).splitlines()
    return lines[next(i for i, line in enumerate(lines) if line.startswith("Kohderyhmät:")) :]


@pytest.fixture
def with_rules(monkeypatch):
    ruled = Engine(model=None)
    monkeypatch.setattr(explanation, "engine", lambda: ruled)


def test_the_vocabulary_names_a_group():
    assert "  lapset: sanasto: ”oppilaille”" in groups_and_status("Lisätty vape-tietoisuutta oppilaille.")


def test_a_group_that_the_model_found_is_no_default(shared_engine, nlp):
    text = "Räppipaja lauantaisin"
    shown = "\n".join(groups_and_status(text))
    analysis = shared_engine.analyse(nlp.make_doc(text))
    assert analysis.target_groups == ("nuoret",)
    assert not any(mention.kind == "group" for mention in analysis.mentions)
    probability = f"{analysis.group_scores['nuoret']:.2f}".replace(".", ",")
    assert f"  nuoret: malli, todennäköisyys {probability}, painavimmat sanat ”Räppipaja”" in shown
    assert "oletus" not in shown


def test_everybody_is_the_models_reading_or_the_rules_default(with_rules):
    text = "Suunnitteilla uusi kuntosali"
    assert "  kaikki: oletus, koska ketään ei nimetty" in groups_and_status(text)


def test_everybody_by_the_model():
    shown = "\n".join(groups_and_status("Suunnitteilla uusi kuntosali"))
    assert "  kaikki: mallin tulkinta" in shown
    assert "oletus" not in shown
    assert "Tila: suunniteltu, koska ”Suunnitteilla”" in shown


def test_a_status_without_a_word_says_who_supposes_it(with_rules):
    assert groups_and_status("Lasten lihavuus")[-1] == "Tila: tehty, oletus"


def test_a_status_by_the_model():
    assert groups_and_status("Lasten lihavuus")[-1].startswith("Tila: tehty, mallin tulkinta, todennäköisyys ")


def test_a_group_that_a_concern_implies(with_rules):
    assert "  lapset: päätelty huolesta: ”Kiusaamiseen”" in groups_and_status("Kiusaamiseen puututtu.")
