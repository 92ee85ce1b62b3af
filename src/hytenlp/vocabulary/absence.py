"""What a clause says is not there: a service that is denied, lacking or left undone, which nothing done can be.

"Velkaneuvojaa ei kunnassa ole", "ei omaa turvakotia", "yläkoululta puuttuu kuraattori", "päihdetyö on hoitamatta". What an event or
a group does without ("ryhmässä ei ole ohjaajaa"), what others have not either ("vastaavaa neuvontaa ei muualla ole") and what a slogan
denies is no absence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hytenlp.finnish.words import Word
from hytenlp.vocabulary.matcher import Cues, Mention, Token
from hytenlp.vocabulary.names import LONGEST
from hytenlp.vocabulary.sentences import Clause, has_predicate, is_predicate
from hytenlp.vocabulary.subjects import Subjects

DENIALS = frozenset({"ei", "eivät", "emme"})
_BEING = frozenset({"olla", "löytyä", "löytää", "saada", "tarjota", "järjestyä", "järjestää", "syntyä", "toimia"})
#: Denied, these tell that something was not spoken of or nobody taught, unless they tell what an event was about.
_TELLING = frozenset(
    {"käsitellä", "puhua", "kertoa", "keskustella", "mainita", "tiedottaa", "kouluttaa", "opettaa", "ohjeistaa", "opastaa", "neuvoa",
     "osoittaa", "perehdyttää"}
)  # fmt: skip
#: Denied of "kukaan", these tell that nobody gives a service.
_GIVING = frozenset(
    {"vetää", "järjestää", "hoitaa", "ohjata", "pyörittää", "johtaa", "pitää", "tarjota", "tehdä", "antaa"}
)
_LACKS = ("nothing", "neglect", "lack")  # codes of cues
_SETTINGS = frozenset({"ine", "ade", "ess", "abl"})  # cases of when and where
_ON_OFFER = frozenset({"tarjolla", "saatavilla", "käytössä", "käytettävissä"})
_NOTHING = frozenset({"mitään", "ketään", "yhtään", "minkäänlaista", "ainuttakaan"})
_PLACES = frozenset({"ine", "ade"})
_FOR = frozenset({"ill", "all", "gen"})
_FROM = frozenset({"ela", "abl"})
_REACH = 7  # tokens between a denial and its verb
_LIST = 4  # words of what a denial without a verb denies
_WITHOUT = frozenset({"ilman", "vailla"})
_STILL = frozenset({"edelleen", "yhä", "vielä", "kokonaan", "tyystin", "täysin"})


class Absence:
    """The absences of one text.

    Args:
        tokens: its tokens.
        clauses: its clauses.
        cues: its cues.
        subjects: what its predicates tell of.
        denials: the tokens that deny.
    """

    def __init__(
        self,
        tokens: Sequence[Token],
        clauses: Sequence[Clause],
        cues: Cues,
        subjects: Subjects,
        denials: Sequence[int],
    ) -> None:
        self._tokens = tokens
        self._clauses = clauses
        self._cues = cues
        self._subjects = subjects
        self._denials = denials
        self._may_lack = not cues.codes.isdisjoint(_LACKS)
        self.may_tell = bool(denials) or self._may_lack

    def told(self, clause: Clause) -> tuple[int, int] | None:
        """The characters that tell that something is not there; None where nothing does."""
        if not (self.may_tell and clause.main) or clause.link in ("kunhan", "vaan"):
            return None
        for i in self._denials:
            if clause.start <= i < clause.end and not self._opens_name(i):
                if (verb := self._verb_of(i, clause)) is not None:
                    if not self._compares(clause) and self._is_missed(i, verb, clause):
                        return self._between(i, verb)
                elif (noun := self._without_verb(i, clause)) is not None:
                    return self._between(i, noun)
        return self._lacking(clause) if self._may_lack else None

    # -- denials -----------------------------------------------------------------------------------------------------

    def _verb_of(self, at: int, clause: Clause) -> int | None:
        """The verb that a denial denies: "ei ... ole", "ei ole kerrottu"."""
        found = None
        for i in range(at + 1, min(at + 1 + _REACH, clause.end)):
            word = self._tokens[i].word
            if _is_denied_form(word) or ("past" in word.predicates and "part_past" in word.tags):
                if found is None or "past" in word.predicates:
                    found = i
                if "past" in word.predicates:
                    break
            elif found is not None and "olla" not in self._tokens[found].word.lemmas:
                break
        return found

    def _is_missed(self, denial: int, verb: int, clause: Clause) -> bool:
        """Whether what a verb denies is a service, in its own clause and of no event."""
        lemmas = self._tokens[verb].word.lemmas
        if not _TELLING.isdisjoint(lemmas):
            return self._is_untold(verb, clause)
        by_nobody = not _GIVING.isdisjoint(lemmas) and any(
            t.word.low == "kukaan" for t in self._tokens[clause.start : denial]
        )
        if (
            (_BEING.isdisjoint(lemmas) and not by_nobody)
            or self._names_event(clause)
            or self._tokens[verb].word.low == "saa"
        ):
            return False  # "apua ei saa ..." forbids
        words = self._tokens[clause.start : clause.end]
        if any(t.word.low in _ON_OFFER for t in words) and any(t.word.low in _NOTHING for t in words):
            return True
        if "olla" in lemmas and any(self._is_subject(i) for i in range(clause.start, denial)):
            return False  # "kahvila ei ole palvelua vaan seuraa"
        missing = [  # the nearest on either side
            i
            for places in (range(denial - 1, clause.start - 1, -1), range(denial + 1, clause.end))
            if (i := self._first_partitive(places)) is not None
        ]
        if any(self.is_offer(i) for i in missing):
            return True
        return any(self._subjects.has_cue("means", i) for i in missing) and self._is_for_offer(clause)

    def _is_for_offer(self, clause: Clause) -> bool:
        """Whether a clause names a service as that which something would be for: "väkeä muistiryhmiin"."""
        return any(
            self.is_offer(i) and not self._tokens[i].word.tags.isdisjoint(_FOR) for i in range(clause.start, clause.end)
        )

    def _is_untold(self, verb: int, clause: Clause) -> bool:
        """Whether nobody was told or taught anything, and nothing else was done: "vapettamisesta ei ole kerrottu vanhemmille"."""
        if not any({"part_past", "pass", "sg"} <= r.tags for r in self._tokens[verb].word.likely):
            return False
        if any(self._subjects.has_cue("event", i) for i in range(len(self._tokens))):
            return False
        return not any(
            c is not clause
            and c.main
            and (c.start < clause.start or has_predicate(self._tokens, c.start, c.end))
            and not any(c.start <= i < c.end for i in self._denials)
            for c in self._clauses
        )

    def _first_partitive(self, places: Iterable[int]) -> int | None:
        """The first noun in the partitive, up to the next mark."""
        for i in places:
            if self._tokens[i].mark:
                return None
            if self._is_partitive(i):
                return None if i and self._tokens[i - 1].word.low in _WITHOUT else i
        return None

    def _without_verb(self, at: int, clause: Clause) -> int | None:
        """The service that a denial without a verb denies: "ei omaa velkaneuvojaa", "raittiustyö: ei resursseja"."""
        if self._has_verb(clause) or not self._stands_bare(at, clause) or self._names_event(clause):
            return None
        topic = clause.start > 0 and self._tokens[clause.start - 1].mark in (":", "–", "—", "-")
        if topic and self._cues("promise"):
            return None
        if (clause.start and not topic) or has_predicate(self._tokens, 0, clause.start):
            return None
        if any(_is_denied_form(t.word) for t in self._tokens[at + 1 : clause.end]) or self._goes_on(clause):
            return None
        for i in range(at + 1, min(at + 1 + _LIST, clause.end)):
            if self._tokens[i].mark:
                break
            if self._is_partitive(i) and (self.is_offer(i) or self._subjects.has_cue("means", i)):
                meant = self.is_offer(i) or topic or self._is_for_offer(clause)
                return i if meant else None
        return None

    def _has_verb(self, clause: Clause) -> bool:
        """Whether a clause has a finite verb; after a bare "ei" stands none ("ei omaa hoitajaa")."""
        return any(is_predicate(t.word) and "par" not in t.word.tags for t in self._tokens[clause.start : clause.end])

    def _stands_bare(self, at: int, clause: Clause) -> bool:
        """Whether a denial begins its clause or a member of its list, or follows only what says when and where."""
        before = self._tokens[clause.start : at]
        if before and before[-1].mark == ",":
            return before[0].word.low in DENIALS
        return all(
            not _SETTINGS.isdisjoint(token.word.tags) or any(r.pos == "adverb" for r in token.word.likely[:1])
            for token in before
        )

    def _goes_on(self, clause: Clause) -> bool:
        """Whether something is told after a denial that it only leads up to: "ei luentoa, vain kahvia", "ei ohjelmaa: istutaan"."""
        sentence = self._tokens[clause.start].sentence
        for i in range(clause.start, len(self._tokens)):
            if self._tokens[i].word.low in ("vain", "vaan", "mutta", "silti", "ainoastaan"):
                return True
            if i >= clause.end and (
                self._tokens[i].sentence != sentence or self._tokens[i - 1].mark in (":", "–", "—")
            ):
                return self._tokens[i].word.low not in DENIALS
        return False

    def _opens_name(self, at: int) -> bool:
        """Whether a denial belongs to a name: "Ei ohjaajaa, ei sääntöjä -kerho"."""
        return any(token.word.is_joined for token in self._tokens[at + 1 : at + 1 + LONGEST])

    def _compares(self, clause: Clause) -> bool:
        """Whether a clause says that there is no other, none like it, or was none before."""
        return any(clause.start <= cue.tokens[0] < clause.end for cue in self._cues("no_other"))

    def _names_event(self, clause: Clause) -> bool:
        """Whether a clause tells of what an event or a group does without."""
        return any(
            not self._tokens[i].word.tags.isdisjoint(_PLACES) and self._subjects.has_cue("event", i)
            for i in range(clause.start, clause.end)
        )

    def _is_subject(self, at: int) -> bool:
        """Whether a token is a noun or pronoun in the nominative."""
        word = self._tokens[at].word
        return any(r.pos.startswith(("noun", "pronoun", "proper")) and "nom" in r.tags for r in word.likely[:1])

    def _is_partitive(self, at: int) -> bool:
        return any(r.pos in ("noun", "participle") and "par" in r.tags for r in self._tokens[at].word.likely[:1])

    # -- verbs of lack -----------------------------------------------------------------------------------------------

    def _lacking(self, clause: Clause) -> tuple[int, int] | None:
        """The verb or idiom of lack: "puuttuu", "on hoitamatta", "vaiettiin", "tuoli on tyhjä"."""
        for code in _LACKS:
            for cue in self._cues(code):
                if not clause.start <= cue.tokens[0] < clause.end or self._opens_name(cue.tokens[0]):
                    continue
                if code == "lack":
                    tells = self._is_lack(cue, clause)
                else:
                    tells = code == "nothing" or any(self.is_offer(i) for i in range(clause.start, cue.tokens[0]))
                if tells:
                    return cue.start, cue.end
        return None

    def _is_lack(self, cue: Mention, clause: Clause) -> bool:
        """Whether a verb of lack is said of a service."""
        at = cue.tokens[0]
        word = self._tokens[at].word
        if any(self._tokens[i].word.low in DENIALS for i in range(clause.start, at)):
            return False
        places = [i for i in range(clause.start, clause.end) if not self._tokens[i].word.tags.isdisjoint(_FROM)]
        if "puuttua" in word.lemmas:
            return self._is_wanting(at, places, clause)
        if "undone" in word.predicates:
            subject = self._subjects.before(clause, at)
            return (
                subject is not None
                and self.is_offer(subject)
                and any("olla" in self._tokens[i].word.lemmas for i in range(subject + 1, at))
            )
        # it was forgotten, or passed over in silence: "nuuska unohtui valistuksesta", "kiusaamisesta vaiettiin"
        if "vaieta" in word.lemmas:
            return bool(places)
        return any(self.is_offer(i) for i in places if "ela" in self._tokens[i].word.tags)

    def _is_wanting(self, at: int, places: Sequence[int], clause: Clause) -> bool:
        """Whether "puuttua" tells of a lack: with what it lacks in the nominative, and no "johonkin" that one meddles with."""
        if any("ill" in self._tokens[i].word.tags for i in range(clause.start, clause.end)):
            return False
        if any(self._subjects.is_thing(i) for i in places):
            return False  # a ryhmä that lacks its vetäjä waits for one
        subject = self._subjects.own(clause, at)
        if subject is None or not self.is_offer(subject):
            return False
        if not self._subjects.has_cue("staff", subject):
            return True
        return (
            bool(places) or subject > at or any(t.word.low in _STILL for t in self._tokens[clause.start : clause.end])
        )

    # -- words -------------------------------------------------------------------------------------------------------

    def is_offer(self, at: int) -> bool:
        """Whether a noun names a service, somebody who gives one, or something done."""
        subjects = self._subjects
        if subjects.has_cue("no_offer", at) or subjects.has_cue("harm", at):
            return False
        if subjects.has_cue("staff", at) or subjects.has_cue("offer", at):
            return True
        if subjects.is_thing(at):
            return not subjects.has_cue("supply", at)
        if not subjects.has_cue("vague_offer", at):
            return False
        word = self._tokens[at].word
        compound = any(len(r.parts) > 1 for r in word.likely[:1])
        return compound or (at > 0 and "gen" in self._tokens[at - 1].word.tags)

    def _between(self, first: int, last: int) -> tuple[int, int]:
        token = self._tokens[last]
        return self._tokens[first].start, token.place(len(token.word.form))


def _is_denied_form(word: Word) -> bool:
    """Whether a word is a verb after "ei", and can be no noun or adjective in the partitive ("omaa")."""
    return "conneg" in word.tags and "par" not in word.tags
