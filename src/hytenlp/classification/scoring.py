"""Themes and target groups by a transparent score over mentions: what is known without a trained model, and what the model builds on."""

from __future__ import annotations

import math
from collections.abc import Sequence

from hytenlp.vocabulary.concepts import Vocabulary
from hytenlp.vocabulary.matcher import Mention, Token

_CONCERN_WEIGHT = 2.0  # a named concern says more about the theme than a word of the theme's own vocabulary
_MEANS_WEIGHT = 0.8  # ... but coordination and the like take the theme of the thing they are about (ruling 16)
_MEANS = frozenset({"koordinaatio", "uudistukset", "tavoittavuus"})
_PRIOR = {"osallisuus": 0.3}  # what a text is about that has no word of any theme
_HINT_WEIGHT = 0.8  # the heading that an action stands under: a hint, never the answer
_SHARPNESS = 0.9  # turns scores into probabilities; chosen on development texts
_FURTHER = 0.6  # a further theme has at least this share of the main theme's score ...
EVERYBODY = "kaikki"
NEVER_WORRIED = frozenset({"kaikki", "ammattilaiset"})  # a concern bullet that mentions them is not about them
#: Concerns that define a group and so do not name it: "työttömyys", "häätö".
OWN_CONCERNS = {
    "tyottomat": frozenset({"tyottomyys"}),
    "haavoittuvat": frozenset(
        {"paihteet", "huumeet", "pelaaminen", "rahapelit", "syrjaytyminen", "lahisuhdevakivalta", "asunnottomuus"}
    ),
}
_FURTHER_LEAST = 2.0  # ... and at least this score
_NAMED = 1.0  # the weight from which a word names a group; a lighter one implies it


class ThemeDecision:
    """The themes of a text.

    Args:
        sums: what its mentions say of each theme, in the guide's order.
        stated_theme: the theme under whose heading it stands, if known.

    Attributes:
        scores: probability of every theme.
    """

    __slots__ = ("_ranked", "_sums", "scores")

    def __init__(self, sums: dict[str, float], stated_theme: str | None) -> None:
        self._sums = self._ranked = sums
        if stated_theme in sums:
            self._ranked = sums | {stated_theme: sums[stated_theme] + _HINT_WEIGHT}
        powers = [math.exp(_SHARPNESS * score) for score in self._ranked.values()]
        total = sum(powers)
        self.scores = {theme: power / total for theme, power in zip(sums, powers, strict=True)}

    @property
    def theme(self) -> str:
        """Code of the main theme."""
        return max(self._ranked, key=self._ranked.__getitem__)

    @property
    def further(self) -> tuple[str, ...]:
        """Other themes that the text also belongs to."""
        strong = [theme for theme, score in self._sums.items() if score >= _FURTHER_LEAST]
        if not strong:
            return ()
        main = self.theme
        return tuple(theme for theme in strong if theme != main and self._sums[theme] >= _FURTHER * self._sums[main])


class ThemeScorer:
    """Adds up what the mentions of concerns and theme words say.

    Args:
        vocabulary: gives the theme of each concern.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._prior = {theme: _PRIOR.get(theme, 0.0) for theme in vocabulary.codes("theme")}
        self._theme_of = {c.code: c.theme for c in vocabulary.concepts("concern")}

    def decide(self, mentions: Sequence[Mention], stated_theme: str | None = None) -> ThemeDecision:
        """The themes of a text.

        Args:
            mentions: those of the text that count, of every kind.
            stated_theme: the theme under whose heading it stands, if known.
        """
        sums = self._prior.copy()
        concerns = dict.fromkeys([m.code for m in mentions if m.kind == "concern"])  # in order, as sums depend on it
        for code in concerns:
            if theme := self._theme_of[code]:
                sums[theme] += _MEANS_WEIGHT if code in _MEANS and concerns.keys() - _MEANS else _CONCERN_WEIGHT
        for code, _, weight in dict.fromkeys([(m.code, m.entry, m.weight) for m in mentions if m.kind == "theme"]):
            sums[code] += weight
        return ThemeDecision(sums, stated_theme)


def target_groups(mentions: Sequence[Mention], tokens: Sequence[Token], kind: str, vocabulary: Vocabulary) -> list[str]:
    """The target groups of a text, in the guide's order.

    A place, service or role implies its people only where no word names any: "koulun salissa" is for pupils, "mummoille koulun salissa"
    is not. An action that names nobody is for the group that its concerns imply, else for everybody.

    Args:
        mentions: the mentions that count.
        tokens: the text's tokens: a receiver stands in the allative.
        kind: action, concern or joy. Concern bullets have groups only when they name people beside the concern itself (ruling 18).
        vocabulary: gives the groups that concerns imply.
    """
    groups = [m for m in mentions if m.kind == "group"]
    if kind == "concern":
        concerns = [m for m in mentions if m.kind == "concern"]
        groups = [m for m in groups if m.code not in NEVER_WORRIED and not _is_defined(m, concerns)]
    found = {m.code for m in groups}
    if len(found) > 1:
        receivers = {m.code for m in groups if "all" in tokens[m.tokens[-1]].word.tags}
        alone = {m.code for m in groups if m.alone}
        counted = [m for m in groups if not alone or m.code in alone | receivers]
        found = {m.code for m in counted if m.weight >= _NAMED} or {m.code for m in counted}
        if EVERYBODY not in receivers and found - {EVERYBODY}:
            found.discard(EVERYBODY)
    if not found and kind != "concern":
        implied = {vocabulary.concern(m.code).implies for m in mentions if m.kind == "concern"}
        found = {code for code in implied if code} or {EVERYBODY}
    return list(found) if len(found) < 2 else [code for code in vocabulary.codes("group") if code in found]


def _is_defined(group: Mention, concerns: Sequence[Mention]) -> bool:
    """Whether the words that name a group are those of a concern that defines it."""
    own = OWN_CONCERNS.get(group.code, ())
    return any(m.code in own and not set(m.tokens).isdisjoint(group.tokens) for m in concerns)
