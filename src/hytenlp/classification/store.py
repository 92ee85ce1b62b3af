"""Trains, measures and saves: the model and its figures are replaced together, and only when all of it succeeded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import hytenlp
from hytenlp.classification.corpus import Corpus
from hytenlp.classification.evaluation import evaluate, readable
from hytenlp.classification.features import Sample
from hytenlp.classification.model import FILE, METRICS, Model
from hytenlp.classification.training import train
from hytenlp.engine import BulletKind, Engine
from hytenlp.errors import OutputError, reason
from hytenlp.finnish.cache import write_atomically
from hytenlp.finnish.language import HyteFinnish
from hytenlp.records import Item, Record


def train_and_save(corpus: Corpus, folder: Path) -> str:
    """Trains on a corpus and writes `model.npz` and `metrics.json`.

    Args:
        corpus: the labelled texts, with their split.
        folder: where the files go; those of an earlier training stay until the new ones are whole.

    Returns:
        The figures on the test part, readable.
    """
    plain, nlp = Engine(model=None), HyteFinnish()  # without the model that is to be replaced

    def sampler(text: str, kind: BulletKind, stated_theme: str | None) -> Sample:
        return plain.sample(nlp.make_doc(text), kind, stated_theme)

    model = train(corpus, plain.vocabulary, sampler, hytenlp.__version__)
    saved = Model.from_bytes(model.to_bytes())
    rules, trained = Engine(plain.vocabulary, None), Engine(plain.vocabulary, saved)

    def classifier(engine: Engine) -> Any:
        def classify(item: Item) -> Record:
            return Record.of(item, engine.analyse(nlp.make_doc(item.text), item.kind, item.stated_theme))

        return classify

    report = evaluate(corpus, "test", classifier(trained), plain.vocabulary)
    metrics = {
        "origin": saved.origin,
        "test": _short(report),
        "test_vocabulary_only": _short(evaluate(corpus, "test", classifier(rules), plain.vocabulary)),
    }
    try:
        write_atomically(folder / FILE, model.to_bytes())
        write_atomically(
            folder / METRICS, (json.dumps(metrics, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
        )
    except OSError as error:
        raise OutputError(f"{folder}: mallia ei voi kirjoittaa ({reason(error)}).") from None
    return readable(report)


def _short(report: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in report.items() if key != "errors"}
