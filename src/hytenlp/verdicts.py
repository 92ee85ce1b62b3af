"""The coverage of a card: which of its concerns have actions behind them, and which have none.

The verdicts are the annotation guide's; they are computed from labels alone, so that a person can check each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from hytenlp.records import Record
from hytenlp.vocabulary.concepts import Vocabulary

Verdict = Literal["katettu", "osittain", "suunniteltu", "aukko"]
Reason = Literal["yleisesti", "osa_alue", "eri_ryhma"]

#: From the best to the worst.
VERDICTS: tuple[Verdict, ...] = ("katettu", "osittain", "suunniteltu", "aukko")
#: Groups that an action for one of them can answer for another; groups outside the blocks fit everybody.
BLOCKS: tuple[frozenset[str], ...] = (
    frozenset({"varhaiskasvatus", "lapset", "nuoret", "perheet"}),
    frozenset({"tyoikaiset", "tyottomat"}),
    frozenset({"ikaantyneet"}),
    frozenset({"maahanmuuttajat"}),
    frozenset({"erityinen_tuki"}),
)


@dataclass(frozen=True, slots=True)
class Support:
    """An action behind a verdict, with what in its text speaks of the concern."""

    id: str
    text: str
    concern: str
    how: str
    status: str
    evidence: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class ConcernCoverage:
    """The verdict on one concern of one card.

    Attributes:
        concern, label: code and Finnish label.
        verdict: katettu, osittain, suunniteltu or aukko.
        reasons: why it is only partly covered: yleisesti, osa_alue, eri_ryhma.
        groups: the target groups that the card's concern bullets name; empty when one of them names none.
        concern_texts: those bullets.
        actions: the done actions behind the verdict.
        planned: planned actions that address the concern or its kin.
        possible: done and planned actions that the model takes to address it or its kin, but not surely enough: a person must look.
    """

    source: str
    municipality: str | None
    year: int | None
    concern: str
    label: str
    verdict: Verdict
    reasons: tuple[Reason, ...]
    groups: tuple[str, ...]
    concern_texts: tuple[str, ...]
    actions: tuple[Support, ...]
    planned: tuple[Support, ...]
    possible: tuple[Support, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The record as `coverage --format json` writes it."""
        record = asdict(self)
        for support in (*record["actions"], *record["planned"], *record["possible"]):
            del support["concern"]
        return record


def cover(concerns: Sequence[Record], actions: Sequence[Record], vocabulary: Vocabulary) -> list[ConcernCoverage]:
    """The verdicts on the concerns of one card, in the guide's order.

    Args:
        concerns: the classified concern bullets. Joys never cover anything and have no place here.
        actions: the classified actions.
        vocabulary: the hierarchy of concerns.
    """
    verdicts = []
    for code in vocabulary.codes("concern"):
        bullets = [bullet for bullet in concerns if code in bullet.concerns]
        if bullets:
            verdicts.append(_cover_one(code, bullets, actions, vocabulary))
    return verdicts


def fits(groups: Iterable[str], action_groups: Iterable[str]) -> bool:
    """Whether an action for some groups answers a concern about others."""
    blocks = [block for block in BLOCKS if not block.isdisjoint(groups)]
    if not blocks:
        return True
    in_blocks = frozenset().union(*BLOCKS)
    return any(group not in in_blocks or any(group in block for block in blocks) for group in action_groups)


def _cover_one(
    code: str, bullets: Sequence[Record], actions: Sequence[Record], vocabulary: Vocabulary
) -> ConcernCoverage:
    named = {group for bullet in bullets for group in bullet.target_groups}
    groups = (
        [g for g in vocabulary.codes("group") if g in named] if all(bullet.target_groups for bullet in bullets) else []
    )
    broader = set(vocabulary.ancestors(code))
    narrower = {other for other in vocabulary.codes("concern") if code in vocabulary.ancestors(other)}

    exact: list[Support] = []
    partial: dict[Reason, list[Support]] = {"yleisesti": [], "osa_alue": [], "eri_ryhma": []}
    planned: list[Support] = []
    possible: list[Support] = []
    kin = {code} | broader | narrower
    for action in actions:
        if action.status == "toteutumatta":
            continue
        doubtful = dict.fromkeys(e["label"] for e in action.possible)
        possible += [_support(action, own, action.possible) for own in doubtful if own in kin]
        for own in filter(kin.__contains__, action.concerns):
            support = _support(action, own, action.evidence)
            if action.status == "suunniteltu":
                planned.append(support)
            elif own == code:
                (exact if fits(groups, action.target_groups) else partial["eri_ryhma"]).append(support)
            else:
                partial["yleisesti" if own in broader else "osa_alue"].append(support)

    reasons: tuple[Reason, ...] = () if exact else tuple(reason for reason, found in partial.items() if found)
    behind = exact or [support for reason in reasons for support in partial[reason]]
    verdict: Verdict = "katettu" if exact else "osittain" if behind else "suunniteltu" if planned else "aukko"
    first = bullets[0]
    return ConcernCoverage(
        first.source, first.municipality, first.year, code, vocabulary.label("concern", code), verdict, reasons, tuple(groups),
        tuple(bullet.text for bullet in bullets), tuple(_once(behind)), tuple(_once(planned)), tuple(_once(possible)),
    )  # fmt: skip


def _support(action: Record, concern: str, places: Iterable[dict[str, Any]]) -> Support:
    evidence = tuple(e for e in places if e["label"] == concern)
    how = evidence[0]["how"] if evidence else "vocabulary"
    return Support(action.id, action.text, concern, how, action.status or "tehty", evidence)


def _once(supports: Iterable[Support]) -> list[Support]:
    """Each action once, with the evidence of all its concerns."""
    merged: dict[str, Support] = {}
    for support in supports:
        known = merged.get(support.id)
        merged[support.id] = replace(known, evidence=(*known.evidence, *support.evidence)) if known else support
    return list(merged.values())


def worst(coverages: Iterable[ConcernCoverage]) -> Verdict | None:
    """The worst verdict; None when there is none."""
    return max((c.verdict for c in coverages), key=VERDICTS.index, default=None)
