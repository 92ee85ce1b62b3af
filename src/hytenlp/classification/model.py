"""The trained model: one linear layer over sparse features for all labels, in plain arrays.

It is stored as a numpy archive without pickles (nothing in it can run) and used with numpy alone, so that a prediction needs no
scikit-learn. Beside the weights it holds what it was made from: the corpus's hash, the code version, the seed.
"""

from __future__ import annotations

import hashlib
import io
import json
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import chain, repeat
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hytenlp.classification.features import LETTER_SCALE, WORD_SCALE, Sample, letters_of, parts_of
from hytenlp.classification.scores import LEAST, Scores
from hytenlp.errors import ResourceError
from hytenlp.finnish.words import Word

FILE = "model.npz"
METRICS = "metrics.json"
FORMAT = 2
_TOGETHER = 500  # texts in a product; more would only take memory

_Turn = Callable[[NDArray[np.float32]], NDArray[np.float32]]


class FeatureIndex:
    """Maps feature names to columns and texts to sparse rows.

    Args:
        names: the names, in column order.
        idf: the weight of each column; 1 for findings.
    """

    def __init__(self, names: Sequence[str], idf: NDArray[np.float32]) -> None:
        self.idf = idf
        self._columns: dict[str, int] = {}  # of findings; what words consist of is looked up without the sort before it
        self._lemmas: dict[str, int] = {}
        self._parts: dict[str, int] = {}
        self._letters: dict[str, int] = {}
        self._sorts = {"l=": self._lemmas, "p=": self._parts, "c=": self._letters}
        for i, name in enumerate(names):
            if (sort := name[:2]) in self._sorts:
                self._sorts[sort][name[2:]] = i
            else:
                self._columns[name] = i
        self.of_letters = np.zeros(len(names), bool)
        self.of_letters[list(self._letters.values())] = True
        self._type: Literal["H", "I"] = (
            "H" if len(names) <= 1 << 16 else "I"
        )  # words hold columns in as few bytes as do

    def __len__(self) -> int:
        return len(self.idf)

    @property
    def names(self) -> list[str]:
        """The names, in column order."""
        columns = {i: name for name, i in self._columns.items()}
        for sort, texts in self._sorts.items():
            columns.update({i: sort + text for text, i in texts.items()})
        return [columns[i] for i in range(len(columns))]

    def columns_of(self, word: Word) -> bytes:
        """The columns of a word's lemmas and parts, then those of its letters, as an array of the type `_type`."""
        known: bytes | None = word.columns
        if known is None:
            words = _known(chain(map(self._lemmas.get, word.lemmas), map(self._parts.get, parts_of(word))))
            letters = _known(map(self._letters.get, letters_of(word)))
            known = word.columns = array(self._type, chain(words, letters)).tobytes()
        return known

    def columns_of_all(self, words: Sequence[Word]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The columns of words, one word after the other, and how many each has."""
        packed = [self.columns_of(word) if word.columns is None else word.columns for word in words]
        columns = np.frombuffer(b"".join(packed), self._type)
        counts = np.fromiter(map(len, packed), np.int64, len(packed)) // columns.itemsize
        return columns.astype(np.int64), counts

    def row(self, sample: Sample) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The columns and values of one text; see `rows`."""
        columns, values, _ = self.rows([sample])
        return columns, values

    def rows(self, samples: Sequence[Sample]) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int64]]:
        """The columns and values of texts, one text after the other, and where each begins.

        Words and letters count by inverse document frequency, each block of length one, then scaled. A text's values do not depend on
        the other texts.
        """
        columns, counts = self.columns_of_all([word for one in samples for _, word in one.words])
        texts = np.repeat(np.arange(len(samples)), [len(one.words) for one in samples])
        block, column = _distinct(np.repeat(texts * 2, counts) + self.of_letters[columns], columns, len(self))
        weight = self.idf[column].astype(np.float64)
        length = np.sqrt(np.bincount(block, weight * weight, 2 * len(samples)))
        length[0::2] /= WORD_SCALE
        length[1::2] /= LETTER_SCALE

        findings = [one.findings for one in samples]
        found = [len(one) for one in findings]
        extra = np.fromiter(map(self._columns.get, chain.from_iterable(findings), repeat(-1)), np.int64, sum(found))
        worth = np.fromiter(chain.from_iterable(map(dict.values, findings)), np.float64, len(extra))
        known = extra >= 0
        text = np.concatenate([block // 2, np.repeat(np.arange(len(samples)), found)[known]])
        order = np.argsort(text, kind="stable")
        begins = np.concatenate([[0], np.cumsum(np.bincount(text, minlength=len(samples)))])
        return (
            np.concatenate([column, extra[known]])[order].astype(np.int32),
            np.concatenate([weight / length[block], worth[known]])[order].astype(np.float32),
            begins,
        )


def _known(columns: Iterable[int | None]) -> set[int]:
    return {column for column in columns if column is not None}


def _distinct(
    blocks: NDArray[np.int64], columns: NDArray[np.int64], size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The distinct pairs in ascending order: as `np.unique` of one number a pair, whose hashing takes twenty times as long here."""
    bits = size.bit_length()
    codes = np.sort((blocks << bits) + columns)
    first = np.ones(len(codes), bool)
    first[1:] = codes[1:] != codes[:-1]
    codes = codes[first]
    return codes >> bits, codes & ((1 << bits) - 1)


class Prediction(NamedTuple):
    """Probabilities by label, for each of the four questions."""

    theme: Scores
    groups: Scores
    concerns: Scores
    status: Scores


@dataclass(slots=True)
class Thresholds:
    """From which probability a label counts; chosen on texts of hands that a model never saw.

    Attributes:
        groups, concerns: of actions, by label.
        worry: of the concerns of concern bullets.
        cover: the least for a concern of an action, so that what the model finds alone is sure enough to cover a worry ...
        cover_in_company: ... also beside another concern that is named or likelier.
    """

    groups: dict[str, float]
    concerns: dict[str, float]
    worry: float = 0.0
    cover: float = 0.0
    cover_in_company: float = 0.0


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
        self._weights = weights.astype(np.float32)  # all of them are numbers of half the precision, as in the file
        self._bias = bias
        ends = np.cumsum([len(members) for members in labels.values()])
        self._places = {name: {label: i for i, label in enumerate(members)} for name, members in labels.items()}
        self._slices = {name: slice(end - len(labels[name]), end) for name, end in zip(labels, ends, strict=True)}

    def predict(self, sample: Sample) -> Prediction:
        """The probabilities of all labels for a text."""
        return self.predict_many([sample])[0]

    def predict_many(self, samples: Sequence[Sample]) -> list[Prediction]:
        """The probabilities of all labels for texts, by sparse products. Each is what it would be alone."""
        return [one for i in range(0, len(samples), _TOGETHER) for one in self._product(samples[i : i + _TOGETHER])]

    def _product(self, samples: Sequence[Sample]) -> Iterable[Prediction]:
        from scipy.sparse import csr_array

        columns, values, begins = self.index.rows(samples)
        product = csr_array((values, columns, begins), shape=(len(samples), len(self.index))) @ self._weights
        scores = product + self._bias
        return map(
            Prediction,
            self._scores("theme", _softmax, scores),
            self._scores("groups", _sigmoid, scores),
            self._scores("concerns", _sigmoid, scores),
            self._scores("status", _softmax, scores),
        )

    def _scores(self, question: str, turn: _Turn, scores: NDArray[np.float32]) -> Iterable[Scores]:
        """The probabilities of the labels of one question for texts, by their scores."""
        labels, probabilities = self.labels[question], turn(scores[:, self._slices[question]])
        places, rows = self._places[question], probabilities.tolist()
        likely: list[dict[str, float]] = [{} for _ in rows]
        for text, place in zip(*(part.tolist() for part in np.nonzero(probabilities >= LEAST)), strict=True):
            likely[text][labels[place]] = rows[text][place]
        best = [labels[place] for place in probabilities.argmax(axis=1).tolist()]
        return map(Scores, repeat(places), rows, likely, best)

    def calibrate(self, question: str, slope: float, shift: float) -> None:
        """Rescales the scores of a question, so that its probabilities mean what they say."""
        part = self._slices[question]
        self._weights[:, part] = (self._weights[:, part] * slope).astype(np.float16)
        self._bias[part] = self._bias[part] * slope + shift

    def weighed_most(self, sample: Sample, question: str, label: str, count: int = 2) -> list[int]:
        """The tokens whose words and letters spoke most for a label, in the text's order; only those that spoke for it."""
        if (question, label) not in sample.weighed:
            self.weigh([(sample, question, label)])
        return sorted(sample.weighed[question, label][:count])

    def weigh(self, asked: Sequence[tuple[Sample, str, str]]) -> None:
        """Finds what `weighed_most` will be asked: for many texts, questions and labels together in a fraction of the time."""
        if not asked:
            return
        words = [word for sample, _, _ in asked for _, word in sample.words]
        columns, counts = self.index.columns_of_all(words)
        of_label = [self._slices[question].start + self._places[question][label] for _, question, label in asked]
        of_word = np.repeat(of_label, [len(sample.words) for sample, _, _ in asked])
        values = self.index.idf[columns] * self._weights[columns, np.repeat(of_word, counts)]
        values *= np.where(self.index.of_letters[columns], np.float32(LETTER_SCALE), np.float32(WORD_SCALE))
        owners = np.repeat(np.arange(len(words)), counts)
        scores = iter(np.bincount(owners, values, len(words)).tolist())
        for sample, question, label in asked:
            scored = [(score, i) for (i, _), score in zip(sample.words, scores, strict=False) if score > 0]
            sample.weighed[question, label] = [i for _, i in sorted(scored, reverse=True)]

    def to_bytes(self) -> bytes:
        """The model as a file."""
        meta = {
            "format": FORMAT,
            "labels": self.labels,
            "origin": self.origin,
            "thresholds": asdict(self.thresholds),
        }
        out = io.BytesIO()
        np.savez_compressed(
            out,
            meta=np.frombuffer(json.dumps(meta, ensure_ascii=False).encode(), np.uint8),
            names=np.frombuffer("\n".join(self.index.names).encode(), np.uint8),
            idf=self.index.idf.astype(np.float32),
            weights=self._weights.astype(np.float16),
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

    @staticmethod
    def digest() -> str | None:
        """SHA-256 of the model that comes with the package; None when there is none."""
        file = shipped(FILE)
        return hashlib.sha256(file.read_bytes()).hexdigest() if file else None


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
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), np.float32)


def _sigmoid(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30, 30))), np.float32)
