"""Names of works, bands, people and land: a word in them means no concern, whatever it says."""

from __future__ import annotations

from collections.abc import Sequence

from hytenlp.vocabulary.matcher import Cues, Mention, Token

_LONGEST = 6  # words of a name that a head with a hyphen closes: "Suomen ja Viron välinen kuilu -taidenäyttely"
_QUOTES = frozenset({'"', "”", "“", "„", "’", "'", "»", "«"})
_ABOUT = frozenset({"ela", "all"})  # the case of what a work is about, and of whom it is for
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

    def call(self, mention: Mention) -> bool:
        """Whether a mention is, or is in, a name."""
        first = mention.tokens[0]
        token = self._tokens[first]
        if self._cues("art") and self._is_closed(mention):
            return True
        if not token.word.form[:1].isupper():
            return False
        return self._ends_in_land(first, mention.end) or self._is_person(mention) or self._is_headed(first)

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
        if not head[:1].isupper() or head.isupper() or mention.end > token.place(len(token.word.form) - len(head)):
            return False
        return any(r.pos == "proper" for r in token.word.likely)

    def titles(self) -> set[int]:
        """The tokens of names that a band or a work of art beside them calls so."""
        found: set[int] = set()
        for cue in self._cues("art"):
            at = cue.tokens[-1]
            token = self._tokens[at]
            if token.word.form[:1].isupper() and cue.start in self._heads(token):
                found.add(at)  # Kriisi-yhtye
            elif self._closes("art", at):
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
        return self._closes("art", at) or self._closes("work", at)

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
                return self._closes("art", last + 1) or self._closes("art", last + 2)
            heads = self._heads(token)
            return any(start > mention.end and start in heads for start in self._parts("art", last))
        if "ela" in token.word.tags:
            return False  # what it is about
        ends = range(last + 1, min(last + _LONGEST, len(self._tokens)))
        head = next((i for i in ends if self._closes("art", i)), None)
        return head is not None and self._name_before(head) <= mention.tokens[0]

    @staticmethod
    def _heads(token: Token) -> set[int]:
        """Where the parts after its hyphens begin."""
        return {token.place(i + 1) for i, letter in enumerate(token.word.form[:-1]) if letter == "-" and i}

    def _name_before(self, head: int) -> int:
        """Where the name begins that a head with a hyphen closes: at the nearest capital; at the head when there is none."""
        at = head
        if not _is_hyphenated(self._tokens[at]) and at and _is_hyphenated(self._tokens[at - 1]):
            at -= 1  # "-niminen romaani"
        if not _is_hyphenated(self._tokens[at]):
            return head
        for i in range(at - 1, max(-1, at - 1 - _LONGEST), -1):
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


def _is_hyphenated(token: Token) -> bool:
    return token.word.form[:1] == "-" and len(token.word.form) > 1
