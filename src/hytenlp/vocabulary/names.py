"""Names of works, bands, people and land: a word in them means no concern, whatever it says."""

from __future__ import annotations

from collections.abc import Sequence

from hytenlp.vocabulary.matcher import Cues, Mention, Token

LONGEST = 6  # words of a name, as far as one is looked for: "Suomen ja Viron välinen kuilu -taidenäyttely", "Luetaan yhdessä -piiri"
_QUOTES = frozenset({'"', "”", "“", "„", "’", "'", "»", "«"})
_PLACED = frozenset(
    {"ine", "ela", "ill", "ade", "abl", "all"}
)  # cases of where something is: no surname that goes on has one
_OF_ONE = frozenset({"gen", "sg"})
_ABOUT = frozenset({"ela", "all"})  # the case of what a work is about, and of whom it is for
_WORKS = ("art", "fiction")  # cues that close or announce a name
_CALLED = frozenset({"nimeltä", "nimeltään", "nimellä", "niminen", "eli"})


class Names:
    """The names in one text.

    Args:
        tokens: its tokens.
        cues: its cues.
    """

    def __init__(self, tokens: Sequence[Token], cues: Cues) -> None:
        self._tokens = tokens
        self._cues = cues
        self._has_works = not cues.codes.isdisjoint(_WORKS)
        self._has_buildings = "building" in cues.codes

    def call(self, mention: Mention) -> bool:
        """Whether a mention is, or is in, a name."""
        first = mention.tokens[0]
        token = self._tokens[first]
        if self._has_buildings and self._is_building(mention):
            return True
        if self._has_works and (self._is_closed(mention) or self._is_quoted(first)):
            return True
        if not token.word.form[:1].isupper():
            return False
        if self._ends_in_land(first, mention.end) or self._is_headed(first):
            return True
        return self._is_person(mention) or self._has_surname(first) or self.is_house_of_one(first)

    def _is_building(self, mention: Mention) -> bool:
        """Viinatehdas, olutkellari: a house whose first part says what was made or kept there once."""
        return any(start >= mention.end for start in self._parts("building", mention.tokens[-1]))

    def is_land(self, at: int) -> bool:
        """Whether a token is the name of a place that ends in a landscape: Olut|puro."""
        return self._ends_in_land(at, self._tokens[at].start + 1)

    def _ends_in_land(self, at: int, after: int) -> bool:
        """Whether a token with a capital has a landscape as a part that begins at a character of the text or after it."""
        parts = (*self._parts("terrain", at), *self._parts("spot", at))
        return self._tokens[at].word.form[:1].isupper() and any(start >= after for start in parts)

    def _parts(self, code: str, at: int) -> list[int]:
        """Where the cues of a code that stand in a token begin."""
        return [cue.start for cue in self._cues(code) if at in cue.tokens]

    def _is_person(self, mention: Mention) -> bool:
        """Velka-Antti: a first name after the hyphen."""
        token = self._tokens[mention.tokens[0]]
        head = token.word.form.rpartition("-")[2]
        if head == token.word.form or head.isupper() or mention.end > token.place(len(token.word.form) - len(head)):
            return False
        # Its dictionary form has the capital also where the text forgets it: Velka-ahola.
        return any(r.pos == "proper" and r.parts[-1][:1].isupper() for r in token.word.likely)

    def people(self) -> set[int]:
        """The tokens of people's names."""
        found: set[int] = set()
        for i, token in enumerate(self._tokens):
            if token.capital and i and self._has_surname(i - 1):
                found.update((i - 1, i))
        return found

    def is_house_of_one(self, first: int) -> bool:
        """Yksinäisen miehen talo: one alone lived there; services are for many."""
        if first + 2 >= len(self._tokens) or "place" not in self._cues.codes:
            return False
        one, kind, house = [token.word for token in self._tokens[first : first + 3]]
        if not (one.tags >= _OF_ONE and kind.tags >= _OF_ONE and house.form.islower()):
            return False
        return self._closes("place", first + 2) and any(r.pos == "adjective" for r in one.likely)

    def _has_surname(self, first: int) -> bool:
        """Pilvi Koskela, Känninen Seppo: a name of people, and beside it another word with a capital that is in no place."""
        token = self._tokens[first]
        after = self._tokens[first + 1] if first + 1 < len(self._tokens) else None
        if after is None or not after.capital or after.sentence != token.sentence or not token.word.form[:1].isupper():
            return False
        if "nom" not in token.word.tags:
            return False
        if not after.word.tags.isdisjoint(_PLACED) or not after.word.form[1:2].islower():
            return False
        if token.word.form.endswith("nen") and not token.word.form.endswith("minen"):
            return any(r.pos == "proper" for r in after.word.likely)
        return any(r.pos == "proper" for r in token.word.likely)

    def titles(self) -> set[int]:
        """The tokens of names that a band or a work of art beside them calls so."""
        found: set[int] = set()
        if not self._has_works:
            return found
        for cue in (cue for code in _WORKS for cue in self._cues(code)):
            at = cue.tokens[-1]
            token = self._tokens[at]
            if token.word.form[:1].isupper() and cue.start in self._heads(token):
                found.add(at)  # Kriisi-yhtye
            elif any(self._closes(code, at) for code in _WORKS):
                start, after = self._name_before(at), self._past_quotes(at + 1, 1)
                found.update(range(start, at))
                if after < len(self._tokens) and self._is_headed(after):
                    found.add(after)
        return found

    def _is_headed(self, first: int) -> bool:
        """Whether what it is stands before a capital: "Metalliyhtye Masennus", "bändi nimeltä Kriisi"; a play for pupils teaches."""
        token = self._tokens[first]
        if not token.capital or not token.word.tags.isdisjoint(_ABOUT):
            return False
        at = self._past_quotes(first - 1, -1)
        if at < 0 or self._tokens[at].sentence != token.sentence:
            return False
        return self._closes("art", at) or self._closes("work", at) or self._closes("fiction", at)

    def _is_quoted(self, at: int) -> bool:
        """Whether a token stands in quotation marks before or after which it is said what work that is: lukupiirissä "Suuri yksinäisyys"."""
        for start in range(at - 1, max(-1, at - 1 - LONGEST), -1):
            token = self._tokens[start]
            if token.sentence != self._tokens[at].sentence:
                return False
            if token.mark in _QUOTES:
                return self._tokens[start + 1].word.form[:1].isupper() and self._is_headed(start + 1)
        return False

    def _past_quotes(self, at: int, step: int) -> int:
        """The nearest token in a direction that is no quotation mark and no "nimeltä"."""
        while 0 <= at < len(self._tokens) and (
            self._tokens[at].mark in _QUOTES or self._tokens[at].word.low in _CALLED
        ):
            at += step
        return at

    def _is_closed(self, mention: Mention) -> bool:
        """Ahdistelijat-yhtye, "Pienen kylän kuilu -taidenäyttely", "Kriisi-niminen bändi": a head with a hyphen after the name."""
        last = mention.tokens[-1]
        token = self._tokens[last]
        form = token.word.form
        if form[:1].isupper() and "-" in form[:-1]:
            if "-nimi" in token.word.low:
                return any(self._closes(code, last + i) for code in _WORKS for i in (1, 2))
            heads = self._heads(token)
            return any(start > mention.end and start in heads for code in _WORKS for start in self._parts(code, last))
        if "ela" in token.word.tags:
            return False  # what it is about
        ends = range(last + 1, min(last + LONGEST, len(self._tokens)))
        head = next((i for i in ends if any(self._closes(code, i) for code in _WORKS)), None)
        return head is not None and self._name_before(head) <= mention.tokens[0]

    @staticmethod
    def _heads(token: Token) -> set[int]:
        """Where the parts after its hyphens begin."""
        return {token.place(i + 1) for i, letter in enumerate(token.word.form[:-1]) if letter == "-" and i}

    def _name_before(self, head: int) -> int:
        """Where the name begins that a head with a hyphen closes: at the nearest capital; at the head when there is none."""
        at = head
        if not self._tokens[at].word.is_joined and at and self._tokens[at - 1].word.low.startswith("-nimi"):
            at -= 1  # "-niminen romaani"
        if not self._tokens[at].word.is_joined:
            return head
        for i in range(at - 1, max(-1, at - 1 - LONGEST), -1):
            token = self._tokens[i]
            if token.sentence != self._tokens[head].sentence or (token.mark and token.mark not in _QUOTES):
                return head
            if token.word.form[:1].isupper():
                return i
        return head

    def _closes(self, code: str, at: int) -> bool:
        """Whether a token is or ends in a cue."""
        for cue in self._cues(code):
            if at in cue.tokens:
                token = self._tokens[at]
                if cue.end == token.place(len(token.word.form)):
                    return True
        return False
