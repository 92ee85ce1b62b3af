"""Finds mentions: places in a text where a word, a word part or a phrase of the vocabulary stands.

Every entry is compiled to slots of keys. A distinct token is looked at once: which one-word entries it satisfies and which
phrases could begin, or be anchored, at it. A text then costs one look-up a token, and work only where something is found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hytenlp.errors import VocabularyError
from hytenlp.finnish.tokens import CONJUNCTIONS
from hytenlp.finnish.words import Analyser, Span, Word
from hytenlp.vocabulary.concepts import KINDS, Entry, Kind, Rule, Vocabulary


class Token(NamedTuple):
    """A token of a text: its word, where it starts, and the number of its sentence."""

    word: Word
    start: int
    sentence: int
    capital: bool = False  # written with a capital although no sentence starts here
    mark: str = ""  # the token as written when it is punctuation


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that speaks of a concept.

    Attributes:
        kind, code: the concept.
        start, end: characters of the text, exactly the matched words or word part.
        tokens: the tokens of the matched slots.
        entry: the vocabulary entry that matched, as written.
        weight: how strongly it speaks for the concept.
    """

    kind: Kind
    code: str
    start: int
    end: int
    tokens: tuple[int, ...]
    entry: str
    weight: float = 1.0


class _Slot(NamedTuple):
    keys: frozenset[str]
    forms: frozenset[str]


@dataclass(slots=True, eq=False)
class _Pattern:
    kind: Kind
    code: str
    entry: Entry
    slots: tuple[_Slot, ...]
    block: bool
    company: tuple[_Pattern, ...] = ()
    unless: tuple[_Pattern, ...] = ()
    anchor: int = 0
    cased: frozenset[str] = field(default_factory=frozenset)


_Hit = tuple[_Pattern, Span]  # a one-word pattern and the span it takes in the token
_Found = tuple[tuple[int, ...], int, int]  # the tokens of a match, its first and last character


class Matcher:
    """Matches a vocabulary on analysed tokens.

    Args:
        vocabulary: the concepts.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._by_key: dict[str, list[_Pattern]] = defaultdict(list)
        self._by_form: dict[str, list[_Pattern]] = defaultdict(list)
        self._hits: dict[str, tuple[_Hit, ...]] = {}
        self._codes = {kind: {code: i for i, code in enumerate(vocabulary.codes(kind))} for kind in KINDS}
        self._parsed: dict[str, _Pattern] = {}
        patterns = [
            self._compile(kind, concept, entry, block)
            for kind in KINDS
            for concept in vocabulary.rules(kind)
            for entries, block in ((concept.entries, False), (concept.blocks, True))
            for entry in entries
        ]
        self._index(patterns)

    @property
    def lemmas(self) -> frozenset[str]:
        """Every word of the entries: what the guesser may find in an unknown form."""
        return frozenset(self._by_key)

    # -- compiling ---------------------------------------------------------------------------------------------------

    def _compile(self, kind: Kind, concept: Rule, entry: Entry, block: bool) -> _Pattern:
        slots, cased = self._slots(concept.code, entry.match)
        return _Pattern(
            kind, concept.code, entry, slots, block,
            tuple(self._context(concept.code, phrase) for phrase in self._expand(concept.code, entry.company)),
            tuple(self._context(concept.code, phrase) for phrase in self._expand(concept.code, entry.unless)),
            cased=cased,
        )  # fmt: skip

    def _context(self, code: str, phrase: str) -> _Pattern:
        if phrase not in self._parsed:
            slots, cased = self._slots(code, phrase)
            self._parsed[phrase] = _Pattern("concern", code, Entry(match=phrase), slots, True, cased=cased)
        return self._parsed[phrase]

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
            raise VocabularyError(f"{code}: there is no word list ${name} in lists.yaml (there are: {', '.join(sorted(self.vocabulary.lists))})") from None

    def _slots(self, code: str, phrase: str) -> tuple[tuple[_Slot, ...], frozenset[str]]:
        slots, cased = [], set()
        for piece in phrase.split():
            keys, forms = set(), set()
            for word in piece.split("|"):
                words = self._list(code, word[1:]) if word.startswith("$") else (word,)
                for one in words:
                    if one.startswith("="):
                        forms.add(one[1:].lower())
                    else:
                        keys.add(one.lower())
                        if one != one.lower():
                            cased.add(one)
            slots.append(_Slot(frozenset(keys), frozenset(forms)))
        return tuple(slots), frozenset(cased)

    def _index(self, patterns: list[_Pattern]) -> None:
        """Files each pattern under the slot whose words occur in the fewest patterns, so that common words start nothing."""
        use: dict[str, int] = defaultdict(int)
        for pattern in patterns:
            for slot in pattern.slots:
                for key in slot.keys | slot.forms:
                    use[key] += 1
        for pattern in patterns:
            costs = [sum(use[key] for key in slot.keys | slot.forms) for slot in pattern.slots]
            pattern.anchor = costs.index(min(costs))
            slot = pattern.slots[pattern.anchor]
            for key in slot.keys:
                self._by_key[key].append(pattern)
            for form in slot.forms:
                self._by_form[form].append(pattern)

    # -- matching ----------------------------------------------------------------------------------------------------

    def __call__(self, tokens: Sequence[Token]) -> list[Mention]:
        """The mentions in a text, in its order.

        Of overlapping mentions of one kind the longest stays and of equal ones the narrowest; a block of a concept that
        overlaps a mention of it, and is not shorter, cancels it.
        """
        borrowed = self._borrow(tokens)
        found: list[tuple[_Pattern, _Found]] = []
        for i, token in enumerate(tokens):
            for pattern, span in self._token_hits(token.word):
                found += ((pattern, match) for match in self._complete(pattern, i, span, tokens, borrowed))
            for key in borrowed.get(i, ()):
                for pattern in self._by_key.get(key, ()):
                    found += ((pattern, match) for match in self._complete(pattern, i, (0, len(token.word.form)), tokens, borrowed))
        if not found:
            return []
        found = [item for item in found if self._company_fits(item[0], item[1][0], tokens, borrowed)]
        blocks = [item for item in found if item[0].block]
        mentions = {
            Mention(p.kind, p.code, start, end, places, p.entry.match, p.entry.weight): None
            for p, (places, start, end) in found
            if not p.block and not any(b.code == p.code and b.kind == p.kind and _covers(m, (places, start, end)) for b, m in blocks)
        }
        return sorted(self._strongest(list(mentions)), key=lambda m: (m.start, m.end, self._codes[m.kind][m.code]))

    def _token_hits(self, word: Word) -> tuple[_Hit, ...]:
        hits = self._hits.get(word.form)
        if hits is None:
            found = {}
            for key, span in word.keys.items():
                for pattern in self._by_key.get(key, ()):
                    if self._fits(pattern, pattern.anchor, key, span, word):
                        known = found.get(id(pattern))
                        if known is None or known[1][1] - known[1][0] < span[1] - span[0]:
                            found[id(pattern)] = (pattern, span)
            for pattern in self._by_form.get(word.form.lower(), ()):
                found[id(pattern)] = (pattern, (0, len(word.form)))
            if len(self._hits) > 250_000:
                self._hits.clear()
            hits = self._hits[word.form] = tuple(found.values())
        return hits

    @staticmethod
    def _fits(pattern: _Pattern, slot: int, key: str, span: Span, word: Word) -> bool:
        """Whether a key's place in the compound, the capitals and the case are those that the entry asks for."""
        entry = pattern.entry
        last = slot == len(pattern.slots) - 1
        length = len(word.form.rstrip("-"))
        if entry.at != "any" and len(pattern.slots) == 1:
            starts, ends = span[0] == len(word.form) - len(word.form.lstrip("-")), span[1] == length
            if not {"whole": starts and ends and not word.is_suspended, "first": starts, "last": ends and not word.is_suspended}[entry.at]:
                return False
        if pattern.cased:
            piece = word.form[span[0] : span[1]]
            spelling = [c for c in pattern.cased if c.lower() == key]
            if spelling and not any(piece[: max(2, len(c) - 2)] == c[: max(2, len(c) - 2)] for c in spelling):
                return False
        return not (entry.case and last and not entry.case & word.tags)

    def _borrow(self, tokens: Sequence[Token]) -> dict[int, list[str]]:
        """Compounds that tokens with a suspended hyphen stand for: token -> keys.

        "päihde- ja mielenterveystyö" gives päihdetyö, "liikuntaneuvonta ja -kerho" gives liikuntakerho.
        """
        keys: dict[int, list[str]] = {}
        for i, (word, *_) in enumerate(tokens):
            if len(word.form) < 2:
                continue
            if word.form[-1] == "-":
                for j in range(i + 1, min(i + 8, len(tokens))):
                    other = tokens[j].word
                    if other.form.lower() not in CONJUNCTIONS and other.form not in (",", "/", "") and not other.is_suspended:
                        heads = [key for key, span in word.keys.items() if span[0] == 0]
                        keys[i] = [head + tail for head in heads for tail in other.tails]
                        break
            elif word.form[0] == "-" and word.keys:
                for j in range(i - 1, max(i - 6, -1), -1):
                    other = tokens[j].word
                    if other.tails:
                        heads = {"".join(r.parts[:n]).lower() for r in other.likely for n in range(1, len(r.parts))}
                        keys[i] = [head + tail for head in heads for tail in word.lemmas]
                        break
                    if other.form.lower() not in CONJUNCTIONS and other.form not in (",", "/", ""):
                        keys[i] = [other_lemma + tail for other_lemma in other.lemmas for tail in word.lemmas]
                        break
        return keys

    def _complete(self, pattern: _Pattern, at: int, span: Span, tokens: Sequence[Token], borrowed: dict[int, list[str]]) -> Iterator[_Found]:
        """The match that has its anchor slot at a token, if the other slots follow and precede it."""
        places, spans = {pattern.anchor: at}, {at: span}
        steps = [(slot, slot - 1, 1) for slot in range(pattern.anchor + 1, len(pattern.slots))]
        steps += [(slot, slot + 1, -1) for slot in range(pattern.anchor - 1, -1, -1)]
        either = pattern.entry.order == "any"
        for slot, beside, direction in steps:
            hit = self._find_slot(pattern, slot, places[beside], direction, tokens, borrowed)
            if hit is None and either:
                hit = self._find_slot(pattern, slot, places[beside], -direction, tokens, borrowed)
            if hit is None:
                return
            places[slot], spans[hit[0]] = hit
        used = tuple(sorted(set(places.values())))
        if len(used) < len(pattern.slots):
            return
        first, last = used[0], used[-1]
        yield used, tokens[first].start + spans[first][0], tokens[last].start + spans[last][1]

    def _find_slot(
        self, pattern: _Pattern, slot: int, beside: int, direction: int, tokens: Sequence[Token], borrowed: dict[int, list[str]]
    ) -> tuple[int, Span] | None:
        wanted = pattern.slots[slot]
        for step in range(1, pattern.entry.gap + 2):
            i = beside + direction * step
            if not 0 <= i < len(tokens) or tokens[i].sentence != tokens[beside].sentence:
                return None
            word = tokens[i].word
            if word.form.lower() in wanted.forms:
                return i, (0, len(word.form))
            best: Span | None = None
            for key in wanted.keys & word.keys.keys():
                span = word.keys[key]
                if (best is None or best[1] - best[0] < span[1] - span[0]) and self._fits(pattern, slot, key, span, word):
                    best = span
            if best:
                return i, best
            if i in borrowed and not wanted.keys.isdisjoint(borrowed[i]):
                return i, (0, len(word.form))
        return None

    def _company_fits(self, pattern: _Pattern, places: tuple[int, ...], tokens: Sequence[Token], borrowed: dict[int, list[str]]) -> bool:
        if not pattern.company and not pattern.unless:
            return True
        window = pattern.entry.window or len(tokens)
        sentence = tokens[places[0]].sentence
        near = [
            i for i in range(max(0, places[0] - window), min(len(tokens), places[-1] + window + 1)) if tokens[i].sentence == sentence
        ]

        def stands(other: _Pattern) -> bool:
            for i in near:
                word = tokens[i].word
                slot = other.slots[0]
                keys = slot.keys & word.keys.keys()
                matched = word.form.lower() in slot.forms or any(self._fits(other, 0, key, word.keys[key], word) for key in keys)
                # The company must be another word, or another part of the same compound.
                if matched and i in places and len(other.slots) == 1 and not (keys - self._own_keys(pattern, places, i)):
                    continue
                if matched and (len(other.slots) == 1 or any(True for _ in self._complete(other, i, (0, len(word.form)), tokens, borrowed))):
                    return True
            return False

        return (not pattern.company or any(map(stands, pattern.company))) and not any(map(stands, pattern.unless))

    @staticmethod
    def _own_keys(pattern: _Pattern, places: tuple[int, ...], token: int) -> frozenset[str]:
        return pattern.slots[places.index(token)].keys if len(pattern.slots) == len(places) else frozenset()

    def _strongest(self, mentions: list[Mention]) -> Iterator[Mention]:
        """Drops a mention that lies inside a longer one of its kind, and the broader of two in the same place."""
        for m in mentions:
            for other in mentions:
                if other is m or other.kind != m.kind or m.kind == "theme" or not set(m.tokens) <= set(other.tokens):
                    continue
                inside = other.start <= m.start and m.end <= other.end
                longer = inside and (other.end - other.start, len(other.tokens)) > (m.end - m.start, len(m.tokens))
                if inside and longer and (m.kind == "concern" or other.code == m.code):
                    break
                same_place = inside and not longer
                if same_place and m.kind == "concern" and m.code in self.vocabulary.ancestors(other.code):
                    break
                if same_place and other.code == m.code and other.entry < m.entry:
                    break
            else:
                yield m


def _covers(block: _Found, match: _Found) -> bool:
    (block_tokens, block_start, block_end), (tokens, start, end) = block, match
    overlap = block_start < end and start < block_end and not set(block_tokens).isdisjoint(tokens)
    return overlap and (len(block_tokens), block_end - block_start) >= (len(tokens), end - start)
