"""From probabilities to labels."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hytenlp.classification.decision import concerns_of, groups_of, is_sure, status_of
from hytenlp.classification.features import Sample
from hytenlp.classification.model import Prediction, Thresholds
from hytenlp.vocabulary.status import SURE, Evidence


@pytest.fixture(scope="module")
def decide(shared_engine):
    model = shared_engine.model
    nobody = dict.fromkeys(model.labels["groups"], 0.0)

    def groups(sample: Sample, **probabilities: float) -> list[str]:
        return groups_of(sample, Prediction({}, nobody | probabilities, {}, {}), model)

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


def test_everybody_gives_way_to_a_likelier_narrower_group(decide):
    assert decide(Sample(()), kaikki=0.6, nuoret=0.8) == ["nuoret"]
    assert decide(Sample(()), kaikki=0.9, nuoret=0.8) == ["nuoret", "kaikki"]


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
    found = Prediction({}, dict.fromkeys(shared_engine.model.labels["groups"], 0.0) | {group: 0.95}, {}, {})
    sure_word = {i for i, word in sample.words if word.low in ("lapsiperheiden", "pitkäaikaistyöttömyys")}
    model = OneWord(sorted(sure_word))
    assert groups_of(sample, found, model) == []
    assert groups_of(replace(sample, people=frozenset(), mentioned={}), found, model) == [group]


class OneWord:
    """A model that finds everything by the same words."""

    thresholds: Thresholds

    def __init__(self, words: list[int]) -> None:
        self._words = words

    def weighed_most(self, *_: object, **__: object) -> list[int]:
        """The words."""
        return self._words


def test_in_a_text_of_few_words_the_model_must_be_surer_to_cover(shared_engine, nlp):
    model, ancestors = shared_engine.model, {"jengit": ("rikollisuus",)}
    short = shared_engine.sample(nlp.make_doc("Poliisin päivä"), "action")
    longer = shared_engine.sample(nlp.make_doc("Poliisin päivä torilla oli syyskuun lopussa"), "action")
    likely = Prediction({}, {}, {"jengit": (model.thresholds.cover + 0.9) / 2}, {})
    assert not is_sure("jengit", {"jengit"}, short, likely, model, ancestors)
    assert is_sure("jengit", {"jengit"}, longer, likely, model, ancestors)
    assert is_sure("jengit", {"jengit"}, short, Prediction({}, {}, {"jengit": 0.95}, {}), model, ancestors)


def test_beside_a_likelier_concern_the_model_must_be_surer_to_cover(shared_engine, nlp):
    sample = shared_engine.sample(nlp.make_doc("Poliisin päivä torilla oli syyskuun lopussa"), "action")
    model = OneWord([])
    model.thresholds = Thresholds({}, {}, cover=0.3, cover_in_company=0.7)

    def sure(own: float, other: float) -> bool:
        return is_sure(
            "jengit",
            {"jengit", "uni"},
            sample,
            Prediction({}, {}, {"jengit": own, "uni": other}, {}),
            model,
            {"jengit": (), "uni": ()},
        )

    assert sure(0.5, 0.4)
    assert not sure(0.5, 0.6)
    assert sure(0.8, 0.9)


@pytest.mark.parametrize(
    ("strength", "likeliest", "wanted"),
    [(SURE, "tehty", "toteutumatta"), (SURE, "suunniteltu", "suunniteltu"), (3, "tehty", "tehty")],
)
def test_what_became_of_a_thing_is_not_called_done(strength, likeliest, wanted):
    told = Evidence("toteutumatta", strength, 0, 4)
    prediction = Prediction({}, {}, {}, dict.fromkeys(("tehty", "suunniteltu", "toteutumatta"), 0.1) | {likeliest: 0.8})
    assert status_of(told, prediction) == wanted


def test_to_a_text_of_few_words_the_model_adds_only_what_is_likely(shared_engine, nlp):
    model = shared_engine.model
    sample = shared_engine.sample(nlp.make_doc("Poliisin päivä"), "action")
    ancestors = {code: shared_engine.vocabulary.ancestors(code) for code in model.labels["concerns"]}

    def added(probability: float) -> set[str]:
        scores = dict.fromkeys(model.labels["concerns"], 0.0) | {"jengit": probability}
        return concerns_of(sample, Prediction({}, {}, scores, {}), model, ancestors)

    assert added(0.55) == set()
    assert added(0.8) == {"jengit"}


@pytest.mark.parametrize(("narrower", "wanted"), [(0.5, {"jengit"}), (0.95, {"jengi_ihannointi"})])
def test_a_named_concern_gives_way_to_a_narrower_one_only_where_that_is_sure(shared_engine, nlp, narrower, wanted):
    labels, vocabulary = shared_engine.model.labels["concerns"], shared_engine.vocabulary
    sample = shared_engine.sample(nlp.make_doc("Entinen jengiläinen kertoi, mihin se tie vie"), "action")
    model = OneWord([sample.words[-1][0]])  # by another word than the mention's own
    model.thresholds = shared_engine.model.thresholds
    ancestors = {code: vocabulary.ancestors(code) for code in labels}
    scores = dict.fromkeys(labels, 0.0) | {"jengi_ihannointi": narrower}
    assert concerns_of(sample, Prediction({}, {}, scores, {}), model, ancestors) == wanted
