"""Runs that have seen nothing: a cache of the bench's own, from which the words that earlier runs kept can be taken away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CACHE = Path(__file__).resolve().parents[2] / "out" / "bench" / "cache"


def use_own_cache() -> None:
    """Makes this process and its children use the bench's cache, not the user's, with the lexicon converted already."""
    CACHE.mkdir(parents=True, exist_ok=True)
    os.environ["HYTENLP_CACHE"] = str(CACHE)
    subprocess.run([sys.executable, "-c", "from hytenlp.engine import engine; engine()"], check=True)


def forget_words() -> None:
    """Takes the words away. The lexicon and the vocabulary, which an installation converts once, stay."""
    for file in CACHE.glob("words-*"):
        file.unlink()
