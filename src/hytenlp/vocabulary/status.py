"""The status of an action: done, planned or not done, for each clause and for the whole text.

Verb forms say most of it (participles, passive present, conditional), cue words the rest (`statuses.yaml`). The status of the
main clause is the text's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from hytenlp.finnish.words import Word
from hytenlp.vocabulary.matcher import Mention, Token
from hytenlp.vocabulary.sentences import Clause

Status = Literal["tehty", "suunniteltu", "toteutumatta"]


class Evidence(NamedTuple):
    """Why a clause has a status: the code, how sure the cue is, and where it stands."""

    status: Status
    strength: int  # 1: a present form; 2: a past form; 3: a cue
    start: int
    end: int


def clause_status(clause: Clause, tokens: Sequence[Token], cues: Sequence[Mention]) -> Evidence | None:
    """The status that a clause's own words give it; None when nothing tells."""
    own = [cue for cue in cues if clause.start <= cue.tokens[0] < clause.end]
    failed = [cue for cue in own if cue.code == "toteutumatta"]
    if failed:
        return Evidence("toteutumatta", 3, failed[0].start, failed[0].end)
    planned = [cue for cue in own if cue.code == "suunniteltu"]
    done = [cue for cue in own if cue.code == "tehty"]
    past = _first(clause, tokens, _is_past)
    plan = _first(clause, tokens, _is_plan)
    if planned and not (done and done[0].start > planned[0].start and past):
        return Evidence("suunniteltu", 3, planned[0].start, planned[0].end)
    if done:
        return Evidence("tehty", 3, done[0].start, done[0].end)
    if past and not (plan and plan[0] < past[0]):
        return Evidence("tehty", 2, *past)
    if plan:
        return Evidence("suunniteltu", 1, *plan)
    present = _first(clause, tokens, _is_present)
    return Evidence("tehty", 1, *present) if present else None


def text_status(clauses: Sequence[Clause], statuses: Sequence[Evidence | None]) -> Evidence | None:
    """The status of a text: that of its main clause, where a later clause may take a plan back or fulfil it."""
    main = [(c, e) for c, e in zip(clauses, statuses, strict=True) if c.main and e]
    if not main:
        failed = next((e for e in statuses if e and e.status != "tehty" and e.strength == 3), None)
        return failed
    _, first = main[0]
    for clause, evidence in main[1:]:
        if evidence.status == "toteutumatta" and (first.status == "suunniteltu" or first.strength == 1 or clause.link == "mutta" and first.strength < 2):
            return evidence
        if evidence.status == "toteutumatta" and first.strength < 3 and not clause.link:
            return evidence
        if first.status == "suunniteltu" and evidence.status == "tehty" and evidence.strength >= 2 and clause.link in ("mutta", "ja", ""):
            return evidence if clause.link == "mutta" else first
        if first.status == "tehty" and first.strength == 1 and evidence.status == "suunniteltu" and evidence.strength == 3:
            return evidence
    return first


def _first(clause: Clause, tokens: Sequence[Token], test: object) -> tuple[int, int] | None:
    for token in tokens[clause.start : clause.end]:
        if test(token.word):  # type: ignore[operator]
            return token.start, token.start + len(token.word.form)
    return None


def _is_past(word: Word) -> bool:
    return any(r.pos == "verb" and ("past" in r.tags and r.tags & {"3sg", "3pl", "pass"} or "part_past" in r.tags and "nom" in r.tags) for r in word.likely[:3])


def _is_plan(word: Word) -> bool:
    best = word.likely[0] if word.likely else None
    return best is not None and best.pos == "verb" and ({"pass", "pres"} <= best.tags or bool(best.tags & {"cond", "poten"}))


def _is_present(word: Word) -> bool:
    best = word.likely[0] if word.likely else None
    return best is not None and best.pos == "verb" and "pres" in best.tags and bool(best.tags & {"3sg", "3pl"})
