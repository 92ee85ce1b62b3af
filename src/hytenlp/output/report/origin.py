"""How the page was made: versions, hashes and measured quality, so that its figures can be judged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hytenlp
from hytenlp.classification.model import METRICS, Model, shipped
from hytenlp.vocabulary.concepts import Vocabulary


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that the page was made from."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Origin:
    """What made the page.

    Attributes:
        version: of hytenlp.
        vocabulary, model: SHA-256 of the concept files and of the model; no model: the vocabulary decided alone.
        training: the model's own record: corpus hash, version, samples.
        quality: figures on the test part; None when they do not come with the model.
        files: the documents.
        notes: what could not be read in them.
    """

    version: str
    vocabulary: str
    model: str | None
    training: dict[str, Any]
    quality: dict[str, Any] | None
    files: tuple[SourceFile, ...]
    notes: tuple[str, ...] = ()


def origin_of(paths: Sequence[Path], notes: Sequence[str] = ()) -> Origin:
    """What makes a page of these documents, with the notes made while they were read. Folders are left out of all names."""
    metrics = shipped(METRICS)
    figures = json.loads(metrics.read_text("utf-8")) if metrics else {}
    return Origin(
        hytenlp.__version__,
        Vocabulary.digest(),
        Model.digest(),
        figures.get("origin", {}),
        figures.get("test"),
        tuple(SourceFile(path.name, _digest(path)) for path in paths),
        tuple(_without_folders(note, paths) for note in notes),
    )


def _without_folders(note: str, paths: Sequence[Path]) -> str:
    for path in paths:
        note = note.replace(str(path), path.name)
    return note


def _digest(path: Path) -> str:
    """The SHA-256 of a file; empty for a pipe, which cannot be read again."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
