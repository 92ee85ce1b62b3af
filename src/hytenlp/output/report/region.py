"""Several cards side by side: which concern is a gap where, who answers what, and what changed from year to year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from hytenlp.output.report.cards import ReportCard
from hytenlp.records import Record
from hytenlp.verdicts import VERDICTS, ConcernCoverage, Verdict
from hytenlp.vocabulary.concepts import Vocabulary

_NARROWER = 4  # as many as are shown

Change = Literal["closed", "lost", "better", "worse", "new", "gone"]
#: In the order in which they are told.
CHANGES: tuple[Change, ...] = ("lost", "closed", "worse", "better", "new", "gone")


@dataclass(frozen=True, slots=True)
class Answer:
    """A done action for a concern, and whose it is."""

    card: ReportCard
    action: Record


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One concern over all cards.

    Attributes:
        cells: for each card its verdict; None where the card does not name the concern.
        answers: the cards whose done actions address exactly this concern, with how many.
    """

    concern: str
    cells: tuple[ConcernCoverage | None, ...]
    answers: tuple[tuple[ReportCard, int], ...]

    def cards(self, cards: Sequence[ReportCard], verdict: Verdict) -> list[ReportCard]:
        """The cards that have a verdict on it."""
        return [card for card, cell in zip(cards, self.cells, strict=True) if cell and cell.verdict == verdict]

    def number(self, *verdicts: Verdict) -> int:
        """How many cards have one of these verdicts on it."""
        return sum(cell is not None and cell.verdict in (verdicts or VERDICTS) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class YearChange:
    """What happened to a concern between two cards of a municipality."""

    before: ReportCard
    after: ReportCard
    concern: str
    old: Verdict | None
    new: Verdict | None
    change: Change


class Answers:
    """Which done actions of all cards address which concern; a narrower concern counts as its broader ones too."""

    def __init__(self, cards: Iterable[ReportCard], vocabulary: Vocabulary) -> None:
        self._exact: dict[str, list[Answer]] = defaultdict(list)
        self._narrower: dict[str, list[Answer]] = defaultdict(list)
        for card in cards:
            for action in card.actions:
                if action.status != "tehty":
                    continue
                for code in action.concerns:
                    self._exact[code].append(Answer(card, action))
                for code in {a for c in action.concerns for a in vocabulary.ancestors(c)} - set(action.concerns):
                    self._narrower[code].append(Answer(card, action))

    def exact(self, code: str) -> list[Answer]:
        """The actions for exactly this concern."""
        return self._exact[code]

    def elsewhere(self, code: str, card: ReportCard) -> list[Answer]:
        """What other cards do about a concern, a card's second action after every card's first.

        Only where no other card does exactly this: some actions for a narrower concern.
        """
        exact, narrower = (self._in_turns(found, card) for found in (self._exact[code], self._narrower[code]))
        return exact or narrower[:_NARROWER]

    @staticmethod
    def _in_turns(answers: Iterable[Answer], card: ReportCard) -> list[Answer]:
        turns: dict[str, int] = defaultdict(int)
        ranked: list[tuple[int, int, Answer]] = []
        for answer in answers:
            if answer.card.key != card.key:
                turns[answer.card.key] += 1
                ranked.append((turns[answer.card.key], len(ranked), answer))
        return [answer for *_, answer in sorted(ranked, key=lambda entry: entry[:2])]


def rows(cards: Sequence[ReportCard], answers: Answers, vocabulary: Vocabulary) -> list[RegionRow]:
    """A row a concern that some card names; those that are gaps in most cards first."""
    found = []
    for code in vocabulary.codes("concern"):
        cells = tuple(card.verdicts.get(code) for card in cards)
        if any(cells):
            number: dict[str, int] = defaultdict(int)
            for answer in answers.exact(code):
                number[answer.card.key] += 1
            by = tuple((card, number[card.key]) for card in cards if number[card.key])
            found.append(RegionRow(code, cells, by))
    return sorted(found, key=lambda row: (-row.number("aukko"), -row.number("aukko", "suunniteltu"), -row.number()))


def changes(cards: Sequence[ReportCard], vocabulary: Vocabulary) -> list[YearChange]:
    """What changed in a municipality from one card to its next."""
    series: dict[str, list[ReportCard]] = defaultdict(list)
    for card in cards:
        if card.municipality and card.year:
            series[card.municipality].append(card)
    found = []
    for members in series.values():
        for before, after in pairwise(sorted(members, key=lambda card: card.year or 0)):
            if before.year == after.year:
                continue
            for code in vocabulary.codes("concern"):
                old, new = (card.verdicts[code].verdict if code in card.verdicts else None for card in (before, after))
                if old != new:
                    found.append(YearChange(before, after, code, old, new, _change(old, new)))
    return sorted(found, key=lambda one: CHANGES.index(one.change))


def _change(old: Verdict | None, new: Verdict | None) -> Change:
    if old is None:
        return "new"
    if new is None:
        return "gone"
    if new == "aukko":
        return "lost" if old in ("katettu", "osittain") else "worse"
    if old == "aukko":
        return "closed" if new in ("katettu", "osittain") else "better"
    return "worse" if VERDICTS.index(new) > VERDICTS.index(old) else "better"
