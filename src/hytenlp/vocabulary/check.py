"""A lint for the vocabulary: slips that no schema sees and that would cost a concern."""

from __future__ import annotations

from collections.abc import Iterator

from hytenlp.finnish.words import Analyser
from hytenlp.vocabulary.concepts import KINDS, Entry, Rule, Vocabulary
from hytenlp.vocabulary.matcher import Matcher, Token


def check(vocabulary: Vocabulary | None = None) -> list[str]:
    """Findings, one line each; empty when all is well.

    Raises:
        hytenlp.errors.VocabularyError: the files cannot be read at all (unknown keys, cycles, missing lists).
    """
    checked = vocabulary or Vocabulary.load()
    matcher = Matcher(checked)
    analyser = Analyser(slang=matcher.lemmas)
    return [
        finding
        for kind in KINDS
        for rule in checked.rules(kind)
        for test in (_empty, _duplicates, _unreadable, _self_blocking, _alternatives)
        for finding in test(rule, kind, matcher, analyser)
    ] + list(_shared(checked))


def _empty(rule: Rule, kind: str, matcher: Matcher, analyser: Analyser) -> Iterator[str]:
    if not rule.entries:
        yield f"{rule.code}: no entries: nothing in a text can mention it"


def _duplicates(rule: Rule, kind: str, matcher: Matcher, analyser: Analyser) -> Iterator[str]:
    for entries, name in ((rule.entries, "entry"), (rule.blocks, "block")):
        seen: set[Entry] = set()
        for entry in entries:
            if entry in seen:
                yield f"{rule.code}: {name} {entry.match!r} stands twice"
            seen.add(entry)


def _unreadable(rule: Rule, kind: str, matcher: Matcher, analyser: Analyser) -> Iterator[str]:
    for entry in (*rule.entries, *rule.blocks):
        for lemma in _lemmas(entry):
            word = analyser(lemma)
            if lemma.lower() not in word.keys:
                yield f"{rule.code}: {lemma!r} is read as {', '.join(sorted(word.keys)) or 'nothing'} and can never match"
            elif not word.guessed and lemma.lower() not in word.lemmas and word.likely and kind != "cue":
                yield f"{rule.code}: {lemma!r} is an inflected form of {', '.join(sorted(word.lemmas))}: write the dictionary form or ={lemma}"


def _alternatives(rule: Rule, kind: str, matcher: Matcher, analyser: Analyser) -> Iterator[str]:
    """Alternatives of several words: "tulla mukaan|hakea apu" is three slots, not two alternatives."""
    for entry in (*rule.entries, *rule.blocks):
        if " " in entry.match and entry.match.count("|") and len(entry.match.split()) > 4 and entry.gap < 3:
            yield f"{rule.code}: {entry.match!r} has {len(entry.match.split())} slots: alternatives hold one word each"


def _lemmas(entry: Entry) -> Iterator[str]:
    for piece in entry.match.split():
        for word in piece.split("|"):
            if word[0] not in "=$" and word.isalpha():
                yield word


def _self_blocking(rule: Rule, kind: str, matcher: Matcher, analyser: Analyser) -> Iterator[str]:
    """Entries that a block of their own concept cancels when they stand alone."""
    blocks = {block.match for block in rule.blocks}
    for entry in rule.entries:
        if entry.match in blocks:
            yield f"{rule.code}: {entry.match!r} is an entry and a block"
        elif entry.match.isalpha() and not entry.company and not entry.case:
            found = matcher([Token(analyser(entry.match), 0, 0)], entry.kind)
            mentions = [*found.mentions, *(cue for code in found.cues.codes for cue in found.cues(code))]
            if not any(m.code == rule.code or m.kind == kind for m in mentions):
                yield f"{rule.code}: {entry.match!r} does not find itself: a block or a restriction cancels it"


def _shared(vocabulary: Vocabulary) -> Iterator[str]:
    """The same unconditional word in two concerns of which neither is broader than the other."""
    owners: dict[str, str] = {}
    for concept in vocabulary.concepts("concern"):
        for entry in concept.entries:
            if " " in entry.match or "|" in entry.match or entry.company or entry.unless:
                continue
            other = owners.setdefault(entry.match, concept.code)
            if other != concept.code and entry.match not in _MEANT_FOR_BOTH:
                yield f"{concept.code}: {entry.match!r} is also an entry of {other}"


#: Words that do speak of two concerns at once.
_MEANT_FOR_BOTH: frozenset[str] = frozenset()
