"""Recognises headings by what their words are, not by how they are written.

The words are data (`headings.yaml`); this module only asks the analyser for lemmas and compound parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from hytenlp.cards.lines import Line
from hytenlp.cards.municipalities import municipality_of
from hytenlp.finnish.words import Analyser, Word

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*-?|-[^\W\d_]+")
_SENTENCES = re.compile(
    r"[^\W\d]{3}[.!?] [^\W\d_]|(?:\. ?){4}|…{2}"
)  # a sentence ends inside, or dots lead to a page number
_LONGEST = 90  # characters; a longer line is a sentence
_MOST_WORDS = 9
_VERB_FORMS = frozenset({"3sg", "3pl", "1pl", "1sg", "pass"})


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading announces.

    Attributes:
        roles: `joys`, `concerns`, `goals` or `actions`; two for the head of two columns; `label` and `aside` for
            the heads of a table's columns that name the rows and that hold no bullets.
        themes, categories: codes that its words name. "Osallisuus" names both a theme and a category; the layout decides.
    """

    roles: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@cache
def _data() -> dict[str, Any]:
    text = resources.files("hytenlp.cards").joinpath("headings.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    for kind in ("roles", "themes", "categories"):
        data[kind] = {name: frozenset(words) for name, words in data[kind].items()}
    for kind in ("filler", "sections", "question_words", "title", "label", "aside"):
        data[kind] = frozenset(data[kind])
    named = [words for kind in ("roles", "themes", "categories") for words in data[kind].values()]
    data["known"] = data["filler"].union(*named)
    return data


def looked_for() -> str:
    """The headings that are known, for the message when none was found."""
    return "Ilon aiheet, Huolen aiheet, Mielen hyvinvointi, Osallisuus ja yhteisöllisyys, Arjen turvallisuus, Päihteettömyys ja terveelliset elintavat (tai samaa tarkoittavat)"


def year_of(text: str) -> int | None:
    """The first year of this century that a title or a file's name holds."""
    found = re.search(r"(?<!\d)20\d\d(?!\d)", text)
    return int(found[0]) if found else None


class HeadingReader:
    """Reads headings.

    Args:
        analyser: gives the lemmas and parts of words.
    """

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser

    def __call__(self, line: Line) -> Heading | None:
        """What a line announces, or None when it is no heading."""
        text = line.text.rstrip(": ")
        if (
            line.glyph not in ("", "1.")
            or not text
            or len(text) > _LONGEST
            or text[-1] in ".,;"
            or _SENTENCES.search(text)
            or (":" in text and not line.level)
        ):
            return None
        words = [self._analyser(word) for word in _WORD.findall(text)]
        if not words or len(words) > _MOST_WORDS:
            return None
        data = _data()
        if (role := self._column_role(words)) and ((line.cell and line.cell.row == 0) or role == "label"):
            return Heading(roles=(role,))
        unknown = [w for w in words if not self._keys(w) & data["known"]]
        if len(unknown) > (1 if line.level and len(words) > 1 else 0):
            return None
        if _is_sentence(words) and not self._keys(words[0]) & data["question_words"]:
            return None
        return self._announced(words)

    def is_section(self, text: str) -> bool:
        """Whether a text is a name that the sub-heads of joys and concerns have in every card, like "Hyte-työ"."""
        keys = [self._keys(self._analyser(word)) for word in _WORD.findall(text)]
        data = _data()
        return any(k & data["sections"] for k in keys) and all(k & (data["sections"] | data["filler"]) for k in keys)

    def is_name(self, text: str) -> bool:
        """Whether a text may name something: without a finite verb, its last word a noun in the nominative."""
        words = [self._analyser(word) for word in _WORD.findall(text)]
        return bool(words) and "nom" in words[-1].tags and not words[-1].predicates and not _is_sentence(words)

    def is_cut(self, text: str) -> bool:
        """Whether a text ends in a genitive, whose noun must follow."""
        words = _WORD.findall(text)
        tags = self._analyser(words[-1]).tags if words else frozenset()
        return "gen" in tags and tags.isdisjoint({"nom", "par"})

    def _column_role(self, words: list[Word]) -> str | None:
        """What the head of a table's column names that is known only there: labels, or something that is no bullet."""
        data = _data()
        keys = [self._keys(word) for word in words]
        for role in ("label", "aside"):
            if any(k & data[role] for k in keys) and all(k & (data[role] | data["filler"]) for k in keys):
                return role
        return None

    def _announced(self, words: list[Word]) -> Heading | None:
        data = _data()

        def named(kind: str, words: Iterable[Word] = words) -> tuple[str, ...]:
            return tuple(name for name, keys in data[kind].items() if any(self._keys(w) & keys for w in words))

        roles, themes, categories = named("roles"), named("themes"), named("categories")
        if "nostot" in categories:  # "Kunnan omat nostot": "oma" alone is no category
            if not any("nosto" in w.keys or "nostaa" in w.keys for w in words):
                categories = tuple(c for c in categories if c != "nostot")
            else:
                categories, themes, roles = ("nostot",), (), ()
        if "joys" in roles or "concerns" in roles:
            strong = tuple(r for r in roles if r in ("joys", "concerns"))
            return Heading(roles=strong)
        if "goals" in roles and not themes:
            return Heading(roles=("goals",))
        if not (roles or themes or categories):
            return None
        if (
            len(themes) > 1
        ):  # "Päihteettömyys ja turvallinen arki": the theme with more words of the heading, then the first named
            score = {t: sum(bool(self._keys(w) & data["themes"][t]) for w in words) for t in themes}
            best = max(score.values())
            themes = tuple(t for t in themes if score[t] == best)
        # "Osallisuus" is a theme and a category; "Osallisuus ja yhteisöllisyys" has a word that only the theme has.
        if any(
            self._keys(w) & (data["themes"][t] - data["categories"].get(t, data["themes"][t]))
            for w in words
            for t in themes
        ):
            categories = tuple(c for c in categories if c not in themes)
        return Heading(tuple(r for r in roles if r == "actions"), themes, categories)

    def title(self, lines: list[Line]) -> tuple[str | None, int | None]:
        """Municipality and year, from the lines before the first section."""
        year = next((year for line in lines if (year := year_of(line.text))), None)
        for line in lines:
            if name := municipality_of(line.text) or self._municipality(line.text):
                return name, year
        return None, year

    def _municipality(self, text: str) -> str | None:
        """The one proper name of a title line, in the nominative."""
        for word in _WORD.findall(text):
            analysed = self._analyser(word)
            if not word[:1].isupper() or self._keys(analysed) & _data()["title"]:
                continue
            name = word.capitalize() if word.isupper() and len(word) > 4 else word
            analysed = self._analyser(name)
            readings = [
                r
                for r in analysed.readings
                if r.tags & {"nom", "gen", "ine", "ade"} and not any(t.startswith("poss") for t in r.tags)
            ]
            readings.sort(key=lambda r: (r.pos != "proper", r.cost))
            lemma = readings[0].lemma if readings else name
            return lemma[:1].upper() + lemma[1:]
        return None

    @staticmethod
    def _keys(word: Word) -> frozenset[str]:
        return frozenset(word.keys).union(word.lemmas)


def _is_sentence(words: list[Word]) -> bool:
    """Whether one of the words can only be a finite verb."""
    return any(
        w.likely
        and all(r.pos == "verb" and r.tags & _VERB_FORMS and not any("part" in t for t in r.tags) for r in w.likely)
        for w in words
    )
