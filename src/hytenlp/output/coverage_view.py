"""Coverage for people: the table on the screen, Markdown, and flat rows. What a coordinator reads is Finnish."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hytenlp.output.wording import REASON_WORDS, VERDICT_WORDS, gaps_first, summary
from hytenlp.records import Record
from hytenlp.verdicts import ConcernCoverage, Support
from hytenlp.vocabulary.concepts import Vocabulary

_VERDICT_STYLES = {"katettu": "green", "osittain": "yellow", "suunniteltu": "magenta", "aukko": "bold red"}
_SHOWN_ACTIONS = 3
_SHOWN_LENGTH = 220


def _name(coverage: ConcernCoverage) -> str:
    year = f" {coverage.year}" if coverage.year else ""
    return f"{coverage.municipality or coverage.source}{year}"


def _cards(coverages: Sequence[ConcernCoverage]) -> Iterator[tuple[str, list[ConcernCoverage]]]:
    for _, group in groupby(coverages, key=lambda c: (c.source, c.municipality, c.year)):
        members = list(group)
        yield _name(members[0]), members


def _path(coverage: ConcernCoverage, vocabulary: Vocabulary) -> str:
    """The concern under its broader ones: "Päihteiden käyttö › Tupakka ja nikotiini"."""
    return " › ".join(vocabulary.label("concern", code) for code in reversed(vocabulary.ancestors(coverage.concern)))


def _shorten(text: str) -> str:
    return text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1].rsplit(" ", 1)[0] + " …"


def _words(support: Support) -> str:
    """The words of an action that speak of the concern."""
    return ", ".join(dict.fromkeys(f"”{e['text']}”" for e in support.evidence))


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
            verdict = Text(VERDICT_WORDS[coverage.verdict], _VERDICT_STYLES[coverage.verdict])
            shown.add_row(verdict, _concern_cell(coverage, vocabulary), _actions_cell(coverage, vocabulary))
        console.print(shown)
        console.print(Text(summary(members), "bold"))
        console.print()
    if not coverages:
        console.print("Yhtään tunnettua huolta ei löytynyt.")
    if unnamed:
        console.print(Text("Näistä huolista ei tunnistettu aihetta; arvioi itse, mikä niihin vastaa:", "bold"))
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
    if coverage.reasons:
        cell.append("; ".join(REASON_WORDS[reason] for reason in coverage.reasons).capitalize() + ".", "italic")
    if coverage.verdict == "aukko":
        cell.append("Mikään kortin toimi ei vastaa tähän huoleen.", "red")
    for title, supports in (
        ("", coverage.actions),
        ("Suunnitteilla: ", coverage.planned),
        ("Mahdollinen: ", coverage.possible),
    ):
        for support in supports[:_SHOWN_ACTIONS]:
            cell.append(("\n" if cell else "") + f"• {title}{_shorten(support.text)}")
            about = (
                "" if support.concern == coverage.concern else f"; aihe: {vocabulary.label('concern', support.concern)}"
            )
            if support.evidence:
                cell.append(f" [sanat: {_words(support)}{about}]", "dim")
        if len(supports) > _SHOWN_ACTIONS:
            cell.append(f"\n… ja {len(supports) - _SHOWN_ACTIONS} muuta", "dim")
    return cell


def markdown(coverages: Sequence[ConcernCoverage], vocabulary: Vocabulary) -> str:
    """The same as a Markdown document."""
    out: list[str] = []
    for name, members in _cards(coverages):
        out += [f"# {_escaped(name)}: huolet ja niihin vastaavat toimet", "", f"**{summary(members)}**", ""]
        for coverage in gaps_first(members):
            path = f" ({_path(coverage, vocabulary)})" if _path(coverage, vocabulary) else ""
            out += [f"## {VERDICT_WORDS[coverage.verdict]}: {coverage.label}{path}", ""]
            out += [f"> {_escaped(text)}" for text in coverage.concern_texts]
            out.append("")
            if coverage.reasons:
                out += ["; ".join(REASON_WORDS[reason] for reason in coverage.reasons).capitalize() + ".", ""]
            if coverage.verdict == "aukko":
                out += ["Mikään kortin toimi ei vastaa tähän huoleen.", ""]
            for title, supports in (
                ("", coverage.actions),
                ("Suunnitteilla: ", coverage.planned),
                ("Mahdollinen: ", coverage.possible),
            ):
                out += [
                    f"* {title}{_escaped(s.text)}" + (f" *(sanat: {_escaped(_words(s))})*" if s.evidence else "")
                    for s in supports
                ]
            if coverage.actions or coverage.planned or coverage.possible:
                out.append("")
    return "\n".join(out)


def _escaped(text: str) -> str:
    for sign in "\\`*_[]<>|#":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def flat_rows(coverages: Sequence[ConcernCoverage]) -> Iterator[dict[str, Any]]:
    """One row a concern, for CSV."""
    for coverage in coverages:
        row = coverage.to_dict()
        row["concern_texts"] = " / ".join(coverage.concern_texts)
        for key in ("actions", "planned", "possible"):
            row[f"{key}_ids"] = [support["id"] for support in row[key]]
            row[key] = " / ".join(support["text"] for support in row[key])
        yield row
