"""Finds mentions: places in a text where a word, a word part or a phrase of the vocabulary stands.

Every entry is compiled to slots of keys. A distinct token is looked at once: which one-word entries it satisfies, which phrases
could begin, or be anchored, at it, and which of its names other entries ask for beside themselves. A text then costs one look-up a
token, and work only where something is found; cues, which few texts are asked for, are made when they are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, KeysView, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from sys import intern
from typing import NamedTuple

from hytenlp.errors import VocabularyError
from hytenlp.finnish.tokens import CONJUNCTIONS
from hytenlp.finnish.words import Span, Word, spans_of
from hytenlp.vocabulary.concepts import KINDS, Entry, Kind, Vocabulary

_MOST_HITS = 20_000  # what words have in common
_NONE: frozenset[str] = frozenset()
# Cases of a word that a head after a space makes a compound with: "Työpaikan suomi -kurssi".
_HEADED = frozenset({"nom", "gen"})
_CONTRASTS = frozenset({"mutta", "vaan"})  # what stands before them is no phrase with what follows


class Token(NamedTuple):
    """A token of a text: its word, where it starts, and the number of its sentence."""

    word: Word
    start: int
    sentence: int
    capital: bool = False  # written with a capital although no sentence starts here
    mark: str = ""  # the token as written when it is punctuation
    offsets: tuple[int, ...] | None = None  # where the word's characters stand in a token that is written otherwise

    def places(self, span: Span) -> Span:
        """The characters of the text that characters of the word take."""
        start, end = span
        if self.offsets is None:
            return self.start + start, self.start + end
        return self.start + self.offsets[start], self.start + self.offsets[end]

    def place(self, at: int) -> int:
        """The character of the text at which a character of the word stands."""
        return self.start + (at if self.offsets is None else self.offsets[at])


class Mention(NamedTuple):
    """A place that speaks of a concept.

    Attributes:
        kind, code: the concept.
        start, end: characters of the text, exactly the matched words or word part.
        tokens: the tokens of the matched slots.
        entry: the vocabulary entry that matched, as written.
        weight: how strongly it speaks for the concept.
        alone: it keeps other groups away; see `Entry.alone`.
    """

    kind: Kind
    code: str
    start: int
    end: int
    tokens: tuple[int, ...]
    entry: str
    weight: float = 1.0
    alone: bool = False

    def ends_its_word(self, tokens: Sequence[Token]) -> bool:
        """Whether it is no mere beginning of a compound."""
        last = tokens[self.tokens[-1]]
        return self.end >= last.place(len(last.word.form.rstrip("-")))


class _Slot(NamedTuple):
    """One place of a phrase: the keys or surface forms of which a token must have one."""

    keys: frozenset[str]
    forms: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        """Keys and forms together."""
        return self.keys | self.forms if self.forms else self.keys


@dataclass(slots=True, eq=False)
class _Pattern:
    """An entry, compiled."""

    kind: Kind
    code: str
    entry: Entry
    slots: tuple[_Slot, ...]
    block: bool
    cased: frozenset[str]
    rank: int = 0  # of its code in the guide's order
    company: _Contexts | None = None
    unless: _Contexts | None = None
    anchor: int = 0  # the slot that is looked for first
    partner: frozenset[str] | None = None  # of these words a sentence must have one before anything else is looked at

    @property
    def is_free(self) -> bool:
        """Whether its one word may be enough: it is, where its sentence has no word of its `unless`."""
        return self.kind != "cue" and len(self.slots) == 1 and not (self.entry.kind or self.company)


@dataclass(slots=True, eq=False)
class _Contexts:
    """The words and phrases of a `with` or `unless`.

    Attributes:
        phrases: as written.
        first: the words that they begin with: without any of these in a sentence none of them stands there.
        patterns: the phrases compiled, by the words that they begin with; None until one of these words stood somewhere.
    """

    phrases: tuple[str, ...]
    first: frozenset[str]
    patterns: dict[str, list[_Pattern]] | None = None


class _Hits(NamedTuple):
    """What the matcher finds in a word, looked at alone. Many words, above all the forms of one lemma, share one.

    Attributes:
        free: patterns of concepts of which the word may be enough.
        bound: those that need more.
        cues: all patterns of cues.
        names: those of the word that patterns ask for beside their anchors.
        borrows: whether a part of the word stands in another word.
    """

    free: tuple[_Pattern, ...]
    bound: tuple[_Pattern, ...]
    cues: tuple[_Pattern, ...]
    names: tuple[str, ...]
    borrows: bool


class _Match(NamedTuple):
    """A pattern found: its tokens, with the characters of the text that each slot takes, from the first to the last."""

    pattern: _Pattern
    tokens: tuple[int, ...]
    spans: tuple[Span, ...]
    start: int
    end: int

    @property
    def mention(self) -> Mention:
        """The mention that it is, if nothing is held against it."""
        pattern = self.pattern
        entry = pattern.entry
        return Mention(
            pattern.kind, pattern.code, self.start, self.end, self.tokens, entry.match, entry.weight, entry.alone
        )


_Candidate = tuple[_Pattern, int, Span]  # a pattern that may stand at a token, and the span that its anchor takes there


class Cues:
    """The cues of a text, by code, each looked for when it is first asked for.

    Args:
        candidates: what may be a cue, by code.
        find: the cues among candidates, in the text's order.
    """

    __slots__ = ("_candidates", "_find", "_found")

    def __init__(
        self, candidates: Mapping[str, list[_Candidate]], find: Callable[[list[_Candidate]], list[Mention]]
    ) -> None:
        self._candidates, self._find = candidates, find
        self._found: dict[str, list[Mention]] = {}

    def __call__(self, code: str) -> Sequence[Mention]:
        """The cues of a code."""
        if code not in self._candidates:
            return ()
        found = self._found.get(code)
        if found is None:
            found = self._found[code] = self._find(self._candidates[code])
        return found

    @property
    def codes(self) -> KeysView[str]:
        """The codes that may have cues; all others have none."""
        return self._candidates.keys()

    def but_for(self, leaves_out: Callable[[Mention], bool]) -> Cues:
        """These cues without some."""
        return Cues(self._candidates, lambda candidates: [cue for cue in self._find(candidates) if not leaves_out(cue)])


class Found(NamedTuple):
    """What the vocabulary says of a text.

    Attributes:
        mentions: of concepts, in the text's order.
        refused: concerns whose words stand where an entry's `unless` or a block says that they mean something else -> their tokens.
        cues: how the mentions are meant.
    """

    mentions: list[Mention]
    refused: dict[str, set[int]]
    cues: Cues


class Matcher:
    """Matches a vocabulary on analysed tokens.

    Args:
        vocabulary: the concepts.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._by_key: dict[str, list[_Pattern]] = defaultdict(list)
        self._by_form: dict[str, list[_Pattern]] = defaultdict(list)
        self._contexts: dict[tuple[str, ...], _Contexts] = {}
        self._known_slots: dict[str, tuple[_Slot, frozenset[str]]] = {}
        self._known_phrases: dict[str, _Pattern] = {}
        self._asked: set[str] = set()  # words that patterns ask for beside their anchors
        self._hits: dict[_Hits, _Hits] = {}
        self._index(
            [
                self._compile(kind, rule.code, rank, entry, block)
                for kind in KINDS
                for rank, rule in enumerate(vocabulary.rules(kind))
                for entries, block in ((rule.entries, False), (rule.blocks, True))
                for entry in entries
            ]
        )
        self.lemmas = frozenset(self._by_key)
        """Every anchor word of the entries: what the guesser may find in an unknown form."""

    # -- compiling ---------------------------------------------------------------------------------------------------

    def _compile(self, kind: Kind, code: str, rank: int, entry: Entry, block: bool) -> _Pattern:
        slots, cased = self._slots(code, entry.match)
        company, unless = self._contexts_of(entry.company, code), self._contexts_of(entry.unless, code)
        return _Pattern(kind, code, entry, slots, block, cased, rank, company, unless)

    def _contexts_of(self, phrases: tuple[str, ...], code: str) -> _Contexts | None:
        """A `with` or `unless`; held once for all entries that have it."""
        if phrases and phrases not in self._contexts:
            slots = (self._slot(code, phrase.partition(" ")[0])[0] for phrase in self._expand(code, phrases))
            first = frozenset[str]().union(*(slot.words for slot in slots))
            self._contexts[phrases] = _Contexts(phrases, first)
            self._asked |= first
        return self._contexts.get(phrases)

    def patterns_of(self, contexts: _Contexts) -> dict[str, list[_Pattern]]:
        """The phrases of a `with` or `unless` by the words that they begin with, compiled when first needed."""
        if contexts.patterns is None:
            contexts.patterns = defaultdict(list)
            for phrase in self._expand("", contexts.phrases):
                pattern = self._phrase(phrase)
                for word in pattern.slots[0].words:
                    contexts.patterns[word].append(pattern)
        return contexts.patterns

    def _phrase(self, phrase: str) -> _Pattern:
        """A phrase of a `with` or `unless`; held once for all that have it."""
        if phrase not in self._known_phrases:
            slots, cased = self._slots("", phrase)
            self._known_phrases[phrase] = _Pattern("cue", "", Entry(phrase), slots, True, cased)
        return self._known_phrases[phrase]

    def _expand(self, code: str, phrases: Iterable[str]) -> Iterator[str]:
        for phrase in phrases:
            if phrase.startswith("$") and " " not in phrase:
                yield from self._list(code, phrase[1:])
            else:
                yield phrase

    def _list(self, code: str, name: str) -> tuple[str, ...]:
        try:
            return self.vocabulary.lists[name]
        except KeyError:
            known = ", ".join(sorted(self.vocabulary.lists))
            raise VocabularyError(f"{code}: there is no word list ${name} in lists.yaml (there are: {known})") from None

    def _slots(self, code: str, phrase: str) -> tuple[tuple[_Slot, ...], frozenset[str]]:
        known = [self._slot(code, piece) for piece in phrase.split()]
        return tuple([slot for slot, _ in known]), _frozen({word for _, cased in known for word in cased})

    def _slot(self, code: str, piece: str) -> tuple[_Slot, frozenset[str]]:
        """A slot and those of its keys that ask for capitals; held once for all phrases that have it."""
        if piece in self._known_slots:
            return self._known_slots[piece]
        keys, forms, cased = set(), set(), set()
        for word in piece.split("|"):
            for one in self._list(code, word[1:]) if word[0:1] == "$" else (word,):
                if one[0:1] == "=":
                    forms.add(intern(one[1:].lower()))
                else:
                    low = intern(one.lower())
                    keys.add(low)
                    if one != low:
                        cased.add(one)
        known = self._known_slots[piece] = _Slot(_frozen(keys), _frozen(forms)), _frozen(cased)
        return known

    def _index(self, patterns: list[_Pattern]) -> None:
        """Files each pattern under the slot whose words occur in the fewest patterns, so that common words start nothing."""
        use = Counter(word for pattern in patterns for slot in pattern.slots for words in slot for word in words)
        for pattern in patterns:
            if len(pattern.slots) > 1:
                costs = [sum(use[word] for words in slot for word in words) for slot in pattern.slots]
                pattern.anchor = costs.index(min(costs))
                others = [slot.words for i, slot in enumerate(pattern.slots) if i != pattern.anchor]
                pattern.partner = min(others, key=len)
                self._asked |= pattern.partner
            elif pattern.company:
                pattern.partner = pattern.company.first
            slot = pattern.slots[pattern.anchor]
            for key in slot.keys:
                self._by_key[key].append(pattern)
            for form in slot.forms:
                self._by_form[form].append(pattern)

    # -- matching ----------------------------------------------------------------------------------------------------

    def __call__(self, tokens: Sequence[Token], kind: str | None = None) -> Found:
        """The mentions in a text, what only looks like one, and the cues.

        Args:
            tokens: the text's tokens.
            kind: what the bullet is; entries that are only for another kind do not count.

        Of overlapping mentions of one kind the longest stays and of equal ones the narrowest; a block of a concept that
        overlaps a mention of it, and is not shorter, cancels it.
        """
        scan = _Scan(tokens, self, kind)
        found: list[_Match] = []
        cues: dict[str, list[_Candidate]] = defaultdict(list)
        for i, (token, hits) in enumerate(zip(tokens, scan.hits, strict=True)):
            words, spans, number = scan.words[token.sentence], token.word.hit_spans, 0
            for pattern in hits.free:
                unless = pattern.unless
                if unless is None or unless.first.isdisjoint(words):
                    found.append(scan.match_at(pattern, i, spans[number]))
                elif match := scan.match(pattern, i, spans[number]):
                    found.append(match)
                number += 1
            for pattern in hits.bound:
                partner = pattern.partner
                if (partner is None or not partner.isdisjoint(words)) and (
                    match := scan.match(pattern, i, spans[number])
                ):
                    found.append(match)
                number += 1
            for pattern in hits.cues:
                partner = pattern.partner
                if partner is None or not partner.isdisjoint(words):
                    cues[pattern.code].append((pattern, i, spans[number]))
                number += 1
        for i, keys in scan.borrowed.items():
            span = 0, len(tokens[i].word.form)
            for pattern in (pattern for key in keys for pattern in self._by_key.get(key, ())):
                if pattern.kind == "cue":
                    cues[pattern.code].append((pattern, i, span))
                elif match := scan.match(pattern, i, span):
                    found.append(match)

        def find(candidates: Sequence[_Candidate]) -> list[Mention]:
            return self._mentions([match for one in candidates if (match := scan.match(*one))], scan)

        return Found(self._mentions(found, scan), scan.refused, Cues(cues, find))

    def _mentions(self, found: Sequence[_Match], scan: _Scan) -> list[Mention]:
        """What is left of matches when they have been held against each other, in the text's order."""
        blocks = [match for match in found if match.pattern.block]
        if blocks:
            found = [m for m in found if not m.pattern.block and not any(_covers(block, m) for block in blocks)]
            for block in blocks:
                scan.refuse(block)
        if len(found) < 2:
            return [match.mention for match in found]
        return self._strongest(list(dict.fromkeys([match.mention for match in sorted(found, key=_place)])))

    def hits(self, word: Word) -> _Hits:
        """What is found in a word; kept with it, as are the spans that the anchors of the patterns take, in the patterns' order."""
        found: dict[_Pattern, Span] = {}
        for key, span in word.places():
            for pattern in self._by_key.get(key, ()):
                if _fits(pattern, pattern.anchor, key, span, word):
                    known = found.get(pattern)
                    if known is None or known[1] - known[0] < span[1] - span[0]:
                        found[pattern] = span
        for pattern in self._by_form.get(word.low, ()):
            found[pattern] = (0, len(word.form))
        free = [pattern for pattern in found if pattern.is_free]
        bound = [pattern for pattern in found if pattern.kind != "cue" and not pattern.is_free]
        cues = [pattern for pattern in found if pattern.kind == "cue"]
        names = tuple([name for name in word.names if name in self._asked])
        hits = _Hits(tuple(free), tuple(bound), tuple(cues), names, _borrows(word))
        if len(self._hits) >= _MOST_HITS:
            self._hits.clear()
        word.hit_spans = spans_of(tuple([found[pattern] for pattern in (*free, *bound, *cues)]))
        word.hits = hits = self._hits.setdefault(hits, hits)  # last: it tells that both are there
        return hits

    def _strongest(self, mentions: list[Mention]) -> list[Mention]:
        """Drops a mention inside a longer one of the same code, and a broader concern that shares a word with a narrower one."""
        at_token: dict[tuple[Kind, int], list[Mention]] = {}
        for m in mentions:
            if m.kind != "theme":
                for i in m.tokens:
                    at_token.setdefault((m.kind, i), []).append(m)
        weaker = {
            id(m)
            for here in at_token.values()
            if len(here) > 1
            for m, other in permutations(here, 2)
            if self._is_weaker(m, other)
        }
        return [m for m in mentions if id(m) not in weaker] if weaker else mentions

    def _is_weaker(self, m: Mention, other: Mention) -> bool:
        """Whether a mention gives way to another that shares a word with it."""
        if m.kind == "concern" and m.code in self.vocabulary.ancestors(other.code):
            return True
        if other.code != m.code or not other.start <= m.start <= m.end <= other.end:
            return False
        return (other.end - other.start, len(other.tokens), m.entry) > (m.end - m.start, len(m.tokens), other.entry)


class _Scan:
    """One text while it is matched.

    Attributes:
        borrowed: compounds that tokens with a suspended hyphen stand for: token -> keys.
        words: of each sentence the keys and lower-case forms that patterns ask for.
        refused: see `Found`.
    """

    def __init__(self, tokens: Sequence[Token], matcher: Matcher, kind: str | None) -> None:
        self._matcher = matcher
        self._kind = kind
        self._tokens = tokens
        self.hits: list[_Hits] = [token.word.hits or matcher.hits(token.word) for token in tokens]
        self.words: list[set[str]] = [set() for _ in range(tokens[-1].sentence + 1 if tokens else 0)]
        borrows = False
        for token, hits in zip(tokens, self.hits, strict=True):
            self.words[token.sentence].update(hits.names)
            borrows = borrows or hits.borrows
        self.borrowed = _borrow(tokens) if borrows else {}
        for i, keys in self.borrowed.items():
            self.words[tokens[i].sentence].update(keys)
        self.refused: dict[str, set[int]] = {}

    def refuse(self, match: _Match) -> None:
        """Notes a place that only looks like a concern."""
        if match.pattern.kind == "concern":
            self.refused.setdefault(match.pattern.code, set()).update(match.tokens)

    def match(self, pattern: _Pattern, at: int, span: Span) -> _Match | None:
        """The match that has its anchor at a token, if the other slots and the company are there too."""
        entry = pattern.entry
        found: _Match | None
        if entry.kind and entry.kind != self._kind:
            if len(pattern.slots) == 1 and not pattern.block:
                self.refuse(self.match_at(pattern, at, span))
            return None
        if len(pattern.slots) > 1:
            found = self._complete(pattern, at, span)
            if found is None:
                return None
        else:
            found = self.match_at(pattern, at, span)
        if pattern.unless and self._any_stands(pattern.unless, found):
            if not pattern.block:
                self.refuse(found)
            return None
        if pattern.company and not self._any_stands(pattern.company, found):
            return None
        return found

    def match_at(self, pattern: _Pattern, at: int, span: Span) -> _Match:
        """The match of a pattern in a single token."""
        start, end = span = self._tokens[at].places(span)
        return _Match(pattern, (at,), (span,), start, end)

    def _any_stands(self, contexts: _Contexts, match: _Match) -> bool:
        words = contexts.first & self.words[self._tokens[match.tokens[0]].sentence]
        if not words:
            return False
        patterns = self._matcher.patterns_of(contexts)
        return any(self._stands(other, match) for word in words for other in patterns[word])

    def _complete(self, pattern: _Pattern, at: int, span: Span) -> _Match | None:
        slot_tokens, spans = {pattern.anchor: at}, {at: span}
        for slot, beside, direction in _steps(pattern.anchor, len(pattern.slots)):
            hit = self._find_slot(pattern, slot, slot_tokens[beside], direction)
            if hit is None and pattern.entry.order == "any":
                hit = self._find_slot(pattern, slot, slot_tokens[beside], -direction)
            if hit is None or hit[0] in spans:
                return None
            slot_tokens[slot], spans[hit[0]] = hit
        used = tuple(sorted(spans))
        places = tuple(self._tokens[i].places(spans[i]) for i in used)
        return _Match(pattern, used, places, places[0][0], places[-1][1])

    def _find_slot(self, pattern: _Pattern, slot: int, beside: int, direction: int) -> tuple[int, Span] | None:
        """The nearest token on one side that a slot takes, within the pattern's gap and the sentence."""
        wanted = pattern.slots[slot]
        tokens = self._tokens
        for step in range(1, pattern.entry.gap + 2):
            i = beside + direction * step
            if not 0 <= i < len(tokens) or tokens[i].sentence != tokens[beside].sentence:
                return None
            word = tokens[i].word
            if wanted.forms and word.low in wanted.forms:
                return i, (0, len(word.form))
            if word.low in _CONTRASTS:
                return None  # "ei väkivaltaa, mutta pelkoa"
            if not wanted.keys.isdisjoint(word.names):
                best: Span | None = None
                for key, span in word.places():  # in their order: of equal ones the first
                    if (
                        key in wanted.keys
                        and (best is None or best[1] - best[0] < span[1] - span[0])
                        and _fits(pattern, slot, key, span, word)
                    ):
                        best = span
                if best:
                    return i, best
            if i in self.borrowed and not wanted.keys.isdisjoint(self.borrowed[i]):
                return i, (0, len(word.form))
        return None

    def _stands(self, other: _Pattern, match: _Match) -> bool:
        """Whether a word or phrase of an entry's company stands in its sentence or window, outside the match itself."""
        sentence = self._tokens[match.tokens[0]].sentence
        slot = other.slots[0]
        window = match.pattern.entry.window
        for i, token in enumerate(self._tokens):
            if token.sentence != sentence or (
                window and not match.tokens[0] - window <= i <= match.tokens[-1] + window
            ):
                continue
            word = token.word
            is_form = word.low in slot.forms
            if not is_form and slot.keys.isdisjoint(word.names):
                continue
            spans = {key: span for key, span in word.places() if key in slot.keys}
            if not (spans or is_form):
                continue
            if len(other.slots) == 1:
                # Another word, or another part of the same compound.
                own = (
                    match.pattern.slots[match.tokens.index(i)].keys
                    if i in match.tokens and len(match.pattern.slots) == len(match.tokens)
                    else frozenset()
                )
                if (i not in match.tokens or spans.keys() - own) and (
                    not spans or any(_fits(other, 0, key, span, word) for key, span in spans.items())
                ):
                    return True
            elif self._complete(other, i, (0, len(word.form))):
                return True
        return False


def _frozen(words: set[str]) -> frozenset[str]:
    """Words as they are held; of empty sets there are thousands, and one is enough."""
    return frozenset(words) if words else _NONE


@cache
def _steps(anchor: int, count: int) -> tuple[tuple[int, int, int], ...]:
    """From the anchor outwards: each of so many slots, the one beside it that was found before, and the direction from there."""
    after = [(slot, slot - 1, 1) for slot in range(anchor + 1, count)]
    before = [(slot, slot + 1, -1) for slot in range(anchor - 1, -1, -1)]
    return (*after, *before)


def _place(match: _Match) -> tuple[int, int, int]:
    """Where a match stands among those of its text."""
    return match.start, match.end, match.pattern.rank


def _fits(pattern: _Pattern, slot: int, key: str, span: Span, word: Word) -> bool:
    """Whether a key's place in the compound, the capitals and the case are those that the entry asks for."""
    entry = pattern.entry
    if entry.at != "any" and len(pattern.slots) == 1:
        form = word.form
        starts, ends = span[0] == len(form) - len(form.lstrip("-")), span[1] == len(form.rstrip("-"))
        if entry.at != "last" and not starts:
            return False
        if entry.at != "first" and (not ends or word.is_suspended):
            return False
    if pattern.block and len(pattern.slots) > 1 and span[1] < len(word.form.rstrip("-")):
        return False  # a phrase that blocks is about whole words and heads: "vanhempi oppilas" is not in "vanhempainilta oppilaille"
    if pattern.cased:
        piece = word.form[span[0] : span[1]]
        spelling = [c for c in pattern.cased if c.lower() == key]
        if spelling and not any(piece.startswith(c[: _last_capital(c) + 1]) for c in spelling):
            return False
    return not entry.case or slot < len(pattern.slots) - 1 or not word.tags.isdisjoint(entry.case)


def _last_capital(word: str) -> int:
    return max(i for i, letter in enumerate(word) if letter.isupper())


def _borrow(tokens: Sequence[Token]) -> dict[int, list[str]]:
    """Compounds that tokens with a suspended hyphen stand for.

    "päihde- ja mielenterveystyö" gives päihdetyö, "liikuntaneuvonta ja -kerho" gives liikuntakerho.
    """
    keys: dict[int, list[str]] = {}
    for i, token in enumerate(tokens):
        word = token.word
        if not _borrows(word):
            continue
        if word.is_suspended:
            for other in tokens[i + 1 : i + 8]:
                if not _joins(other) and not other.word.is_suspended:
                    heads = [key for key, span in word.places() if span[0] == 0]
                    tails = other.word.tails if other is not tokens[i + 1] else (*other.word.tails, *other.word.lemmas)
                    keys[i] = [head + tail for head in heads for tail in tails]  # a hyphen without "ja" broke a line
                    break
        elif i and (_joins(tokens[i - 1]) or not tokens[i - 1].word.tags.isdisjoint(_HEADED)):
            for other in reversed(tokens[max(0, i - 6) : i]):
                if other.word.tails or not _joins(other):
                    firsts = {"".join(r.parts[:n]).lower() for r in other.word.likely for n in range(1, len(r.parts))}
                    keys[i] = [head + tail for head in firsts or other.word.lemmas for tail in word.lemmas]
                    break
    return keys


def _borrows(word: Word) -> bool:
    """Whether a hyphen at an edge of a word stands for a part that another word has."""
    return word.is_suspended or (word.is_joined and bool(word.spans))


def _joins(token: Token) -> bool:
    return token.mark in (",", "/") or token.word.low in CONJUNCTIONS


def _covers(block: _Match, match: _Match) -> bool:
    """Whether a block cancels a match of its concept: it overlaps it and is not shorter, or is a compound around one of its words."""
    if (block.pattern.kind, block.pattern.code) != (match.pattern.kind, match.pattern.code):
        return False
    if set(block.tokens).isdisjoint(match.tokens):
        return False
    if len(block.tokens) == 1 and len(match.tokens) > 1:
        start, end = match.spans[match.tokens.index(block.tokens[0])]
        return block.start <= start and end <= block.end and (start, end) != (block.start, block.end)
    overlap = block.start < match.end and match.start < block.end
    return overlap and (len(block.tokens), block.end - block.start) >= (len(match.tokens), match.end - match.start)
