"""Recognises the municipalities of Finland in titles and file names; the names and their forms are data (`municipalities.txt`)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib import resources

_LONGEST = 12  # words; a longer text is no title
_MOST_PARTS = 3  # S:t Karins
_WORD = re.compile(r"S:t|[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_PART = re.compile(r"[^\W\d_]+")
_HUMP = re.compile(r"(?<=[^\W\d_A-ZÅÄÖ])(?=[A-ZÅÄÖ])")
_SENTENCE = re.compile(r"[.!?…][\"”')\]]*$")
_SUFFIX = re.compile(r"\.[A-Za-z]{2,8}$")
_VERBS = frozenset({"on", "ovat", "oli", "olivat", "ei", "eivät", "är", "var", "is", "was"})  # make a sentence
# A capitalised word before a name makes it a surname or a part of another name, unless it is such a word.
_TITLE_WORD = re.compile(
    r"kunta|kunnan|kaupun|kortti|hyvinvoi|hyte|kertom|raport|vuosi|tervey|kommun|stad|välfärd|welfare|wellbeing", re.I
)


@cache
def _forms() -> tuple[dict[str, str], dict[str, str]]:
    """Lower-case form -> name; the second without umlauts, as in file names."""
    forms: dict[str, str] = {}
    for line in resources.files("hytenlp.cards").joinpath("municipalities.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        finnish, _, swedish = line.partition(";")
        names = [name.strip() for name in finnish.split(",")]
        others = [name.strip() for name in swedish.split(",") if name.strip()]
        genitives = [f"{name}s" for name in others if not name.endswith("s")]
        forms |= {_key(form): names[0] for form in (*others, *genitives) if _key(form) not in forms}
        forms |= {_key(form): names[0] for form in names}
    return forms, {_plain(form): name for form, name in forms.items()}


def _key(text: str) -> str:
    return re.sub(r"[-’':\s]+", " ", text).lower()


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def municipalities() -> frozenset[str]:
    """The names, in Finnish and in the nominative."""
    return frozenset(_forms()[0].values())


def municipality_of(text: str) -> str | None:
    """The one municipality that a title, a file's name or a document's property names, in any of its forms.

    Args:
        text: no running text, in which Salo, Lahti and Pori are also ordinary words: a sentence names nothing here.

    Returns:
        Its Finnish name in the nominative; None when there is none or more than one.
    """
    text = unicodedata.normalize("NFC", text).strip()
    stem = _SUFFIX.sub("", text)
    if _SENTENCE.search(stem):
        return None
    is_plain_name = stem == text and stem != stem.lower() and not re.search(r"[\d_]", stem)  # Uusi-Heinola
    if not re.search(r"\s", stem) and not is_plain_name:
        found = _named(_PART.findall(_HUMP.sub(" ", stem)))
    else:
        found = _named_in_title(stem.replace("_", " "), is_file_name=stem != text)
    return found.pop() if len(found) == 1 else None


def _named(words: list[str], fits: Callable[[int, int], bool] = lambda _first, _last: True) -> set[str]:
    """The municipalities among words, the longest names first.

    Args:
        words: in their order.
        fits: whether the words from `first` to `last` may be a name where they stand.
    """
    forms, plain = _forms()
    known = plain if all(word.isascii() for word in words) else forms
    found: set[str] = set()
    i = 0
    while i < len(words):
        size = next(
            (n for n in range(min(_MOST_PARTS, len(words) - i), 0, -1) if _key(" ".join(words[i : i + n])) in known), 0
        )
        if size and fits(i, i + size - 1):
            found.add(known[_key(" ".join(words[i : i + size]))])
        i += max(size, 1)
    return found


def _named_in_title(text: str, *, is_file_name: bool) -> set[str]:
    """The municipalities in words between spaces, where people's and other places' names stand too."""
    matches = list(_WORD.finditer(text))
    words = [match[0] for match in matches]
    if len(words) > _LONGEST or not _VERBS.isdisjoint(words):
        return set()
    all_small = text == text.lower()

    def is_other_name(i: int) -> bool:
        return 0 <= i < len(words) and words[i][0].isupper() and not _TITLE_WORD.search(words[i])

    def gap(i: int) -> str:
        return text[matches[i].end() : matches[i + 1].start()] if 0 <= i < len(words) - 1 else ""

    def fits(first: int, last: int) -> bool:
        if all_small:
            return is_file_name or (last + 1 < len(words) and bool(_TITLE_WORD.search(words[last + 1])))
        surname = is_other_name(first - 1) and not gap(first - 1).strip(": \t")
        first_name = is_other_name(last + 1) and not gap(last).strip()
        return words[first][0].isupper() and not surname and not first_name

    return _named(words, fits)
