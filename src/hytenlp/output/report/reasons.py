"""Why a concern has its verdict, in sentences that name what the actions speak of and what they do not."""

from __future__ import annotations

from hytenlp.output.report.cards import ReportCard
from hytenlp.output.report.language import Language
from hytenlp.output.wording import meaning
from hytenlp.verdicts import ConcernCoverage


def reasons(card: ReportCard, coverage: ConcernCoverage, language: Language) -> list[str]:
    """The sentences, the decisive one first."""
    _, label, labels = language._, language.label, language.labels
    own = label("concern", coverage.concern)
    actions = [card.action_of(support) for support in coverage.actions]
    named = {code for action in actions for code in action.concerns}
    ancestors = language.vocabulary.ancestors
    broader = [code for code in ancestors(coverage.concern) if code in named]
    narrower = [
        code for code in language.vocabulary.codes("concern") if code in named and coverage.concern in ancestors(code)
    ]
    sentences = []
    if coverage.verdict == "katettu":
        sentences.append(
            language.count(
                "%(num)s tehty toimi koskee juuri tätä huolta.",
                "%(num)s tehtyä toimea koskee juuri tätä huolta.",
                len(actions),
            )
        )
    for reason in coverage.reasons:
        if reason == "yleisesti":
            text = _("Vain yleisesti: toimissa puhutaan aiheesta ”%(broader)s”, mutta ei aiheesta ”%(own)s”.")
            sentences.append(text % {"broader": labels("concern", broader), "own": own})
        elif reason == "osa_alue":
            text = _("Vain osa huolesta: toimet koskevat aihetta ”%(narrower)s”, huoli on laajempi (”%(own)s”).")
            sentences.append(text % {"narrower": labels("concern", narrower), "own": own})
        else:
            others = {
                group
                for action in actions
                if coverage.concern in action.concerns
                for group in action.target_groups
                if group not in coverage.groups
            }
            ordered = [group for group in language.vocabulary.codes("group") if group in others]
            text = _("Toiselle ryhmälle: huoli koskee ryhmää ”%(own)s”, toimet on suunnattu ryhmälle ”%(others)s”.")
            sentences.append(text % {"own": labels("group", coverage.groups), "others": labels("group", ordered)})
    if coverage.verdict in ("suunniteltu", "aukko"):
        sentences.append(_(meaning(coverage)))
    if coverage.possible and not coverage.actions:
        sentences.append(
            language.count(
                "Malli arvelee, että %(num)s toimi voi koskea tätä; se ei kata huolta, ennen kuin ihminen on tarkistanut sen.",
                "Malli arvelee, että %(num)s toimea voi koskea tätä; ne eivät kata huolta, ennen kuin ihminen on tarkistanut ne.",
                len(coverage.possible),
            )
        )
    return sentences
