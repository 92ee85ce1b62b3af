"""Sentences, fields and clauses: which tokens of a text speak with each other.

Card bullets are telegrams and table rows, so punctuation and a few words decide: a parser trained on prose would not help.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hytenlp.finnish.tokens import raw_offsets
from hytenlp.finnish.words import Analyser, Word
from hytenlp.vocabulary.matcher import Token

_SENTENCE_ENDS = frozenset({".", "!", "?", "…", "...", "?!", "!!", "!?", "•", "▫", "●"})
_FIELD_ENDS = frozenset({";", "|", "/", "(", ")", "–", "—", "[", "]", "=", "→"})
_CLAUSE_ENDS = _FIELD_ENDS | {",", ":"}
_OPENERS = frozenset({"–", "-", "—", ":", "|", ";", "•"})
_SUBORDINATORS = frozenset(
    [
        "että",
        "jotta",
        "koska",
        "kun",
        "jos",
        "mikäli",
        "vaikka",
        "kunnes",
        "ettei",
        "jottei",
        "etteivät",
        "jotteivät",
        "jollei",
        "ellei",
        "kuin",
        "jolloin",
        "sillä",
    ]
)
_CLAUSE_OPENERS = frozenset(
    {"kun", "koska", "mikäli", "jos", "jotta", "vaikka", "ettei", "jottei", "etteivät", "jotteivät"}
)
_PREDICATES = frozenset({"past", "plan", "present"})
_RELATIVES = frozenset({"joka", "mikä", "jolloin", "jonne"})
_AFTER_DENIAL = frozenset(
    {"lainkaan", "ollenkaan", "vielä", "enää", "valitettavasti", "niinkään", "tällä", "kertaa", "tänä", "vuonna"}
)
_COORDINATORS = frozenset({"mutta", "vaan", "ja", "sekä", "eikä", "joten", "eivätkä"})


def tokens_of(texts: Iterable[tuple[str, int]], analyser: Analyser) -> list[Token]:
    """The tokens of a text with their words and sentence numbers.

    Args:
        texts: each token's text and the character at which it starts; white space included.
        analyser: gives the words.
    """
    tokens: list[Token] = []
    sentence, ended, broken, fresh = 0, False, False, True
    for text, start in texts:
        if text.isspace():
            broken = broken or "\n" in text
            continue
        word = analyser(text)
        shape: _Shape = word.shape or _shape(text, word)
        if (ended or (broken and tokens and not tokens[-1].word.is_suspended)) and not shape.is_lower:
            sentence += 1
            fresh = True
        ended, broken = shape.ends, False
        tokens.append(Token(word, start, sentence, shape.is_capital and not fresh, shape.mark, shape.offsets))
        if shape.opens is not None:
            fresh = shape.opens
    return tokens


class _Shape(NamedTuple):
    """What a token tells by the way it is written."""

    is_lower: bool
    is_capital: bool  # it begins with a capital and is no acronym
    mark: str
    offsets: tuple[int, ...] | None
    ends: bool  # it ends a sentence
    opens: bool | None  # whether a capital after it says nothing; None: as before it


def _shape(text: str, word: Word) -> _Shape:
    """The shape of a token; kept with its word, which each distinct token has of its own."""
    first = text[0]
    offsets = None if len(word.form) == len(text) else raw_offsets(text)
    shape = _Shape(
        is_lower=first.islower(),
        is_capital=first.isupper() and not (len(text) > 1 and text.isupper()),
        mark="" if word.is_read or any(map(str.isalnum, text)) else text,
        offsets=tuple(offsets) if offsets else None,
        ends=text in _SENTENCE_ENDS,
        opens=False if first.isalnum() else True if text in _OPENERS else None,
    )
    word.shape = shape if shape.mark or shape.offsets else _SHAPES.setdefault(shape, shape)
    return shape


_SHAPES: dict[_Shape, _Shape] = {}  # those of words: a handful, held once


@dataclass(slots=True)
class Clause:
    """A stretch of tokens with at most one predicate.

    Attributes:
        start, end: its tokens, end exclusive.
        main: it does not hang on another clause and stands in no brackets.
        link: the conjunction that it begins with, if any.
    """

    start: int
    end: int
    main: bool = True
    link: str = ""


def clauses_of(tokens: list[Token]) -> list[Clause]:
    """Cuts tokens into clauses: at sentence and field ends, at conjunctions, and at commas between two predicates."""
    clauses: list[Clause] = []
    current = Clause(0, 0)
    brackets = 0

    def open_at(start: int, main: bool = True, link: str = "") -> None:
        nonlocal current
        current = Clause(start, start, main and not brackets, link)

    def close_at(end: int) -> None:
        current.end = end
        if end > current.start:
            first = tokens[current.start].word.form.lower()
            if not current.link and first in _CLAUSE_OPENERS:  # "Kun konttori suljettiin, avattiin ..."
                current.main, current.link = False, first
            clauses.append(current)

    for i, token in enumerate(tokens):
        low = token.word.low
        if i and token.sentence != tokens[i - 1].sentence:
            close_at(i)
            brackets = 0
            open_at(i)
        if token.mark in _FIELD_ENDS or token.mark == ":":
            close_at(i)
            brackets = max(0, brackets + (token.mark in "([") - (token.mark in ")]"))
            open_at(i + 1)
        elif token.mark == "," and i + 1 < len(tokens):
            following = tokens[i + 1].word
            if subordinates(following):
                close_at(i)
                open_at(i + 1, main=False, link=following.low)
            elif (not current.main and is_predicate(following)) or _parts_predicates(tokens, current.start, i):
                close_at(i)  # after a relative clause the main clause goes on: "ryhmä niille, jotka ..., alkaa"
                open_at(i + 1, link=following.low if following.low in _COORDINATORS else "")
        elif i > current.start and low in ("mutta", "vaan", "eikä", "eivätkä"):
            close_at(i)
            open_at(i, main=current.main, link=low)
        elif i > current.start and (low in _OPENERS or (low == "ennen" and _is_before_something(tokens, i))):
            close_at(i)
            open_at(i, main=False, link=low)
        elif i > current.start and low in ("ja", "sekä") and _parts_predicates(tokens, current.start, i):
            close_at(i)
            open_at(i, main=current.main, link=low)
    close_at(len(tokens))
    return clauses


def _is_before_something(tokens: Sequence[Token], at: int) -> bool:
    """Whether "ennen kuin" opens a clause about what is to be prevented or has not happened, and so tells no status."""
    if at + 1 >= len(tokens) or tokens[at + 1].word.low != "kuin":
        return False
    for token in tokens[at + 2 :]:
        if token.mark in _CLAUSE_ENDS or token.sentence != tokens[at].sentence:
            break
        if "past" in token.word.predicates:
            return False  # "ehti toimia kaksi kuukautta ennen kuin se lakkautettiin"
    return True


def subordinates(word: Word) -> bool:
    """Whether a word opens a clause that hangs on another."""
    return word.low in _SUBORDINATORS or not _RELATIVES.isdisjoint(word.lemmas)


def _parts_predicates(tokens: list[Token], start: int, at: int) -> bool:
    """Whether a predicate stands on both sides of a token, within its sentence and field."""
    end = at + 1
    while end < len(tokens) and tokens[end].sentence == tokens[at].sentence and tokens[end].mark not in _CLAUSE_ENDS:
        end += 1
    return has_predicate(tokens, start, at) and (
        has_predicate(tokens, at + 1, end) or bare_denial(tokens, at + 1, end) is not None
    )


def bare_denial(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """The token of an "ei" that ends some tokens and denies the verb before them: "alkoholista puhuttiin, huumeista ei"."""
    at = end - 1
    while at > start and (tokens[at].mark or tokens[at].word.low in _AFTER_DENIAL):
        at -= 1
    if at <= start or tokens[at].word.low not in ("ei", "eivät") or "all" in tokens[at - 1].word.tags:
        return None  # "huumeille ei" is a slogan
    return at


def has_predicate(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a finite verb or a past participle stands among the tokens."""
    return any(is_predicate(tokens[i].word) for i in range(start, end))


def is_predicate(word: Word) -> bool:
    """Whether the word is a finite verb or a past participle that may stand for one ("järjestetty")."""
    return not word.predicates.isdisjoint(_PREDICATES)
