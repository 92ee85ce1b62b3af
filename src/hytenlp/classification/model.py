"""The trained model: one linear layer over sparse features for all labels, in plain arrays.

It is stored as a numpy archive without pickles (nothing in it can run) and used with numpy alone, so that a prediction needs no
scikit-learn. Beside the weights it holds what it was made from: the corpus's hash, the code version, the seed.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hytenlp.classification.features import LETTER_SCALE, WORD_SCALE, Sample, letter_features, word_features
from hytenlp.errors import ResourceError
from hytenlp.finnish.words import Word

FILE = "model.npz"
METRICS = "metrics.json"
FORMAT = 1
_EMPTY = np.zeros(0, np.int32)


class FeatureIndex:
    """Maps feature names to columns and texts to sparse rows.

    Args:
        names: the names, in column order.
        idf: the weight of each column; 1 for findings.
    """

    def __init__(self, names: Sequence[str], idf: NDArray[np.float32]) -> None:
        self.names = list(names)
        self.idf = idf
        self._columns = {name: i for i, name in enumerate(self.names)}

    def __len__(self) -> int:
        return len(self.names)

    def columns_of(self, word: Word) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The columns of a word's lemmas and parts, and of its letters."""
        known: tuple[NDArray[np.int32], NDArray[np.int32]] | None = word.memo.get("columns")
        if known is None:
            known = word.memo["columns"] = (self._known(word_features(word)), self._known(letter_features(word)))
        return known

    def _known(self, names: Iterable[str]) -> NDArray[np.int32]:
        found = {self._columns[name] for name in names if name in self._columns}
        return np.fromiter(found, np.int32, len(found)) if found else _EMPTY

    def row(self, sample: Sample) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The columns and values of a text: words and letters by inverse document frequency, each block of length one, then scaled."""
        columns, values = [], []
        pairs = [self.columns_of(word) for _, word in sample.words]
        for block, scale in ((0, WORD_SCALE), (1, LETTER_SCALE)):
            present = np.unique(np.concatenate([pair[block] for pair in pairs])) if pairs else _EMPTY
            weight = self.idf[present]
            length = float(np.sqrt(weight @ weight)) if len(present) else 0.0
            columns.append(present)
            values.append(weight * (scale / length) if length else weight)
        found = [(self._columns[name], value) for name, value in sample.findings.items() if name in self._columns]
        columns.append(np.array([column for column, _ in found], np.int32))
        values.append(np.array([value for _, value in found], np.float32))
        return np.concatenate(columns), np.concatenate(values)


@dataclass(frozen=True, slots=True)
class Prediction:
    """Probabilities by label, for each of the four questions, and the row that they come from."""

    theme: dict[str, float]
    groups: dict[str, float]
    concerns: dict[str, float]
    status: dict[str, float]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability a label counts; chosen on the development part.

    Attributes:
        groups, concerns: by label.
        cover: from which probability a concern that only the model found counts in coverage.
    """

    groups: dict[str, float]
    concerns: dict[str, float]
    cover: float


class Model:
    """A linear model of themes, groups, concerns and status.

    Args:
        index: the features.
        weights: one row a feature, one column a label.
        bias: one value a label.
        labels: the labels of each question, in the order of the columns.
        thresholds: when a label counts.
        origin: what the model was made from: corpus hash, code version, seed, parts.
    """

    def __init__(
        self,
        index: FeatureIndex,
        weights: NDArray[np.float16],
        bias: NDArray[np.float32],
        labels: dict[str, list[str]],
        thresholds: Thresholds,
        origin: dict[str, Any],
    ) -> None:
        self.index = index
        self.labels = labels
        self.thresholds = thresholds
        self.origin = origin
        self._weights = weights
        self._bias = bias
        ends = np.cumsum([len(members) for members in labels.values()])
        self._slices = {name: slice(end - len(labels[name]), end) for name, end in zip(labels, ends, strict=True)}

    def predict(self, sample: Sample) -> Prediction:
        """The probabilities of all labels for a text."""
        columns, values = self.index.row(sample)
        scores = values @ self._weights[columns].astype(np.float32) + self._bias
        theme, status = _softmax(scores[self._slices["theme"]]), _softmax(scores[self._slices["status"]])
        groups, concerns = _sigmoid(scores[self._slices["groups"]]), _sigmoid(scores[self._slices["concerns"]])
        named = [dict(zip(self.labels[name], map(float, part), strict=True)) for name, part in
                 (("theme", theme), ("groups", groups), ("concerns", concerns), ("status", status))]  # fmt: skip
        return Prediction(*named)

    def calibrate(self, question: str, slope: float, shift: float) -> None:
        """Rescales the scores of a question, so that its probabilities mean what they say."""
        part = self._slices[question]
        self._weights[:, part] = (self._weights[:, part].astype(np.float32) * slope).astype(np.float16)
        self._bias[part] = self._bias[part] * slope + shift

    def weighed_most(self, sample: Sample, question: str, label: str, count: int = 2) -> list[int]:
        """The tokens whose words and letters spoke most for a label, best first; only those that spoke for it."""
        column = self._slices[question].start + self.labels[question].index(label)
        scored = []
        for token, word in sample.words:
            words, letters = self.index.columns_of(word)
            score = sum(
                float(self.index.idf[part] @ self._weights[part, column].astype(np.float32)) * scale
                for part, scale in ((words, WORD_SCALE), (letters, LETTER_SCALE))
                if len(part)
            )
            scored.append((score, token))
        best = sorted(scored, reverse=True)[:count]
        return sorted(token for score, token in best if score > 0)

    def to_bytes(self) -> bytes:
        """The model as a file."""
        meta = {
            "format": FORMAT,
            "labels": self.labels,
            "origin": self.origin,
            "thresholds": {
                "groups": self.thresholds.groups,
                "concerns": self.thresholds.concerns,
                "cover": self.thresholds.cover,
            },
        }
        out = io.BytesIO()
        np.savez_compressed(
            out,
            meta=np.frombuffer(json.dumps(meta, ensure_ascii=False).encode(), np.uint8),
            names=np.frombuffer("\n".join(self.index.names).encode(), np.uint8),
            idf=self.index.idf.astype(np.float32),
            weights=self._weights,
            bias=self._bias,
        )
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Model:
        """A model from a file.

        Raises:
            ResourceError: the file is no model of this version. Nothing in a file is ever executed.
        """
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as archive:
                meta = json.loads(archive["meta"].tobytes())
                names = archive["names"].tobytes().decode().split("\n")
                idf, weights, bias = archive["idf"], archive["weights"], archive["bias"]
            if meta["format"] != FORMAT or weights.shape != (len(names), len(bias)):
                raise ValueError("another format")
            thresholds = Thresholds(**meta["thresholds"])
            return cls(FeatureIndex(names, idf), weights, bias, meta["labels"], thresholds, meta["origin"])
        except (ValueError, KeyError, TypeError, OSError, EOFError) as error:
            raise ResourceError(
                f"mallia ei voi lukea ({error}). Opeta se uudelleen: hytenlp train corpus -o models."
            ) from None
        except Exception as error:  # zipfile and zlib have errors of their own
            raise ResourceError(
                f"mallia ei voi lukea ({type(error).__name__}). Opeta se uudelleen: hytenlp train corpus -o models."
            ) from None

    @classmethod
    @cache
    def load(cls) -> Model | None:
        """The model that comes with the package; None when there is none, and the vocabulary decides alone."""
        file = shipped(FILE)
        return cls.from_bytes(file.read_bytes()) if file else None


def shipped(name: str) -> Traversable | None:
    """A file that comes with the model; None when there is none."""
    return next((folder / name for folder in _folders() if (folder / name).is_file()), None)


def _folders() -> Iterable[Traversable]:
    """Where models lie: inside an installed package, or beside the sources of a checkout."""
    package = resources.files("hytenlp")
    yield package / "models"
    if isinstance(package, Path):
        yield package.parent.parent / "models"


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    shifted = np.exp(scores - scores.max())
    return np.asarray(shifted / shifted.sum(), np.float32)


def _sigmoid(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30, 30))), np.float32)
