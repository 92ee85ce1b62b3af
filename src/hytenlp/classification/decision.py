"""From probabilities to labels: which concerns and groups a text gets, given what the vocabulary found in it."""

from __future__ import annotations

from collections.abc import Mapping

from hytenlp.classification.features import Sample
from hytenlp.classification.model import Model, Prediction
from hytenlp.classification.scoring import EVERYBODY, NEVER_WORRIED

_SURE = 0.5  # from which probability the model adds a concern to a concern bullet
_VETO = 0.2  # below which probability the model strikes out what the vocabulary found
_SURELY = 0.8  # from which probability it adds one that the vocabulary's own finding speaks against
_FEW = 3  # in a text of so few words each weighs much ("Poliisin päivä"), so ...
_ADDED_TO_FEW, _SURE_OF_FEW = 0.7, 0.9  # ... what the model adds must be likelier, and what covers likelier still
# From which probability a concern bullet is about a group that it names, and about one that it does not.
_NAMED, _UNNAMED = 0.45, 0.75


def concerns_of(
    sample: Sample, prediction: Prediction, model: Model, ancestors: Mapping[str, tuple[str, ...]]
) -> set[str]:
    """The concerns of a text, broader ones beside narrower ones.

    Args:
        sample: the text, with the mentions of its concerns.
        prediction: the model's probabilities.
        model: their thresholds, and the words behind them.
        ancestors: the broader concerns of each.
    """
    mentioned, given = set(sample.mentioned), model.thresholds.concerns
    if sample.kind == "concern":  # a worry that is named is a worry; the model adds only what it is sure of
        least = _ADDED_TO_FEW if _is_short(sample) else _SURE
        chosen = mentioned | {c for c, p in prediction.concerns.items() if p >= max(least, given[c])}
    else:
        least = _ADDED_TO_FEW if _is_short(sample) else 0.0
        chosen = {c for c, p in prediction.concerns.items() if p >= given[c] and p >= least}
        chosen |= {c for c in mentioned if prediction.concerns[c] >= min(given[c], _VETO)}
        chosen |= sample.suspended
    # Where the text names the broader concern, the model must be sure to make it a narrower one.
    unsure = {c for c in chosen - mentioned if prediction.concerns[c] < _SURELY}
    chosen |= {broader for c in unsure for broader in mentioned.intersection(ancestors[c])}
    chosen -= {c for c in unsure if mentioned.intersection(ancestors[c])}
    best = {c: set(model.weighed_most(sample, "concerns", c, count=1)) for c in chosen - mentioned}
    chosen -= {c for c, tokens in best.items() if tokens <= _tokens_of_kin(c, sample.mentioned, ancestors)}
    # Nor does it add a second concern on the strength of a word that the vocabulary has explained already.
    explained = {token for code, tokens in sample.mentioned.items() if code in chosen for token in tokens}
    chosen -= {c for c in unsure & chosen if best[c] <= explained}
    # Nor, to a worry, on the strength of a word that means something else there, or that only names whom a worry is about.
    if sample.kind == "concern":
        chosen -= {c for c, tokens in best.items() if tokens and tokens <= _tokens_of_kin(c, sample.refused, ancestors)}
        chosen -= {c for c, tokens in best.items() if mentioned and tokens <= sample.people}
    # Nor any on the strength of a word that is denied.
    return chosen - {
        c for c, tokens in best.items() if tokens and tokens <= _tokens_of_kin(c, sample.denied, ancestors)
    }


def is_sure(
    code: str, sample: Sample, prediction: Prediction, model: Model, ancestors: Mapping[str, tuple[str, ...]]
) -> bool:
    """Whether a concern that only the model found may cover anything.

    It must be likely enough, in a text of few words and where its strongest word is one of which the vocabulary says that here it means
    something else likelier still.
    """
    least = max(model.thresholds.cover, _SURE_OF_FEW if _is_short(sample) else 0.0)
    best = set(model.weighed_most(sample, "concerns", code, count=1))
    if best and best <= _tokens_of_kin(code, sample.refused, ancestors):
        least = max(least, _SURELY)
    return prediction.concerns[code] >= least


def _tokens_of_kin(code: str, tokens: Mapping[str, set[int]], ancestors: Mapping[str, tuple[str, ...]]) -> set[int]:
    """The tokens of a concern and of broader and narrower ones."""
    kin = (o for o in tokens if o == code or o in ancestors[code] or code in ancestors[o])
    return {token for other in kin for token in tokens[other]}


def groups_of(sample: Sample, prediction: Prediction, model: Model) -> list[str]:
    """The target groups of a text; everybody beside a narrower one only when that is likelier."""
    probability = prediction.groups
    if sample.kind == "concern":  # which names places and causes more often than people
        named = {g for g, p in probability.items() if f"G={g}" in sample.findings and p >= _NAMED}
        chosen = named | {
            g
            for g, p in probability.items()
            if p >= _UNNAMED and g not in NEVER_WORRIED and not _explained(g, sample, model)
        }
        return [g for g in probability if g in _with_companions(chosen, sample)]
    chosen = _with_companions({g for g, p in probability.items() if p >= model.thresholds.groups[g]}, sample)
    narrower = chosen - {EVERYBODY}
    if narrower and max(probability[g] for g in narrower) >= probability[EVERYBODY]:
        chosen = narrower
    return [g for g in probability if g in (chosen or {max(probability, key=lambda g: probability[g])})]


def _explained(group: str, sample: Sample, model: Model) -> bool:
    """Whether the model finds a group by a word that the vocabulary has explained: as a worry, or as naming another group."""
    best = model.weighed_most(sample, "groups", group, count=1)
    return bool(best) and sample.people.union(*sample.mentioned.values()).issuperset(best)


def _is_short(sample: Sample) -> bool:
    return len(sample.words) <= _FEW


def _with_companions(chosen: set[str], sample: Sample) -> set[str]:
    """The groups, and those that the text names in one breath with them."""
    return chosen | sample.together if chosen & sample.together else chosen
