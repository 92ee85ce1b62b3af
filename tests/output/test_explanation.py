"""An explanation says who decided, the vocabulary, the rules or the model, and by which words."""

from __future__ import annotations

import pytest

from hytenlp.engine import Engine
from hytenlp.output import explanation
from hytenlp.output.explanation import explain_text


def decided(text: str, kind: str = "action") -> list[str]:
    """The lines for anybody, before those word by word."""
    lines = explain_text(text, kind, None).splitlines()
    return lines[: lines.index("Tarkemmin")]


def percent(share: float) -> str:
    return f"{share:.0%}".replace("%", "\u00a0%")


@pytest.fixture
def with_rules(monkeypatch):
    ruled = Engine(model=None)
    monkeypatch.setattr(explanation, "engine", lambda: ruled)


def test_labels_have_names_and_the_words_that_led_to_them():
    shown = decided("Lisätty vape-tietoisuutta oppilaille.")
    assert "  Lapset ja koululaiset [lapset], koska tekstissä on ”oppilaille”" in shown
    assert "  Sähkötupakka (vape) [vape], koska tekstissä on ”vape”" in shown
    assert "Tila: Tehty [tehty], koska tekstissä on ”Lisätty”" in shown


def test_a_group_that_the_model_found_is_no_default(shared_engine, nlp):
    text = "Räppipaja lauantaisin"
    shown = "\n".join(decided(text))
    analysis = shared_engine.analyse(nlp.make_doc(text))
    assert analysis.target_groups == ("nuoret",)
    assert not any(mention.kind == "group" for mention in analysis.mentions)
    assert "  Nuoret [nuoret]: mallin arvio, painavimmat sanat ”Räppipaja”" in shown
    assert f"(varmuus {percent(analysis.group_scores['nuoret'])})" in shown
    assert "oletus" not in shown


def test_everybody_is_the_models_reading_or_the_rules_default(with_rules):
    assert "  Kaikki kuntalaiset [kaikki]: oletus, koska ketään ei nimetty" in decided("Suunnitteilla uusi kuntosali")


def test_everybody_by_the_model():
    shown = "\n".join(decided("Suunnitteilla uusi kuntosali"))
    assert (
        "  Kaikki kuntalaiset [kaikki]: mallin arvio, koska mikään yksittäinen sana ei nimeä ryhmää (varmuus " in shown
    )
    assert "oletus" not in shown
    assert "Tila: Suunniteltu [suunniteltu], koska tekstissä on ”Suunnitteilla”" in shown


def test_a_status_without_a_word_says_who_supposes_it(with_rules):
    assert "Tila: Tehty [tehty]: oletus" in decided("Lasten lihavuus")


def test_a_status_by_the_model():
    assert "Tila: Tehty [tehty]: mallin arvio (varmuus " in "\n".join(decided("Lasten lihavuus"))


def test_a_group_that_a_concern_implies(with_rules):
    shown = decided("Kiusaamiseen puututtu.")
    assert "  Lapset ja koululaiset [lapset]: päätelty huolesta, koska tekstissä on ”Kiusaamiseen”" in shown


def test_no_concern_is_said_plainly():
    shown = decided("Säiden vaihtelu.", "concern")
    assert shown[shown.index("Huolet: huolta ei tunnistettu") + 1 :][:2] == [
        "  Mikään tekstin sana ei nimeä huolta, jonka sanasto tuntee, eikä malli löytänyt sellaista.",
        "  Huoli ei ole mukana tuloksissa: arvioi itse, mikä siihen vastaa.",
    ]
    assert not any(line.startswith("Tila:") for line in shown)


def test_no_concern_without_a_model(with_rules):
    assert "  Mikään tekstin sana ei nimeä huolta, jonka sanasto tuntee." in decided("Säiden vaihtelu.")


def test_a_dropped_concern_says_why_and_only_once():
    shown = decided("Meillä ei ole huumeita.", "concern")
    dropped = [line for line in shown if "Ei laskettu" in line]
    assert dropped == ["  Ei laskettu: Huumeet [huumeet], vaikka tekstissä on ”huumeita”; syy: lause kieltää sen"]
    assert not any("Mikään tekstin sana" in line for line in shown)


def test_details_stay_in_bounds_and_name_each_hit_once():
    lines = explain_text("Uimaopetus vanhuksille.", "action", None).splitlines()
    details = lines[lines.index("Tarkemmin") :]
    assert "    vanhuksille: vanhus" in details
    hits = [line for line in details if "sanaston kohta" in line]
    assert len([line for line in hits if "teema turvallisuus: ”Uimaopetus” (merkit 0–10)" in line]) == 1
    assert all(len(line) < 160 for line in hits)
    assert any(line.endswith("|…") for line in hits)


def test_nothing_found_in_the_vocabulary_is_said():
    lines = explain_text("Xyzzy.", "joy", None).splitlines()
    assert lines[lines.index("  Sanaston osumat:") + 1] == "    ei yhtään"
