"""For a gap: the card's actions that come nearest, and why each of them does not count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hytenlp.output.report.cards import ReportCard
from hytenlp.output.report.language import Language
from hytenlp.output.wording import DROPPED_WORDS
from hytenlp.records import Record
from hytenlp.verdicts import ConcernCoverage

_SHOWN = 3
_FOR_EVERYBODY = "kaikki"


@dataclass(frozen=True, slots=True)
class Near:
    """An action that did not count.

    Attributes:
        why: the reason, a sentence.
        evidence: the places in its text that the reason rests on.
    """

    action: Record
    why: str
    evidence: tuple[dict[str, Any], ...]


def nearest(card: ReportCard, gap: ConcernCoverage, language: Language) -> list[Near]:
    """The nearest actions: not carried out, named but not meant, a neighbouring concern, or one without a known concern for the same people.

    The last may be what nobody recognised; an action for some other concern of the theme is not near.
    """
    ranked = []
    for place, action in enumerate(card.actions):
        found = next(_reasons(action, gap, language), None)
        if found:
            rank, near = found
            ranked.append((rank, place, near))
    ranked.sort(key=lambda entry: entry[:2])
    return [near for *_, near in ranked][:_SHOWN]


def _reasons(action: Record, gap: ConcernCoverage, language: Language) -> Iterator[tuple[int, Near]]:
    """Why an action is near and does not count, the strongest reason first, with its rank."""
    _, label = language._, language.label
    vocabulary = language.vocabulary
    code = gap.concern
    kin = {code, *vocabulary.ancestors(code)} | {c for c in action.concerns if code in vocabulary.ancestors(c)}
    own = [c for c in action.concerns if c in kin]
    if own and action.status == "toteutumatta":
        places = _evidence(action, {*own, "toteutumatta"})
        yield 0, Near(action, _("Koskee aihetta, mutta jäi toteutumatta."), places)
    for dropped in action.dropped:
        if dropped["label"] in kin:
            why = _(DROPPED_WORDS.get(dropped["why"], "")) or dropped["why"]
            sentence = _("Tekstissä on ”%(word)s”, mutta sitä ei lasketa: %(why)s.") % {
                "word": dropped["text"],
                "why": why,
            }
            yield 1, Near(action, sentence, ({**dropped, "how": "vocabulary"},))
    if action.status != "tehty" or any(place["label"] in kin for place in action.possible):
        return
    parents = set(vocabulary.ancestors(code)[:1])
    siblings = [c for c in action.concerns if parents & set(vocabulary.ancestors(c)) and c not in kin]
    if siblings:
        told = {"has": language.labels("concern", siblings), "lacks": label("concern", code)}
        yield 2, Near(action, _("Mainitsee: %(has)s. Ei mainitse: %(lacks)s.") % told, _evidence(action, set(siblings)))
    groups = set(gap.groups) or {g for g in [vocabulary.concern(code).implies] if g}
    shared = [g for g in action.target_groups if g in groups and g != _FOR_EVERYBODY]
    theme = vocabulary.concern(code).theme
    if not action.concerns and shared and theme is not None and theme in (action.theme, *action.further_themes):
        told = {"group": language.labels("group", shared), "theme": label("theme", theme)}
        sentence = _(
            "Samalle ryhmälle (%(group)s) ja samasta teemasta (%(theme)s), mutta huolta ei tunnistettu: arvioi itse."
        )
        yield 3, Near(action, sentence % told, _evidence(action, set(shared)))


def _evidence(action: Record, labels: set[str]) -> tuple[dict[str, Any], ...]:
    return tuple(e for e in action.evidence if e["label"] in labels)
