"""Parquet: values as they are, and damaged files."""

from __future__ import annotations

import io

import pytest

from hytenlp.errors import InputError

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def saved(records: list[dict], **options) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(records), out, **options)
    return out.getvalue()


def test_rows_and_other_columns(read):
    records = [{"Teksti": f"t{i}", "Kunta": "Ii", "n": i, "list": ["a", None], "b": b"\xff"} for i in range(5000)]
    found = read(saved(records), "t.parquet")
    assert found.texts == [f"t{i}" for i in range(5000)]
    assert found.items[4999].extra == {"Kunta": "Ii", "n": 4999, "list": ["a", None], "b": b"\xff"}
    assert found.items[0].municipality == "Ii"


def test_texts_as_bytes_and_missing_ones(read):
    found = read(saved([{"text": b"p\xc3\xa4iv\xc3\xa4"}, {"text": None}]), "t.parquet")
    assert found.texts == ["päivä", ""]


def test_no_text_column(read):
    with pytest.raises(InputError, match="sarakkeet: a, b"):
        read(saved([{"a": 1, "b": 2}]), "t.parquet")


def test_damaged_files(read):
    data = saved([{"text": f"t{i}" * 50} for i in range(20_000)], row_group_size=5000, compression="none")
    for damaged in (data[:-1], data[: len(data) // 2], b"PAR1" + b"\0" * 100 + b"PAR1", b"PAR1"):
        with pytest.raises(InputError, match="ei kelvollinen Parquet-tiedosto"):
            read(damaged, "t.parquet")
    middle = len(data) // 2
    found = read(data[:middle] + b"\xff" * 20_000 + data[middle + 20_000 :], "t.parquet")
    assert found.texts[:5000] == [f"t{i}" * 50 for i in range(5000)]
    assert found.errors == 1


def test_a_file_that_unpacks_to_too_much(read, monkeypatch):
    data = saved([{"text": "a" * 90_000}] * 200, compression="zstd", use_dictionary=False)
    assert len(data) < 1_000_000
    monkeypatch.setattr("hytenlp.tables.parquet._MAX_UNPACKED", 10_000_000)
    with pytest.raises(InputError, match="taulukko on purettuna liian suuri"):
        read(data, "t.parquet")
    monkeypatch.setenv("HYTENLP_LIMITS", "2")
    assert len(read(data, "t.parquet").items) == 200


def test_columns_without_a_name_and_of_one_name(read):
    table = pa.Table.from_arrays([pa.array([x]) for x in ("t", "1", "2", "3", "4")], ["text", "", "a", "a", "\n"])
    out = io.BytesIO()
    pq.write_table(table, out)
    found = read(out.getvalue(), "t.parquet")
    assert found.items[0].extra == {"sarake_2": "1", "a": "2", "a_2": "3", "sarake_5": "4"}
    assert not found.told
