"""Word forms become words: lemmas, compound parts, and the keys that the vocabulary is matched on.

The transducer answers with every analysis of a form. This adapter orders them, adds what it leaves out
(-minen nouns beside their verbs, adjectives beside their adverbs) and cuts compounds into parts: non-final parts are surface
forms ("päihteiden|käyttö"), so they and every run of neighbouring parts are lemmatised again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from hytenlp.finnish.tokens import core, is_shouted, is_word
from hytenlp.finnish.transducer import Transducer

#: Readings that ordinary prose hardly ever means, with what they cost against other readings of the same form.
_TAG_COST = {
    **dict.fromkeys(("poss1sg", "poss2sg", "poss1pl", "poss2pl", "imper", "optat", "poten", "1sg", "2sg", "1pl", "2pl"), 3.0),
    **dict.fromkeys(("ins", "com", "abe"), 1.5),
    **dict.fromkeys(("kin", "kaan", "han", "pa", "ko", "s", "deriv_agent"), 1.0),
}
_STYLE_COST = re.compile("arch|dial|rare|dated|poet|nstd|foreign|child")
_PART_EDGE = re.compile(r"[|-]")
_PART_COST = 0.7  # a reading in one part is likelier than a cut one
_MARGIN = 2.5  # readings within this much of the best one are matched on
_CACHE_LIMIT = 250_000  # words kept; at about 500 bytes a word

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """One analysis of a word form.

    Attributes:
        lemma: dictionary form, hyphens kept: "päihteidenkäyttö".
        parts: the compound's parts as they stand in the form, the last one as a lemma: ("päihteiden", "käyttö").
        pos: the transducer's word class.
        tags: its inflection tags: {"sg", "ill"}.
        cost: how unlikely it is beside the other readings of the form.
        verb: for a -minen noun, the verb it is made of.
    """

    lemma: str
    parts: tuple[str, ...]
    pos: str
    tags: frozenset[str]
    cost: float
    verb: str = ""


@dataclass(frozen=True)
class Word:
    """A distinct token: all that is known about it without its neighbours.

    Attributes:
        form: the token as looked up (normalised, no punctuation at the edges).
        readings: best first; empty for numbers and punctuation.
        guessed: no lexicon knows the form; the readings are the guesser's.
    """

    form: str
    readings: tuple[Reading, ...]
    keys: dict[str, Span]
    guessed: bool = False

    @property
    def lemma(self) -> str:
        """The best lemma; the form in lower case when there is no reading."""
        return self.readings[0].lemma if self.readings else self.form.lower()

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """All likely lemmas, in lower case."""
        return frozenset(r.lemma.lower() for r in self.likely) or frozenset({self.form.lower()})

    @cached_property
    def likely(self) -> tuple[Reading, ...]:
        """The readings that are matched on: those not much worse than the best."""
        return tuple(r for r in self.readings if r.cost <= self.readings[0].cost + _MARGIN)

    @cached_property
    def tags(self) -> frozenset[str]:
        """The tags of all likely readings together."""
        return frozenset().union(*(r.tags for r in self.likely))

    @cached_property
    def tails(self) -> tuple[str, ...]:
        """The final parts of its compound readings: what a suspended hyphen before it stands for."""
        tails = {"".join(r.parts[i:]).lower(): None for r in self.likely for i in range(1, len(r.parts))}
        return tuple(tails)

    @property
    def is_suspended(self) -> bool:
        """Whether the token leaves its last part to a later word: "päihde-"."""
        return len(self.form) > 1 and self.form[-1] == "-"


class Analyser:
    """Analyses word forms, each distinct form once.

    Args:
        transducer: the lexicon; opened from the user's cache when it is not given.
        slang: vocabulary lemmas that the lexicon may lack. The guesser's lemmas count only when they are among these.
    """

    def __init__(self, transducer: Transducer | None = None, slang: Collection[str] = ()) -> None:
        self.transducer = transducer or Transducer.load()
        self._slang = frozenset(slang)
        self._slang_heads = frozenset(word[:3] for word in self._slang)
        self._words: dict[str, Word] = {}
        self._part_lemmas: dict[str, tuple[str, ...]] = {}

    def __call__(self, token: str) -> Word:
        """The word that a token is. Never raises; unknown forms come back with the guesser's readings or none."""
        word = self._words.get(token)
        if word is None:
            if len(self._words) >= _CACHE_LIMIT:
                self._words.clear()
            word = self._words[token] = self._analyse(core(token))
        return word

    def knows(self, form: str) -> bool:
        """Whether the lexicon reads the form as it is or as a plain compound: the test for joining line ends."""
        return any(weight <= 1 for _, weight in self.transducer.lookup(form.lower()))

    def _analyse(self, form: str) -> Word:
        body = form.strip("-")
        if not any(c.isalpha() for c in body) or len(body) > 80:
            return Word(form, (), {form.lower(): (0, len(form))} if form else {})
        readings = self._lexical(body)
        guessed = not readings
        if guessed:
            readings = self._guess(body)
        readings.sort(key=lambda r: r.cost)
        word = Word(form, tuple(readings), {}, guessed)
        lead = len(form) - len(form.lstrip("-"))
        span = (lead, lead + len(body))
        word.keys[body.lower()] = span
        if form[-1:] == "-":  # a non-final part: its own lemmas, genitive and all
            for lemma in self._lemmas_of_part(body.lower()):
                word.keys[lemma] = span
        for reading in word.likely:
            for key, (start, end) in self._keys_of(reading, body):
                known = word.keys.get(key)
                if known is None or known[1] - known[0] < end - start:
                    word.keys[key] = (start + lead, end + lead)
        return word

    def _lexical(self, body: str) -> list[Reading]:
        forms = [body.lower()] if is_shouted(body) else list(dict.fromkeys((body, body.lower())))
        readings: dict[tuple[str, frozenset[str]], Reading] = {}
        for form in forms:
            for reading in self._readings(form, self.transducer.lookup(form)):
                readings.setdefault((reading.lemma.lower(), reading.tags), reading)
        if not readings and "-" in body:  # "mielenterveys-päihdetyö": the lexicon knows the last part at least
            head, _, tail = body.rpartition("-")
            for reading in self._lexical(tail) if tail else []:
                parts = (*(part for part in head.split("-") if part), *reading.parts)
                lemma = f"{head}-{reading.lemma}"
                readings.setdefault((lemma, reading.tags), Reading(lemma, parts, reading.pos, reading.tags, reading.cost, reading.verb))
        return list(readings.values())

    def _guess(self, body: str) -> list[Reading]:
        if not is_word(body):
            return []
        low = body.lower()
        if low[:3] in self._slang_heads:
            slang = [r for r in self._readings(low, self.transducer.guess(low, slack=3)) if r.lemma.lower() in self._slang]
            if slang:
                return slang
        return self._readings(body, self.transducer.guess(body))

    def _readings(self, form: str, rows: Iterable[tuple[str, float]]) -> list[Reading]:
        found = []
        for output, weight in rows:
            _, pieces, pos, _, style, tag_text = output.split("\t")
            pieces = pieces.replace("⁅BOUNDARY⁆", "|").replace("⁅HYPHEN⁆", "-").strip("-|")
            if "|" in pieces or "-" in pieces:
                parts = tuple(part for part in _PART_EDGE.split(pieces) if part)
                lemma = pieces.replace("|", "")
            else:
                parts, lemma = (pieces,), pieces
            tags, cost = _tags(tag_text)
            cost += 2 * weight + _PART_COST * (len(parts) - 1)
            if style and "←" not in style and _STYLE_COST.search(style):
                cost += 2.0
            if pos == "interjection":
                cost += 2.0
            if pos == "verb" and "inf4" in tags and (noun := _minen_noun(form)):
                last = noun[sum(map(len, parts[:-1])) :]
                found.append(Reading(noun, (*parts[:-1], last), "noun", tags, cost, verb=lemma))
            if pos == "verb" and tags & {"inf4", "part_ma"}:
                cost += 1
            found.append(Reading(lemma, parts, pos, tags, cost))
        return found

    def _keys_of(self, reading: Reading, body: str) -> Iterable[tuple[str, Span]]:
        """Every key of a reading with the span it takes in the form."""
        whole = (0, len(body))
        yield reading.lemma.lower(), whole
        if reading.verb:
            yield reading.verb.lower(), whole
        if reading.lemma.endswith("isesti"):
            yield reading.lemma.lower()[:-5] + "nen", whole
        parts = reading.parts
        if len(parts) == 1:
            return
        bounds = _part_bounds(parts, body)
        for i in range(len(parts)):
            for j in range(i, len(parts)):
                if bounds and (i, j) != (0, len(parts) - 1):
                    joined = "".join(parts[i : j + 1]).lower()
                    span = (bounds[i][0], bounds[j][1])
                    if j == len(parts) - 1:
                        yield joined, span
                        if reading.verb:
                            yield reading.verb[-len(joined) :].lower() if len(parts) - i > 1 else _verb_tail(reading), span
                    else:
                        for lemma in self._lemmas_of_part(joined):
                            yield lemma, span

    def _lemmas_of_part(self, part: str) -> tuple[str, ...]:
        """What a non-final part may stand for: itself, the nominative of a genitive, -nen for -s."""
        known = self._part_lemmas.get(part)
        if known is None:
            lemmas = {part: None}
            for reading in self._readings(part, self.transducer.lookup_simple(part)):
                if reading.pos != "verb" and reading.tags & {"gen", "nom"} and not any(t.startswith("poss") for t in reading.tags):
                    lemmas[reading.lemma.lower()] = None
            if part.endswith("s") and len(part) > 4 and self.transducer.lookup_simple(part[:-1] + "nen"):
                lemmas[part[:-1] + "nen"] = None
            known = self._part_lemmas[part] = tuple(lemmas)
        return known


@cache
def _tags(text: str) -> tuple[frozenset[str], float]:
    """Tags from the transducer's notation ("+sg+ill"), and what they cost."""
    tags = frozenset(text.split("+")) - {""}
    return tags, sum(_TAG_COST.get(tag, 0.0) for tag in tags)


def _minen_noun(form: str) -> str:
    """ "kiusaamisesta" -> "kiusaaminen"; empty when the form has no such ending."""
    cut = form.rfind("mi")
    return f"{form[:cut]}minen" if cut > 0 else ""


def _verb_tail(reading: Reading) -> str:
    """The verb inside the last part of a -minen compound: raha|pelaaminen -> pelata."""
    return reading.verb[sum(map(len, reading.parts[:-1])) :].lower()


def _part_bounds(parts: tuple[str, ...], body: str) -> list[Span]:
    """Where each part stands in the form; empty when a part is not written as the lexicon has it."""
    bounds, place, low = [], 0, body.lower()
    for part in parts[:-1]:
        if low[place : place + 1] == "-":
            place += 1
        if not low.startswith(part.lower(), place):
            return []
        bounds.append((place, place + len(part)))
        place += len(part)
    if low[place : place + 1] == "-":
        place += 1
    return [*bounds, (place, len(body))]
