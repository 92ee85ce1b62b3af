"""Whether two clauses of a text tell of two things: by the concerns that they name, or by the names of what was to be done."""

from __future__ import annotations

from collections.abc import Sequence

from hytenlp.vocabulary.absence import DENIALS
from hytenlp.vocabulary.matcher import Mention, Token
from hytenlp.vocabulary.sentences import Clause
from hytenlp.vocabulary.subjects import Subjects

AIMS = frozenset({"tavoitteena", "tarkoituksena", "päämääränä"})
_SAME = frozenset({"se", "ne", "sitä", "niitä"})
_REASONS = frozenset({"koordinaatio", "tavoittavuus"})  # worries that are why something failed


class Things:
    """The things that the clauses of one text tell of.

    Args:
        tokens: its tokens.
        mentions: its mentions.
        subjects: tells what is a thing.
    """

    def __init__(self, tokens: Sequence[Token], mentions: Sequence[Mention], subjects: Subjects) -> None:
        self._tokens = tokens
        self._mentions = mentions
        self._subjects = subjects

    def topics(self, clause: Clause) -> set[str]:
        """The concerns that a clause names, but for those that its denial makes: "ei ole palkattu ketään"."""
        return {
            m.code
            for m in self._mentions
            if m.kind == "concern"
            and clause.start <= m.tokens[0] < clause.end
            and all(self._tokens[i].word.low not in DENIALS for i in m.tokens)
        }

    def is_compound(self, at: int) -> bool:
        """Whether a compound names what was to be done rather than a trouble: "uniluento", not "nettikiusaaminen"."""
        compound = any(len(r.parts) > 1 for r in self._tokens[at].word.likely[:1])
        return compound and not self._subjects.has_cue("harm", at)

    def _own_things(self, clause: Clause) -> set[str]:
        """The things that a clause tells of and that their names tell from others: "unipäivä", not "tilaisuus"."""
        return {
            r.lemma
            for i in range(clause.start, clause.end)
            if self._subjects.is_thing(i) or self._subjects.has_cue("fixed", i)
            for r in self._tokens[i].word.likely[:1]
            if len(r.parts) > 1 and not r.tags.isdisjoint(("nom", "par"))
        }

    def are_two(self, done: Clause, other: Clause, planned: bool) -> bool:
        """Whether two clauses tell of two things."""
        words = {t.word.low for t in self._tokens[other.start : other.end]}
        if not words.isdisjoint(_SAME) or (planned and not words.isdisjoint(AIMS)):
            return False  # it, or the aim of what was done
        topics, others = self.topics(done), self.topics(other) - _REASONS
        if topics and others:
            return topics.isdisjoint(others)
        things, their = self._own_things(done), self._own_things(other)
        return not planned and bool(things and their) and things.isdisjoint(their)
