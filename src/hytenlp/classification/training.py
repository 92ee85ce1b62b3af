"""Training: labelled texts become one linear model, thresholds chosen on the development part, figures from the test part.

Deterministic: the same corpus and code give the same model, byte for byte on one machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hytenlp.classification.corpus import Corpus, Part
from hytenlp.classification.decision import concerns_of, groups_of
from hytenlp.classification.evaluation import Counts
from hytenlp.classification.features import Sample, letter_features, word_features
from hytenlp.classification.model import FeatureIndex, Model, Prediction, Thresholds
from hytenlp.records import BulletKind
from hytenlp.vocabulary.concepts import Vocabulary

SEED = 0
_LEAST_TEXTS = {"l": 2, "p": 2, "c": 5}  # a word or n-gram must occur in this many texts
_MOST_FEATURES = 40_000  # those that weigh most are kept: the others cost start-up time and change nothing
_STRENGTH = {"theme": 0.3, "groups": 1.0, "concerns": 3.0, "status": 0.5}  # C of the logistic regressions
_TUNED = 0.5  # weight of a text that the vocabulary was tuned on; chosen on the development part
_GRID = tuple(round(0.05 * step, 2) for step in range(2, 15))
_PRECISION = 0.9  # what concerns found by the model alone must reach to count in coverage ...
_NEAR = 0.2  # how far a group's threshold may be from that of the others
_CLEARLY = 0.001  # of F1 over all groups, for a group to have a threshold of its own
_COVERS = (0.5, 0.6, 0.7, 0.8, 0.9)  # ... from one of these probabilities on ...
_LEAST_FOUND = 10  # ... judged by as many of them
_ASKED = 3  # how many times as often an action is about a concern that its card worries about as about another: 3.0 % and 1.0 %
_SMOOTH = 0.5  # how much of all labels' counts goes into the choice of one label's threshold

#: Makes the sample of a text: (text, kind, stated theme) -> sample.
Sampler = Callable[[str, BulletKind, str | None], Sample]


@dataclass(slots=True)
class _Set:
    """Samples with their gold labels. Concern bullets have no theme and status."""

    samples: list[Sample] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    theme: list[str | None] = field(default_factory=list)
    status: list[str | None] = field(default_factory=list)
    groups: list[frozenset[str]] = field(default_factory=list)
    concerns: list[frozenset[str]] = field(default_factory=list)

    def add(
        self,
        sample: Sample,
        weight: float,
        theme: str | None,
        status: str | None,
        groups: Iterable[str],
        concerns: Iterable[str],
    ) -> None:
        self.samples.append(sample)
        self.weights.append(weight)
        self.theme.append(theme)
        self.status.append(status)
        self.groups.append(frozenset(groups))
        self.concerns.append(frozenset(concerns))


def train(corpus: Corpus, vocabulary: Vocabulary, sampler: Sampler, version: str) -> Model:
    """Fits on the training part, chooses thresholds on the development part, then fits once more on both.

    The test part is never seen; `evaluate` on it is honest for the model that is returned.

    Args:
        corpus: the labelled texts.
        vocabulary: the codes.
        sampler: reads a text with the vocabulary alone.
        version: of the code, for the model's origin.
    """
    labels = _labels(vocabulary)
    first = tuned(corpus, vocabulary, sampler)
    both = _collect(corpus, "train", sampler)
    _collect(corpus, "dev", sampler, into=both)
    origin = {
        "corpus": corpus.digest(), "version": version, "seed": SEED, "parts": ["train", "dev"], "samples": len(both.samples),
    }  # fmt: skip
    model = _fit(both, labels, first.thresholds, origin | {"calibration": first.origin["calibration"]})
    for question, (slope, shift) in first.origin["calibration"].items():
        model.calibrate(question, slope, shift)
    return model


def tuned(corpus: Corpus, vocabulary: Vocabulary, sampler: Sampler, leave_out: tuple[str, ...] = ()) -> Model:
    """A model of the training part alone, its thresholds chosen on the development part.

    Args:
        corpus: the labelled texts.
        vocabulary: the codes.
        sampler: reads a text with the vocabulary alone.
        leave_out: beginnings of the names of features to do without, for comparisons.
    """
    labels = _labels(vocabulary)
    held = _collect(corpus, "dev", sampler, plain=True)
    origin = {"corpus": corpus.digest(), "seed": SEED, "parts": ["train"]}
    first = _fit(_collect(corpus, "train", sampler), labels, Thresholds({}, {}, 1.0), origin, leave_out)
    _forget_columns(held.samples)
    first.origin["calibration"] = {}
    for question, gold in (("groups", held.groups), ("concerns", held.concerns)):
        slope, shift = _calibration([getattr(first.predict(sample), question) for sample in held.samples], gold)
        first.calibrate(question, slope, shift)
        first.origin["calibration"][question] = [slope, shift]
    first.thresholds = _choose(first, held, labels, vocabulary)
    _forget_columns(held.samples)
    return first


def _labels(vocabulary: Vocabulary) -> dict[str, list[str]]:
    return {
        "theme": vocabulary.codes("theme"),
        "groups": vocabulary.codes("group"),
        "concerns": vocabulary.codes("concern"),
        "status": vocabulary.codes("status"),
    }


def _collect(corpus: Corpus, part: Part, sampler: Sampler, *, plain: bool = False, into: _Set | None = None) -> _Set:
    """The samples of a part.

    Actions under a heading come with and without it. Texts that the vocabulary was tuned on count for less, and also come as if it had
    found nothing: there it knows too much, and a model that leaned on it would be disappointed elsewhere.
    """
    found = into or _Set()
    tuned = set(corpus.splits.get("vocabulary", []))
    for action in corpus.actions(part):
        labels = (action.theme, action.status, action.target_groups, action.concerns)
        sample = sampler(action.text, "action", None)
        found.add(sample, _TUNED if action.author in tuned and not plain else 1.0, *labels)
        if plain:
            continue
        if action.stated_theme:
            found.add(sampler(action.text, "action", action.stated_theme), 0.5, *labels)
        if action.author in tuned:
            found.add(sample.without_mentions(), 1.0, *labels)
    for card in corpus.cards(part):
        for concern in card.concerns:
            found.add(sampler(concern.text, "concern", None), 1.0, None, None, concern.target_groups, concern.concerns)
    return found


def _fit(
    data: _Set,
    labels: dict[str, list[str]],
    thresholds: Thresholds,
    origin: dict[str, Any],
    leave_out: tuple[str, ...] = (),
) -> Model:
    index = _index(data.samples, leave_out)
    _forget_columns(data.samples)
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
    weight[[i for i, name in enumerate(index.names) if name[:2] not in ("l=", "p=", "c=")]] = np.inf  # findings stay
    kept = np.sort(np.argsort(-weight, kind="stable")[:_MOST_FEATURES])
    smaller = FeatureIndex([index.names[i] for i in kept], index.idf[kept])
    _forget_columns(data.samples)
    return Model(
        smaller,
        weights_of[kept].astype(np.float16),
        np.concatenate(biases).astype(np.float32),
        labels,
        thresholds,
        origin,
    )


def _forget_columns(samples: Sequence[Sample]) -> None:
    """Words and samples remember the columns of one index; another index needs them to forget."""
    for sample in samples:
        sample.weighed.clear()
        for _, word in sample.words:
            word.columns = None


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


def _calibration(predicted: Sequence[dict[str, float]], gold: Sequence[frozenset[str]]) -> tuple[float, float]:
    """Slope and shift that make the probabilities of a question mean what they say (Platt scaling over all its labels)."""
    from sklearn.linear_model import LogisticRegression

    probabilities = np.clip([p for one in predicted for p in one.values()], 1e-6, 1 - 1e-6)
    right = np.array([label in labels for one, labels in zip(predicted, gold, strict=True) for label in one])
    scores = np.log(probabilities / (1 - probabilities))
    fitted = LogisticRegression(C=1e6, random_state=SEED).fit(scores.reshape(-1, 1), right)
    return round(float(fitted.coef_[0, 0]), 4), round(float(fitted.intercept_[0]), 4)


def _choose(model: Model, held: _Set, labels: dict[str, list[str]], vocabulary: Vocabulary) -> Thresholds:
    """Thresholds by label for the best F1, a little drawn to what suits all labels; and the one for coverage by precision."""
    predictions = model.predict_many(held.samples)
    groups = _group_thresholds(model, held, predictions, labels["groups"])
    concerns = _by_label([p.concerns for p in predictions], held.concerns, labels["concerns"])
    model.thresholds = Thresholds(groups, concerns, 1.0)
    return Thresholds(groups, concerns, _cover(model, held, predictions, vocabulary))


def _group_thresholds(
    model: Model, held: _Set, predictions: Sequence[Prediction], labels: Sequence[str]
) -> dict[str, float]:
    """The one threshold that suits all groups best, then for each group another one where that is clearly better.

    Groups stand in each other's way (everybody beside a narrower one), so they are judged by the decision, not label by label.
    """
    texts = [
        (sample, prediction, gold)
        for sample, prediction, gold in zip(held.samples, predictions, held.groups, strict=True)
        if sample.kind == "action"
    ]

    def quality(thresholds: dict[str, float]) -> float:
        model.thresholds = Thresholds(thresholds, {}, 1.0)
        counts = Counts()
        for sample, prediction, gold in texts:
            found = set(groups_of(sample, prediction, model))
            counts += Counts(len(found & gold), len(found - gold), len(gold - found))
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


def _cover(model: Model, held: _Set, predictions: Sequence[Prediction], vocabulary: Vocabulary) -> float:
    """From which probability on the concerns that only the model finds in actions are right often enough to cover something.

    Coverage asks only for the concerns that the same card worries about. There right finds are more frequent than in texts by themselves, so
    they count more.
    """
    ancestors = {code: vocabulary.ancestors(code) for code in vocabulary.codes("concern")}
    found: list[tuple[float, bool]] = []
    for sample, prediction, gold in zip(held.samples, predictions, held.concerns, strict=True):
        if sample.kind == "action":
            chosen = vocabulary.narrowest(concerns_of(sample, prediction, model, ancestors))
            found += [(prediction.concerns[c], c in gold) for c in chosen if c not in sample.mentioned]
    cover = _COVERS[-1]
    for threshold in reversed(_COVERS):
        right = [ok for probability, ok in found if probability >= threshold]
        if len(right) >= _LEAST_FOUND and _ASKED * sum(right) < _PRECISION * (_ASKED * sum(right) + right.count(False)):
            break
        cover = threshold
    return cover


def _by_label(
    predicted: Sequence[dict[str, float]], gold: Sequence[frozenset[str]], labels: Sequence[str]
) -> dict[str, float]:
    table = {label: {t: Counts() for t in _GRID} for label in labels}
    for probabilities, right in zip(predicted, gold, strict=True):
        for label in labels:
            for threshold in _GRID:
                given = probabilities[label] >= threshold
                if given or label in right:
                    table[label][threshold] += Counts(
                        int(given and label in right), int(given and label not in right), int(not given)
                    )
    overall = {t: sum((table[label][t] for label in labels), Counts()) for t in _GRID}
    chosen = {}
    for label in labels:

        def smoothed(threshold: float, own: dict[float, Counts] = table[label]) -> float:
            mine, everyone = own[threshold], overall[threshold]
            share = _SMOOTH / max(1, len(labels)) * 10
            tp, fp, fn = (getattr(mine, k) + share * getattr(everyone, k) for k in ("tp", "fp", "fn"))
            return 2 * tp / (2 * tp + fp + fn) if tp else 0.0

        chosen[label] = max(_GRID, key=lambda t: (smoothed(t), t))
    return chosen
