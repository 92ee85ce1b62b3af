"""Recognises headings by what their words are, not by how they are written.

The words are data (`headings.yaml`); this module only asks the analyser for lemmas and compound parts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import zip_longest
from typing import Any, Literal, cast

import yaml

from hytenlp.cards.lines import Line
from hytenlp.cards.municipalities import municipality_of
from hytenlp.finnish.words import Analyser, Word

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*-?|-[^\W\d_]+")
_SENTENCES = re.compile(
    r"[^\W\d]{3}[.!?] [^\W\d_]|(?:\. ?){4}|…{2}"
)  # a sentence ends inside, or dots lead to a page number
_ORDINAL = re.compile(r"^(?:[IVX]{1,4}|[A-H]|\d{1,2}(?:\.\d{1,2})*)[.):]?\s+(?=[^\W\d_]{2})")
_ADDED = re.compile(
    r"\s*:?\s*[(\[]?\d{1,3}\s*(?:kpl|st|kohtaa|asiaa)\.?[)\]]?$|\s*[(\[]\d{1,2}[)\]]$|\s*:\s*\d{1,2}$|\s*\(?(?:jatkuu|jatkoa|forts)\.?\)?$"
)  # how many follow, or that the page before had it too
_ENDS_OF_ADDED = (*"0123456789)].", "kpl", "st", "kohtaa", "asiaa", "jatkuu", "jatkoa", "forts")
_HALVES = re.compile(r"\s*[/|│]\s*")  # what parts two languages
_SPACED = re.compile(r"\W*\w(?:\s+\w){3,}\W*")  # I L O N  A I H E E T
_DEFINITE = re.compile(r"[^\W\d_aeiouyäö]en(?:in)?$")
_SWEDISH_GENITIVE = re.compile(r"(?:[^\W\d_aeiouyäö]en|[öå]n|by|holm|sund|vik|hamn|borg|berg|dal|stad|köping|strand)s$")
_SWEDISH_TITLE = re.compile(r"kommun|stad|välfärd", re.IGNORECASE)
_LONGEST = 90  # characters; a longer line is a sentence
_MOST_WORDS = 9
_WORKS = frozenset({"3sg", "3pl", "conneg"})
_VERB_FORMS = frozenset({"3sg", "3pl", "1pl", "1sg", "pass"})


Role = Literal["joys", "concerns"]
_LISTS = frozenset({"joys", "concerns"})


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

    @property
    def lists(self) -> frozenset[str]:
        """Which of joys and concerns it heads."""
        return frozenset(self.roles) & _LISTS


@cache
def _data() -> dict[str, Any]:
    text = resources.files("hytenlp.cards").joinpath("headings.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    for kind in ("roles", "themes", "categories"):
        data[kind] = {name: frozenset(words) for name, words in data[kind].items()}
    for kind in ("filler", "sections", "question_words", "title", "label", "aside", "whole", "numbered"):
        data[kind] = frozenset(data[kind])
    swedish = data["swedish"]
    for kind in ("roles", "themes", "categories"):
        for name, stems in swedish[kind].items():
            data[kind][name] |= {stem + ending for stem in stems for ending in swedish["endings"]}
    data["filler"] |= set(swedish["filler"])
    data["hints"] = {name: frozenset(words) | data["roles"][name] for name, words in data["hints"].items()}
    named = [words for kind in ("roles", "themes", "categories") for words in data[kind].values()]
    data["lists"] = data["roles"]["joys"] | data["roles"]["concerns"] | {"toimia"}  # "Mikä toimii"
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
        if line.glyph not in ("", "1.") or len(text) > _LONGEST:
            return None
        if text.endswith(_ENDS_OF_ADDED):
            text = _ADDED.sub("", text).rstrip(": ")
        text = self._without_number(text)
        if not text or text[-1] in ".,;" or _SENTENCES.search(text) or (":" in text and not line.level):
            return None
        words = self._words(_joined(line.raw) if _SPACED.fullmatch(text) else text)
        if not words or len(words) > _MOST_WORDS:
            return None
        data = _data()
        if (role := self._column_role(words)) and ((line.cell and line.cell.row == 0) or role == "label"):
            return Heading(roles=(role,))
        most = 1 if line.level and len(words) > 1 else 0
        if sum(not self._keys(w) & data["known"] for w in words) <= most:
            return None if self._says(words) else self._announced(words)
        if not any(self._keys(w) & data["lists"] for w in words):
            return None
        if sum(not self._may_stand(w) for w in words) <= most and not self._counts(words[-1]):
            return None if self._says(words) else _of_lists(self._announced(words))
        return self._said_twice(text)

    def _without_number(self, text: str) -> str:
        """A heading without "Teema 1:" before it."""
        number, colon, rest = text.partition(":")
        if not colon:
            return text
        words = _WORD.findall(number)
        numbers = len(words) == 1 and self._keys(self._analyser(words[0])) & _data()["numbered"]
        return rest.strip() if numbers else text

    def _says(self, words: list[Word]) -> bool:
        """Whether words are a sentence, but no question."""
        return _is_sentence(words) and not self._keys(words[0]) & _data()["question_words"]

    def _said_twice(self, text: str) -> Heading | None:
        """What the known half of a bilingual heading says, where the lexicon knows no word of the other: "Huolen aiheet / Fuolat"."""
        parts = _HALVES.split(text)
        if len(parts) < 2:
            return None
        halves = [self._words(part) for part in parts]
        known = [half for half in halves if half and all(map(self._may_stand, half))]
        others = [word for half in halves if half not in known for word in half]
        if not known or not all(word.guessed for word in others):
            return None
        return _of_lists(self._announced([word for half in known for word in half]))

    def hint(self, text: str) -> Role | None:
        """Whether words or signs of a text speak of joys or of concerns, whatever else stands beside them.

        Enough to tell a heading by where its place already says that it is one.
        """
        words, hints = self._words(text), _data()["hints"]
        denied = any("ei" in word.lemmas for word in words)
        found = {
            role
            for role in ("joys", "concerns")
            if any(self._tells(word, hints[role], _data()["roles"][role]) for word in words)
        }
        if denied:
            found = {"concerns"} if found == {"joys"} else set()
        if not found and not denied:
            found = {role for role, names in _data()["signs"].items() if _has_sign(text, names)}
        return cast("Role", found.pop()) if len(found) == 1 else None

    def names_theme(self, text: str) -> bool:
        """Whether a word of a text names a theme."""
        themes = _data()["themes"].values()
        return any(not words.isdisjoint(self._keys(word)) for word in self._words(text) for words in themes)

    def asks(self, text: str) -> bool:
        """Whether a text begins like a heading that asks or shows: "Mikä nyppii", "Tästä emme luovu"."""
        words = self._words(text)
        return bool(words and self._keys(words[0]) & _data()["question_words"])

    def _words(self, text: str) -> list[Word]:
        return [self._analyser(word) for word in _WORD.findall(_ORDINAL.sub("", text, count=1))]

    @staticmethod
    def _tells(word: Word, hints: frozenset[str], strong: frozenset[str]) -> bool:
        """Whether a word is a hint, or a compound with a part that names the role."""
        return not hints.isdisjoint({*word.lemmas, word.low}) or not strong.isdisjoint(word.names)

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

        roles, themes, categories = self._roles(words), named("themes"), named("categories")
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

    def _roles(self, words: Sequence[Word]) -> tuple[str, ...]:
        """The roles that words name, in their order.

        Of a compound all parts must be known when it names joys or concerns: "porrashaaste" is no concern. "Mikä toimii" asks for joys
        and "Missä emme onnistuneet" for concerns; "Ei huolia" announces nothing.
        """
        roles: dict[str, None] = {}
        asks = bool(self._keys(words[0]) & _data()["question_words"])
        for word in words:
            keys = self._keys(word)
            for role, names in _data()["roles"].items():
                if keys & names and (role not in ("joys", "concerns") or self._is_wholly_known(word)):
                    works = asks and any(r.lemma == "toimia" and r.tags & _WORKS for r in word.likely)
                    roles["joys" if works and role == "actions" else role] = None
        if (denial := next((word for word in words if "ei" in word.lemmas), None)) and {"joys", "concerns"} & set(
            roles
        ):
            return ("concerns",) if "concerns" not in roles and (asks or "1pl" in denial.tags) else ()
        return tuple(roles)

    def _may_stand(self, word: Word) -> bool:
        """Whether a word may stand in a heading of joys or concerns: a numeral or one of the lists."""
        data = _data()
        listed = self._keys(word) & data["known"] or not data["whole"].isdisjoint(word.lemmas)
        return bool(listed) or self._counts(word)

    @staticmethod
    def _counts(word: Word) -> bool:
        """Whether a word may be a numeral."""
        return any(reading.pos == "numeral" for reading in word.likely)

    @staticmethod
    def _is_wholly_known(word: Word) -> bool:
        """Whether the parts of a word that are known leave nothing of it over."""
        known, reached = _data()["known"], {0}
        if not known.isdisjoint(word.lemmas) or word.low in known:
            return True
        for key, (start, end) in sorted(word.places(), key=lambda place: place[1]):
            if key in known and reached & {start, start - 1}:  # one letter may be a hyphen
                reached.add(end)
        return len(word.form) in reached

    def title(self, lines: list[Line]) -> tuple[str | None, int | None]:
        """Municipality and year, from the lines before the first section."""
        year = next((year for line in lines if (year := year_of(line.text))), None)
        for line in lines:
            if name := municipality_of(line.text) or self._municipality(line.text):
                return name, year
        return None, year

    def _municipality(self, text: str) -> str | None:
        """The one proper name of a title line, in the nominative."""
        words = _WORD.findall(text)
        for word, following in zip_longest(words, words[1:], fillvalue=""):
            analysed = self._analyser(word)
            if not word[:1].isupper() or self._keys(analysed) & _data()["title"]:
                continue
            name = word.capitalize() if word.isupper() and len(word) > 4 else word
            analysed = self._analyser(name)
            if analysed.guessed and _is_swedish_form(name, following):
                return name.removesuffix("s").removesuffix("in")
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
        return frozenset(word.names).union(word.lemmas)


def _of_lists(head: Heading | None) -> Heading | None:
    """A heading when it announces joys or concerns."""
    return head if head and head.lists else None


def _has_sign(text: str, names: Iterable[str]) -> bool:
    """Whether one of a text's signs, alone or beside white space, has one of these words in its Unicode name."""
    for before, sign, after in zip(f" {text}", text, f"{text[1:]} ", strict=False):
        if not sign.isalnum() and not before.isalnum() and not after.isdigit():
            called = f" {unicodedata.name(sign, '')} "
            if any(f" {name} " in called for name in names):
                return True
    return False


def _is_swedish_form(name: str, following: str) -> bool:
    """Whether an unknown name is Swedish: "Bergåsen", "Bergåsenin kunta", "Bergåsens kommun".

    Finnish names in -e have -een there, so what ends in -en is Swedish and definite.
    """
    return bool(_DEFINITE.search(name)) or bool(_SWEDISH_GENITIVE.search(name) and _SWEDISH_TITLE.match(following))


def _joined(raw: str) -> str:
    """Spaced letters as words; two spaces part words, as far as the line tells."""
    return " ".join(re.sub(r"\s", "", word) for word in re.split(r"\s{2,}", raw.strip()))


def _is_sentence(words: list[Word]) -> bool:
    """Whether one of the words can only be a finite verb."""
    return any(
        w.likely
        and all(r.pos == "verb" and r.tags & _VERB_FORMS and not any("part" in t for t in r.tags) for r in w.likely)
        for w in words
    )
