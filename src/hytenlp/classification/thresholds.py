"""Calibration and thresholds, from held-out texts: what models say about hands that they never saw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from hytenlp.classification.decision import concerns_of, groups_of, has_company
from hytenlp.classification.evaluation import Counts
from hytenlp.classification.features import Sample
from hytenlp.classification.model import Model, Prediction, Thresholds
from hytenlp.classification.scores import LEAST
from hytenlp.vocabulary.concepts import Vocabulary

_GRID = tuple(round(LEAST + 0.05 * step, 2) for step in range(13))
_NEAR = 0.2  # how far a group's threshold may be from that of the others
_CLEARLY = 0.001  # of F1 over all groups, for a group to have a threshold of its own
_SMOOTH = 10  # how many texts of its own a concern needs to count as much as all others in the choice of its threshold
_PRECISION = 0.9  # what concerns found by the model alone must reach to count in coverage ...
_COVERS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)  # ... from one of these probabilities on ...
_LEAST_FOUND = 10  # ... judged by as many of them


class CardSamples(NamedTuple):
    """The texts of a card, and the concerns of its actions."""

    concerns: list[Sample]
    actions: list[Sample]
    gold: list[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Fold:
    """A model, and texts of hands that it never saw with their labels; the cards among them also as a whole."""

    model: Model
    samples: list[Sample]
    groups: list[frozenset[str]]
    concerns: list[frozenset[str]]
    cards: list[CardSamples]


class _Text(NamedTuple):
    sample: Sample
    prediction: Prediction
    groups: frozenset[str]
    concerns: frozenset[str]


def calibrate(folds: Sequence[Fold]) -> dict[str, tuple[float, float]]:
    """Slope and shift, by question, that make probabilities mean what they say (Platt scaling over all labels); applied to the folds.

    Of concerns only those count that the vocabulary did not find: there the probability decides.
    """
    texts = list(_texts(folds))
    found = {
        "groups": _scaling((p, g in t.groups) for t in texts for g, p in t.prediction.groups.items()),
        "concerns": _scaling(
            (p, c in t.concerns) for t in texts for c, p in t.prediction.concerns.items() if c not in t.sample.mentioned
        ),
    }
    for fold in folds:
        for question, (slope, shift) in found.items():
            fold.model.calibrate(question, slope, shift)
    return found


def _scaling(pairs: Iterable[tuple[float, bool]]) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression

    predicted, right = zip(*pairs, strict=True)
    probabilities = np.clip(predicted, 1e-6, 1 - 1e-6)
    scores = np.log(probabilities / (1 - probabilities))
    fitted = LogisticRegression(C=1e6).fit(scores.reshape(-1, 1), np.array(right))
    return round(float(fitted.coef_[0, 0]), 4), round(float(fitted.intercept_[0]), 4)


def choose(folds: Sequence[Fold], labels: dict[str, list[str]], vocabulary: Vocabulary) -> Thresholds:
    """The thresholds that decide best: for groups and concerns by F1, for coverage by precision.

    Args:
        folds: calibrated; their models are given the thresholds.
        labels: of each question.
        vocabulary: the hierarchy of concerns.
    """
    texts = list(_texts(folds))
    actions = [text for text in texts if text.sample.kind == "action"]
    worries = [text for text in texts if text.sample.kind == "concern"]
    thresholds = Thresholds(
        groups=_group_thresholds(folds[0].model, actions, labels["groups"]),
        concerns=_concern_thresholds(actions, labels["concerns"]),
        worry=max(_GRID, key=lambda threshold: _concern_counts(worries, labels["concerns"], threshold).f1 or 0.0),
    )
    for fold in folds:
        fold.model.thresholds = thresholds
    asked = list(_asked(folds, vocabulary))
    thresholds.cover = _precise([(p, right) for p, company, right in asked if not company])
    thresholds.cover_in_company = _precise([(p, right) for p, company, right in asked if company])
    return thresholds


def forget_columns(samples: Sequence[Sample]) -> None:
    """Words and samples remember the columns of one index; another index needs them to forget."""
    for sample in samples:
        sample.weighed.clear()
        for _, word in sample.words:
            word.columns = None


def _texts(folds: Sequence[Fold]) -> Iterator[_Text]:
    for fold in folds:
        forget_columns(fold.samples)
        yield from map(_Text, fold.samples, fold.model.predict_many(fold.samples), fold.groups, fold.concerns)


def _group_thresholds(model: Model, texts: Sequence[_Text], labels: Sequence[str]) -> dict[str, float]:
    """The one threshold that suits all groups best, then for each group another one where that is clearly better.

    Groups stand in each other's way (everybody beside a narrower one), so they are judged by the decision, not label by label.
    """

    def quality(thresholds: dict[str, float]) -> float:
        model.thresholds = Thresholds(thresholds, {})
        counts = Counts()
        for text in texts:
            found = set(groups_of(text.sample, text.prediction, model))
            counts += Counts.of(found, text.groups)
        return counts.f1 or 0.0

    def alike(threshold: float) -> dict[str, float]:
        return dict.fromkeys(labels, threshold)

    common = max(_GRID, key=lambda threshold: quality(alike(threshold)))
    chosen = alike(common)
    near = [threshold for threshold in _GRID if abs(threshold - common) <= _NEAR]
    for label in labels:
        variants = [{**chosen, label: threshold} for threshold in near]
        best = max(variants, key=quality)
        if quality(best) - quality(chosen) >= _CLEARLY:
            chosen = best
    return chosen


def _concern_thresholds(texts: Sequence[_Text], labels: Sequence[str]) -> dict[str, float]:
    """For each concern the threshold of the best F1; the fewer texts have it, the more it follows what suits all concerns."""
    counts = {label: {t: _concern_counts(texts, [label], t) for t in _GRID} for label in labels}
    overall = {t: sum((counts[label][t] for label in labels), Counts()) for t in _GRID}
    texts_with = {label: sum(label in text.concerns for text in texts) for label in labels}
    everyone = sum(texts_with.values())

    def smoothed(label: str, threshold: float) -> float:
        mine, others = counts[label][threshold], overall[threshold]
        share = _SMOOTH / everyone * len(labels)
        tp, fp, fn = (getattr(mine, kind) + share * getattr(others, kind) for kind in ("tp", "fp", "fn"))
        return 2 * tp / (2 * tp + fp + fn) if tp else 0.0

    return {label: max(_GRID, key=lambda t: (smoothed(label, t), t)) for label in labels}


def _concern_counts(texts: Sequence[_Text], labels: Sequence[str], threshold: float) -> Counts:
    """Right and wrong when the vocabulary's mentions count, and what the model finds from a probability on."""
    counts = Counts()
    for sample, prediction, _, gold in texts:
        found = {c for c in labels if c in sample.mentioned or prediction.concerns[c] >= threshold}
        counts += Counts.of(found, gold.intersection(labels))
    return counts


def _asked(folds: Sequence[Fold], vocabulary: Vocabulary) -> Iterator[tuple[float, bool, bool]]:
    """What the model alone finds in actions about concerns of their own card: probability, whether in company, whether right."""
    ancestors = {code: vocabulary.ancestors(code) for code in vocabulary.codes("concern")}
    for fold in folds:
        for card in fold.cards:
            forget_columns([*card.concerns, *card.actions])

            def concerns(sample: Sample, prediction: Prediction, model: Model = fold.model) -> list[str]:
                return vocabulary.narrowest(concerns_of(sample, prediction, model, ancestors).chosen)

            worries = {
                c
                for one in zip(card.concerns, fold.model.predict_many(card.concerns), strict=True)
                for c in concerns(*one)
            }
            predictions = fold.model.predict_many(card.actions)
            for sample, prediction, gold in zip(card.actions, predictions, card.gold, strict=True):
                chosen = concerns(sample, prediction)
                for c in worries.intersection(chosen) - sample.mentioned.keys():
                    yield prediction.concerns[c], has_company(c, chosen, sample, prediction), c in gold


def _precise(found: Sequence[tuple[float, bool]]) -> float:
    """From which probability on finds are right often enough to cover something."""
    cover = _COVERS[-1]
    for threshold in reversed(_COVERS):
        right = [ok for probability, ok in found if probability >= threshold]
        if len(right) >= _LEAST_FOUND:
            if sum(right) < _PRECISION * len(right):
                break
            cover = threshold
    return cover
