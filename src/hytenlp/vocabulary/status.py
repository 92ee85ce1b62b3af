"""The status of an action: done, planned or not done, for each clause and for the whole text.

Verb forms say most of it (participles, passive present, conditional, abessive), cue words the rest (`statuses.yaml`). The status of
the main clause is the text's; questions, reasons and relative clauses have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from hytenlp.vocabulary.absence import DENIALS as _DENIALS
from hytenlp.vocabulary.absence import Absence
from hytenlp.vocabulary.matcher import Cues, Mention, Token
from hytenlp.vocabulary.names import LONGEST
from hytenlp.vocabulary.sentences import Clause, bare_denial
from hytenlp.vocabulary.subjects import Subjects
from hytenlp.vocabulary.things import AIMS, Things

Status = Literal["tehty", "suunniteltu", "toteutumatta"]
SURE = 4  # the strength of evidence that tells what became of a thing: it hiipui, it waits for money
_LEAVING = frozenset({"jäädä", "jättää", "päättää"})
_REACH = 5  # tokens between a denial and its verb
_OBJECTS = frozenset({"par", "gen", "ela"})  # "lopetti röökin", "lakkasi juomasta"
_GOALS = frozenset({"ill", "all", "tra"})
_ACTIVE_ENDS = frozenset(
    {"lopettaa", "sulkea", "katkaista", "pysäyttää", "keskeyttää", "karsia", "lakkauttaa", "haudata", "pudottaa"}
)
_BREAKS = frozenset({"tauolla", "tauolle"})
_RESTS = frozenset(
    {
        "olla",
        "jäädä",
        "panna",
        "laittaa",
        "siirtyä",
        "siirtää",
        "vetäytyä",
        "mennä",
        "pistää",
        "joutua",
        "jättää",
        "asettaa",
    }
)
_ENDS = frozenset({"lopettaa", "lopahtaa", "loppua", "päättyä"})
_ENDINGS = frozenset({"ends", "ends_thing", "nobody", "dismissed", "unreplaced", "moves", "delays"})  # codes of cues
_WAITS = ("waits", "table", "applied", "wished", "meant")
_AHEAD = ("ahead", "hope")
_TO_COME = frozenset({*_WAITS, *_AHEAD, "deliberates"})
_PREPARING = frozenset(
    {"tilata", "varata", "hakea", "mainostaa", "kutsua", "sopia", "selvittää", "ideoida", "yrittää", "miettiä", "suunnitella",
     "kaavailla", "valmistella", "luvata", "päättää", "esittää", "ehdottaa", "toivoa", "kirjata", "anoa", "merkitä"}
)  # fmt: skip
_DATE = re.compile(r"20\d\d|\d{1,2}/(20)?\d\d|\d{1,2}\.\d{1,2}\.(20\d\d)?")


class Evidence(NamedTuple):
    """Why a clause has a status: the code, how sure the sign is, and where it stands."""

    status: Status
    strength: int  # 1: a verb in the present; 2: one in the past; 3: a cue, or a participle that opens the text; SURE
    start: int
    end: int
    known: bool = True  # whether what stands there tells it; a verb of which nothing is known is only the default


class StatusReader:
    """Reads the status of one text.

    Args:
        tokens: its tokens.
        clauses: its clauses.
        mentions: its mentions, those of statuses among them.
        cues: its cues.
    """

    def __init__(
        self, tokens: Sequence[Token], clauses: Sequence[Clause], mentions: Sequence[Mention], cues: Cues
    ) -> None:
        self._tokens = tokens
        self._clauses = clauses
        self._cues = cues
        codes = cues.codes
        self._statuses = [mention for mention in mentions if mention.kind == "status"]
        self._subjects = Subjects(tokens, clauses, mentions, cues)
        self._things = Things(tokens, mentions, self._subjects)
        denials = [i for i, token in enumerate(tokens) if token.word.low in _DENIALS]
        self._absence = Absence(tokens, clauses, cues, self._subjects, denials)
        self._predicates = [
            (i, token) for i, token in enumerate(tokens) if token.word.predicates and not self._opens_name(i)
        ]
        self._may_end = bool(denials) or not codes.isdisjoint(_ENDINGS)
        self._may_miss = self._absence.may_tell or "unreplaced" in codes
        self._may_owe = "deadline" in codes and any(token.word.low == "on" for token in tokens)
        self._may_wait = self._may_owe or not codes.isdisjoint(_TO_COME)
        self._may_tell = self._may_end or self._may_wait or self._may_miss or bool(self._statuses) or "start" in codes
        self._fates: list[Clause] = []  # clauses that tell what became of a thing
        self._absences: list[Clause] = []  # ... and that it is not there
        self._led_up: dict[int, Evidence] = {}  # clauses, by their start, whose failure only leads up to what was done
        may_ask = "question" in codes or any(t.mark == "?" or "ko" in t.word.tags for t in tokens)
        self._asks = [may_ask and self._is_question(clause) for clause in clauses]
        self.by_clause = [
            None if asks else self._clause(clause) for clause, asks in zip(clauses, self._asks, strict=True)
        ]
        self.evidence = self._text()

    def clause_status(self, token: int) -> Evidence | None:
        """The status of the clause that a token stands in; None where nothing tells.

        A clause that only leads up to what was done has its own where it names what failed and the other its own concern: "vaikka
        uniluento peruuntui, ruutuaikailta onnistui", "huumeluento ei toteutunut, joten ...".
        """
        for clause, evidence in zip(self._clauses, self.by_clause, strict=True):
            if clause.start <= token < clause.end:
                if clause.main and clause.start not in self._led_up:
                    return evidence
                failed = self._led_up.get(clause.start) or (evidence if clause.link in ("vaikka", "kun") else None)
                if failed and failed.status == "toteutumatta" and self._things.is_compound(token):
                    own = self._things.topics(clause)
                    others = (self._things.topics(c) for c in self._clauses if c is not clause and c.main)
                    apart = any(topics and topics.isdisjoint(own) for topics in others)
                    return failed._replace(strength=SURE) if apart else None
                return None
        return None

    # -- one clause --------------------------------------------------------------------------------------------------

    def _clause(self, clause: Clause) -> Evidence | None:
        if not (self._may_tell or any(clause.start <= i < clause.end for i, _ in self._predicates)):
            return None
        failed = self._stated("toteutumatta", clause)
        if self._may_miss and (missing := self._missing(clause, failed is not None)):
            return Evidence("toteutumatta", SURE, *missing)
        if failed:
            told = Evidence("toteutumatta", 3, failed.start, failed.end)
            if not self._is_contrast(clause):
                return told
            self._led_up[clause.start] = told
        if (left := self._verb(clause, "undone")) and self._leaves(clause):
            return Evidence("toteutumatta", 3, *left)
        planned, done = self._stated("suunniteltu", clause), self._stated("tehty", clause)
        if self._may_end and (ended := self._ended(clause) or self._put_off(clause) or self._denied(clause)):
            self._fates.append(clause)
            return Evidence("toteutumatta", SURE, *ended)
        if self._may_wait and (waiting := self._waiting(clause) or self._ahead(clause)):
            return Evidence("suunniteltu", SURE, *waiting)
        past = self._verb(clause, "past")
        if planned and not (done and done.start > planned.start and past):
            return Evidence("suunniteltu", 3, planned.start, planned.end)
        if past:
            if done:
                return Evidence("tehty", 3, done.start, done.end)
            doing = None if self._denies(clause) else self._doing_in(clause)
            return Evidence("tehty", 3 if self._opens(past) else 2, *(doing or past), doing is not None)
        habit = self._cue("habit", clause)
        plan, present = self._verb(clause, "plan"), self._verb(clause, "present")
        predicate = plan or present
        if predicate and not habit and (self._cue("time", clause) or self._date(clause)):
            return Evidence("suunniteltu", 3, *predicate)
        if (start := self._cue("start", clause)) and (predicate or not (habit or done)):
            return Evidence("suunniteltu", 3, start.start, start.end)
        if done:
            return Evidence("tehty", 3, done.start, done.end)
        if plan and not habit and not self._describes(clause, plan):
            return Evidence("suunniteltu", 2, *plan)
        return Evidence("tehty", 1, *present, self._is_doing(present)) if present else None

    def _leaves(self, clause: Clause) -> bool:
        """Whether a clause tells that something was left as it was; not "yhtään asiaa ei jäänyt hoitamatta"."""
        return any(
            not _LEAVING.isdisjoint(self._tokens[i].word.lemmas)
            and all(t.word.low not in _DENIALS for t in self._tokens[max(clause.start, i - 2) : i])
            for i in range(clause.start, clause.end)
        )

    # What clauses tell beside each other.

    def _follows_done(self, clause: Clause) -> bool:
        """Whether a clause with an "ei" and no verb takes up one that tells of something done, and names something of its own."""
        sentence = self._tokens[clause.start].sentence
        named = bool(self._things.topics(clause)) or any(
            self._absence.is_offer(i) for i in range(clause.start, clause.end)
        )
        return named and any(
            c.main and c.end <= clause.start and self._tokens[c.start].sentence == sentence and self._verb(c, "past")
            for c in self._clauses
        )

    def _one_done(self, told: Sequence[tuple[Clause, Evidence]]) -> Evidence | None:
        """What was done where other clauses tell what was not, of something else: "velkailta pidettiin, unipäivä peruttiin"."""
        others = [(c, e) for c, e in told if e.status != "tehty" and e.strength >= 3]
        if not others or any(self._unreplaced(c) for c, _ in others):
            return None
        for clause, evidence in told:
            if (
                evidence.status == "tehty"
                and self._completes(clause)
                and all(self._things.are_two(clause, c, e.status == "suunniteltu") for c, e in others)
            ):
                return evidence._replace(strength=SURE)
        return None

    def _completes(self, clause: Clause) -> bool:
        """Whether a clause tells of something done that was no mere preparation."""
        return not self._denies(clause) and any(
            clause.start <= i < clause.end
            and "past" in token.word.predicates
            and self._is_doing(self._place(i))
            and _PREPARING.isdisjoint(token.word.lemmas)
            for i, token in self._predicates
        )

    # What becomes of the thing that a clause tells of.

    def _missing(self, clause: Clause, failed: bool) -> tuple[int, int] | None:
        """What tells that something is not there, that an "ei" takes it out of what was done, or that nobody replaced who left."""
        denied = bare_denial(self._tokens, clause.start, clause.end)
        if denied is not None and self._follows_done(clause):
            self._absences.append(clause)
            return self._place(denied)
        absent = self._absence.told(clause)
        if absent and not self._is_contrast(clause) and not (self._verb(clause, "past") and self._was_mended(clause)):
            if not failed:
                self._absences.append(clause)
            return absent
        unreplaced = self._unreplaced(clause)
        if unreplaced:
            self._fates.append(clause)
        return unreplaced

    def _ended(self, clause: Clause) -> tuple[int, int] | None:
        """The verb or idiom by which a thing ended or rests, or nobody came: "kerho hiipui", "ruokapankki suljettiin"."""
        if not clause.main or self._tokens[clause.start].word.low == "kunhan":
            return None
        for code in ("ends", "ends_thing"):
            for cue in self._cues_of(code, clause):
                denied = self._tokens[cue.tokens[0]].word.low in _DENIALS
                at = cue.tokens[0] if denied else self._verb_of(cue)
                if at is not None and not self._is_spared(code, at, clause):
                    return cue.start, cue.end
        for cue in self._cues_of("dismissed", clause):
            subject = self._subjects.of(clause, cue.tokens[0])
            dismissed = subject is not None and self._subjects.has_cue("staff", subject)
            if dismissed and not self._is_attribute_of(cue.tokens[0], clause) and not self._goes_on(clause):
                return cue.start, cue.end
        for cue in self._cues_of("nobody", clause):
            if clause.link not in ("eikä", "ja") and not self._goes_on(clause) and not self._was_done_before(clause):
                return cue.start, cue.end
        return None

    def _unreplaced(self, clause: Clause) -> tuple[int, int] | None:
        """That nobody took the place of somebody who left: "kuraattori vaihtoi työtä, uutta ei ole löydetty"."""
        if "unreplaced" not in self._cues.codes:
            return None
        for cue in self._cues_of("unreplaced", clause):
            before = range(clause.start)
            left = any(self._subjects.has_cue("staff", i) and "nom" in self._tokens[i].word.tags for i in before)
            if left and clause.main and not self._goes_on(clause):
                return cue.start, cue.end
        return None

    def _is_spared(self, code: str, at: int, clause: Clause) -> bool:
        """Whether a verb of ending tells no end of an action: by its voice, by what it is said of, or by what stands beside it."""
        word = self._tokens[at].word
        if (
            self._is_attribute_of(at, clause)
            or self._stops_doing(at, clause)
            or any(t.word.low in _DENIALS for t in self._tokens[max(clause.start, at - 3) : at])
        ):
            return True
        subject = self._subjects.of(clause, at)
        if subject is None:
            return code == "ends_thing"
        if self._subjects.is_other(subject):
            return True
        if code == "ends":
            return False
        if word.low in _DENIALS or "kadota" in word.lemmas:
            used = any(
                self._subjects.is_trouble(i) and "par" in self._tokens[i].word.tags for i in range(at, clause.end)
            )
            return used or not self._absence.is_offer(subject)
        return (
            not self._subjects.is_thing(subject)
            or (
                bool(_ACTIVE_ENDS.intersection(word.lemmas))
                and "pass" not in word.tags
                and ("lopettaa" not in word.lemmas or self._has_object(at, clause))
            )
            or self._cue("not_resting", clause) is not None
            or self._was_held(subject, at, clause)
        )

    def _has_object(self, at: int, clause: Clause) -> bool:
        """Whether a verb has an object after it: "ryhmä lopetti vapettamisen", not "ryhmä lopetti rahapulan vuoksi"."""
        for i in range(at + 1, clause.end):
            readings = self._tokens[i].word.likely[:1]
            if any(r.pos in ("noun", "pronoun", "verb") and not _OBJECTS.isdisjoint(r.tags) for r in readings):
                following = self._tokens[i + 1].word.likely[:2] if i + 1 < clause.end else ()
                if not any(r.pos == "adposition" for r in following):
                    return True
        return False

    def _put_off(self, clause: Clause) -> tuple[int, int] | None:
        """The verb by which a thing moved to another time, or without saying where: "luento siirtyi", not "siirtyi kouluille"."""
        if not clause.main:
            return None
        for code in ("moves", "delays"):
            for cue in self._cues_of(code, clause):
                at = self._verb_of(cue)
                if at is None or self._is_attribute_of(at, clause):
                    continue
                subject = self._subjects.of(clause, at)
                if subject is None or not self._subjects.is_thing(subject):
                    continue
                goal = next((i for i in range(at + 1, clause.end) if self._leads_to(i)), None)
                if goal is None and code == "moves":
                    before = range(subject + 1, at)  # where "hoitajille" tells for whom it was
                    goal = next(
                        (i for i in before if self._leads_to(i) and "all" not in self._tokens[i].word.tags), None
                    )
                    if goal is None:
                        return cue.start, cue.end
                if goal is not None and self._subjects.has_cue("later", goal):
                    return cue.start, cue.end
        return None

    def _leads_to(self, at: int) -> bool:
        """Whether a word says where or until when something moves."""
        word = self._tokens[at].word
        describes = any(r.pos == "adjective" or any(t.startswith("part_") for t in r.tags) for r in word.likely[:1])
        if describes and "tra" not in word.tags:
            return False
        return not _GOALS.isdisjoint(word.tags) or (self._subjects.has_cue("later", at) and "gen" not in word.tags)

    def _denied(self, clause: Clause) -> tuple[int, int] | None:
        """The denied past main verb of a thing: "ystäväpiiri ei pyörinyt", "kyselyä ei lähetetty"."""
        if not clause.main or self._is_contrast(clause):
            return None
        if clause.link not in ("", "mutta") or (clause.link == "" and self._was_done_before(clause)):
            return None
        for i in range(clause.start, clause.end):
            if self._tokens[i].word.low not in _DENIALS:
                continue
            for j in range(i + 1, min(i + 1 + _REACH, clause.end)):
                word = self._tokens[j].word
                if word.form[:1] == "-":
                    break  # "Ei lyödä -sopimus"
                if "past" in word.predicates and "part_past" in word.tags:
                    harmless = any(j in cue.tokens for cue in self._cues("harmless"))
                    told_of = self._subjects.thing_in(clause, j + _REACH)
                    if told_of is None and "pass" in word.tags:
                        told_of = self._subjects.denied_object(clause, i)
                    if not harmless and told_of is not None:
                        return self._tokens[i].start, self._tokens[j].place(len(word.form))
                    break
        return None

    def _waiting(self, clause: Clause) -> tuple[int, int] | None:
        """What a thing waits for, who has it on the table, that money was asked for it: it is only planned."""
        for code in _WAITS:
            for cue in self._cues_of(code, clause):
                at = self._verb_of(cue)
                if at is None and code in ("waits", "wished", "meant"):
                    continue
                at = cue.tokens[0] if at is None else at
                if self._is_attribute_of(at, clause):
                    continue
                subject = self._subjects.of(clause, at)
                if code == "waits" and subject is not None and self._subjects.is_other(subject):
                    continue
                if code != "applied":
                    self._fates.append(clause)
                return cue.start, cue.end
        return None

    def _ahead(self, clause: Clause) -> tuple[int, int] | None:
        """What is hoped for, comes next, must be done by some day, or is turned over: "toiveissa ...", "on käytävä ennen joulua"."""
        if not clause.main or self._verb(clause, "past") or self._denies(clause):
            return None
        for code in _AHEAD:
            for cue in self._cues_of(code, clause):
                if code == "ahead" or cue.tokens[0] == clause.start:
                    return cue.start, cue.end
        if self._may_owe and self._cue("deadline", clause):
            for i in range(clause.start + 1, clause.end):
                if self._is_necessary(i):
                    return self._place(i)
        for cue in self._cues_of("deliberates", clause):
            following = next((c for c in self._clauses if c.start >= clause.end), None)
            if following and self._is_question(following) and self._verb(following, "plan"):
                return cue.start, cue.end
        return None

    def _is_necessary(self, at: int) -> bool:
        """Whether a word is what "on" makes a duty: "on suoritettava"."""
        duty = any({"part_pres", "pass", "nom"} <= r.tags for r in self._tokens[at].word.likely)
        return duty and any(t.word.low == "on" for t in self._tokens[max(0, at - 3) : at])

    def _verb_of(self, cue: Mention) -> int | None:
        """The token of a cue that is a predicate."""
        return next((i for i in cue.tokens if self._tokens[i].word.predicates), None)

    def _was_done_before(self, clause: Clause) -> bool:
        """Whether a clause before this one tells of something done."""
        return any(
            c.end <= clause.start and (self._does(c) or (c.main and self._verb(c, "present"))) for c in self._clauses
        )

    def _goes_on(self, clause: Clause) -> bool:
        """Whether something was done after what a clause tells."""
        return any(c.start >= clause.end and self._does(c) for c in self._clauses)

    def _was_mended(self, clause: Clause) -> bool:
        """Whether something happened after what was not there in the past: "vastuutaho puuttui – perustettiin palaveri"."""
        return any(
            c.main and c.start >= clause.end and self._verb(c, "past") and not self._denies(c) for c in self._clauses
        )

    def _is_attribute_of(self, at: int, clause: Clause) -> bool:
        """Whether a participle only describes the noun after it: "hiipunut kerho herätettiin", "avattiin suljettu ryhmä"."""
        if at + 1 >= clause.end or not any(
            t.startswith("part_p") for r in self._tokens[at].word.likely for t in r.tags
        ):
            return False
        if not any(r.pos == "noun" and "nom" in r.tags for r in self._tokens[at + 1].word.likely[:2]):
            return False
        sentence = self._tokens[at].sentence
        other = any(
            i != at and t.sentence == sentence and not t.word.predicates.isdisjoint({"past", "present"})
            for i, t in self._predicates
        )
        return other or at > clause.start

    def _is_doing(self, verb: tuple[int, int]) -> bool:
        """Whether the verb at a place is known as one of doing."""
        return any(cue.start == verb[0] for cue in self._cues("doing"))

    def _place(self, at: int) -> tuple[int, int]:
        token = self._tokens[at]
        return token.start, token.start + len(token.word.form)

    def _cues_of(self, code: str, clause: Clause) -> Iterator[Mention]:
        return (cue for cue in self._cues(code) if clause.start <= cue.tokens[0] < clause.end)

    def _describes(self, clause: Clause, verb: tuple[int, int]) -> bool:
        """Whether a clause tells what the thing named before it is like: "Kielikahvila, puhutaan hitaasti", "Piirissä ommellaan"."""
        at = next(i for i in range(clause.start, clause.end) if self._tokens[i].start == verb[0])
        if at > clause.start and any(at in cue.tokens for cue in self._cues("activity")):
            return True
        return any(i and self._tokens[i - 1].mark in (":", "–", "—", ",") for i in (clause.start, at))

    def _denies(self, clause: Clause) -> bool:
        return any("ei" in token.word.lemmas for token in self._span(clause))

    def _is_contrast(self, clause: Clause) -> bool:
        """Whether a denial only leads up to what was done: "Uutta sääntöä ei luotu, vaan ..."."""
        following = next((c for c in self._clauses if c.start >= clause.end), None)
        if following is None or not self._denies(clause):
            return False
        return following.link == "vaan" or (following.link == "joten" and self._does(following))

    def _does(self, clause: Clause) -> bool:
        """Whether a clause tells of something done."""
        return clause.main and not self._denies(clause) and self._doing_in(clause) is not None

    def _doing_in(self, clause: Clause) -> tuple[int, int] | None:
        """The first verb in the past that is known as one of doing."""
        for i, token in self._predicates:
            if clause.start <= i < clause.end and "past" in token.word.predicates and self._is_doing(self._place(i)):
                return self._place(i)
        return None

    def _span(self, clause: Clause) -> Sequence[Token]:
        return self._tokens[clause.start : clause.end]

    def _opens(self, verb: tuple[int, int]) -> bool:
        return verb[0] == self._tokens[0].start

    def _cue(self, code: str, clause: Clause) -> Mention | None:
        """The first cue of a code in a clause."""
        return next(self._cues_of(code, clause), None)

    def _stated(self, status: Status, clause: Clause) -> Mention | None:
        """The first word of a clause that tells a status."""
        for told in self._statuses:
            if (
                told.code == status
                and clause.start <= told.tokens[0] < clause.end
                and not (
                    self._is_attribute(told)
                    or self._opens_subject(told, clause)
                    or self._adds_aim(told, clause)
                    or self._was_once(told)
                    or (status == "toteutumatta" and self._tells_else(told, clause))
                )
            ):
                return told
        return None

    def _adds_aim(self, cue: Mention, clause: Clause) -> bool:
        """Whether an aim only hangs on a thing named before it: "Unihaaste, tavoitteena kahdeksan tuntia yössä"."""
        at = cue.tokens[0]
        return (
            at > 0
            and self._tokens[at - 1].mark == ","
            and self._tokens[at].word.low in AIMS
            and not any(t.word.low == "on" for t in self._span(clause))
        )

    def _was_once(self, cue: Mention) -> bool:
        """Whether a plan is what the thing was before: "haaveena ollut kahvila avattiin"."""
        following = self._tokens[cue.tokens[-1] + 1 : cue.tokens[-1] + 2]
        return any("olla" in t.word.lemmas and t.word.low[:3] == "oll" for t in following)

    def _tells_else(self, cue: Mention, clause: Clause) -> bool:
        """Whether what ended is a trouble or a course that was held, or a break is when something was done."""
        if self._tokens[cue.tokens[0]].word.low in _BREAKS:
            return any(clause.start <= i < clause.end and _RESTS.isdisjoint(t.word.lemmas) for i, t in self._predicates)
        at = self._verb_of(cue)
        if at is not None and (self._stops_doing(at, clause) or self._is_averted(cue, clause)):
            return True
        if at is None or len(cue.tokens) > 1 or _ENDS.isdisjoint(self._tokens[at].word.lemmas):
            return False
        if (
            "pass" not in self._tokens[at].word.tags
            and any(self._subjects.is_trouble(i) for i in range(at + 1, clause.end))
            and self._cue("early", clause) is None
        ):
            return True
        subject = self._subjects.of(clause, at)
        return subject is not None and (self._subjects.is_other(subject) or self._was_held(subject, at, clause))

    def _is_averted(self, cue: Mention, clause: Clause) -> bool:
        """Whether a verb of failing is denied: "kukaan ei jättänyt kerhoa kesken", "retkeä ei peruttu"."""
        first = cue.tokens[0]
        word = self._tokens[first].word
        return (
            "ei" not in word.lemmas
            and not word.tags.isdisjoint(("conneg", "part_past"))
            and any(t.word.low in _DENIALS for t in self._tokens[max(clause.start, first - 3) : first])
        )

    def _stops_doing(self, at: int, clause: Clause) -> bool:
        """Whether people stop doing something: "lakkasi pelkäämästä"."""
        following = self._tokens[at + 1 : clause.end]
        return "lakata" in self._tokens[at].word.lemmas and any({"inf3", "ela"} <= t.word.tags for t in following)

    def _was_held(self, subject: int, at: int, clause: Clause) -> bool:
        """Whether something of fixed length came to its end in its own time."""
        ended = "päättyä" in self._tokens[at].word.lemmas
        return ended and self._subjects.has_cue("fixed", subject) and self._cue("early", clause) is None

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
        for token in self._tokens[at + 1 : at + LONGEST]:
            if token.capital or token.mark:
                return False
            if token.word.is_joined:
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
        if "ko" in self._tokens[clause.start].word.tags or any(
            token.mark == "?" for token in self._tokens[clause.end - 1 : clause.end + 1]
        ):
            return True
        starts = (clause.start, clause.start + (clause.link in ("ja", "sekä")))  # "ja minne soitetaan"
        return any(cue.tokens[0] in starts for cue in self._cues("question"))

    # -- the whole text ----------------------------------------------------------------------------------------------

    def _text(self) -> Evidence | None:
        """The status of the main clause, where a later clause may take a plan back."""
        pairs = [
            (clause, evidence) for clause, evidence in zip(self._clauses, self.by_clause, strict=True) if clause.main
        ]
        told = [(clause, evidence) for clause, evidence in pairs if evidence]
        joined = any(clause.link for clause in self._clauses)
        if joined and self._intent_failed():
            mutta = next(c for c in self._clauses if c.link == "mutta")
            failed = next((e for c, e in pairs if e and e.status == "toteutumatta"), None)
            token = self._tokens[mutta.start]
            self.by_clause = [
                None if e and e.status == "suunniteltu" and c.start < mutta.start else e
                for c, e in zip(self._clauses, self.by_clause, strict=True)
            ]
            return failed or Evidence("toteutumatta", 3, token.start, token.start + len(token.word.form))
        if joined and (decided := self._decided() or self._reported() or self._conditional() or self._once()):
            return decided
        if not told:
            return None
        if len(told) > 1 and (done := self._one_done(told)):
            return done
        first = told[0][1]
        if changed := self._changed(told):
            return changed
        fates = [c for c in (*self._fates, *self._absences) if c is not told[0][0]]  # what became of another thing
        for status in ("toteutumatta", "suunniteltu"):
            found = next(
                (
                    e
                    for c, e in told
                    if e.status == status
                    and e.strength >= 3
                    and not (first.known and e is not first and (c in fates or self._only_adds(c)))
                ),
                None,
            )
            if found and (first.status == status or first.strength < 3):
                return found
        if first.status == "suunniteltu" and first.strength < 3:
            return next((e for _, e in told if e.status == "tehty" and e.strength >= 3), first)
        if first.status == "tehty" and not first.known:  # a later clause may say it by itself
            said = next((e for _, e in told if e.status == "tehty" and e.known), first)
            return first._replace(start=said.start, end=said.end, known=said.known)
        return first

    def _only_adds(self, clause: Clause) -> bool:
        """Whether a later clause tells of something more, or of what did not follow: "toinen rekrytoidaan", "eikä kaikille riittänyt"."""
        return clause.link in ("eikä", "eivätkä") or self._cue("another", clause) is not None

    def _intent_failed(self) -> bool:
        """As in "Kampanjan piti tuoda vapaaehtoisia, mutta ..."."""
        mutta = next((c for c in self._clauses if c.link == "mutta"), None)
        return mutta is not None and any(cue.tokens[0] < mutta.start for cue in self._cues("intent"))

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
        for cue in self._cues(code):
            following = next(
                (c for c in self._clauses if c.start > cue.tokens[0] and c.link in ("että", "ettei", "etteivät")), None
            )
            if following and not any(
                c.start > cue.tokens[0] and c.end <= following.start and c.main for c in self._clauses
            ):
                yield cue, following

    def _changed(self, told: Sequence[tuple[Clause, Evidence]]) -> Evidence | None:
        """What a later clause makes of the thing that the first one tells of: it ended after all, or something took its place."""
        clause, first = told[0]
        for later, evidence in told[1:]:
            if self._tokens[later.start].sentence != self._tokens[clause.start].sentence:
                break
            if first.status == "toteutumatta" and evidence.status == "tehty" and self._cue("revives", later):
                at = next((i for i in range(later.start, later.end) if self._tokens[i].start == evidence.start), None)
                subject = None if at is None else self._subjects.own(later, at)
                if subject is None or not self._subjects.is_trouble(subject):
                    other = self._things.are_two(later, clause, planned=False)
                    return evidence._replace(strength=SURE) if other else evidence
            if first.status == "tehty" and evidence.status == "toteutumatta" and evidence.strength >= 3:
                places = range(later.start, later.end)  # of evidence inside the last word none begins after it
                at = next((i for i in places if self._tokens[i].start >= evidence.start), places[-1])
                if later in self._fates and self._subjects.own(later, at) is None:
                    return evidence
        return None

    def _once(self) -> Evidence | None:
        """As in "Neuvonta starttaa, kun tilat löytyvät": what is in the present waits for something in the present."""
        mains = [(c, e) for c, e in zip(self._clauses, self.by_clause, strict=True) if c.main]
        if any(e and e.strength >= 2 for _, e in mains):
            return None
        for clause in self._clauses:
            if clause.link != "kun" or clause.start == 0 or self._verb(clause, "past") or self._denies(clause):
                continue
            met = next(
                (
                    cue
                    for cue in self._cues_of("condition", clause)
                    if not self._tokens[cue.tokens[0]].word.predicates.isdisjoint({"present", "plan"})
                ),
                None,
            )
            main = next((c for c, _ in mains if c.end <= clause.start and self._verb(c, "present")), None)
            if met and main and not self._cue("habit", main):
                at = next(i for i, t in self._predicates if main.start <= i < main.end)
                subject = self._subjects.of(main, at)
                if subject is not None and self._subjects.is_thing(subject):
                    return Evidence("suunniteltu", 3, met.start, met.end)
        return None

    def _conditional(self) -> Evidence | None:
        """As in "Ryhmä alkaa, mikäli ilmoittautuneita on viisi", "... jos rahaa saadaan": a condition on what is in the present."""
        condition = next(
            (
                c
                for c in self._clauses
                if c.link in ("mikäli", "kunhan")
                or (c.link == "jos" and self._stated("suunniteltu", c) and not self._denies(c))
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
