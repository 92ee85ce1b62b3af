"""Compiled modules (`make fast`): they lie beside their sources, and Python takes them before these."""

from __future__ import annotations

from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

PACKAGE = Path(__file__).parent


def modules(package: Path = PACKAGE) -> list[Path]:
    """The compiled modules of a package."""
    suffix = EXTENSION_SUFFIXES[0]
    if not (package / f"engine{suffix}").exists():  # they are compiled together or not at all
        return []
    return sorted(package.rglob(f"*{suffix}"))


def let_stale_ones_go(package: Path = PACKAGE) -> None:
    """Removes the compiled modules when a source is newer, as Python does with its byte code.

    All of them go, because each counts on what the others were compiled from.

    Raises:
        ImportError: they cannot be removed.
    """
    compiled = modules(package)
    if all(_is_fresh(module) for module in compiled):
        return
    try:
        for module in compiled:
            module.unlink(missing_ok=True)
    except OSError as error:
        raise ImportError(f"{error.filename} was compiled from an older source and cannot be removed") from None


def _is_fresh(module: Path) -> bool:
    source = module.with_name(module.name.removesuffix(EXTENSION_SUFFIXES[0]) + ".py")
    try:
        return source.stat().st_mtime <= module.stat().st_mtime
    except FileNotFoundError:
        return False  # its source is no more, or another process lets it go
