"""Coverage for people: the table on the screen, Markdown, and flat rows. What a coordinator reads is Finnish."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hytenlp.output.wording import (
    POSSIBLE_MEANING,
    REASON_WORDS,
    VERDICT_WORDS,
    gaps_first,
    meaning,
    summary,
    to_judge,
)
from hytenlp.records import Record
from hytenlp.verdicts import ConcernCoverage, Support
from hytenlp.vocabulary.concepts import Vocabulary

_VERDICT_STYLES = {"katettu": "green", "osittain": "yellow", "suunniteltu": "magenta", "aukko": "bold red"}
_UNNAMED = "Näistä huolista ei tunnistettu aihetta; arvioi itse, mikä niihin vastaa"
_SHOWN_ACTIONS = 3
#: The columns of `flat_rows`, in order.
CSV_COLUMNS = (
    *(field.name for field in fields(ConcernCoverage)), "actions_ids", "planned_ids", "possible_ids",
)  # fmt: skip
_SHOWN_LENGTH = 220


def _name(coverage: ConcernCoverage) -> str:
    year = f" {coverage.year}" if coverage.year else ""
    return f"{coverage.municipality or coverage.source}{year}"


def _cards(coverages: Sequence[ConcernCoverage]) -> Iterator[tuple[str, list[ConcernCoverage]]]:
    for _, group in groupby(coverages, key=lambda c: (c.source, c.municipality, c.year)):
        members = list(group)
        yield _name(members[0]), members


def _beside(members: Sequence[ConcernCoverage], unnamed: Sequence[Record]) -> list[str]:
    """What a card's counts do not tell."""
    card = (members[0].source, members[0].municipality, members[0].year)
    own = sum((record.source, record.municipality, record.year) == card for record in unnamed)
    return to_judge(members, own) + ([POSSIBLE_MEANING] if any(c.possible for c in members) else [])


def _path(coverage: ConcernCoverage, vocabulary: Vocabulary) -> str:
    """The concern under its broader ones: "Päihteiden käyttö › Tupakka ja nikotiini"."""
    return " › ".join(vocabulary.label("concern", code) for code in reversed(vocabulary.ancestors(coverage.concern)))


def _shorten(text: str) -> str:
    return text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1].rsplit(" ", 1)[0] + " …"


def _verdict(coverage: ConcernCoverage) -> str:
    """The verdict's name; a gap shouts, as colour may be missing."""
    word = VERDICT_WORDS[coverage.verdict]
    return word.upper() if coverage.verdict == "aukko" else word


def _reasons(coverage: ConcernCoverage) -> str:
    """Why the verdict is not better, as a sentence; empty when there is nothing to say."""
    if coverage.verdict == "aukko":
        return meaning(coverage)
    return "; ".join(REASON_WORDS[reason] for reason in coverage.reasons).capitalize() + "." if coverage.reasons else ""


def _words(support: Support, coverage: ConcernCoverage, vocabulary: Vocabulary) -> str:
    """The words of an action that speak of the concern, who found them, and the topic where it is another one."""
    if not support.evidence:
        return ""
    found = ", ".join(dict.fromkeys(f"”{e['text']}”" for e in support.evidence))
    topic = "" if support.concern == coverage.concern else f"; aihe: {vocabulary.label('concern', support.concern)}"
    return f"{'mallin sanat' if support.how == 'model' else 'sanat'}: {found}{topic}"


def _kinds(coverage: ConcernCoverage) -> tuple[tuple[str, Sequence[Support]], ...]:
    """The actions of a concern, with what is said before those that cover nothing."""
    return ("", coverage.actions), ("Suunniteltu: ", coverage.planned), ("Mahdollinen: ", coverage.possible)


def table(
    coverages: Sequence[ConcernCoverage], unnamed: Sequence[Record], vocabulary: Vocabulary, *, to_terminal: bool
) -> str:
    """A table a card, gaps first, with a summary line; then the concerns in which no known concern was found.

    Args:
        coverages: the verdicts of all cards.
        unnamed: concern bullets without a code: a person must judge them.
        vocabulary: gives labels.
        to_terminal: colours and the terminal's width; else plain text of 120 columns.
    """
    out = io.StringIO()
    width = shutil.get_terminal_size((120, 40)).columns if to_terminal else 120
    console = Console(
        file=out, force_terminal=to_terminal, width=max(60, width), highlight=False, emoji=False, markup=False
    )
    for name, members in _cards(coverages):
        shown = Table(
            title=f"{name}: huolet ja niihin vastaavat toimet", title_justify="left", show_lines=True, expand=True
        )
        shown.add_column("Tulos", no_wrap=True)
        shown.add_column("Huoli", ratio=2)
        shown.add_column("Toimet", ratio=3)
        for coverage in gaps_first(members):
            verdict = Text(_verdict(coverage), _VERDICT_STYLES[coverage.verdict])
            shown.add_row(verdict, _concern_cell(coverage, vocabulary), _actions_cell(coverage, vocabulary))
        console.print(shown)
        console.print(Text(summary(members), "bold"))
        for sentence in _beside(members, unnamed):
            console.print(sentence)
        console.print()
    if not coverages:
        console.print("Yhtään tunnettua huolta ei löytynyt.")
    if unnamed:
        console.print(Text(f"{_UNNAMED}:", "bold"))
        for record in unnamed:
            console.print(Text(f"• ”{record.text}” ({record.municipality or record.source})"))
    return out.getvalue()


def _concern_cell(coverage: ConcernCoverage, vocabulary: Vocabulary) -> Text:
    cell = Text(coverage.label, "bold")
    if path := _path(coverage, vocabulary):
        cell.append(f" ({path})", "dim")
    for text in coverage.concern_texts:
        cell.append(f"\n”{_shorten(text)}”", "not bold")
    if coverage.groups:
        cell.append(
            "\nKenen: " + ", ".join(vocabulary.label("group", group) for group in coverage.groups), "not bold dim"
        )
    return cell


def _actions_cell(coverage: ConcernCoverage, vocabulary: Vocabulary) -> Text:
    cell = Text()
    cell.append(_reasons(coverage), "red" if coverage.verdict == "aukko" else "italic")
    for title, supports in _kinds(coverage):
        for support in supports[:_SHOWN_ACTIONS]:
            cell.append(("\n" if cell else "") + f"• {title}{_shorten(support.text)}")
            if words := _words(support, coverage, vocabulary):
                cell.append(f" [{words}]", "dim")
        if len(supports) > _SHOWN_ACTIONS:
            cell.append(f"\n… ja {len(supports) - _SHOWN_ACTIONS} muuta", "dim")
    return cell


def markdown(coverages: Sequence[ConcernCoverage], unnamed: Sequence[Record], vocabulary: Vocabulary) -> str:
    """The same as a Markdown document: for each card its result, a table of its concerns, and what is behind each of them.

    Args:
        coverages: the verdicts of all cards.
        unnamed: concern bullets without a code: a person must judge them.
        vocabulary: gives labels.
    """
    out: list[str] = []
    for name, group in _cards(coverages):
        members = gaps_first(group)
        out += [f"# {_escaped(name)}: huolet ja niihin vastaavat toimet", "", f"**{summary(members)}**", ""]
        if beside := _beside(members, unnamed):
            out += [" ".join(beside), ""]
        out += [
            "| Tulos | Huoli | Tehtyjä toimia | Suunniteltuja | Mahdollisia |",
            "| --- | --- | ---: | ---: | ---: |",
        ]
        out += [
            f"| {_verdict(c)} | {c.label} | {len(c.actions)} | {len(c.planned)} | {len(c.possible)} |" for c in members
        ]
        for coverage in members:
            out += ["", *_section(coverage, vocabulary)]
            if not out[-1]:
                out.pop()
        out.append("")
    if not coverages:
        out += ["Yhtään tunnettua huolta ei löytynyt.", ""]
    if unnamed:
        out += [f"# {_UNNAMED}", ""]
        out += [f"* {_escaped(record.text)} ({_escaped(record.municipality or record.source)})" for record in unnamed]
        out.append("")
    return "\n".join(out)


def _section(coverage: ConcernCoverage, vocabulary: Vocabulary) -> Iterator[str]:
    """One concern of a Markdown document."""
    path = _path(coverage, vocabulary)
    yield f"## {_verdict(coverage)}: {coverage.label}" + (f" ({path})" if path else "")
    yield ""
    for text in coverage.concern_texts:
        yield from (f"> {_escaped(text)}", "")
    if coverage.groups:
        yield from ("Kenen: " + ", ".join(vocabulary.label("group", group) for group in coverage.groups), "")
    if reasons := _reasons(coverage):
        yield from (reasons, "")
    for title, supports in _kinds(coverage):
        for support in supports:
            words = _words(support, coverage, vocabulary)
            yield f"* {title}{_escaped(support.text)}" + (f" *({_escaped(words)})*" if words else "")


def _escaped(text: str) -> str:
    for sign in "\\`*_[]<>|#&~":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def flat_rows(coverages: Sequence[ConcernCoverage]) -> Iterator[dict[str, Any]]:
    """One row a concern, for CSV."""
    for coverage in coverages:
        row = coverage.to_dict()
        for key in ("actions", "planned", "possible"):
            row[f"{key}_ids"] = [support["id"] for support in row[key]]
            row[key] = [support["text"] for support in row[key]]
        yield row
