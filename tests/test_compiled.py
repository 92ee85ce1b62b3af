"""Compiled modules: they say what their sources say, and never outlive them."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

from hytenlp import compiled
from tests.conftest import ROOT

SUFFIX = EXTENSION_SUFFIXES[0]
SCRIPT = Path(__file__).with_name("analyse_lines.py")
EVERY = 40  # of the corpus's texts one in so many


def analysed(how: str, texts: Path, cache: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, SCRIPT, how, texts], capture_output=True, text=True, encoding="utf-8", check=True,
        env={**os.environ, "HYTENLP_CACHE": str(cache), "PYTHONIOENCODING": "utf-8", "PYTHONHASHSEED": "0"},
    )  # fmt: skip
    return done.stdout.splitlines()


@pytest.mark.skipif(not compiled.modules(), reason="nothing is compiled here (make fast)")
def test_compiled_modules_say_what_their_sources_say(tmp_path):
    import json

    lines = [
        json.loads(line)["text"].replace("\n", " ")
        for file in sorted((ROOT / "corpus" / "actions").glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ][::EVERY]
    texts = tmp_path / "texts.txt"
    texts.write_text("\n".join(lines), "utf-8")
    by_sources, by_compiled = (analysed(how, texts, tmp_path / how) for how in ("sources", "compiled"))
    assert (by_sources[0], by_compiled[0]) == (".py", Path(SUFFIX).suffix)
    assert len(by_sources) == 1 + 2 * len(lines) > 1_000
    assert by_sources[1:] == by_compiled[1:]


@pytest.fixture
def package(tmp_path):
    (tmp_path / "finnish").mkdir()
    for name in ("engine", "finnish/words"):
        source, module = tmp_path / f"{name}.py", tmp_path / f"{name}{SUFFIX}"
        source.touch()
        module.touch()
        os.utime(source, (1_000, 1_000))
        os.utime(module, (2_000, 2_000))
    return tmp_path


def test_modules_newer_than_their_sources_stay(package):
    compiled.let_stale_ones_go(package)
    assert [path.name for path in compiled.modules(package)] == [f"engine{SUFFIX}", f"words{SUFFIX}"]


def test_one_newer_source_lets_all_of_them_go(package):
    os.utime(package / "finnish" / "words.py", (3_000, 3_000))
    compiled.let_stale_ones_go(package)
    assert compiled.modules(package) == []
    assert not list(package.rglob(f"*{SUFFIX}"))
    assert (package / "engine.py").exists()


def test_a_module_without_a_source_lets_all_of_them_go(package):
    (package / "finnish" / "words.py").unlink()
    compiled.let_stale_ones_go(package)
    assert not list(package.rglob(f"*{SUFFIX}"))


def test_a_package_that_is_not_compiled_is_left_alone(tmp_path):
    (tmp_path / "engine.py").touch()
    compiled.let_stale_ones_go(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["engine.py"]


def test_stale_modules_that_cannot_be_removed_are_not_used(package, monkeypatch):
    def refuse(path, missing_ok=False):
        raise PermissionError(13, "Permission denied", str(path))

    os.utime(package / "engine.py", (3_000, 3_000))
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(ImportError, match="older source"):
        compiled.let_stale_ones_go(package)
