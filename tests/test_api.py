"""The Python interface as the README shows it."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest

import hytenlp
from hytenlp.errors import InputError


def test_load(nlp):
    doc = nlp("Lisätty vape-tietoisuutta oppilaille ja perheille.")
    assert doc._.hyte.concerns == ("vape",)
    assert doc._.hyte.target_groups == ("lapset", "perheet")
    assert doc._.hyte.theme == "elintavat"


def test_classify_a_frame():
    frame = pd.DataFrame({"kuvaus": ["Jaettu ruoka-apua.", "Avattu kirjasto."], "n": [1, 2]}, index=[7, 9])
    found = hytenlp.classify(frame, text_column="kuvaus")
    assert list(found.index) == [7, 9]
    assert [list(c) for c in found["concerns"]] == [["toimeentulo"], []]
    assert list(found["n"]) == [1, 2]
    with pytest.raises(InputError, match="ei ole saraketta 'x'"):
        hytenlp.classify(frame, text_column="x")
    assert list(hytenlp.classify(frame.iloc[:0], text_column="kuvaus").columns)[:2] == ["id", "source"]


def test_stated_theme_is_a_hint_and_not_the_answer(classified):
    text = "Pidetty oppilaille tunteja vapettamisesta ja nuuskasta."
    assert {classified(text, stated_theme=theme).theme for theme in ("mieli", "osallisuus", None)} == {"elintavat"}


def test_importing_is_cheap():
    code = "import sys, hytenlp, hytenlp.cli; print([m for m in ('spacy', 'pandas', 'numpy', 'yaml', 'pydantic') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
