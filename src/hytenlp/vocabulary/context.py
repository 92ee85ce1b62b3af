"""How a mention is meant: which mentions do not count, and why.

The rulings of the annotation guide that no word list can express: fields of a plan row, denied topics, names of houses and
people, reasons of a failure, and the status of the clause that a mention stands in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from hytenlp.vocabulary.matcher import Cues, Mention, Token
from hytenlp.vocabulary.names import LONGEST, Names
from hytenlp.vocabulary.sentences import Clause, has_predicate, is_predicate, subordinates
from hytenlp.vocabulary.wares import is_offered

_FIELD_MARKS = frozenset({";", "|", "(", ")", "•", "/", "–", "—", "→"})


_FIELDS = ("actor", "metric", "resource")  # those that do not tell what an action is about
_MOVED = frozenset({"uudistukset", "tavoittavuus"})  # worries about a service, whatever it is for
_LACKS = frozenset({"koordinaatio", "tavoittavuus"})  # worries about what is not there
_OF_SERVICES = _MOVED | _LACKS | {"digisyrjaytyminen"}  # worries that a word for a service names itself

_GOODS = frozenset(
    {"uni", "ravitsemus", "liikkumattomuus", "toimintakyky"}
)  # worries named by the good that grows less
_DENIALS = frozenset({"ei", "eivät", "eikä", "eivätkä"})
_DENIED_BEFORE = _DENIALS | {"ettei", "etteivät", "jottei", "ellei", "en", "emme", "älä", "älkää"}
_JOINTS = frozenset({"vaan", "mutta", "eikä", "eivätkä", "ja", "sekä", "tai"})
# Cases that the two sides of a contrast share.
_CASES = frozenset({"nom", "all", "ela", "ill", "ade", "abl", "par", "ine", "gen"})
_FAR = 12  # a list that is denied is at most so many tokens long

DENIED, CALLED, OTHER_SENSE, OFFERED = "denied", "called", "other sense", "offered"
#: Why a mention does not count where not even a model may count it: the text says that it is not so, only names something,
#: means something else by the very words, or offers the harm.
DENYING = frozenset({DENIED, CALLED, OTHER_SENSE, OFFERED})
_NAMING_CUES = ("art", "fiction", "building")
_DENYING_CUES = ("instead", "no_problem", "not_about", "out_of_scope", "absent")
_OTHER_SENSES = "not_"  # begins the code of a cue that names other senses of a concern's words


class Dropped(NamedTuple):
    """A mention that does not count, with the reason."""

    mention: Mention
    why: str


class Context:
    """What stands around the mentions of one text.

    Args:
        tokens: the text's tokens.
        clauses: its clauses.
        mentions: all mentions.
        cues: its cues.
        worry: whether the text is a concern bullet.
    """

    def __init__(
        self,
        tokens: Sequence[Token],
        clauses: Sequence[Clause],
        mentions: Sequence[Mention],
        cues: Cues,
        worry: bool = False,
    ) -> None:
        self.tokens = tokens
        self._worry = worry
        self.clauses = clauses
        self.cues = cues
        self._worry_places = [(m.code, m.tokens[0]) for m in mentions if m.kind == "concern"]
        self._worries = {code for code, _ in self._worry_places}
        self._fields = self._label_fields()
        self._names = Names(tokens, cues)
        self._denies = any(token.word.low in _DENIALS for token in tokens)
        self._may_deny = (
            self._denies or not cues.codes.isdisjoint(_DENYING_CUES) or any(clause.link == "vaan" for clause in clauses)
        )

    def field_of(self, mention: Mention) -> str:
        """The field of a plan row that a mention stands in: actor, metric, resource, or topic for everything else."""
        return self._fields.get(mention.tokens[0], "topic")

    def but_actors(self, mentions: Sequence[Mention]) -> tuple[Sequence[Mention], Cues]:
        """The mentions and the cues that do not stand in the field of who carries an action out."""
        if "actor" not in self._fields.values():
            return mentions, self.cues

        def is_actor(mention: Mention) -> bool:
            return self.field_of(mention) == "actor"

        return [mention for mention in mentions if not is_actor(mention)], self.cues.but_for(is_actor)

    def clause_of(self, mention: Mention) -> Clause | None:
        """The clause that a mention stands in."""
        at = mention.tokens[0]
        return next((clause for clause in self.clauses if clause.start <= at < clause.end), None)

    def other_senses(self, refused: Mapping[str, set[int]], concerns: Collection[str]) -> dict[str, set[int]]:
        """The concerns whose words mean something else here -> the tokens of those words.

        Args:
            refused: concerns that the matcher has refused -> tokens; those in a name count.
            concerns: all concerns: a name that a band or a book has speaks of none of them.
        """
        found: dict[str, set[int]] = {}
        for code in self.cues.codes:
            if code.startswith(_OTHER_SENSES) and (concern := code.removeprefix(_OTHER_SENSES)) in concerns:
                found[concern] = {i for cue in self.cues(code) for i in cue.tokens}
        for code, tokens in refused.items():
            if named := {i for i in tokens if self._names.is_land(i) or self._names.is_house_of_one(i)}:
                found.setdefault(code, set()).update(named)
        if names := self._names.titles() | self._names.people():
            for code in concerns:
                found.setdefault(code, set()).update(names)
        return found

    def why_not(self, mention: Mention) -> str:
        """Why a mention does not count; empty when it does."""
        if mention.kind == "status":
            return ""
        field = self.field_of(mention)
        if field in ("actor", "resource"):
            return field
        if mention.kind == "group":
            return DENIED if self._denies and not self._is_in_slogan(mention) and self._is_set_aside(mention) else ""
        if mention.kind == "concern":
            if any(set(mention.tokens) <= set(cue.tokens) for cue in self.cues(_OTHER_SENSES + mention.code)):
                return OTHER_SENSE
            if self._worry and self._is_service(mention):
                return "service"
            if not self._worry and is_offered(mention, self.tokens, self.cues):
                return OFFERED
        is_capital = self.tokens[mention.tokens[0]].word.form[:1].isupper()
        if mention.entry.islower():  # an entry with capitals is a name that is meant
            if (is_capital or not self.cues.codes.isdisjoint(_NAMING_CUES)) and self._names.call(mention):
                return CALLED
            if is_capital and self._is_name(mention):
                return "name"
        if self._may_deny and self._is_denied(mention):
            return DENIED
        return "metric" if field == "metric" else ""

    def is_reason(self, mention: Mention) -> bool:
        """Whether a mention stands in a reason: "henkilöstöpulan vuoksi", "koska ..."."""
        clause = self.clause_of(mention)
        if clause and clause.link in ("koska", "kun", "sillä"):
            return True
        return any(0 < cue.tokens[0] - mention.tokens[-1] <= 2 for cue in self.cues("reason"))

    def _label_fields(self) -> dict[int, str]:
        """Which field each token of a plan row stands in: "Vastuutaho: ...", "Mittari: ...", "vast. nuorisopalvelut"."""
        if self.cues.codes.isdisjoint(_FIELDS):
            return {}
        starts: dict[int, str] = {}
        for code in (*_FIELDS, "topic"):
            for cue in self.cues(code):
                if self._labels(cue):
                    starts[cue.tokens[0]] = code
        if set(starts.values()).isdisjoint(_FIELDS):
            return {}
        fields: dict[int, str] = {}
        current = "topic"
        for i, token in enumerate(self.tokens):
            if i in starts:
                current = starts[i]
            elif (token.mark in _FIELD_MARKS and i - 1 not in starts) or (
                i and token.sentence != self.tokens[i - 1].sentence
            ):
                current = "topic"
            fields[i] = current
        return fields

    def _labels(self, cue: Mention) -> bool:
        """Whether a cue word stands as a label: with a colon, or at the beginning of a field in a row that has fields."""
        last, first = cue.tokens[-1], cue.tokens[0]
        word = self.tokens[first].word
        if cue.start != self.tokens[first].start or cue.end < self.tokens[last].start + len(
            self.tokens[last].word.form
        ):
            return False  # "vastuunjako" is no label
        following = self.tokens[last + 1] if last + 1 < len(self.tokens) else None
        if following is not None and following.mark == ":":
            return True
        if first == 0 or (not word.tags & {"nom"} and not word.form.endswith(".")):
            return word.form.endswith((".", ":")) and first > 0
        before = self.tokens[first - 1]
        starts_field = (
            before.mark in (";", "|", "(", ",", ".", "–", "/") or before.sentence != self.tokens[first].sentence
        )
        follows = following is not None and not following.mark and before.mark != ","
        return (starts_field and follows and cue.code in ("actor", "resource", "metric")) or (
            self.tokens[first].capital and follows
        )

    def _is_name(self, mention: Mention) -> bool:
        """Whether a mention that begins with a capital is the name of a person, house or place."""
        first = mention.tokens[0]
        token = self.tokens[first]
        words = [t.word for t in self.tokens[first : first + 3] if t.sentence == token.sentence]
        # A part of a capitalised compound in mid-sentence: Teeri|korpi, Päihde|klinikka.
        if (
            token.capital
            and mention.end - mention.start < len(token.word.form) - 1
            and len(mention.tokens) == 1
            and "-" not in token.word.form
        ):
            return True
        if token.capital and any(r.pos == "proper" for r in token.word.likely):
            return True
        if token.capital and len(mention.tokens) == 1 and self._is_first_name(first - 1):
            return True
        if first and token.capital and self._cue_at("title", first - 1):
            return True
        # "Yksinäisen Männyn tupa", "Päihdeklinikan piha": genitives and capitals that run up to a place.
        place = next((n for n in range(len(words)) if self._cue_at("place", first + n)), None)
        if place is None:
            return False
        chain = all("gen" in w.tags or w.form[:1].isupper() for w in words[:place])
        twice = place == 0 and len(words) > 1 and "gen" in token.word.tags and self._cue_at("place", first + 1)
        return chain and (token.capital or twice)

    def _is_service(self, mention: Mention) -> bool:
        """Whether a worry names a problem only in the name of a service.

        Of a reform (ruling 23) or of whom it reaches: "työllisyyspalvelujen siirto kunnalle", "liikuntaneuvonta ei tavoita
        miehiä"; of a worker, a fair or a building always: "päihdehoitajan vanha huone".
        """
        if mention.code in _OF_SERVICES:
            return False
        last = mention.tokens[-1]
        if _MOVED & self._worries:
            return self._cue_at("service", last) or (
                "gen" in self.tokens[last].word.tags and self._cue_at("service", last + 1)
            )
        is_part = len(mention.tokens) == 1 and not mention.ends_its_word(self.tokens)
        return is_part and self._cue_at("body", last) and "koordinaatio" not in self._worries

    def _is_first_name(self, at: int) -> bool:
        word = self.tokens[at].word
        return at >= 0 and word.form[:1].isupper() and any(r.pos == "proper" and "nom" in r.tags for r in word.likely)

    def _cue_at(self, code: str, token: int) -> bool:
        return any(token in cue.tokens for cue in self.cues(code))

    def _is_denied(self, mention: Mention) -> bool:
        """Whether the text says that it is not about the mention: "koulutus ei koskenut rahapelejä", "ei huumeita vaan ..."."""
        clause = self.clause_of(mention)
        if clause is None or (self._denies and self._is_in_slogan(mention)):
            return False
        if self._is_outweighed(mention, clause) or (self._denies and self._is_set_aside(mention)):
            return True
        # A worry is not denied by what is not said, done or seen of it: "rahapeliongelmista ei puhuta", "ei tapaa ketään".
        denials = ("no_problem",) if self._worry else ("no_problem", "not_about", "out_of_scope")
        for cue in (cue for code in denials for cue in self.cues(code)):
            said = self.clause_of(cue)
            if said is None or set(mention.tokens) <= set(cue.tokens):
                continue
            if cue.code != "out_of_scope" and said.link in ("ettei", "jottei", "etteivät"):
                continue  # "sovittiin, ettei ...": what must not happen is what the action is about
            carried_on = clause.link in ("eikä", "eivätkä") and clause.start >= said.end
            if said is clause or (carried_on and not has_predicate(self.tokens, clause.start, clause.end)):
                return True
        if self._is_absent(mention, clause):
            return True
        # "ei huumeista vaan unesta"
        first, last = mention.tokens[0], mention.tokens[-1]
        following = next((c for c in self.clauses if c.start >= clause.end), None)
        contrasted = (
            following is not None
            and following.link == "vaan"
            and self.tokens[following.start].sentence == self.tokens[last].sentence
        )
        return (
            contrasted
            and first > clause.start
            and not any(clause.start <= cue.tokens[0] < first for cue in self.cues("not_only"))
            and any("ei" in t.word.lemmas for t in self.tokens[clause.start : first])
        )

    def _is_in_slogan(self, mention: Mention) -> bool:
        """Whether a denial belongs to the name of something done, or to a promise: "Ei huumeita rantaan -talkoot"."""
        if self._is_promised(mention):
            return True
        for end in range(mention.tokens[-1] + 1, min(mention.tokens[-1] + LONGEST, len(self.tokens))):
            token = self.tokens[end]
            if token.word.is_joined:
                break
            if token.mark and token.mark not in ("!", "”", '"'):
                return False
        else:
            return False
        return any(token.word.low in _DENIALS for token in self.tokens[max(0, mention.tokens[0] - LONGEST) : end])

    def _is_promised(self, mention: Mention) -> bool:
        """Whether a denial is what people agree on: "luokan säännöt: ei kiusaamista, ei haukkumista"."""
        promises = self.cues("promise")
        if not promises:
            return False
        for i in range(mention.tokens[0] - 1, max(-1, mention.tokens[0] - _FAR), -1):
            if self.tokens[i].mark == ":":
                return any(0 < i - cue.tokens[-1] <= LONGEST for cue in promises)
            if is_predicate(self.tokens[i].word):
                return False
        return False

    def _is_set_aside(self, mention: Mention) -> bool:
        """Whether a bare denial sets a mention against something: "koski kirjanpitoa, ei velkaneuvontaa", "ei nuorille vaan eläkeläisille".

        A denied verb is another matter: whom it names it still speaks of.
        """
        first, last = mention.tokens[0], mention.tokens[-1]
        if mention.kind == "group" and self._is_contrasted(mention):
            return True
        at = self._bare_denial_before(first)
        if at is None or any(map(_is_verbal, (*self.tokens[first : last + 1], *self._until_clause_end(last + 1)))):
            return False
        cases = self.tokens[last].word.tags & _CASES
        if mention.kind == "group":
            cases -= {"gen"}  # "ei nuorten käsiin"
        sentence = self.tokens[at].sentence
        if self._worry and (mention.code in _LACKS or self._cue_at("service", last)):
            return False
        before = [t for t in self.tokens[max(0, at - _FAR) : at] if t.sentence == sentence]
        if not before or any(t.word.low in _DENIED_BEFORE for t in before) or any(t.mark == ":" for t in before[-1:]):
            return False
        if self.tokens[at].word.low in ("ei", "eivät") and before[-1].mark not in (",", "–", "—", ";", "("):
            return False
        alike = any(cases & t.word.tags and not t.mark for t in before)
        if mention.kind == "group" or "all" in cases:
            return alike
        return alike or any(is_predicate(t.word) for t in before)

    def _is_contrasted(self, mention: Mention) -> bool:
        """Whether "vaan" sets another of the same case right after it: "ei opettajia vaan vanhempia"."""
        last = mention.tokens[-1]
        at = last + 2 if last + 1 < len(self.tokens) and self.tokens[last + 1].mark == "," else last + 1
        if at + 1 >= len(self.tokens) or self.tokens[at].word.low != "vaan":
            return False
        sentence = [
            t for t in self.tokens[max(0, last - _FAR) : mention.tokens[0]] if t.sentence == self.tokens[last].sentence
        ]
        denied = any(t.word.low in _DENIALS for t in sentence)
        added = any(
            cue.tokens[0] < last and self._sentence(cue) == self.tokens[last].sentence for cue in self.cues("not_only")
        )
        return denied and not added and bool(self.tokens[last].word.tags & _CASES & self.tokens[at + 1].word.tags)

    def _bare_denial_before(self, first: int) -> int | None:
        """The token of an "ei" without a verb of which a token is the object, itself or in a list."""
        found = None
        for i in range(first - 1, max(-1, first - _FAR), -1):
            token = self.tokens[i]
            low = token.word.low
            if token.sentence != self.tokens[first].sentence or (token.mark and token.mark != ","):
                break
            if token.mark and not self._lists(i, first):
                break
            if low in ("vaan", "mutta", "kukaan", "ketään", "kenenkään", "yksikään") or _is_verbal(token):
                break
            if low in _DENIALS:
                if self._cue_at("not_only", i + 1):
                    break
                found = i
                if low not in ("eikä", "eivätkä"):
                    break
        return found

    def _lists(self, comma: int, first: int) -> bool:
        """Whether a comma stands between members of a list, which share a case."""
        cases = self.tokens[first].word.tags & _CASES
        return (
            comma > 0
            and bool(cases & self.tokens[comma - 1].word.tags)
            and not subordinates(self.tokens[comma + 1].word)
        )

    def _until_clause_end(self, start: int) -> Iterator[Token]:
        """The tokens from one to the end of its clause, as commas and conjunctions cut it."""
        for token in self.tokens[start:]:
            if token.mark or token.word.low in _JOINTS or token.sentence != self.tokens[start].sentence:
                return
            yield token

    def _is_outweighed(self, mention: Mention, clause: Clause) -> bool:
        """Whether another trouble is set against one that is not, hardly or less there.

        "Ei niinkään viina kuin pelit"; of worries also "huumeita ei juuri näy, mutta ...", "juominen on vähentynyt, mutta ...".
        """
        first, last = mention.tokens[0], mention.tokens[-1]
        sentence = self.tokens[last].sentence
        against = [
            cue.tokens[0] for cue in self.cues("instead") if cue.tokens[0] > last and self._sentence(cue) == sentence
        ]
        if not against:
            return False
        if any(cue.tokens[-1] < first and self._sentence(cue) == sentence for cue in self.cues("rather")):
            return not any(cue.tokens[0] <= first < last < against[0] for cue in self.cues("not_only"))
        others = any(code != mention.code for code, at in self._worry_places if at > last)
        if not self._worry or not others or mention.code in _LACKS | _GOODS or self._cue_at("service", last):
            return False
        for code, case in (("rare", "par"), ("waning", "nom")):
            for cue in self.cues(code):
                if self.clause_of(cue) is clause and not set(cue.tokens) & set(mention.tokens):
                    denied = any(t.word.low in _DENIALS for t in self.tokens[clause.start : clause.end])
                    if case in self.tokens[last].word.tags and (code == "rare") == denied and last < cue.tokens[0]:
                        return True
        return False

    def _sentence(self, mention: Mention) -> int:
        return self.tokens[mention.tokens[0]].sentence

    def _is_absent(self, mention: Mention, clause: Clause) -> bool:
        """Whether a problem is said not to be there: "asunnottomuutta ei ole", "ei väkivaltaa, mutta ..."; a missing service is a worry."""
        last = self.tokens[mention.tokens[-1]]
        if (
            "par" not in last.word.tags
            or not mention.ends_its_word(self.tokens)
            or self._cue_at("service", mention.tokens[-1])
        ):
            return False
        if self._worry and (len(mention.tokens) > 1 or mention.code in _LACKS):
            return False
        for cue in self.cues("absent"):
            if set(cue.tokens) & set(mention.tokens) or not clause.start <= cue.tokens[0] < clause.end:
                continue
            after, before = mention.tokens[0] - cue.tokens[-1], cue.tokens[0] - mention.tokens[-1]
            bare = len(cue.tokens) == 1  # "ei väkivaltaa" has no verb
            if after == 1 if bare else (1 <= after <= 2 or 1 <= before <= 2):
                return not (bare and has_predicate(self.tokens, clause.start, clause.end))
        return False

    def parted(self, mentions: Sequence[Mention]) -> tuple[list[Mention], list[Dropped]]:
        """The mentions that count, and those that do not."""
        kept, dropped = [], []
        for mention in mentions:
            if why := self.why_not(mention):
                dropped.append(Dropped(mention, why))
            else:
                kept.append(mention)
        return kept, dropped


def _is_verbal(token: Token) -> bool:
    """Whether a token is a finite verb, denied or not, and can be no noun in the partitive ("nuuskaa")."""
    return (is_predicate(token.word) or "conneg" in token.word.tags) and "par" not in token.word.tags
