"""The status of an action: done, planned or not done, for each clause and for the whole text.

Verb forms say most of it (participles, passive present, conditional, abessive), cue words the rest (`statuses.yaml`). The status of
the main clause is the text's; questions, reasons and relative clauses have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from hytenlp.vocabulary.matcher import Mention, Token
from hytenlp.vocabulary.sentences import Clause

Status = Literal["tehty", "suunniteltu", "toteutumatta"]
_LEAVING = frozenset({"jäädä", "jättää", "päättää"})
_NAME = 6  # a name that opens with a verb is at most so many words long
_AIMS = frozenset({"tavoitteena", "tarkoituksena", "päämääränä"})
_DATE = re.compile(r"20\d\d|\d{1,2}/(20)?\d\d|\d{1,2}\.\d{1,2}\.(20\d\d)?")


class Evidence(NamedTuple):
    """Why a clause has a status: the code, how sure the sign is, and where it stands."""

    status: Status
    strength: int  # 1: a verb in the present; 2: a verb in the past; 3: a cue, or a past participle that opens the text
    start: int
    end: int


class StatusReader:
    """Reads the status of one text.

    Args:
        tokens: its tokens.
        clauses: its clauses.
        mentions: its mentions, those of statuses and cues among them.
    """

    def __init__(self, tokens: Sequence[Token], clauses: Sequence[Clause], mentions: Sequence[Mention]) -> None:
        self._tokens = tokens
        self._clauses = clauses
        self._cues: dict[str, list[Mention]] = {}
        for mention in mentions:
            if mention.kind in ("status", "cue"):
                self._cues.setdefault(mention.code, []).append(mention)
        self._predicates = [
            (i, token) for i, token in enumerate(tokens) if token.word.predicates and not self._opens_name(i)
        ]
        self._asks = [self._is_question(clause) for clause in clauses]
        self.by_clause = [
            None if asks else self._clause(clause) for clause, asks in zip(clauses, self._asks, strict=True)
        ]
        self.evidence = self._text()

    def clause_status(self, token: int) -> Evidence | None:
        """The status of the main clause that a token stands in; None in other clauses and where nothing tells."""
        for clause, evidence in zip(self._clauses, self.by_clause, strict=True):
            if clause.start <= token < clause.end:
                return evidence if clause.main else None
        return None

    # -- one clause --------------------------------------------------------------------------------------------------

    def _clause(self, clause: Clause) -> Evidence | None:
        failed = self._cue("toteutumatta", clause)
        if failed and not self._is_contrast(clause):
            return Evidence("toteutumatta", 3, failed.start, failed.end)
        if (left := self._verb(clause, "undone")) and any(
            not _LEAVING.isdisjoint(t.word.lemmas) for t in self._span(clause)
        ):
            return Evidence("toteutumatta", 3, *left)
        planned, done = self._cue("suunniteltu", clause), self._cue("tehty", clause)
        past = self._verb(clause, "past")
        if planned and not (done and done.start > planned.start and past):
            return Evidence("suunniteltu", 3, planned.start, planned.end)
        ahead = self._cue("time", clause) or self._date(clause)
        habit = self._cue("habit", clause)
        plan = self._verb(clause, "plan")
        present = self._verb(clause, "present")
        if ahead and not past and not habit and (plan or present):
            return Evidence("suunniteltu", 3, *(plan or present or (0, 0)))
        if not past and (start := self._cue("start", clause)) and (plan or present or not (habit or done)):
            return Evidence("suunniteltu", 3, start.start, start.end)
        if done:
            return Evidence("tehty", 3, done.start, done.end)
        if past:
            return Evidence("tehty", 3 if self._opens(past) else 2, *past)
        if plan and not habit and not self._describes(clause, plan):
            return Evidence("suunniteltu", 2, *plan)
        return Evidence("tehty", 1, *present) if present else None

    def _describes(self, clause: Clause, verb: tuple[int, int]) -> bool:
        """Whether a clause tells what the thing named before it is like: "Kielikahvila, puhutaan hitaasti", "Piirissä ommellaan"."""
        at = next(i for i in range(clause.start, clause.end) if self._tokens[i].start == verb[0])
        if at > clause.start and any(at in cue.tokens for cue in self._cues.get("activity", ())):
            return True
        return any(i and self._tokens[i - 1].mark in (":", "–", "—", ",") for i in (clause.start, at))

    def _denies(self, clause: Clause) -> bool:
        return any("ei" in token.word.lemmas for token in self._span(clause))

    def _is_contrast(self, clause: Clause) -> bool:
        """Whether a denial only leads up to what was done: "Uutta sääntöä ei luotu, vaan ..."."""
        following = next((c for c in self._clauses if c.start >= clause.end), None)
        return following is not None and following.link == "vaan" and self._denies(clause)

    def _span(self, clause: Clause) -> Sequence[Token]:
        return self._tokens[clause.start : clause.end]

    def _opens(self, verb: tuple[int, int]) -> bool:
        return verb[0] == self._tokens[0].start

    def _cue(self, code: str, clause: Clause) -> Mention | None:
        for cue in self._cues.get(code, ()):
            if clause.start <= cue.tokens[0] < clause.end and (
                cue.kind == "cue"
                or not (self._is_attribute(cue) or self._opens_subject(cue, clause) or self._adds_aim(cue, clause))
            ):
                return cue
        return None

    def _adds_aim(self, cue: Mention, clause: Clause) -> bool:
        """Whether an aim only hangs on a thing named before it: "Unihaaste, tavoitteena kahdeksan tuntia yössä"."""
        at = cue.tokens[0]
        return (
            at > 0
            and self._tokens[at - 1].mark == ","
            and self._tokens[at].word.low in _AIMS
            and not any(t.word.low == "on" for t in self._span(clause))
        )

    def _is_attribute(self, cue: Mention) -> bool:
        """Whether a cue is a participle that describes a noun: "lakkautetun sahan", "peruttujen vuorojen"."""
        if "=" in cue.entry:
            return False
        word = self._tokens[cue.tokens[0]].word
        readings = [r for r in word.likely if r.pos in ("verb", "participle", "adjective")]
        return bool(readings) and all(
            (r.pos != "verb" or any(t.startswith("part_") for t in r.tags))
            and "nom" not in r.tags
            and "conneg" not in r.tags
            for r in readings
        )

    def _opens_subject(self, cue: Mention, clause: Clause) -> bool:
        """Whether a participle describes the subject of a verb that follows: "Peruttu konsertti järjestettiin uudelleen"."""
        at = cue.tokens[-1]
        if len(cue.tokens) > 1 or at + 1 >= clause.end or "nom" not in self._tokens[at].word.tags:
            return False
        noun = self._tokens[at + 1].word
        named = any(r.pos == "noun" and "nom" in r.tags for r in noun.likely)
        return named and any(at + 1 < i < clause.end and "past" in t.word.predicates for i, t in self._predicates)

    def _opens_name(self, at: int) -> bool:
        """Whether a verb belongs to a name that the text opens with: "Luetaan yhdessä -piiri"."""
        if at and self._tokens[at - 1].sentence == self._tokens[at].sentence:
            return False
        for token in self._tokens[at + 1 : at + _NAME]:
            if token.capital or token.mark:
                return False
            if token.word.form[:1] == "-" and len(token.word.form) > 1:
                return True
        return False

    def _date(self, clause: Clause) -> tuple[int, int] | None:
        for token in self._span(clause):
            if token.word.form[:1].isdigit() and _DATE.fullmatch(token.word.form):
                return token.start, token.start + len(token.word.form)
        return None

    def _verb(self, clause: Clause, sign: str) -> tuple[int, int] | None:
        for i, token in self._predicates:
            if clause.start <= i < clause.end and sign in token.word.predicates:
                return token.start, token.start + len(token.word.form)
        return None

    def _is_question(self, clause: Clause) -> bool:
        after = self._tokens[clause.end : clause.end + 1]
        ends = self._tokens[clause.end - 1].mark == "?" or bool(after and after[0].mark == "?")
        first = self._tokens[clause.start].word
        starts = (clause.start, clause.start + (clause.link in ("ja", "sekä")))  # "ja minne soitetaan"
        asked = any(cue.tokens[0] in starts for cue in self._cues.get("question", ()))
        return ends or asked or "ko" in first.tags

    # -- the whole text ----------------------------------------------------------------------------------------------

    def _text(self) -> Evidence | None:
        """The status of the main clause, where a later clause may take a plan back."""
        pairs = [
            (clause, evidence) for clause, evidence in zip(self._clauses, self.by_clause, strict=True) if clause.main
        ]
        told = [(clause, evidence) for clause, evidence in pairs if evidence]
        if self._intent_failed():
            mutta = next(c for c in self._clauses if c.link == "mutta")
            failed = next((e for c, e in pairs if e and e.status == "toteutumatta"), None)
            token = self._tokens[mutta.start]
            return failed or Evidence("toteutumatta", 3, token.start, token.start + len(token.word.form))
        if decided := self._decided() or self._reported() or self._conditional():
            return decided
        if not told:
            return None
        first = told[0][1]
        for status in ("toteutumatta", "suunniteltu"):
            found = next((e for _, e in told if e.status == status and e.strength == 3), None)
            if found and (first.status == status or first.strength < 3):
                return found
        if first.status == "suunniteltu" and first.strength < 3:
            return next((e for _, e in told if e.status == "tehty" and e.strength == 3), first)
        return first

    def _intent_failed(self) -> bool:
        """As in "Kampanjan piti tuoda vapaaehtoisia, mutta ..."."""
        mutta = next((c for c in self._clauses if c.link == "mutta"), None)
        return mutta is not None and any(cue.tokens[0] < mutta.start for cue in self._cues.get("intent", ()))

    def _decided(self) -> Evidence | None:
        """As in "Päätettiin, että hoitaja kutsuu ...", "päätti, ettei ... makseta", "esitti, että ... palkataan"."""
        for cue, following in (*self._contents("decision"), *self._contents("proposal")):
            if following.link != "että":
                if cue.code == "decision":
                    return Evidence("toteutumatta", 3, cue.start, cue.end)
            elif self._verb(following, "plan") or self._verb(following, "present"):
                return Evidence("suunniteltu", 3, cue.start, cue.end)
        return None

    def _reported(self) -> Evidence | None:
        """As in "Merkittiin tiedoksi, että kurssi jäi pitämättä", "todettiin, ettei kameroita hankita"."""
        for cue, following in self._contents("report"):
            if following.link != "että" and self._verb(following, "plan"):
                return Evidence("toteutumatta", 3, cue.start, cue.end)
            told = self.by_clause[self._clauses.index(following)]
            if told:
                return told
        return None

    def _contents(self, code: str) -> Iterator[tuple[Mention, Clause]]:
        """Verbs of a cue that no other main clause has followed yet, each with the clause that tells what was said."""
        for cue in self._cues.get(code, ()):
            following = next(
                (c for c in self._clauses if c.start > cue.tokens[0] and c.link in ("että", "ettei", "etteivät")), None
            )
            if following and not any(
                c.start > cue.tokens[0] and c.end <= following.start and c.main for c in self._clauses
            ):
                yield cue, following

    def _conditional(self) -> Evidence | None:
        """As in "Ryhmä alkaa, mikäli ilmoittautuneita on viisi", "... jos rahaa saadaan": a condition on what is in the present."""
        condition = next(
            (
                c
                for c in self._clauses
                if c.link in ("mikäli", "kunhan")
                or (c.link == "jos" and self._cue("suunniteltu", c) and not self._denies(c))
            ),
            None,
        )
        if condition is None or any(
            e and e.strength >= 2 and e.status == "tehty"
            for c, e in zip(self._clauses, self.by_clause, strict=True)
            if c.main
        ):
            return None
        mains = [c for c in self._clauses if c.main]
        if not any(self._verb(c, "plan") or self._verb(c, "present") for c in mains) and condition.link != "jos":
            return None
        token = self._tokens[condition.start]
        return Evidence("suunniteltu", 3, token.start, token.start + len(token.word.form))
