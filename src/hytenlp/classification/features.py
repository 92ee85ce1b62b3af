"""What the models see of a text: its words and their parts, letters, and what the vocabulary found.

A text becomes a set of named features in three blocks: *words* (lemmas and compound parts), *letters* (n-grams of four and five, which
see through typing errors and unknown inflection) and *findings* (mentions, groups, theme words, status). Training and prediction go
through the same code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from hytenlp.classification.interpretation import Interpretation
from hytenlp.finnish.words import Word
from hytenlp.vocabulary.matcher import Mention

LETTERS = (4, 5)
#: The groups that pupils are in, by their grade.
YOUNG = frozenset({"lapset", "nuoret"})
#: How much the blocks weigh against each other; found on the development part.
WORD_SCALE, LETTER_SCALE, MENTION_SCALE, THEME_SCALE = 4.0, 3.0, 2.0, 0.3


class _Names(dict[str, str]):
    """The names of the features of one sort by code; each is made once, as most texts have a dozen."""

    def __init__(self, sort: str) -> None:
        self._sort = sort

    def __missing__(self, code: str) -> str:
        name = self[code] = f"{self._sort}={code}"
        return name


_KIND, _CONCERN, _BROADER, _GROUP, _THEME, _STATUS = map(_Names, ("k", "m", "m^", "g", "t", "u"))  # what stands there
_GROUP_BY_RULES, _THEME_BY_RULES, _STATUS_BY_RULES = map(_Names, ("G", "T", "st"))
_VERB, _FIRST_VERB = map(_Names, ("v", "v0"))


@dataclass(slots=True)
class Sample:
    """One text as the models see it.

    Attributes:
        words: for each token with letters, its number and its word.
        findings: feature -> value.
        kind: concern for a concern bullet, action for the others.
        mentioned: the concerns that the vocabulary found -> the numbers of their tokens.
        refused: the concerns whose words stand there and mean something else -> the numbers of their tokens.
        denied: the concerns that the text denies -> the numbers of their tokens.
        sure: the concerns that the model may not strike out: found in a part that a hyphen stands for, which no feature shows
            ("digi- ja rahapelaaminen"), or by a word that says nothing else, which the model may never have seen.
        exact: whether a word tells the age of pupils exactly ("5.-luokat").
        together: groups that one phrase names in one breath and no other word names: "lasten ja nuorten".
        people: the numbers of the tokens that name groups.
        unmeant: groups that the text names only to say that it does not mean them.
        weighed: what `Model.weighed_most` has found, by question and label; it is asked more than once.
    """

    words: Sequence[tuple[int, Word]]
    findings: dict[str, float] = field(default_factory=dict)
    kind: str = "action"
    mentioned: dict[str, set[int]] = field(default_factory=dict)
    refused: dict[str, set[int]] = field(default_factory=dict)
    denied: dict[str, set[int]] = field(default_factory=dict)
    sure: Set[str] = frozenset()
    exact: bool = False
    together: Set[str] = frozenset()
    people: Set[int] = frozenset()
    unmeant: Set[str] = frozenset()
    weighed: dict[tuple[str, str], list[int]] = field(default_factory=dict, compare=False)

    def without_mentions(self) -> Sample:
        """The same text as if the vocabulary had found nothing: what a model must also be able to read."""
        kept = {
            name: value for name, value in self.findings.items() if name[:2] not in ("m=", "m^", "t=", "g=", "G=", "T=")
        }
        return Sample(self.words, kept, self.kind)


def sample_of(
    text: Interpretation, theme_scores: Mapping[str, float], ancestors: Mapping[str, tuple[str, ...]]
) -> Sample:
    """Puts together what a model is shown of a text.

    Args:
        text: what the vocabulary and the rules make of it.
        theme_scores: probability of each theme by the rules, without the heading.
        ancestors: the broader concerns of each concern.
    """
    kind = "concern" if text.kind == "concern" else "action"
    tokens, status = text.tokens, text.status
    findings = {_KIND[kind]: 1.0}
    mentioned: dict[str, set[int]] = {}
    sure: set[str] = set()
    exact = False
    groups: list[Mention] = []
    people: set[int] = set()
    for mention in text.kept:
        code = mention.code
        if mention.kind == "theme":
            name = _THEME[code]
            findings[name] = findings.get(name, 0.0) + THEME_SCALE * mention.weight
        elif mention.kind == "group":
            findings[_GROUP[code]] = 1.0
            groups.append(mention)
            people.update(mention.tokens)
            exact = exact or mention.weight > 1
        elif mention.kind == "concern":
            mentioned.setdefault(code, set()).update(mention.tokens)
            if mention.weight > 1 or any(tokens[i].word.is_suspended for i in mention.tokens):
                sure.add(code)
            findings[_CONCERN[code]] = MENTION_SCALE
            for broader in ancestors[code]:
                findings[_BROADER[broader]] = 1.0
        elif mention.kind == "status":
            findings[_STATUS[code]] = 1.0
    for mention, _ in text.dropped:
        findings[f"x={mention.kind}={mention.code}"] = 0.5
    for group in text.groups:
        findings[_GROUP_BY_RULES[group]] = 1.0
    for theme, probability in theme_scores.items():
        findings[_THEME_BY_RULES[theme]] = 2.0 * probability
    if status:
        findings[_STATUS_BY_RULES[status.status]] = findings[f"st={status.status}/{status.strength}"] = 1.0
    if text.stated_theme:
        findings[f"s={text.stated_theme}"] = 1.0
    words = [(i, token.word) for i, token in enumerate(tokens) if not token.mark and token.word.form]
    for i, word in words:
        if word.predicates:
            for sign in word.predicates:
                findings[_VERB[sign]] = 1.0
                if i == 0:
                    findings[_FIRST_VERB[sign]] = 1.0
    return Sample(
        words, findings, kind, mentioned, text.refused, text.denied, sure, exact, _named_together(groups), people, text.unmeant
    )  # fmt: skip


def _named_together(groups: Sequence[Mention]) -> frozenset[str]:
    """Children and young people, where every word that names the ones is in a phrase that names the others too."""
    if len(groups) < 2:
        return frozenset()
    phrases = [{m.tokens for m in groups if m.code == code} for code in YOUNG]
    return YOUNG if phrases[0] and phrases[0] == phrases[1] else frozenset()


def parts_of(word: Word) -> list[str]:
    """The compound parts of a word that are none of its lemmas."""
    whole, lemmas = (0, len(word.form)), word.lemmas
    return [key for key, span in word.places() if span != whole and key not in lemmas]


def letters_of(word: Word) -> list[str]:
    """The letter n-grams of a word, its edges marked."""
    padded = f"<{word.low.strip('-')}>"
    return [padded[i : i + length] for length in LETTERS for i in range(len(padded) - length + 1)]


def word_features(word: Word) -> tuple[str, ...]:
    """The names of the features that lemmas and parts of a word are."""
    return (*(f"l={lemma}" for lemma in word.lemmas), *(f"p={part}" for part in parts_of(word)))


def letter_features(word: Word) -> list[str]:
    """The names of the features that the letters of a word are."""
    return [f"c={letters}" for letters in letters_of(word)]
