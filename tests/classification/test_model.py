"""The trained model: safe to load, sure of itself only where it says so, and of this corpus."""

from __future__ import annotations

import io
import json
import pickle
from dataclasses import replace

import numpy as np
import pytest

from hytenlp.classification.corpus import Corpus
from hytenlp.classification.model import Model
from hytenlp.classification.scores import LEAST
from hytenlp.engine import Engine
from hytenlp.errors import ResourceError
from hytenlp.pipeline import load
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def model():
    found = Model.load()
    assert found is not None, "models/model.npz is missing: run make train"
    return found


def test_the_model_is_of_this_corpus(model):
    assert model.origin["corpus"] == Corpus(ROOT / "corpus").digest()
    assert "test" not in model.origin["parts"]
    metrics = json.loads((ROOT / "models" / "metrics.json").read_text("utf-8"))
    assert metrics["origin"] == model.origin


def test_models_stay_small():
    assert sum(path.stat().st_size for path in (ROOT / "models").iterdir()) < 25_000_000


def test_storing_and_loading_change_nothing(model, nlp):
    other = Model.from_bytes(model.to_bytes())
    one, two = Engine(model=model), Engine(model=other)
    for text in ("Hedelmäisiä pilviä vessoissa, ysit juteltiin läpi.", "Jaettu ruoka-apua.", ""):
        assert one.analyse(nlp.make_doc(text)).concerns == two.analyse(nlp.make_doc(text)).concerns


def test_loading_never_runs_code(tmp_path):
    class Bomb:
        def __reduce__(self):
            return (tmp_path.joinpath("ran").touch, ())

    out = io.BytesIO()
    np.savez(out, meta=np.array([Bomb()], dtype=object))
    for data in (out.getvalue(), pickle.dumps(Bomb()), b"", b"garbage" * 99, out.getvalue()[:50]):
        with pytest.raises(ResourceError):
            Model.from_bytes(data)
    assert not (tmp_path / "ran").exists()


def test_probabilities_are_probabilities(model, nlp):
    engine = Engine(model=model)
    for text in ("", "x", "Vanhempainilta vapesta.", "Koulutus " * 300):
        prediction = model.predict(engine.sample(nlp.make_doc(text), "action"))
        assert abs(sum(prediction.theme.values()) - 1) < 1e-4
        assert abs(sum(prediction.status.values()) - 1) < 1e-4
        assert all(0 <= p <= 1 for p in (*prediction.groups.values(), *prediction.concerns.values()))


TEXTS = ("", "x", "Vanhempainilta vapesta.", "Lasten ja nuorten kerho, lasten leiri.", "Koulutus " * 300, "12 %")


@pytest.fixture(scope="module")
def samples(model, nlp):
    return [Engine(model=model).sample(nlp.make_doc(text), "action") for text in TEXTS]


def test_texts_are_predicted_together_as_alone(model, samples):
    for sample, together in zip(samples, model.predict_many(samples), strict=True):
        alone = model.predict(sample)
        for one, other in zip(together, alone, strict=True):
            assert dict(one) == pytest.approx(dict(other), abs=1e-6)
            assert one.best == max(one, key=one.__getitem__)
            assert one.likely == {label: p for label, p in one.items() if p >= LEAST}


def test_a_feature_counts_once_however_often_it_stands(model, samples):
    for sample in samples:
        columns, _ = model.index.row(sample)
        assert len(columns) == len(set(columns.tolist()))


def test_words_are_weighed_together_as_alone(model, samples):
    labels = [("concerns", "vape"), ("groups", "lapset"), ("status", "tehty")]
    fresh = [[replace(sample, weighed={}) for sample in samples] for _ in range(2)]
    model.weigh([(sample, *label) for sample in fresh[0] for label in labels])
    model.weigh([])
    for together, alone in zip(*fresh, strict=True):
        assert len(together.weighed) == len(labels)
        for label in labels:
            assert model.weighed_most(together, *label, count=99) == model.weighed_most(alone, *label, count=99)
    assert model.weighed_most(fresh[0][2], "concerns", "vape", count=1) == [1]


def test_what_only_the_model_found_says_so(model):
    engine, nlp = Engine(model=model), load()
    seen = 0
    for action in Corpus(ROOT / "corpus").actions("train")[:1200]:
        found = engine.analyse(nlp.make_doc(action.text))
        for code in found.concerns:
            hows = {e.how for e in found.evidence if e.kind == "concern" and e.label == code}
            assert hows <= {"vocabulary", "model"}
            if hows == {"model"}:
                seen += 1
                assert all(e.probability is not None for e in found.evidence if e.label == code and e.how == "model")
        assert not {e.label for e in found.possible} & set(found.concerns)
    assert seen > 20


def test_without_a_model_the_vocabulary_decides(nlp):
    found = Engine(model=None).analyse(nlp.make_doc("Pidetty oppilaille tunteja vapettamisesta."))
    assert found.concerns == ("vape",)
    assert {e.how for e in found.evidence} == {"vocabulary"}
    assert found.theme == "elintavat"


def test_a_possible_cover_covers_nothing():
    from hytenlp.verdicts import cover
    from hytenlp.vocabulary.concepts import Vocabulary
    from tests.test_verdicts import action, concern

    sure, unsure = action("vape"), action()._replace(possible=({"label": "vape", "how": "model"},))
    (found,) = cover([concern("vape")], [unsure], Vocabulary.load())
    assert (found.verdict, len(found.possible), found.actions) == ("aukko", 1, ())
    (found,) = cover([concern("vape")], [sure], Vocabulary.load())
    assert (found.verdict, found.possible) == ("katettu", ())


@pytest.mark.parametrize(
    ("text", "concern"),
    [
        ("Savuttomat pihajuhlat", "nikotiini"),
        ("Koulutus ei koskenut huumeita", "huumeet"),
        ("Humalan suku kokoontui", "alkoholi"),
    ],
)
def test_the_model_covers_nothing_by_a_word_that_means_something_else(text, concern):
    found = Engine().analyse_texts([(text, "action", None)])[0]
    assert concern not in found.concerns
