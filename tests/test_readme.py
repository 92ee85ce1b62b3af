"""The README's Python is run, so that what users are shown works."""

from __future__ import annotations

import os
import re

import pandas as pd

from tests.conftest import ROOT


def test_readme_python_runs(monkeypatch):
    monkeypatch.chdir(ROOT)
    text = (ROOT / "README.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    names = {"frame": pd.DataFrame({"text": ["Jaettu ruoka-apua."]})}
    exec(code, names)  # the project's own file
    assert names["doc"]._.hyte.concerns == ("vape",)
    assert os.getcwd() == str(ROOT)
