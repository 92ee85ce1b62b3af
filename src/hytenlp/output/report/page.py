"""Renders the page: one HTML file with its style and script inside and a policy that lets nothing else in or out."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from hytenlp.errors import InputError
from hytenlp.output.files import target
from hytenlp.output.report import figures, region
from hytenlp.output.report.cards import Cover, ReportCard, cards_of
from hytenlp.output.report.language import Language, LanguageCode
from hytenlp.output.report.marks import highlight
from hytenlp.output.report.nearest import nearest
from hytenlp.output.report.origin import Origin
from hytenlp.output.report.reasons import reasons
from hytenlp.output.wording import CATEGORY_WORDS, VERDICT_MEANINGS, VERDICT_WORDS, counts, to_judge
from hytenlp.records import Record
from hytenlp.verdicts import VERDICTS
from hytenlp.vocabulary.concepts import Kind, Vocabulary

_WORST_FIRST = tuple(reversed(VERDICTS))


@dataclass(frozen=True, slots=True)
class ConcernChip:
    """A concern of an action, and who found it there.

    Attributes:
        probability: the model's, when the vocabulary did not find it; None otherwise.
        possible: the model is not sure enough: it covers nothing.
    """

    code: str
    probability: float | None
    possible: bool


def write_report(
    records: Iterable[Record],
    output: Path | None,
    code: LanguageCode,
    origin: Origin,
    vocabulary: Vocabulary,
    cover: Cover,
) -> int:
    """Writes the page.

    Args:
        records: the classified bullets of all documents.
        output: the file; standard output when None.
        code: the page's language.
        origin: what the page says about how it was made.
        vocabulary: gives labels and the hierarchy of concerns.
        cover: gives the verdicts of one card's bullets.

    Returns:
        How many cards are on it.

    Raises:
        InputError: there is not one bullet.
        OutputError: the file cannot be written.
    """
    cards = cards_of(records, cover)
    if not cards:
        raise InputError("syötteissä ei ole yhtään huolta tai toimea, joten raporttia ei tehty. Tarkista tiedostot.")
    page = render(cards, origin, Language.of(code, vocabulary))
    with target(output) as out:
        out.write(page.encode("utf-8", "replace"))
    return len(cards)


def render(cards: Sequence[ReportCard], origin: Origin, language: Language) -> str:
    """The page of some cards."""
    vocabulary = language.vocabulary
    answers = region.Answers(cards, vocabulary)
    environment = Environment(
        loader=PackageLoader("hytenlp.output.report"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.install_gettext_translations(language.translations, newstyle=True)  # type: ignore[attr-defined]
    environment.filters["percent"] = language.percent
    style, script = _part("style.css"), _part("script.js")
    environment.globals |= {
        "label": language.label,
        "labels": language.labels,
        "verdict_words": VERDICT_WORDS,
        "verdict_meanings": VERDICT_MEANINGS,
        "category_words": CATEGORY_WORDS,
        "verdicts": _WORST_FIRST,
        "counts": counts,
        "to_judge": lambda coverages, unnamed: to_judge(coverages, unnamed, language.count),
        "foreign": Markup("") if language.code == "fi" else Markup(' lang="fi"'),
        "highlight": highlight,
        "chips": lambda action: _chips(action, vocabulary),
        "concern_places": _concern_places,
        "stated": lambda action: _stated(action, vocabulary),
        "path": lambda code: [language.label("concern", broader) for broader in reversed(vocabulary.ancestors(code))],
        "reasons": lambda card, coverage: reasons(card, coverage, language),
        "nearest": lambda card, coverage: nearest(card, coverage, language),
        "elsewhere": lambda card, coverage: answers.elsewhere(coverage.concern, card),
        "answered": lambda code: len(answers.exact(code)),
        "bullets_of": lambda card, coverage: [r for r in card.concerns if coverage.concern in r.concerns],
    }
    return environment.get_template("page.html.j2").render(
        cards=cards,
        title=_title(cards, language),
        one_place=len({card.municipality for card in cards}) == 1,
        language=language,
        origin=origin,
        concern_count=len(vocabulary.codes("concern")),
        style=Markup(style),  # noqa: S704  the project's own file
        script=Markup(script),  # noqa: S704
        policy=_policy(style, script),
        heat=figures.heat(cards, vocabulary),
        categories=figures.categories(cards),
        years=figures.years(cards),
        rows=region.rows(cards, answers, vocabulary) if len(cards) > 1 else [],
        changes=region.changes(cards, vocabulary),
        actions=[(card, number, action) for card in cards for number, action in enumerate(card.actions, 1)],
        choices=_choices(cards, language),
    )


def _title(cards: Sequence[ReportCard], language: Language) -> str:
    """Whose page it is: the card, the municipality with its years, or how many cards."""
    if len(cards) == 1:
        return cards[0].name
    years = sorted({card.year for card in cards if card.year})
    if len({card.municipality for card in cards}) == 1 and cards[0].municipality and len(years) > 1:
        return f"{cards[0].municipality} {years[0]}–{years[-1]}"
    return language.count("%(num)s kortti", "%(num)s korttia", len(cards))


def _part(name: str) -> str:
    return (resources.files("hytenlp.output.report") / "templates" / name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """A Content-Security-Policy under which the page loads nothing and runs only its own style and script."""

    def hashed(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    return f"default-src 'none'; style-src {hashed(style)}; script-src {hashed(script)}; base-uri 'none'; form-action 'none'"


def _concern_places(action: Record) -> list[dict[str, Any]]:
    """The places in a text that speak of its concerns."""
    return [place for place in (*action.evidence, *action.possible) if place["kind"] == "concern"]


def _stated(action: Record, vocabulary: Vocabulary) -> str | None:
    """The code of the theme that an action stands under, also where a table gives the theme's name."""
    given = (action.stated_theme or "").strip()
    names = {
        name.casefold(): theme.code for theme in vocabulary.concepts("theme") for name in (theme.code, theme.label.fi)
    }
    return names.get(given.casefold(), given) or None


def _chips(action: Record, vocabulary: Vocabulary) -> list[ConcernChip]:
    """The concerns of an action, in the guide's order."""
    told = {place["label"]: place.get("probability") for place in reversed(_concern_places(action))}
    possible = {place["label"] for place in action.possible}
    return [
        ConcernChip(code, told.get(code), code in possible)
        for code in vocabulary.codes("concern")
        if code in possible or code in action.concerns
    ]


def _choices(cards: Sequence[ReportCard], language: Language) -> dict[str, list[tuple[str, str]]]:
    """What the table of actions can be filtered by: the codes that the actions carry, with their names."""
    actions = [action for card in cards for action in card.actions]
    found: dict[Kind, set[str | None]] = {
        "concern": {chip.code for action in actions for chip in _chips(action, language.vocabulary)},
        "group": {code for action in actions for code in action.target_groups},
        "theme": {_stated(action, language.vocabulary) for action in actions} | {action.theme for action in actions},
        "status": {action.status for action in actions},
    }
    choices = {
        str(kind): [(code, language.label(kind, code)) for code in language.vocabulary.codes(kind) if code in codes]
        for kind, codes in found.items()
    }
    categories = [code for code, _ in figures.categories(cards)]
    if any(categories):
        named = (language._(CATEGORY_WORDS.get(code, "")) or code or language._("Ei kategoriaa") for code in categories)
        choices["category"] = [(code or "-", name) for code, name in zip(categories, named, strict=True)]
    else:
        choices["category"] = []
    choices["card"] = [(card.key, card.name) for card in cards]
    choices["year"] = [(str(year), str(year)) for year in sorted({card.year for card in cards if card.year})]
    return choices
