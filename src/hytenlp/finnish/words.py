"""Word forms become words: lemmas, compound parts, and the keys that the vocabulary is matched on.

The transducer answers with every analysis of a form. This adapter orders them, adds what it leaves out
(-minen nouns beside their verbs, adjectives beside their adverbs) and cuts compounds into parts: non-final parts are surface
forms ("päihteiden|käyttö"), so they and every run of neighbouring parts are lemmatised again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from importlib import resources
from operator import attrgetter, index
from sys import intern
from typing import Any, NamedTuple

from hytenlp.finnish.store import WordStore
from hytenlp.finnish.tokens import core, is_shouted, is_word
from hytenlp.finnish.transducer import Transducer, data_file, identity

#: Readings that ordinary prose hardly ever means, with what they cost against other readings of the same form.
_TAG_COST = {
    **dict.fromkeys(
        ("poss1sg", "poss2sg", "poss1pl", "poss2pl", "imper", "optat", "poten", "1sg", "2sg", "1pl", "2pl"), 3.0
    ),
    **dict.fromkeys(("ins", "com", "abe"), 1.5),
    **dict.fromkeys(("kin", "kaan", "han", "pa", "ko", "s", "deriv_agent", "deriv_action"), 1.0),
}
_STYLE_COST = re.compile("arch|dial|rare|dated|poet|nstd|foreign|child")
_PART_EDGE = re.compile(r"[|-]")
_MOOD_MARGIN = 0.15  # readings this close to the best one say what a predicate is
_TIE = 0.1  # what tips a tie
_PART_COST = 0.7  # a reading in one part is likelier than a cut one
_MARGIN = 2.5  # readings within this much of the best one are matched on
_LEAST_HEAD, _LEAST_TAIL = 4, 5  # letters of the parts into which an unknown compound may be cut
_LONGEST = 80  # letters; a longer "word" is noise
_SLANG_SLACK = 3  # how much dearer than the guesser's best a vocabulary word may be
_GENERATION = 50_000  # words in use before the oldest are let go, which at most doubles them; about 0.9 KB each
_WORTH_KEEPING = 200  # new words before the disk is troubled with them
_NONE: frozenset[str] = frozenset()
_SHARED = 20_000  # frames, spans and parts that words share

Span = tuple[int, int]
_cost = attrgetter("cost")


class Reading(NamedTuple):
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


class _Outline(NamedTuple):
    """A reading with the numbers of its texts in place of the texts; see `Reading`. Without a verb the number is -1."""

    lemma: int
    parts: tuple[int, ...]
    pos: str
    tags: frozenset[str]
    cost: float
    verb: int


class _Frame:
    """What words that are read alike have in common: everything but their texts.

    Attributes:
        guessed: see `Word`.
        lemmas: the numbers of the likely lemmas among a word's names.
        outlines: the readings, best first.
        likely: how many of them are matched on.
        tags, predicates: see `Word`.
        size: how many texts a word must have at least.
    """

    __slots__ = ("_code", "guessed", "lemmas", "likely", "outlines", "predicates", "size", "tags")

    def __init__(self, guessed: bool, lemmas: tuple[int, ...], outlines: tuple[_Outline, ...]) -> None:
        self.guessed, self.lemmas, self.outlines = guessed, lemmas, outlines
        likely = _likely(outlines)
        self.likely = len(likely)
        self.tags = frozenset().union(*(outline.tags for outline in likely))
        self.predicates = _NONE
        if outlines and not guessed:
            least = outlines[0].cost + _MOOD_MARGIN
            self.predicates = _predicates([one.tags for one in outlines if one.pos == "verb" and one.cost <= least])
        self.size = 1 + max([*lemmas, *(max(one.lemma, one.verb, *one.parts) for one in outlines)])
        self._code = ""

    @property
    def code(self) -> str:
        """The frame as JSON, for the disk."""
        if not self._code:
            outlines = [(*one[:3], sorted(one.tags), *one[4:]) for one in self.outlines]
            self._code = json.dumps([self.guessed, self.lemmas, outlines], separators=(",", ":"))
        return self._code

    def readings(self, texts: Sequence[str], count: int) -> tuple[Reading, ...]:
        """The first readings of the word with these texts."""
        return tuple(
            Reading(texts[lemma], tuple([texts[i] for i in parts]), pos, tags, cost, texts[verb] if verb >= 0 else "")
            for lemma, parts, pos, tags, cost, verb in self.outlines[:count]
        )


class Word:
    """A distinct token: all that is known about it without its neighbours.

    Many thousands are kept, so what words have in common is held once; readings, which are seldom asked for once lemmas and keys are
    made of them, are put together again from a frame that many words share and from the word's own texts.

    Attributes:
        form: the token as looked up (normalised, no punctuation at the edges).
        low: the form in lower case.
        tags: the tags of all likely readings together.
        predicates: how the word may serve as a predicate: "past" (also a past participle), "plan" (passive present, conditional),
            "present", and "undone" for "-matta". Only the likeliest readings count: a verb that is a rare reading of a noun tells nothing.
        names: whatever a vocabulary entry may call it by: its keys, and its form in lower case where that is none of them.
        spans: the characters of the form that each key takes.
        hits, hit_spans: what the matcher finds in the word, and where; None until it has looked.
        shape: what the token tells by the way it is written; None until it was looked at.
        columns: the model's columns of the word; None until they were asked for.
    """

    __slots__ = (
        "_frame", "_others", "columns", "form", "hit_spans", "hits", "low", "names", "predicates", "shape", "spans", "tags",
    )  # fmt: skip

    def __init__(
        self,
        form: str,
        low: str,
        names: tuple[str, ...],
        spans: tuple[Span, ...],
        frame: _Frame,
        others: tuple[str, ...],
    ) -> None:
        self.form, self.low, self.names, self.spans = form, low, names, spans_of(spans)
        self._frame, self._others = frame, others
        self.tags, self.predicates = frame.tags, frame.predicates
        self.hits: Any = None
        self.hit_spans: Any = None
        self.shape: Any = None
        self.columns: Any = None

    @classmethod
    def read(cls, form: str, readings: Sequence[Reading], guessed: bool, keys: dict[str, Span]) -> Word:
        """The word with these readings, best first, and these keys."""
        low = _lower(form)
        numbers: dict[str, int] = {low if key == low else intern(key): i for i, key in enumerate(keys)}
        number, size = numbers.setdefault, numbers.__len__
        number(low, size())
        count = size()
        outlines, lemmas = [], []
        for lemma, parts, pos, tags, cost, verb in readings:
            at = number(lemma, size())
            of_parts = (at,) if parts == (lemma,) else tuple([number(part, size()) for part in parts])
            outlines.append(_Outline(at, of_parts, pos, tags, cost, number(verb, size()) if verb else -1))
            if cost <= readings[0].cost + _MARGIN:
                lemmas.append(at if at < count else numbers[lemma.lower()])
        frame = _frame(guessed, tuple(dict.fromkeys(lemmas)) or (numbers[low],), tuple(outlines))
        texts = tuple(numbers)
        return cls(form, low, texts[:count], tuple(keys.values()), frame, texts[count:])

    def __repr__(self) -> str:
        return f"Word({self.form!r}, {self.readings!r})"

    @property
    def facts(self) -> str:
        """What the word can be made from again, one fact a line: its frame, its spans, how many names it has, and its texts."""
        spans = " ".join(f"{start} {end}" for start, end in self.spans)
        return "\n".join([self._frame.code, spans, str(len(self.names)), *self.names, *self._others])

    @classmethod
    def of(cls, form: str, facts: str) -> Word:
        """The word of a form with these facts.

        Raises:
            ValueError, TypeError, IndexError: they are none.
        """
        code, places, count, *texts = facts.split("\n")
        low = _lower(form)
        texts = [low if text == low else intern(text) for text in texts]
        names, others = tuple(texts[: int(count)]), tuple(texts[int(count) :])
        frame, spans = _frame_in(code), _spans_in(places)
        if low not in names or frame.size > len(texts) or len(spans) not in (len(names), len(names) - 1):
            raise ValueError("facts of another word")
        return cls(form, low, names, spans, frame, others)

    @property
    def guessed(self) -> bool:
        """Whether no lexicon knows the form; the readings are then the guesser's."""
        return self._frame.guessed

    @property
    def lemmas(self) -> tuple[str, ...]:
        """All likely lemmas, in lower case, best first."""
        names = self.names
        return tuple([names[i] for i in self._frame.lemmas])

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Its readings, best first; none for numbers and punctuation."""
        return self._frame.readings(self.names + self._others, len(self._frame.outlines))

    @property
    def likely(self) -> tuple[Reading, ...]:
        """The readings that are matched on: those not much worse than the best."""
        return self._frame.readings(self.names + self._others, self._frame.likely)

    @property
    def is_read(self) -> bool:
        """Whether there is a reading, the lexicon's or the guesser's."""
        return bool(self._frame.outlines)

    @property
    def keys(self) -> dict[str, Span]:
        """Every key that the vocabulary is matched on, with the characters of the form that it takes."""
        return dict(self.places())

    def places(self) -> Iterator[tuple[str, Span]]:
        """The keys with their characters, one after the other: what scans of many words need of `keys`."""
        return zip(self.names, self.spans, strict=False)  # the last name may be the form, which is no key

    @property
    def lemma(self) -> str:
        """The best lemma; the form in lower case when there is no reading."""
        return self.readings[0].lemma if self.is_read else self.low

    @property
    def tails(self) -> tuple[str, ...]:
        """The final parts of its compound readings: what a suspended hyphen before it stands for."""
        tails = {"".join(r.parts[i:]).lower(): None for r in self.likely for i in range(1, len(r.parts))}
        return tuple(tails)

    @property
    def is_suspended(self) -> bool:
        """Whether the token leaves its last part to a later word: "päihde-"."""
        return len(self.form) > 1 and self.form[-1] == "-"

    @property
    def is_joined(self) -> bool:
        """Whether a hyphen joins the token to the words before it: "-kampanja"."""
        return len(self.form) > 1 and self.form[0] == "-"


class _Draft(NamedTuple):
    """A word whose keys are still to come.

    Attributes:
        form: see `Word`.
        written: the form without hyphens at its edges.
        body: the same without the hyphen of a line end; empty when there is nothing to analyse.
        readings: best first.
        guessed: see `Word`.
    """

    form: str
    written: str = ""
    body: str = ""
    readings: Sequence[Reading] = ()
    guessed: bool = False


class Analyser:
    """Analyses word forms, each distinct form once.

    Args:
        transducer: the lexicon; opened from the user's cache when it is not given.
        slang: vocabulary lemmas that the lexicon may lack. The guesser's lemmas count only when they are among these.
        store: where analysed words are kept between runs; the user's cache when neither it nor a transducer is given.
    """

    def __init__(
        self, transducer: Transducer | None = None, slang: Collection[str] = (), store: WordStore | None = None
    ) -> None:
        self._store, self._has_own_store = store, store is None and transducer is None
        self.transducer = transducer or Transducer.load()
        self._slang = frozenset(slang)
        self._slang_heads = frozenset(word[:3] for word in self._slang)
        self._words: dict[str, Word] = {}  # two generations: words in use move from the old one to the young one
        self._old_words: dict[str, Word] = {}
        self._part_lemmas: dict[str, tuple[str, ...]] = {}
        self._verbs: dict[str, str] = {}

    def _find_store(self) -> WordStore | None:
        """The store, looked for when words are first learnt: many analysers never learn any."""
        if self._has_own_store and self._store is None:
            self._store = WordStore.of(identity(data_file()), *sorted(self._slang))
        return self._store

    def __call__(self, token: str) -> Word:
        """The word that a token is. Never raises; unknown forms come back with the guesser's readings or none."""
        word = self._words.get(token)
        if word is None:
            word = self._old_words.get(token) or self._analyse(core(token))
            self._remember(token, word)
        return word

    def _remember(self, token: str, word: Word) -> None:
        if token not in self._words and len(self._words) >= _GENERATION:
            self._old_words, self._words = self._words, {}
        self._words[token] = word

    def __len__(self) -> int:
        """How many distinct words are kept."""
        return len(self._words) + len(self._old_words)

    def knows(self, form: str) -> bool:
        """Whether the lexicon reads the form as it is or as a plain compound: the test for joining line ends."""
        return any(weight <= 1 for _, weight in self.transducer.lookup(form.lower()))

    def learn(self, tokens: Iterable[str]) -> None:
        """Analyses many tokens together, which takes a fraction of the time of one by one; calls then find them known."""
        distinct = dict.fromkeys(tokens)
        new = [token for token in distinct if token not in self._words]
        known = {token: word for token in new if (word := self._old_words.get(token))}
        known.update(self._stored([token for token in new if token not in known]))
        fresh = self._analysed([token for token in new if token not in known])
        for token in new:
            self._remember(token, known.get(token) or fresh[token])
        store = self._find_store()
        if store and len(fresh) >= _WORTH_KEEPING:
            store.put((token, word.facts) for token, word in fresh.items())

    def _analysed(self, tokens: Sequence[str]) -> dict[str, Word]:
        """The words that tokens are, analysed together."""
        if not tokens:
            return {}
        forms = {token: core(token) for token in tokens}
        self._prepare(forms.values())
        drafts = {token: self._read(form) for token, form in forms.items()}
        self.transducer.prepare_simple(
            part
            for draft in drafts.values()
            for reading in _likely(draft.readings)
            if len(reading.parts) > 1
            for part in _inner_runs(reading.parts)
            if part not in self._part_lemmas
        )
        fresh = {token: self._keyed(draft) for token, draft in drafts.items()}
        self.transducer.forget()
        return fresh

    def _stored(self, tokens: Sequence[str]) -> Iterator[tuple[str, Word]]:
        """The tokens that an earlier run has analysed."""
        own = {token: token for token in tokens}  # words are made of these: of equal strings one is enough
        store = self._find_store()
        for token, facts in store.get(tokens) if tokens and store else ():
            with suppress(ValueError, TypeError, IndexError):  # somebody else wrote it
                yield own[token], Word.of(core(own[token]), facts)

    def _prepare(self, forms: Iterable[str]) -> None:
        """Looks up together what reading the forms one by one would ask the transducer for."""
        look_up = self.transducer
        bodies = [body for body in (form.strip("-") for form in dict.fromkeys(forms)) if _is_analysable(body)]
        first = {body: body.lower() if is_shouted(body) else body for body in bodies}
        look_up.prepare(first.values())
        look_up.prepare(
            body.lower()
            for body in bodies
            if body != body.lower() and not _reads_capital_away(look_up.lookup(first[body]))
        )
        hyphened = [body for body in bodies if "-" in body]
        look_up.prepare(
            [*(body.rpartition("-")[2] for body in hyphened), *(body.replace("-", "") for body in hyphened)]
        )
        unknown = [
            body
            for body in bodies
            if is_word(body) and not look_up.lookup(first[body]) and not look_up.lookup(body.lower())
        ]
        look_up.prepare_simple(body[cut:] for body in unknown if _may_be_cut(body) for cut in _cuts(body))

    def _analyse(self, form: str) -> Word:
        return self._keyed(self._read(form))

    def _read(self, form: str) -> _Draft:
        """The word with its readings."""
        written = body = form.strip("-")
        if not _is_analysable(body):
            return _Draft(form)
        if "-" in body and self._is_broken(body):
            body = body.replace("-", "")
        readings = self._lexical(body)
        guessed = not readings
        if guessed:
            readings = self._guess(body)
        readings.sort(key=_cost)
        return _Draft(form, written, body, readings, guessed)

    def _keyed(self, draft: _Draft) -> Word:
        """The word with the keys of its readings."""
        form, written, body, readings, guessed = draft
        if not body:
            return Word.read(form, (), False, {form.lower(): (0, len(form))} if form else {})
        lead = len(form) - len(form.lstrip("-"))
        whole = lead, lead + len(written)
        keys = {written.lower(): whole}
        if form[-1:] == "-":  # a non-final part: its own lemmas, genitive and all
            keys.update(dict.fromkeys(self._lemmas_of_part(body.lower()), whole))
        for reading in _likely(readings):
            for key, span in self._keys_of(reading, body):
                start, end = span if body is written else (_in_broken(written, span[0]), _in_broken(written, span[1]))
                known = keys.get(key)
                if known is None or known[1] - known[0] < end - start:
                    keys[key] = start + lead, end + lead
        return Word.read(form, readings, guessed, keys)

    def _lexical(self, body: str) -> list[Reading]:
        readings: dict[tuple[str, frozenset[str]], Reading] = {}
        for form in [body.lower()] if is_shouted(body) else dict.fromkeys((body, body.lower())):
            rows = self.transducer.lookup(form)
            for reading in self._readings(form, rows):
                readings.setdefault((reading.lemma.lower(), reading.tags), reading)
            if _reads_capital_away(rows):
                break  # no name of its own: the lexicon has read the capital away, and small letters would say the same
        if not readings and "-" in body:  # "mielenterveys-päihdetyö": the lexicon knows the last part at least
            head, _, tail = body.rpartition("-")
            for reading in self._lexical(tail) or (self._guess(tail) if tail.isalpha() else []):
                parts = (*(part for part in head.split("-") if part), *reading.parts)
                lemma = f"{head}-{reading.lemma}"
                readings.setdefault(
                    (lemma, reading.tags), Reading(lemma, parts, reading.pos, reading.tags, reading.cost, reading.verb)
                )
        return list(readings.values())

    def _is_broken(self, body: str) -> bool:
        """Whether a hyphen stands where a line once ended: "kiusaamistilan-teista", not "vape-ilta"."""
        tail = body.rpartition("-")[2]
        if not tail.islower() or len(tail) < 3 or body[1:].lower() != body[1:] or self.transducer.lookup_simple(tail):
            return False
        return self.knows(body.replace("-", "")) and not self.transducer.lookup_simple(body.lower())

    def _guess(self, body: str) -> list[Reading]:
        if not is_word(body):
            return []
        low = body.lower()
        rows: list[tuple[str, float]] = []
        if low[:3] in self._slang_heads:
            rows = self.transducer.guess(low, slack=_SLANG_SLACK)
            slang = [reading for reading in self._readings(low, rows) if reading.lemma.lower() in self._slang]
            if slang:
                return slang
        if split := self._split(body):
            return split
        best = [row for row in rows if row[1] == rows[0][1]] if body == low else []
        return self._readings(body, best or self.transducer.guess(body))

    def _split(self, body: str) -> list[Reading]:
        """An unknown compound whose last part is known: "chilli|huoneessa". Names are not cut."""
        if not _may_be_cut(body):
            return []
        for cut in _cuts(body):
            tail = [
                r
                for r in self._readings(body[cut:], self.transducer.lookup_simple(body[cut:]))
                if r.pos in ("noun", "adjective")
            ]
            if tail:
                head = body[:cut]
                return [
                    Reading(head + r.lemma, (head, *r.parts), r.pos, r.tags, r.cost + _PART_COST, r.verb) for r in tail
                ]
        return []

    def _readings(self, form: str, rows: Iterable[tuple[str, float]]) -> list[Reading]:
        found = []
        for output, weight in rows:
            _, pieces, signs = output.split("\t", 2)
            pos, tags, cost, may_be_noun = _signs(signs)
            if "|" in pieces or "-" in pieces or "⁅" in pieces:
                pieces = pieces.replace("⁅BOUNDARY⁆", "|").replace("⁅HYPHEN⁆", "-").strip("-|")
                parts = tuple(part for part in _PART_EDGE.split(pieces) if part)
                lemma = pieces.replace("|", "")
            else:
                parts, lemma = (pieces,), pieces
            if len(parts) > 1 and parts[-1] in ("isä", "isi") and form.endswith("isin"):
                continue  # "viikonloppuisin" tells when; fathers are not in it
            cost += 2 * weight + _PART_COST * (len(parts) - 1)
            if may_be_noun:
                if "inf4" in tags and (noun := _minen_noun(form)):
                    last = noun[sum(map(len, parts[:-1])) :]
                    found.append(Reading(noun, (*parts[:-1], last), "noun", tags, cost, verb=lemma))
                elif "deriv_agent" in tags and (noun := _agent_noun(form)):
                    last = noun[sum(map(len, parts[:-1])) :]
                    found.append(Reading(noun, (*parts[:-1], last), "noun", tags, cost - 0.5, verb=lemma))
                if tags & {"inf4", "part_ma"}:
                    cost += 1
            if parts[-1].lower() in _common():
                cost -= _TIE
            found.append(Reading(intern(lemma), parts, pos, tags, cost))
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
                        if joined.endswith("minen") and (verb := self._verb_of(joined)):
                            yield verb, span
                    else:
                        for lemma in self._lemmas_of_part(joined):
                            yield lemma, span

    def _verb_of(self, noun: str) -> str:
        """The verb of a -minen noun; empty when the lexicon has none."""
        if noun not in self._verbs:
            _make_room(self._verbs)
            readings = self._readings(noun, self.transducer.lookup_simple(noun))
            self._verbs[noun] = next((r.verb.lower() for r in readings if r.verb), "")
        return self._verbs[noun]

    def _lemmas_of_part(self, part: str) -> tuple[str, ...]:
        """What a non-final part may stand for: itself, the nominative of a genitive, -nen for -s."""
        known = self._part_lemmas.get(part)
        if known is None:
            lemmas = {part: None}
            for reading in self._readings(part, self.transducer.lookup_simple(part)):
                if (
                    reading.pos != "verb"
                    and reading.tags & {"gen", "nom"}
                    and not any(t.startswith("poss") for t in reading.tags)
                ):
                    lemmas[reading.lemma.lower()] = None
            if part.endswith("s") and len(part) > 4 and self.transducer.lookup_simple(part[:-1] + "nen"):
                lemmas[part[:-1] + "nen"] = None
            _make_room(self._part_lemmas)
            known = self._part_lemmas[part] = tuple(lemmas)
        return known


@cache
def _common() -> frozenset[str]:
    """The lemmas of common.txt."""
    lines = resources.files("hytenlp.finnish").joinpath("common.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _agent_noun(form: str) -> str:
    """Makes "nuuskaaja" of "nuuskaajia"; empty when the form has no such ending."""
    cut = form.rfind("j")
    return f"{form[:cut]}{'ja' if set(form[:cut].lower()) & set('aou') else 'jä'}" if cut > 0 else ""


def _lower(form: str) -> str:
    """A form in lower case; the same object where it is."""
    low = form.lower()
    return form if form == low else low


def _likely(readings: Sequence[Any]) -> Sequence[Any]:
    """Of readings in order those that are not much worse than the best."""
    return [r for r in readings if r.cost <= readings[0].cost + _MARGIN]


@lru_cache(_SHARED)
def _frame(guessed: bool, lemmas: tuple[int, ...], outlines: tuple[_Outline, ...]) -> _Frame:
    return _Frame(guessed, lemmas, outlines)


@lru_cache(_SHARED)
def _frame_in(code: str) -> _Frame:
    """The frame that `_Frame.code` tells."""
    guessed, lemmas, outlines = json.loads(code)
    return _frame(
        bool(guessed),
        tuple(map(index, lemmas)),
        tuple(
            _Outline(
                index(lemma),
                tuple(map(index, parts)),
                intern(pos),
                frozenset(map(intern, tags)),
                float(cost),
                index(verb),
            )
            for lemma, parts, pos, tags, cost, verb in outlines
        ),
    )


def spans_of(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Spans, held once."""
    known = _SPANS.get(spans)
    if known is None:
        if len(_SPANS) >= _SHARED:
            _SPANS.clear()
        known = tuple(map(_span, spans))
        _SPANS[known] = known
    return known


_SPANS: dict[tuple[Span, ...], tuple[Span, ...]] = {}


@lru_cache(_SHARED)
def _spans_in(text: str) -> tuple[Span, ...]:
    """The spans whose numbers stand in a text."""
    numbers = [int(number) for number in text.split()]
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))


@lru_cache(_SHARED)
def _span(span: Span) -> Span:
    return span


def _predicates(verbs: Iterable[frozenset[str]]) -> frozenset[str]:
    """What verbs with these tags are as predicates; see `Word`."""
    signs = set()
    for tags in verbs:
        if ("past" in tags and tags & {"3sg", "3pl", "pass"}) or {"part_past", "nom"} <= tags:
            signs.add("past")
        if "conneg" not in tags and ({"pass", "pres"} <= tags or tags & {"cond", "poten"}):
            signs.add("plan")
        if "pres" in tags and tags & {"3sg", "3pl"}:
            signs.add("present")
        if {"inf3", "abe"} <= tags:
            signs.add("undone")
    return frozenset(signs)


@cache
def _signs(text: str) -> tuple[str, frozenset[str], float, bool]:
    """Class, tags and cost from the last fields of an output, and whether a noun may be made of the verb."""
    pos, _, style, tag_text = text.split("\t")
    tags = frozenset(tag_text.split("+")) - {""}
    cost = sum(_TAG_COST.get(tag, 0.0) for tag in tags)
    if style and "←" not in style and _STYLE_COST.search(style):
        cost += 2.0
    if pos == "interjection":
        cost += 2.0
    return pos, tags, cost, pos == "verb" and not tags.isdisjoint({"inf4", "deriv_agent", "part_ma"})


def _make_room(known: dict[str, Any]) -> None:
    if len(known) >= _SHARED:
        known.clear()


def _is_analysable(body: str) -> bool:
    """Whether there is something to look up: no numbers, punctuation or noise."""
    return len(body) <= _LONGEST and any(map(str.isalpha, body))


def _reads_capital_away(rows: list[tuple[str, float]]) -> bool:
    """Whether the lexicon knows a form only by reading its capital away."""
    return bool(rows) and rows[0][1] >= 1


def _may_be_cut(body: str) -> bool:
    return body.islower() and "-" not in body


def _cuts(body: str) -> range:
    """Where an unknown compound may be cut."""
    return range(_LEAST_HEAD, len(body) - _LEAST_TAIL + 1)


def _inner_runs(parts: tuple[str, ...]) -> Iterator[str]:
    """Every run of neighbouring parts that does not reach the end of the word."""
    for end in range(1, len(parts)):
        for start in range(end):
            yield "".join(parts[start:end]).lower()


def _in_broken(written: str, at: int) -> int:
    """Where a character of a word stands when a line end left a hyphen in it."""
    for i, letter in enumerate(written):
        if letter == "-" and i <= at:
            at += 1
    return at


def _minen_noun(form: str) -> str:
    """Makes "kiusaaminen" of "kiusaamisesta"; empty when the form has no such ending."""
    cut = form.rfind("mi")
    return f"{form[:cut]}minen" if cut > 0 else ""


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
