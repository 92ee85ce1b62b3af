"""What the program's own processes do without."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("start", ["import hytenlp.processes.preloaded", "import hytenlp.cli; hytenlp.cli.main()"])
def test_they_load_neither_spacys_commands_nor_pandas(start):
    code = f"""
import sys
sys.argv = ["hytenlp", "explain", "Avattu kirjasto."]
try:
    {start}
except SystemExit as end:
    assert not end.code
print("\\nspacy" if "spacy.lang.fi" in sys.modules else "", hasattr(sys.modules["spacy.cli"], "app"), "pandas" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "spacy False False"
