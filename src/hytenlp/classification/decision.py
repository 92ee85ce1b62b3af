"""From probabilities to labels: which concerns and groups a text gets, given what the vocabulary found in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol, cast

from hytenlp.classification.features import YOUNG, Sample
from hytenlp.classification.model import Prediction, Thresholds
from hytenlp.classification.scores import Scores
from hytenlp.classification.scoring import EVERYBODY, NEVER_WORRIED, ThemeDecision
from hytenlp.vocabulary.status import SURE, Evidence, Status

_VETO = 0.2  # below which probability the model strikes out what the vocabulary found
_SURELY = 0.8  # from which probability it makes a named concern a narrower one, or adds one by a word that is explained
_IN_DOUBT = 0.95  # from which probability it adds one by a word that the vocabulary says means something else here ...
_POSSIBLE = 0.3  # from which probability a concern of an action is worth a person's look
_FEW = 3  # ... or to an action of so few words, where each weighs much ("Poliisin päivä")
_WORRY_IN_DOUBT = 0.7  # from which probability it adds one to a concern bullet of so few words, or that has another
# From which probability a concern bullet is about a group that it names, and about one that it does not.
_NAMED, _UNNAMED = 0.45, 0.75
_FURTHER_THEME = 0.3  # from which probability it adds a further theme


class Weigher(Protocol):
    """What is asked of a model beside its probabilities."""

    thresholds: Thresholds

    def weighed_most(self, sample: Sample, question: str, label: str, count: int = 2) -> list[int]:
        """The tokens that spoke most for a label; see `Model.weighed_most`."""


class Found(NamedTuple):
    """The concerns of a text, broader ones beside narrower ones.

    Attributes:
        chosen: those that it has.
        possible: those that an action may have: the model is not sure enough.
    """

    chosen: set[str]
    possible: set[str]


def asked_of(sample: Sample, prediction: Prediction) -> Iterator[tuple[Sample, str, str]]:
    """What `Model.weigh` is best asked before it is decided on a text: the likely labels that no word names."""
    for code, p in prediction.concerns.likely.items():
        if p >= _POSSIBLE and code not in sample.mentioned:
            yield sample, "concerns", code
    for code, p in prediction.groups.likely.items():
        if p >= _NAMED and code != EVERYBODY and f"g={code}" not in sample.findings:
            yield sample, "groups", code


def concerns_of(
    sample: Sample, prediction: Prediction, model: Weigher, ancestors: Mapping[str, tuple[str, ...]]
) -> Found:
    """The concerns of a text.

    Args:
        sample: the text, with the mentions of its concerns.
        prediction: the model's probabilities.
        model: their thresholds, and the words behind them.
        ancestors: the broader concerns of each.
    """
    likely, mentioned = prediction.concerns.likely, sample.mentioned.keys()
    if not likely and not mentioned:
        return Found(set(), set())
    named = set(mentioned)  # a worry that is named is a worry
    if sample.kind == "action":
        given = model.thresholds.concerns
        named = {c for c in mentioned if likely.get(c, 0.0) >= min(given[c], _VETO) or c in sample.sure}
    added = {c for c, p in likely.items() if p >= _POSSIBLE and c not in mentioned}
    if not added:
        return Found(named, added)
    best = {c: set(model.weighed_most(sample, "concerns", c, count=1)) for c in added}
    added -= _explained(best, named, sample, prediction, ancestors)
    sure = {c for c in added if _is_sure(c, best[c], named | added, sample, prediction, model, ancestors)}
    # Where the text names the broader concern, the model must be sure to make it a narrower one.
    narrower = {c for c in sure if likely[c] < _SURELY and not mentioned.isdisjoint(ancestors[c])}
    chosen = (named | sure | {broader for c in narrower for broader in mentioned & set(ancestors[c])}) - narrower
    return Found(chosen, added - chosen if sample.kind == "action" else set())


def _explained(
    best: Mapping[str, set[int]],
    named: set[str],
    sample: Sample,
    prediction: Prediction,
    ancestors: Mapping[str, tuple[str, ...]],
) -> set[str]:
    """Of the concerns with the tokens that speak most for them those whose token means something else, as the vocabulary knows."""

    def by(tokens: Mapping[str, set[int]]) -> set[str]:
        return {c for c, own in best.items() if own and own <= _tokens_of_kin(c, tokens, ancestors)}

    told = {token for code in named for token in sample.mentioned[code]}
    found = by(sample.mentioned) | by(sample.denied) | {c for c, own in best.items() if not own}
    found |= {c for c, own in best.items() if own <= told and prediction.concerns[c] < _SURELY}
    if sample.kind == "concern":  # also by a word that means something else, or only says whom a worry is about
        found |= by(sample.refused) | {c for c, own in best.items() if sample.mentioned and own <= sample.people}
    return found


def _is_sure(
    code: str,
    best: set[int],
    found: set[str],
    sample: Sample,
    prediction: Prediction,
    model: Weigher,
    ancestors: Mapping[str, tuple[str, ...]],
) -> bool:
    """Whether a concern that only the model found is likely enough to count.

    It must be likelier in company, in a text of few words, and where its strongest word is one of which the vocabulary says that here it
    means something else.
    """
    thresholds, company = model.thresholds, has_company(code, found, sample, prediction)
    few, refused = len(sample.words) <= _FEW, best <= _tokens_of_kin(code, sample.refused, ancestors)
    if sample.kind == "concern":
        least = max(thresholds.worry, _WORRY_IN_DOUBT if few or company else 0.0)
    elif few or refused:
        least = 1.0 if few and refused else _IN_DOUBT
    else:
        least = max(thresholds.concerns[code], thresholds.cover_in_company if company else thresholds.cover)
    return prediction.concerns[code] >= least


def has_company(code: str, chosen: Iterable[str], sample: Sample, prediction: Prediction) -> bool:
    """Whether a text has another concern that is named or likelier: then a mere hint of this one is often wrong."""
    likely = prediction.concerns
    return any(c in sample.mentioned or likely[c] > likely[code] for c in chosen if c != code)


def _tokens_of_kin(code: str, tokens: Mapping[str, set[int]], ancestors: Mapping[str, tuple[str, ...]]) -> set[int]:
    """The tokens of a concern and of broader and narrower ones."""
    kin = (o for o in tokens if o == code or o in ancestors[code] or code in ancestors[o])
    return {token for other in kin for token in tokens[other]}


def groups_of(sample: Sample, prediction: Prediction, model: Weigher) -> list[str]:
    """The target groups of a text; everybody beside a narrower one only when that is likelier and the text names both.

    Never those that the text sets aside: when no others are left, it is about those that the rules find.
    """
    chosen = (_of_a_worry if sample.kind == "concern" else _of_an_action)(sample, prediction.groups, model)
    if sample.unmeant and chosen & sample.unmeant:
        chosen = chosen - sample.unmeant or {g for g in prediction.groups if f"G={g}" in sample.findings}
    return prediction.groups.in_order(chosen)


def _of_a_worry(sample: Sample, probability: Scores, model: Weigher) -> set[str]:
    """The groups of a concern bullet, which names places and causes more often than people."""
    chosen = {
        g
        for g, p in probability.likely.items()
        if (p >= _NAMED and f"G={g}" in sample.findings)
        or (p >= _UNNAMED and g not in NEVER_WORRIED and not _is_explained(g, sample, model))
    }
    return _with_companions(chosen, sample)


def _of_an_action(sample: Sample, probability: Scores, model: Weigher) -> set[str]:
    likely, thresholds = probability.likely, model.thresholds.groups
    chosen = _with_companions({g for g, p in likely.items() if p >= thresholds[g]}, sample)
    if sample.exact:  # a grade makes pupils the ones or the others
        chosen = {g for g in chosen if g not in YOUNG or f"g={g}" in sample.findings}
    if EVERYBODY in chosen and len(chosen) > 1:
        narrower = chosen - {EVERYBODY}
        if max(probability[g] for g in narrower) >= probability[EVERYBODY]:
            return narrower
        if f"g={EVERYBODY}" not in sample.findings:
            return {EVERYBODY}
    return chosen or {probability.best}


def _is_explained(group: str, sample: Sample, model: Weigher) -> bool:
    """Whether the model finds a group by a word that the vocabulary has explained: as a worry, or as naming another group."""
    best = model.weighed_most(sample, "groups", group, count=1)
    return bool(best) and set(sample.people).union(*sample.mentioned.values()).issuperset(best)


def _with_companions(chosen: set[str], sample: Sample) -> set[str]:
    """The groups, and those that the text names in one breath with them."""
    return chosen | sample.together if sample.together and chosen & sample.together else chosen


def themes_of(prediction: Prediction, told: ThemeDecision) -> tuple[str, tuple[str, ...]]:
    """The likeliest theme, and those that a text also belongs to, by the rules or with some probability."""
    scores = prediction.theme
    theme = scores.best
    further = [code for code, p in scores.likely.items() if p >= _FURTHER_THEME and code != theme]
    if by_rules := told.further:
        further = scores.in_order({*further, *by_rules} - {theme})
    return theme, tuple(further)


def status_of(told: Evidence | None, prediction: Prediction) -> Status:
    """The status of an action: the likeliest, unless the text surely tells what became of a thing.

    Then the model may not call it done, nor overlook what was done beside it.
    """
    likeliest = cast("Status", prediction.status.best)
    return told.status if told and told.strength == SURE and "tehty" in (told.status, likeliest) else likeliest
