"""Tables in memory and on many machines give the rows that one process gives."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pandas as pd
import pytest

import hytenlp
from hytenlp.batch.frames import classify_dask
from hytenlp.errors import InputError

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@pytest.fixture(scope="module")
def frame():
    lines = sorted((CORPUS / "actions").glob("*.jsonl"))[3].read_text("utf-8").splitlines()[:120]
    texts = [json.loads(line)["text"] for line in lines]
    return pd.DataFrame({"text": texts, "hinta": range(len(texts)), "kunta": [f"k{i % 7}" for i in range(len(texts))]})


def rows(frame):
    return json.loads(frame.to_json(orient="records"))


def test_index_and_order_are_kept(frame):
    turned = frame.iloc[::-1]
    result = hytenlp.classify(turned)
    assert list(result.index) == list(turned.index)
    assert list(result["hinta"]) == list(turned["hinta"])
    assert [one.split("-")[0] for one in result["id"][:2]] == ["1", "2"]
    assert list(hytenlp.classify(turned)["id"]) == list(result["id"])
    assert result["id"].is_unique


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("with_ids", [False, True])
def test_dask_on_two_workers_gives_the_same_rows(frame, with_ids):
    dd = pytest.importorskip("dask.dataframe")
    distributed = pytest.importorskip("distributed")
    if with_ids:
        frame = frame.assign(id=[f"id{i}" for i in range(len(frame))])
    expected = hytenlp.classify(frame)
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        distributed.Client(cluster),
    ):
        result = classify_dask(dd.from_pandas(frame, npartitions=5)).compute()
    assert list(result.columns) == list(expected.columns)
    assert rows(result) == rows(expected)


def test_dask_without_a_text_column(frame):
    dd = pytest.importorskip("dask.dataframe")
    with pytest.raises(InputError, match="teksti"):
        classify_dask(dd.from_pandas(frame, npartitions=2), "teksti")


@pytest.mark.filterwarnings("ignore")
def test_spark_by_the_recipe_of_the_readme(frame, monkeypatch):
    sql = pytest.importorskip("pyspark.sql")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    spark = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        given = frame.assign(id=[f"id{i}" for i in range(len(frame))])
        columns = (
            "id string, text string, theme string, concerns array<string>, target_groups array<string>, status string"
        )

        def classify(batches):
            for batch in batches:
                yield hytenlp.classify(batch)[["id", "text", "theme", "concerns", "target_groups", "status"]]

        result = spark.createDataFrame(given).mapInPandas(classify, columns).toPandas()
    finally:
        spark.stop()
    expected = hytenlp.classify(given)[["id", "text", "theme", "concerns", "target_groups", "status"]]
    assert sorted(rows(result), key=lambda row: row["id"]) == sorted(rows(expected), key=lambda row: row["id"])


@pytest.mark.filterwarnings("ignore")
def test_dask_keeps_rows_without_a_text():
    dd = pytest.importorskip("dask.dataframe")
    frame = pd.DataFrame({"id": list("abcd"), "text": ["Jaettu ruoka-apua.", "", None, pd.NA]})
    expected = hytenlp.classify(frame)
    assert list(expected["theme"].isna()) == [False, True, True, True]
    assert list(expected["text"])[1:] == ["", "", ""]
    result = classify_dask(dd.from_pandas(frame, npartitions=2)).compute(scheduler="synchronous")
    assert rows(result) == rows(expected)


def test_columns_of_one_name_are_both_kept():
    frame = pd.DataFrame([["Jaettu ruoka-apua.", 1, 2, 3]], columns=["text", "a", "a", ""])
    found = hytenlp.classify(frame)
    assert list(found.columns[15:]) == ["a", "a_2", "sarake_4"]
    assert list(found.iloc[0, 15:]) == [1, 2, 3]
