"""Fixtures: one analyser and one pipeline for all tests, and the folder `shared/` beside the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hytenlp.engine import Engine, engine
from hytenlp.pipeline import load

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_engine() -> Engine:
    return engine()


@pytest.fixture(scope="session")
def nlp():
    return load()


@pytest.fixture(scope="session")
def analyser(shared_engine):
    return shared_engine.analyser


@pytest.fixture(scope="session")
def shared() -> Path:
    """`../shared`, which holds the real card. In CI its absence is a failure; elsewhere the test says so and is skipped."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{folder} is absent, and in CI it must be there")
        pytest.skip(f"{folder} is absent: the real card cannot be tested")
    return folder


@pytest.fixture
def classified(shared_engine, nlp):
    """Classifies one text."""

    def classify(text: str, kind: str = "action", stated_theme: str | None = None):
        return shared_engine.analyse(nlp.make_doc(text), kind, stated_theme)

    return classify
