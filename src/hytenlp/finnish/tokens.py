"""The outside of words: Unicode variants, hyphens, capitals. No dictionary is needed here."""

from __future__ import annotations

import re
import unicodedata

SOFT_HYPHEN = "\u00ad"
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_TRANSLATE = (
    _INVISIBLE | {ord(c): "-" for c in "\u2010\u2011\u2012\u2013\u2212"} | {ord(c): " " for c in "\u00a0\u2007\u202f"}
)
_TRANSLATE |= {ord(c): "'" for c in "\u2019\u00b4\u02bc"}

#: Words before which a hyphen at a line end is a suspended one: "päihde-\nja mielenterveystyö".
CONJUNCTIONS = frozenset({"ja", "tai", "sekä", "eli", "että", "kuin", "taikka", "mutta", "vai", "ynnä"})

_EDGE = "'\"”“„»«()[]{}<>,;:!?…*·•"


def normalise(text: str) -> str:
    """NFC, one kind of hyphen and space, nothing invisible: the form in which words are looked up."""
    return text if text.isascii() else unicodedata.normalize("NFC", text).translate(_TRANSLATE)


def core(form: str) -> str:
    """A token without punctuation at its edges, normalised. Hyphens stay: they say that a part is missing."""
    made = normalise(form).strip(_EDGE)
    return form if made == form else made  # of equal strings one is enough


def raw_offsets(form: str) -> list[int] | None:
    """For each boundary of `core(form)` its offset in `form`; None when the two are the same text.

    Needed only for tokens with soft hyphens, decomposed letters or punctuation at the edges.
    """
    wanted = core(form)
    if wanted == form or len(wanted) == len(form):
        return None
    offsets, made = [], 0
    for i, _ in enumerate(form):  # the shortest beginning of the raw form that yields each letter
        if len(normalise(form[: i + 1])) > made:
            offsets.append(i)
            made = len(normalise(form[: i + 1]))
    lead = len(normalise(form)) - len(normalise(form).lstrip(_EDGE))
    end = offsets[lead + len(wanted)] if lead + len(wanted) < len(offsets) else len(form)
    return [*offsets[lead : lead + len(wanted)], end]


def is_shouted(form: str) -> bool:
    """Whether a word is written in capitals for emphasis, as in a heading, rather than being an acronym."""
    return len(form) > 4 and form.isupper() and form.replace("-", "").isalpha()


_FOREIGN = re.compile(r"[\d@/\\_=+%&#]|^www\.|\.\w{2,3}$")


def is_word(form: str) -> bool:
    """Whether the guesser may be asked: no digits, addresses or symbols."""
    return any(c.isalpha() for c in form) and not _FOREIGN.search(form)
