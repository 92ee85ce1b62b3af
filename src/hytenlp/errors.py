"""Every error that hytenlp raises on purpose. A message is one line: what is wrong, where, and what to do."""

from __future__ import annotations


class HyteError(Exception):
    """Base class. `str(error)` is the one clear line that the user sees."""

    prefix = ""

    def __str__(self) -> str:
        return f"{self.prefix}{super().__str__()}"


class InputError(HyteError):
    """A document or table that cannot be read."""


class VocabularyError(HyteError):
    """A vocabulary file that does not hold what it should."""

    prefix = "vocabulary: "


class ResourceError(HyteError):
    """Data that hytenlp itself needs is missing or damaged."""


class OutputError(HyteError):
    """A result that cannot be written."""
