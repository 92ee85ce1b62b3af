"""Calibration and thresholds from texts that a model never saw."""

import random

import pytest

from hytenlp.classification.features import Sample
from hytenlp.classification.model import Prediction
from hytenlp.classification.scores import Scores
from hytenlp.classification.thresholds import CardSamples, Fold, calibrate, choose
from hytenlp.vocabulary.concepts import Vocabulary

VOCABULARY = Vocabulary.load()
LABELS = {"groups": VOCABULARY.codes("group"), "concerns": VOCABULARY.codes("concern")}


class Oracle:
    """A model that gives each text the probabilities that stand in its findings."""

    def __init__(self) -> None:
        self.scaled: dict[str, tuple[float, float]] = {}
        self.thresholds = None

    def predict_many(self, samples):
        """The probabilities of texts."""
        return [
            Prediction(
                Scores.of({}),
                Scores.of({group: sample.findings.get(group, 0.0) for group in LABELS["groups"]}),
                Scores.of({concern: sample.findings.get(concern, 0.0) for concern in LABELS["concerns"]}),
                Scores.of({}),
            )
            for sample in samples
        ]

    def calibrate(self, question, slope, shift):
        """Notes what it is told."""
        self.scaled[question] = (slope, shift)

    def weighed_most(self, *_, **__):
        """A word that explains nothing else."""
        return [99]


def texts(kind, honest=lambda p: p):
    """Texts of which a share as large as `honest` of their probability is about vaping, and about young people."""
    made = random.Random(1)
    samples, gold = [], []
    for number in range(2_000):
        p = number / 2_000
        right = made.random() < honest(p)
        samples.append(Sample((), {"vape": p, "nuoret": p, "kaikki": 1 - p}, kind))
        gold.append(right)
    return samples, gold


def fold(honest=lambda p: p, cards=()):
    """Held-out actions and worries."""
    actions, right = texts("action", honest)
    worries, worried = texts("concern", honest)
    gold = [*right, *worried]
    groups = [frozenset({"nuoret"} if yes else {"kaikki"}) for yes in gold]
    concerns = [frozenset({"vape"} if yes else ()) for yes in gold]
    return Fold(Oracle(), [*actions, *worries], groups, concerns, list(cards))


def test_honest_probabilities_are_left_as_they_are():
    honest = fold()
    slope, shift = calibrate([honest])["concerns"]
    assert slope == pytest.approx(1, abs=0.1)
    assert shift == pytest.approx(0, abs=0.1)
    assert honest.model.scaled["concerns"] == (slope, shift)


def test_probabilities_that_are_too_low_are_raised():
    _, shift = calibrate([fold(lambda p: min(1.0, 2 * p))])["concerns"]
    assert shift > 0.3


def test_a_named_concern_says_nothing_about_what_a_probability_is_worth():
    plain, named = fold(), fold()
    for sample in named.samples[:500]:
        sample.mentioned["vape"] = {0}
    assert calibrate([plain])["groups"] == calibrate([named])["groups"]
    assert calibrate([plain])["concerns"] != calibrate([named])["concerns"]


def test_thresholds_lie_where_right_finds_outweigh_wrong_ones():
    found = choose([fold(lambda p: float(p > 0.44))], LABELS, VOCABULARY)
    assert found.concerns["vape"] == pytest.approx(0.45)
    assert found.worry == pytest.approx(0.45)
    assert found.groups["nuoret"] <= 0.5


@pytest.mark.parametrize("company", [False, True])
def test_what_covers_is_right_nine_times_in_ten(company):
    """Actions of a card that worries about vaping; finds below .5 are right half the time, alone or beside a named concern."""
    made = random.Random(2)
    actions, gold = [], []
    for number in range(1_000):
        p = 0.3 + 0.7 * number / 1_000
        right = p >= 0.5 or made.random() < 0.5
        actions.append(
            Sample((), {"vape": p, "uni": 1.0}, mentioned={"uni": {0}}) if company else Sample((), {"vape": p})
        )
        gold.append(frozenset({"vape"} if right else ()))
    worry = Sample((), {}, "concern", mentioned={"vape": {0}})
    found = choose([fold(cards=[CardSamples([worry], actions, gold)])], LABELS, VOCABULARY)
    least = max(found.cover_in_company if company else found.cover, found.concerns["vape"])
    right = ["vape" in labels for sample, labels in zip(actions, gold, strict=True) if sample.findings["vape"] >= least]
    assert sum(right) / len(right) >= 0.9
    assert least <= 0.5


def test_without_finds_nothing_covers_by_probability():
    found = choose([fold()], LABELS, VOCABULARY)
    assert found.cover == found.cover_in_company == 0.9
