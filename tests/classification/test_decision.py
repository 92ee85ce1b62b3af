"""From probabilities to labels."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hytenlp.classification.decision import Found, concerns_of, groups_of, status_of
from hytenlp.classification.features import Sample
from hytenlp.classification.model import Prediction, Thresholds
from hytenlp.classification.scores import Scores
from hytenlp.pipeline import load
from hytenlp.vocabulary.status import SURE, Evidence


def prediction(**questions: dict[str, float]) -> Prediction:
    """What a model says of some questions, and nothing of the others."""
    return Prediction(*(Scores.of(questions.get(question, {})) for question in Prediction._fields))


@pytest.fixture(scope="module")
def decide(shared_engine):
    model = shared_engine.model
    nobody = dict.fromkeys(model.labels["groups"], 0.0)

    def groups(sample: Sample, **probabilities: float) -> list[str]:
        return groups_of(sample, prediction(groups=nobody | probabilities), model)

    return groups


def test_children_and_young_people_named_in_one_breath_stay_together(decide, shared_engine, nlp):
    sample = shared_engine.sample(nlp.make_doc("Lasten ja nuorten miekkailukurssi täyttyi."), "action")
    assert sample.together == {"lapset", "nuoret"}
    assert decide(sample, lapset=0.2, nuoret=0.9) == ["lapset", "nuoret"]
    assert decide(replace(sample, together=frozenset()), lapset=0.2, nuoret=0.9) == ["nuoret"]


@pytest.mark.parametrize(
    "text", ["Lasten ja nuorten kerho: mukaan nuoret!", "Lasten kerho ja nuorten ilta.", "Kerho kaikille."]
)
def test_groups_that_are_named_apart_are_decided_apart(shared_engine, nlp, text):
    assert not shared_engine.sample(nlp.make_doc(text), "action").together


def test_someone_is_always_meant_by_an_action(decide):
    assert decide(Sample(()), perheet=0.01) == ["perheet"]


def test_a_worry_need_not_be_about_anyone(decide):
    assert decide(Sample((), kind="concern"), nuoret=0.7, kaikki=0.9) == []
    assert decide(Sample((), kind="concern"), nuoret=0.8) == ["nuoret"]


def test_of_a_group_that_a_worry_names_the_model_need_not_be_as_sure(decide):
    assert decide(Sample((), {"G=nuoret": 1.0}, kind="concern"), nuoret=0.5) == ["nuoret"]
    assert decide(Sample((), {"G=nuoret": 1.0}, kind="concern"), nuoret=0.3) == []


@pytest.mark.parametrize(
    ("text", "group"),
    [("Lapsiperheiden köyhyys syvenee.", "lapset"), ("Pitkäaikaistyöttömyys ei hellitä.", "tyottomat")],
)
def test_a_word_that_is_explained_makes_no_further_group_of_a_worry(shared_engine, nlp, text, group):
    sample = shared_engine.sample(nlp.make_doc(text), "concern")
    found = prediction(groups=dict.fromkeys(shared_engine.model.labels["groups"], 0.0) | {group: 0.95})
    sure_word = {i for i, word in sample.words if word.low in ("lapsiperheiden", "pitkäaikaistyöttömyys")}
    model = OneWord(sorted(sure_word))
    assert groups_of(sample, found, model) == []
    assert groups_of(replace(sample, people=frozenset(), mentioned={}), found, model) == [group]


@pytest.mark.parametrize(("named", "wanted"), [(True, ["maahanmuuttajat", "kaikki"]), (False, ["kaikki"])])
def test_everybody_stands_beside_others_only_where_the_text_names_both(decide, named, wanted):
    sample = Sample((), {"g=kaikki": 1.0} if named else {})
    assert decide(sample, maahanmuuttajat=0.7, kaikki=0.8) == wanted
    assert decide(sample, maahanmuuttajat=0.8, kaikki=0.7) == ["maahanmuuttajat"]


def test_groups_that_a_text_sets_aside_give_way_to_those_that_the_rules_find(decide):
    sample = Sample((), {"G=perheet": 1.0}, unmeant={"nuoret"})
    assert decide(sample, nuoret=0.9, lapset=0.6) == ["lapset"]
    assert decide(sample, nuoret=0.9) == ["perheet"]


class OneWord:
    """A model that finds everything by the same words."""

    thresholds: Thresholds

    def __init__(self, words: list[int]) -> None:
        self._words = words

    def weighed_most(self, *_: object, **__: object) -> list[int]:
        """The words."""
        return self._words


def found(engine, text: str, kind: str = "action", **probabilities: float) -> Found:
    """What is decided on a text when the model gives some concerns a probability, each by the text's last word."""
    vocabulary, labels = engine.vocabulary, engine.model.labels["concerns"]
    sample = engine.sample(load().make_doc(text), kind)
    model = OneWord([sample.words[-1][0]])
    model.thresholds = Thresholds({}, dict.fromkeys(labels, 0.4), worry=0.4, cover=0.5, cover_in_company=0.9)
    scores = dict.fromkeys(labels, 0.0) | probabilities
    return concerns_of(sample, prediction(concerns=scores), model, {c: vocabulary.ancestors(c) for c in labels})


LONGER = "Poliisin päivä torilla oli syyskuun lopussa"


@pytest.mark.parametrize(
    ("probability", "chosen", "possible"),
    [(0.2, set(), set()), (0.45, set(), {"jengit"}), (0.55, {"jengit"}, set())],
)
def test_what_is_not_sure_enough_to_cover_a_worry_is_only_possible(shared_engine, probability, chosen, possible):
    assert found(shared_engine, LONGER, jengit=probability) == (chosen, possible)


def test_in_a_text_of_few_words_the_model_must_be_surer(shared_engine):
    assert found(shared_engine, "Poliisin päivä", jengit=0.9) == (set(), {"jengit"})
    assert found(shared_engine, "Poliisin päivä", jengit=0.97) == ({"jengit"}, set())


def test_beside_a_likelier_concern_the_model_must_be_surer(shared_engine):
    assert found(shared_engine, LONGER, jengit=0.7, uni=0.6) == ({"jengit"}, {"uni"})
    assert found(shared_engine, LONGER, jengit=0.95, uni=0.92) == ({"jengit", "uni"}, set())


def test_a_worry_has_no_possible_concerns(shared_engine):
    assert found(shared_engine, LONGER, "concern", jengit=0.35) == (set(), set())
    assert found(shared_engine, LONGER, "concern", jengit=0.45) == ({"jengit"}, set())


@pytest.mark.parametrize(
    ("strength", "likeliest", "wanted"),
    [(SURE, "tehty", "toteutumatta"), (SURE, "suunniteltu", "suunniteltu"), (3, "tehty", "tehty")],
)
def test_what_became_of_a_thing_is_not_called_done(strength, likeliest, wanted):
    told = Evidence("toteutumatta", strength, 0, 4)
    likely = dict.fromkeys(("tehty", "suunniteltu", "toteutumatta"), 0.1) | {likeliest: 0.8}
    assert status_of(told, prediction(status=likely)) == wanted


def test_what_was_done_beside_something_that_failed_is_done():
    likely = {"tehty": 0.1, "suunniteltu": 0.1, "toteutumatta": 0.8}
    assert status_of(Evidence("tehty", SURE, 0, 4), prediction(status=likely)) == "tehty"


@pytest.mark.parametrize(("narrower", "wanted"), [(0.5, {"jengit"}), (0.95, {"jengi_ihannointi"})])
def test_a_named_concern_gives_way_to_a_narrower_one_only_where_that_is_sure(shared_engine, narrower, wanted):
    text = "Entinen jengiläinen kertoi, mihin se tie vie"  # by another word than the mention's own
    assert found(shared_engine, text, jengi_ihannointi=narrower).chosen == wanted
