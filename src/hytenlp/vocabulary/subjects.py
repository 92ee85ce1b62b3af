"""What a predicate tells of: its subject, and whether that is a thing done, a trouble or what people use up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hytenlp.vocabulary.concepts import Kind
from hytenlp.vocabulary.matcher import Cues, Mention, Token
from hytenlp.vocabulary.sentences import Clause, has_predicate

_TIMES = frozenset({"vuosi", "kerta", "kuukausi", "viikko", "syksy", "kevät", "kesä", "talvi"})
_NO_NOUNS = frozenset({"mutta", "ei"})  # though a reading says so
_OBJECTS = ("nom", "par")


class Subjects:
    """The subjects of one text.

    Args:
        tokens: its tokens.
        clauses: its clauses.
        mentions: its mentions.
        cues: its cues.
    """

    def __init__(
        self,
        tokens: Sequence[Token],
        clauses: Sequence[Clause],
        mentions: Sequence[Mention],
        cues: Cues,
    ) -> None:
        self._tokens = tokens
        self._clauses = clauses
        self._cues = cues
        self._mentions = mentions
        self._heads: dict[Kind, set[int]] = {}  # of mentions of a kind, found when they are asked for

    def of(self, clause: Clause, at: int) -> int | None:
        """The token of the noun that the predicate at a token tells of: in the nominative, before it rather than after.

        Where its own clause has none, the noun before a relative clause is meant: "Kerho niille, joilta ..., hyytyi".
        """
        own = self.own(clause, at)
        if own is not None:
            return own
        sentence = self._tokens[at].sentence
        before = [c for c in self._clauses if c.end <= clause.start and self._tokens[c.start].sentence == sentence]
        if not before or before[-1].main:
            return None
        main = next((c for c in reversed(before) if c.main), None)
        if main is None or has_predicate(self._tokens, main.start, main.end):
            return None
        return self._nearest(range(main.end - 1, main.start - 1, -1))

    def own(self, clause: Clause, at: int) -> int | None:
        """The subject of a predicate that stands in its own clause."""
        before = self.before(clause, at)
        return self._nearest(range(at + 1, clause.end)) if before is None else before

    def before(self, clause: Clause, at: int) -> int | None:
        """The nearest noun in the nominative before a token of its clause."""
        return self._nearest(range(at - 1, clause.start - 1, -1))

    def denied_object(self, clause: Clause, at: int) -> int | None:
        """The noun in the partitive before a denial of the passive: "joulupöytää ei katettu"."""
        for i in range(at - 1, clause.start - 1, -1):
            word = self._tokens[i].word
            if any(r.pos == "noun" and "par" in r.tags for r in word.likely[:1]):
                return None if self.is_other(i) else i
        return None

    def thing_in(self, clause: Clause, until: int) -> int | None:
        """A thing in the clause, up to a token, that a denied verb may have had as its subject or object."""
        for i in range(clause.start, min(until, clause.end)):
            tags = self._tokens[i].word.tags
            if self.is_thing(i) and any(case in tags for case in _OBJECTS):
                return i
        return None

    def is_thing(self, at: int) -> bool:
        """Whether a noun names something done or offered."""
        return self.has_cue("thing", at) or self.has_cue("offer", at)

    def is_trouble(self, at: int) -> bool:
        """Whether it is good to see the end of what a noun names."""
        if self.has_cue("harm", at):
            return True
        return at in self._heads_of("concern") and not self.is_thing(at) and not self.has_cue("service", at)

    def is_other(self, at: int) -> bool:
        """Whether a noun names a trouble, people, or what people use up: no end of them is one of the action."""
        used = self.has_cue("supply", at) or at in self._heads_of("group")
        return self.is_trouble(at) or (used and not self.is_thing(at))

    def has_cue(self, code: str, at: int) -> bool:
        """Whether a cue of a code ends at a token."""
        return any(at == cue.tokens[-1] for cue in self._cues(code))

    def _heads_of(self, kind: Kind) -> set[int]:
        """The tokens that mentions of a kind are the heads of."""
        heads = self._heads.get(kind)
        if heads is None:
            found = (m for m in self._mentions if m.kind == kind and len(m.tokens) == 1)
            heads = self._heads[kind] = {m.tokens[-1] for m in found if m.ends_its_word(self._tokens)}
        return heads

    def _nearest(self, places: Iterable[int]) -> int | None:
        for i in places:
            word = self._tokens[i].word
            if any(
                (r.pos in ("noun", "proper") or "deriv_action" in r.tags) and "nom" in r.tags and r.lemma not in _TIMES
                for r in word.likely[:2]
            ) and not (word.predicates or word.is_suspended or word.low in _NO_NOUNS):
                return i
        return None
