"""Training: labelled texts become one linear model.

Calibration and thresholds come from hands that a model never saw, see `thresholds`. Deterministic: the same corpus and code give the
same model, byte for byte on one machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hytenlp.classification.corpus import Corpus, LabelledCard, Part
from hytenlp.classification.features import Sample, letter_features, word_features
from hytenlp.classification.model import FeatureIndex, Model, Thresholds
from hytenlp.classification.thresholds import CardSamples, Fold, calibrate, choose, forget_columns
from hytenlp.records import BulletKind
from hytenlp.vocabulary.concepts import Vocabulary

SEED = 0
_FOLDS = 3
_LEAST_TEXTS = {"l": 2, "p": 2, "c": 5}  # a word or n-gram must occur in this many texts
_MOST_FEATURES = 40_000  # those that weigh most are kept: the others cost start-up time and change nothing
_STRENGTH = {"theme": 0.3, "groups": 1.0, "concerns": 3.0, "status": 0.5}  # C of the logistic regressions
_TUNED = 0.5  # weight of a text that the vocabulary was tuned on; chosen on the development part
_WORRY = 2.0  # weight of a concern bullet, of which there are fewer

#: Makes the sample of a text: (text, kind, stated theme) -> sample.
Sampler = Callable[[str, BulletKind, str | None], Sample]


@dataclass(slots=True)
class _Texts:
    """Samples with their gold labels. Concern bullets have no theme and status.

    Attributes:
        hands: who wrote each.
        copied: whether it is a copy, with a heading or without mentions, of another.
    """

    samples: list[Sample] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    hands: list[str] = field(default_factory=list)
    copied: list[bool] = field(default_factory=list)
    theme: list[str | None] = field(default_factory=list)
    status: list[str | None] = field(default_factory=list)
    groups: list[frozenset[str]] = field(default_factory=list)
    concerns: list[frozenset[str]] = field(default_factory=list)

    def add(
        self,
        sample: Sample,
        weight: float,
        hand: str,
        theme: str | None,
        status: str | None,
        groups: Iterable[str],
        concerns: Iterable[str],
        *,
        copied: bool = False,
    ) -> None:
        values = (sample, weight, hand, copied, theme, status, frozenset(groups), frozenset(concerns))
        for name, value in zip(self.__slots__, values, strict=True):
            getattr(self, name).append(value)

    def only(self, chosen: Sequence[int]) -> _Texts:
        """Some of them, by number."""
        return _Texts(*([getattr(self, name)[i] for i in chosen] for name in self.__slots__))


def train(
    corpus: Corpus,
    vocabulary: Vocabulary,
    sampler: Sampler,
    version: str,
    parts: Sequence[Part] = ("train", "dev"),
    leave_out: tuple[str, ...] = (),
) -> Model:
    """Fits on parts of a corpus.

    A part that is left out is never seen: `evaluate` on it is honest for the model that is returned.

    Args:
        corpus: the labelled texts.
        vocabulary: the codes.
        sampler: reads a text with the vocabulary alone.
        version: of the code, for the model's origin.
        parts: of the corpus.
        leave_out: beginnings of the names of features to do without, for comparisons.
    """
    labels = {
        "theme": vocabulary.codes("theme"),
        "groups": vocabulary.codes("group"),
        "concerns": vocabulary.codes("concern"),
        "status": vocabulary.codes("status"),
    }
    data = _Texts()
    for part in parts:
        _collect(corpus, part, sampler, data)
    cards = [card for part in parts for card in corpus.cards(part)]
    folds = _folds(data, cards, set(corpus.splits.get("vocabulary", [])), labels, sampler, leave_out)
    calibration = calibrate(folds)
    thresholds = choose(folds, labels, vocabulary)
    origin = {
        "corpus": corpus.digest(), "version": version, "seed": SEED, "parts": list(parts), "samples": len(data.samples),
        "calibration": calibration,
    }  # fmt: skip
    model = _fit(data, labels, origin, leave_out)
    for question, (slope, shift) in calibration.items():
        model.calibrate(question, slope, shift)
    model.thresholds = thresholds
    forget_columns(data.samples)
    return model


def _folds(
    data: _Texts,
    cards: Sequence[LabelledCard],
    tuned: set[str],
    labels: dict[str, list[str]],
    sampler: Sampler,
    leave_out: tuple[str, ...],
) -> list[Fold]:
    """Models that each lack some hands, with the texts of these hands; hands that the vocabulary was tuned on lack in none."""
    fresh = sorted(set(data.hands) - tuned)
    folds = []
    for turn in range(_FOLDS):
        away = set(fresh[turn::_FOLDS])
        model = _fit(data.only([i for i, hand in enumerate(data.hands) if hand not in away]), labels, {}, leave_out)
        held = data.only([i for i, hand in enumerate(data.hands) if hand in away and not data.copied[i]])
        own = [_card_samples(card, sampler) for card in cards if card.author in away]
        folds.append(Fold(model, held.samples, held.groups, held.concerns, own))
    return folds


def _card_samples(card: LabelledCard, sampler: Sampler) -> CardSamples:
    return CardSamples(
        [sampler(concern.text, "concern", None) for concern in card.concerns],
        [sampler(action.text, "action", action.stated_theme) for action in card.actions],
        [frozenset(action.concerns) for action in card.actions],
    )


def _collect(corpus: Corpus, part: Part, sampler: Sampler, data: _Texts) -> None:
    """The samples of a part.

    Actions under a heading come with and without it. Texts in which the vocabulary found something also come as if it had not: it knows
    too much of the texts that it was tuned on, and a model that leaned on it would be disappointed elsewhere.
    """
    tuned = set(corpus.splits.get("vocabulary", []))

    def add(kind: BulletKind, text: str, hand: str, weight: float, labels: tuple[Any, ...]) -> None:
        sample = sampler(text, kind, None)
        data.add(sample, weight * (_TUNED if hand in tuned else 1.0), hand, *labels)
        if sample.mentioned or hand in tuned:
            data.add(sample.without_mentions(), weight, hand, *labels, copied=True)

    for action in corpus.actions(part):
        labels = (action.theme, action.status, action.target_groups, action.concerns)
        add("action", action.text, action.author, 1.0, labels)
        if action.stated_theme:
            sample = sampler(action.text, "action", action.stated_theme)
            data.add(sample, 0.5, action.author, *labels, copied=True)
    for card in corpus.cards(part):
        for concern in card.concerns:
            add("concern", concern.text, card.author, _WORRY, (None, None, concern.target_groups, concern.concerns))


def _fit(
    data: _Texts,
    labels: dict[str, list[str]],
    origin: dict[str, Any],
    leave_out: tuple[str, ...],
) -> Model:
    index = _index(data.samples, leave_out)
    forget_columns(data.samples)
    matrix = _matrix(index, data.samples)
    weights = np.array(data.weights)
    fitted = (
        _fit_one(matrix, data.theme, labels["theme"], weights, _STRENGTH["theme"]),
        _fit_many(matrix, data.groups, labels["groups"], weights, _STRENGTH["groups"]),
        _fit_many(matrix, data.concerns, labels["concerns"], weights, _STRENGTH["concerns"]),
        _fit_one(matrix, data.status, labels["status"], weights, _STRENGTH["status"]),
    )  # in the order of `labels`
    columns, biases = [one for one, _ in fitted], [bias for _, bias in fitted]
    weights_of = np.hstack(columns)
    weight = np.linalg.norm(weights_of, axis=1) * index.idf
    names = index.names
    weight[[i for i, name in enumerate(names) if name[:2] not in ("l=", "p=", "c=")]] = np.inf  # findings stay
    kept = np.sort(np.argsort(-weight, kind="stable")[:_MOST_FEATURES])
    smaller = FeatureIndex([names[i] for i in kept], index.idf[kept])
    forget_columns(data.samples)
    return Model(
        smaller,
        weights_of[kept].astype(np.float16),
        np.concatenate(biases).astype(np.float32),
        labels,
        Thresholds({}, {}),
        origin,
    )


def _index(samples: Sequence[Sample], leave_out: tuple[str, ...]) -> FeatureIndex:
    texts: Counter[str] = Counter()
    findings: Counter[str] = Counter()
    for sample in samples:
        texts.update({name for _, word in sample.words for name in (*word_features(word), *letter_features(word))})
        findings.update(sample.findings.keys())
    names = sorted(
        name
        for name, count in texts.items()
        if count >= _LEAST_TEXTS[name[0]] and "\n" not in name and not name.startswith(leave_out)
    )
    idf = [np.log((1 + len(samples)) / (1 + texts[name])) + 1 for name in names]
    extra = sorted(name for name in findings if not name.startswith(leave_out))
    return FeatureIndex([*names, *extra], np.array([*idf, *[1.0] * len(extra)], np.float32))


def _matrix(index: FeatureIndex, samples: Sequence[Sample]) -> Any:
    from scipy.sparse import csr_matrix

    rows = [index.row(sample) for sample in samples]
    ends = np.concatenate([[0], np.cumsum([len(columns) for columns, _ in rows])])
    columns = np.concatenate([columns for columns, _ in rows])
    values = np.concatenate([values for _, values in rows])
    matrix = csr_matrix((values, columns, ends), shape=(len(samples), len(index)))
    matrix.sum_duplicates()
    return matrix


def _fit_one(
    matrix: Any, gold: Sequence[str | None], labels: Sequence[str], weights: NDArray[np.float64], strength: float
) -> tuple[Any, Any]:
    """One of several labels: multinomial logistic regression."""
    from sklearn.linear_model import LogisticRegression

    known = np.array([label is not None for label in gold])
    target = np.array([labels.index(label) for label in gold if label is not None])
    model = LogisticRegression(C=strength, max_iter=400, random_state=SEED)
    model.fit(matrix[known], target, sample_weight=weights[known])
    return model.coef_.T, model.intercept_


def _fit_many(
    matrix: Any, gold: Sequence[frozenset[str]], labels: Sequence[str], weights: NDArray[np.float64], strength: float
) -> tuple[Any, Any]:
    """Any number of labels: one logistic regression each."""
    from joblib import Parallel, delayed

    fitted = Parallel(n_jobs=2, max_nbytes=None)(
        delayed(_fit_binary)(matrix, np.array([label in one for one in gold]), weights, strength) for label in labels
    )
    return np.array([coefficients for coefficients, _ in fitted]).T, np.array([bias for _, bias in fitted])


def _fit_binary(
    matrix: Any, target: NDArray[np.bool_], weights: NDArray[np.float64], strength: float
) -> tuple[Any, float]:
    from sklearn.linear_model import LogisticRegression

    if not target.any():
        return np.zeros(matrix.shape[1]), -20.0
    model = LogisticRegression(C=strength, solver="liblinear", max_iter=300, random_state=SEED)
    model.fit(matrix, target, sample_weight=weights)
    return model.coef_[0], float(model.intercept_[0])
