"""The numbers behind the page's pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from hytenlp.output.report.cards import ReportCard
from hytenlp.output.wording import CATEGORY_WORDS, counts
from hytenlp.verdicts import Verdict
from hytenlp.vocabulary.concepts import Vocabulary

SHADES = 5  # of the heat table, beside "none"


@dataclass(frozen=True, slots=True)
class Heat:
    """How many actions there are of each theme for each group.

    Attributes:
        themes, groups: the codes of columns and rows.
        cells: (theme, group) -> actions. An action for two groups stands in two rows.
        totals: theme -> actions, each once.
    """

    themes: tuple[str, ...]
    groups: tuple[str, ...]
    cells: Counter[tuple[str, str]]
    totals: Counter[str]

    def shade(self, theme: str, group: str) -> int:
        """How dark a cell is: 0 when it is empty, else 1 to `SHADES` by its share of the fullest."""
        value, most = self.cells[theme, group], max(self.cells.values(), default=0)
        return 0 if not value else 1 + (value * SHADES - 1) // most if most > SHADES else value


@dataclass(frozen=True, slots=True)
class YearCounts:
    """The verdicts of one year's cards."""

    year: int
    cards: tuple[ReportCard, ...]
    verdicts: dict[Verdict, int]
    actions: int

    @property
    def concerns(self) -> int:
        """How many concerns the cards name."""
        return sum(self.verdicts.values())


def heat(cards: Sequence[ReportCard], vocabulary: Vocabulary) -> Heat:
    """The theme × group table over all cards."""
    actions = [action for card in cards for action in card.actions]
    cells = Counter((action.theme, group) for action in actions for group in action.target_groups)
    totals = Counter(action.theme for action in actions)
    return Heat(tuple(vocabulary.codes("theme")), tuple(vocabulary.codes("group")), cells, totals)


def categories(cards: Sequence[ReportCard]) -> list[tuple[str, int]]:
    """Category -> actions, in the order of a card; those that stand under none last, as ""."""
    found = Counter(action.category or "" for card in cards for action in card.actions)
    known = [code for code in CATEGORY_WORDS if found[code]]
    other = sorted(code for code in found if code and code not in CATEGORY_WORDS)
    return [(code, found[code]) for code in (*known, *other, *([""] if found[""] else []))]


def years(cards: Sequence[ReportCard]) -> list[YearCounts]:
    """The verdicts year by year; nothing when there are not several years."""
    known = sorted({card.year for card in cards if card.year})
    if len(known) < 2:
        return []
    result = []
    for year in known:
        members = [card for card in cards if card.year == year]
        verdicts = counts([one for card in members for one in card.coverages])
        result.append(YearCounts(year, tuple(members), verdicts, sum(len(card.actions) for card in members)))
    return result
