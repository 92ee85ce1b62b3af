"""What a table calls kinds, themes and categories: codes, or labels and headings in any form."""

from __future__ import annotations

from functools import cached_property
from typing import cast

from hytenlp.cards.headings import Heading, HeadingReader
from hytenlp.cards.lines import Line
from hytenlp.finnish.words import Analyser
from hytenlp.records import BulletKind
from hytenlp.tables.columns import data, plain
from hytenlp.vocabulary.concepts import Vocabulary

_ROLES: dict[str, BulletKind] = {"joys": "joy", "concerns": "concern", "actions": "action"}


class Labels:
    """Maps labels to codes.

    Args:
        analyser: reads labels that are headings of a card in any form.
    """

    def __init__(self, analyser: Analyser) -> None:
        self._headings = HeadingReader(analyser)
        self._kinds = {name: cast("BulletKind", code) for code, names in data()["kinds"].items() for name in names}

    @cached_property
    def _themes(self) -> dict[str, str]:
        themes = Vocabulary.load().concepts("theme")
        return {plain(name): t.code for t in themes for name in (t.code, t.label.fi, t.label.sv, t.label.en)}

    def kind(self, label: str) -> BulletKind | None:
        """The kind that a label names; None when it names none."""
        if known := self._kinds.get(plain(label)):
            return known
        heading = self._heading(label)
        if heading.themes or heading.categories:
            return "action"
        return next((_ROLES[role] for role in heading.roles if role in _ROLES), None)

    def theme(self, label: str) -> str | None:
        """The theme that a label names; None when it names none or several."""
        if known := self._themes.get(plain(label)):
            return known
        themes = self._heading(label).themes
        return themes[0] if len(themes) == 1 else None

    def category(self, label: str) -> str | None:
        """The category that a label names; None when it names none or several."""
        categories = self._heading(label).categories
        return categories[0] if len(categories) == 1 else None

    def _heading(self, label: str) -> Heading:
        line = Line(text=" ".join(label.split()), raw=label, number=1, page=1)
        return self._headings(line) or Heading()
