"""Themes and target groups by a transparent score over mentions.

`ThemeScorer` is the interface behind which the trained models stand too: it takes what was found in a text and returns a
probability for each theme.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from hytenlp.vocabulary.concepts import Vocabulary
from hytenlp.vocabulary.matcher import Mention, Token

_CONCERN_WEIGHT = 2.0  # a named concern says more about the theme than a word of the theme's own vocabulary
_HINT_WEIGHT = 0.8  # the heading that an action stands under: a hint, never the answer
_SHARPNESS = 0.9  # turns scores into probabilities; chosen on development texts
_FURTHER = 0.6  # a further theme has at least this share of the main theme's score ...
_EVERYBODY = "kaikki"
_FURTHER_LEAST = 2.0  # ... and at least this score


@dataclass(frozen=True, slots=True)
class ThemeDecision:
    """The themes of a text.

    Attributes:
        theme: code of the main theme.
        probability: its probability.
        further: other themes that the text also belongs to.
        scores: probability of every theme, in the guide's order.
    """

    theme: str
    probability: float
    further: tuple[str, ...]
    scores: dict[str, float]


class ThemeClassifier(Protocol):
    """Anything that can tell a text's theme."""

    def decide(self, mentions: Sequence[Mention], stated_theme: str | None) -> ThemeDecision:
        """The themes of a text with these mentions, which may stand under a heading."""


class ThemeScorer:
    """Adds up what the mentions of concerns and theme words say.

    Args:
        vocabulary: gives the theme of each concern.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._themes = vocabulary.codes("theme")
        self._theme_of = {c.code: c.theme for c in vocabulary.concepts("concern")}

    def decide(self, mentions: Sequence[Mention], stated_theme: str | None = None) -> ThemeDecision:
        """The themes of a text.

        Args:
            mentions: those of the text that count, of every kind.
            stated_theme: the theme under whose heading it stands, if known.
        """
        scores = dict.fromkeys(self._themes, 0.0)
        seen: set[tuple[str, str]] = set()
        for mention in mentions:
            if (mention.code, mention.entry) in seen:
                continue
            seen.add((mention.code, mention.entry))
            if mention.kind == "theme":
                scores[mention.code] += mention.weight
            elif mention.kind == "concern" and (theme := self._theme_of[mention.code]):
                scores[theme] += _CONCERN_WEIGHT
        ranked = dict(scores)
        if stated_theme in ranked:
            ranked[stated_theme] += _HINT_WEIGHT
        total = sum(math.exp(_SHARPNESS * score) for score in ranked.values())
        probabilities = {theme: math.exp(_SHARPNESS * score) / total for theme, score in ranked.items()}
        main = max(self._themes, key=lambda theme: ranked[theme])
        least = max(_FURTHER_LEAST, _FURTHER * scores[main])
        further = tuple(theme for theme in self._themes if theme != main and scores[theme] >= least)
        return ThemeDecision(main, probabilities[main], further, probabilities)


def target_groups(mentions: Sequence[Mention], tokens: Sequence[Token], is_concern: bool, vocabulary: Vocabulary) -> list[str]:
    """The target groups of a text, in the guide's order.

    Args:
        mentions: the group mentions that count.
        tokens: the text's tokens: a receiver stands in the allative.
        is_concern: concern bullets have groups only when they name people; actions without any are for everybody.
    """
    groups = [m for m in mentions if m.kind == "group"]
    alone = {m.code for m in groups if m.alone}
    found = {m.code for m in groups if not alone or m.code in alone or "all" in tokens[m.tokens[-1]].word.tags}
    narrower = found - {_EVERYBODY}
    if narrower and not any(m.code == _EVERYBODY and "all" in tokens[m.tokens[-1]].word.tags for m in groups):
        found = narrower
    if not found:
        return [] if is_concern else [_EVERYBODY]
    return [code for code in vocabulary.codes("group") if code in found]
