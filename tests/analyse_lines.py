"""Analyses the lines of a file, `compiled` as they come or by the `sources` alone; run by `test_compiled.py` in a process of its own."""

from __future__ import annotations

import sys
from importlib.machinery import FileFinder, SourceFileLoader
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "hytenlp"


def take_sources_only() -> None:
    """Keeps Python from the compiled modules of hytenlp."""
    finder = FileFinder.path_hook((SourceFileLoader, [".py"]))

    def of_hytenlp(path: str) -> FileFinder:
        if not Path(path).is_relative_to(PACKAGE):
            raise ImportError(path)
        return finder(path)

    sys.path_hooks.insert(0, of_hytenlp)
    sys.path_importer_cache.clear()


def main() -> None:
    if sys.argv[1] == "sources":
        take_sources_only()
    from hytenlp import engine

    print(Path(engine.__file__).suffix)
    lines = Path(sys.argv[2]).read_text("utf-8").splitlines()
    for kind in ("action", "concern"):
        for analysis in engine.engine().analyse_texts([(line, kind, None) for line in lines]):
            print(*analysis._replace(theme_scores=dict(analysis.theme_scores), group_scores={}, status_scores={}))


main()
