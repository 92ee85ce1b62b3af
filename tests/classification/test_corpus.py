"""The corpus's lint and the evaluation, on a small corpus made here."""

from __future__ import annotations

import json

import pytest

from hytenlp.classification.check import findings
from hytenlp.classification.corpus import Corpus
from hytenlp.classification.evaluation import Counts, calibration_error, evaluate, readable
from hytenlp.classification.store import train_and_save
from hytenlp.engine import engine
from hytenlp.errors import HyteError, InputError
from hytenlp.records import Record
from tests.conftest import ROOT

ROW = {
    "theme": "elintavat", "further_themes": [], "target_groups": ["nuoret"], "concerns": ["vape"], "status": "tehty",
    "author": "hand-01", "municipality": "Aho", "register": "kortti", "traps": [],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "actions").mkdir()
    (tmp_path / "labelled").mkdir()
    splits = {"train": ["hand-01"], "dev": [], "test": ["hand-02"], "vocabulary": []}
    (tmp_path / "splits.json").write_text(json.dumps(splits), "utf-8")

    def write(*rows):
        lines = [json.dumps({**ROW, "id": f"r{i}", **row}, ensure_ascii=False) for i, row in enumerate(rows)]
        (tmp_path / "actions" / "a.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        return Corpus(tmp_path)

    return write


def test_the_projects_corpus_is_clean():
    assert list(findings(Corpus(ROOT / "corpus"))) == []


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"text": "a", "theme": "x"}], "r0: unknown code 'x'"),
        ([{"text": "a", "concerns": ["vape", "paihteet"]}], "paihteet stands beside a narrower concern"),
        ([{"text": "a", "concerns": ["vape"], "traps": ["vape"]}], "vape is a concern and a trap"),
        ([{"text": "a", "target_groups": []}], "no target group"),
        ([{"text": "Sama teksti."}, {"text": "sama  teksti."}], "r1: the same text as r0"),
        (
            [{"text": "Koulun piha sai keväällä uudet keinut ja penkit."}, {"text": "Koulun piha sai keväällä uudet keinut ja penkit pihalle."}],
            "r1: nearly the same text as r0",
        ),
        ([{"text": f"Kunta osti {n} uutta tuolia vanhaan saliin." } for n in ("kaksi", "kolme", "neljä", "viisi")], "one sentence skeleton in 4 texts"),
        ([{"text": "a"}, {"text": "b", "author": "hand-02"}], "Aho: one municipality in the parts test, train"),
    ],
)  # fmt: skip
def test_slips_are_found(folder, rows, message):
    assert any(message in finding for finding in findings(folder(*rows)))


def test_a_broken_row_names_its_line(folder, tmp_path):
    folder({"text": "a"})
    (tmp_path / "actions" / "a.jsonl").write_text('{"id": 1}\n', "utf-8")
    with pytest.raises(InputError, match=r"a\.jsonl: rivi 1"):
        Corpus(tmp_path).actions()
    with pytest.raises(InputError, match=r"splits\.json puuttuu"):
        Corpus(tmp_path / "nowhere")


def test_undefined_is_not_zero(folder):
    assert Counts().precision is None
    assert Counts().f1 is None
    assert calibration_error([]) is None
    corpus = folder({"text": "a"})
    report = evaluate(corpus, "test", lambda item: pytest.fail("no texts to classify"), engine().vocabulary)
    assert report["theme"]["accuracy"] is None
    assert "–" in readable(report)


def test_figures_count_what_they_should(folder):
    corpus = folder({"text": "a", "author": "hand-02"}, {"text": "b", "author": "hand-02", "concerns": []})

    def always_vape(item):
        return Record(
            item.id,
            "",
            None,
            None,
            "action",
            None,
            None,
            item.text,
            "mieli",
            0.8,
            (),
            ("nuoret",),
            ("vape",),
            "tehty",
            (),
            {},
        )

    report = evaluate(corpus, "test", always_vape, engine().vocabulary)
    assert report["theme"]["accuracy"] == 0
    assert report["concerns"]["micro"] == {
        "precision": 0.5,
        "recall": 1.0,
        "f1": pytest.approx(2 / 3),
        "tp": 1,
        "fp": 1,
        "fn": 0,
    }
    assert report["theme"]["confusion"]["elintavat"]["mieli"] == 2
    assert report["status"]["accuracy"] == 1


def test_calibration():
    assert calibration_error([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]) == pytest.approx(0)
    assert calibration_error([(1.0, False)]) == 1


def test_a_failed_training_leaves_the_old_model(folder, tmp_path):
    models = tmp_path / "models"
    models.mkdir()
    (models / "model.npz").write_bytes(b"old")
    with pytest.raises((HyteError, ValueError)):
        train_and_save(folder({"text": "a"}), models)
    assert (models / "model.npz").read_bytes() == b"old"
    assert [path.name for path in models.iterdir()] == ["model.npz"]
