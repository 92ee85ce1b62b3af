"""What the program's own processes do without, so that they start faster and hold less. Programs that import hytenlp keep their ways."""

from __future__ import annotations

import gc
import os
import sys
from types import ModuleType


def go_lean() -> None:
    """Makes this process such a one; to be called before anything large is imported."""
    gc.set_threshold(1_000_000, 50, 100)  # the work makes many short-lived objects and no cycles
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # Arrow's other ones hold 30 MB that they do not need
    _without_spacys_commands()


def _without_spacys_commands() -> None:
    """Keeps spaCy from importing its own command line, which it does only to offer `spacy.info`: a third of its start-up."""
    if "spacy" not in sys.modules:
        package, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
        package.__path__ = []
        info.info = lambda *_: {}  # type: ignore[attr-defined]
        sys.modules |= {"spacy.cli": package, "spacy.cli.info": info}
