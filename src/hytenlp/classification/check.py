"""Checks a corpus before anything is learned from it: codes, duplicates, skeletons, splits, and the floors of the data card.

Run as `python -m hytenlp.classification.check corpus`; one line a finding, exit status 1 when there is any.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from hytenlp.classification.corpus import Corpus, LabelledAction
from hytenlp.engine import engine
from hytenlp.finnish.words import Analyser, Word
from hytenlp.pipeline import load
from hytenlp.vocabulary.concepts import Vocabulary

#: Floors and bounds; see corpus/README.md.
LEAST_ACTIONS, LEAST_CARDS, LEAST_AUTHORS = 4000, 30, 10
THEME_SHARE = (0.22, 0.28)
LEAST_GROUP, LEAST_CONCERN, LEAST_TRAPS = 250, 60, 20
LEAST_WITHOUT_KEYWORD = 0.5
LEAST_NO_CONCERN, LEAST_PLANNED, LEAST_NOT_DONE = 0.35, 0.12, 0.06
NEAR_DUPLICATE = 0.5  # share of lemma 5-grams that two texts may not reach
MOST_SKELETONS = 3
_GRAM = 5
_NO_KEYWORDS = frozenset(
    {"ja", "ei", "toiminta", "haaste", "ongelma", "käyttö", "vähäinen"}
)  # words of labels that name nothing
_SKELETON_TOKENS = 6  # shorter texts have few ways to be built


def findings(corpus: Corpus) -> Iterator[str]:
    """What is wrong with a corpus, one line each."""
    shared, nlp = engine(), load()
    actions = corpus.actions()
    words = {action.id: [shared.analyser(token.text) for token in nlp.make_doc(action.text)] for action in actions}
    yield from _codes(actions, shared.vocabulary)
    yield from _splits(corpus, actions)
    yield from _duplicates(actions, words)
    yield from _skeletons(actions, words)
    yield from _floors(corpus, actions, words, shared.vocabulary, shared.analyser)


def _codes(actions: Sequence[LabelledAction], vocabulary: Vocabulary) -> Iterator[str]:
    themes, groups, statuses = (set(vocabulary.codes(kind)) for kind in ("theme", "group", "status"))
    concerns = set(vocabulary.codes("concern"))
    for action in actions:
        used = (
            ((action.theme, *action.further_themes), themes),
            (action.target_groups, groups),
            ((action.status,), statuses),
        )
        for codes, known in (*used, ((*action.concerns, *action.traps), concerns)):
            for code in set(codes) - known:
                yield f"{action.id}: unknown code {code!r}"
        if not set(action.concerns) - concerns:
            for code in set(action.concerns) - set(vocabulary.narrowest(action.concerns)):
                yield f"{action.id}: {code} stands beside a narrower concern"
        if not action.target_groups:
            yield f"{action.id}: no target group"
        for code in set(action.concerns) & set(action.traps):
            yield f"{action.id}: {code} is a concern and a trap"


def _splits(corpus: Corpus, actions: Sequence[LabelledAction]) -> Iterator[str]:
    parts = {author: part for part in ("train", "dev", "test") for author in corpus.splits[part]}
    if len(parts) != sum(len(corpus.splits[part]) for part in ("train", "dev", "test")):
        yield "splits.json: an author stands in two parts"
    places: dict[str, set[str]] = defaultdict(set)
    for action in actions:
        places[action.municipality].add(parts.get(action.author, "none"))
    for municipality, found in places.items():
        if len(found) > 1:
            yield f"{municipality}: one municipality in the parts {', '.join(sorted(found))}"


def _duplicates(actions: Sequence[LabelledAction], words: dict[str, list[Word]]) -> Iterator[str]:
    seen: dict[str, str] = {}
    grams: dict[str, frozenset[tuple[str, ...]]] = {}
    where: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for action in actions:
        text = " ".join(action.text.casefold().split())
        if text in seen:
            yield f"{action.id}: the same text as {seen[text]}"
        seen[text] = action.id
        lemmas = [word.lemma.lower() for word in words[action.id] if word.is_read]
        own = frozenset(tuple(lemmas[i : i + _GRAM]) for i in range(len(lemmas) - _GRAM + 1))
        shared = Counter(other for gram in own for other in where[gram])
        for other, count in shared.items():
            if count / min(len(own), len(grams[other])) > NEAR_DUPLICATE and min(len(own), len(grams[other])) > 1:
                yield f"{action.id}: nearly the same text as {other}"
        grams[action.id] = own
        for gram in own:
            where[gram].append(action.id)


def _skeletons(actions: Sequence[LabelledAction], words: dict[str, list[Word]]) -> Iterator[str]:
    """Sentence frames: small words as they are, the others as word class and inflection."""
    frames: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for action in actions:
        frame = tuple(_slot(word) for word in words[action.id] if word.is_read)
        if len(frame) >= _SKELETON_TOKENS:
            frames[frame].append(action.id)
    for ids in frames.values():
        if len(ids) > MOST_SKELETONS:
            yield f"one sentence skeleton in {len(ids)} texts: {', '.join(ids[:6])}"


def _slot(word: Word) -> str:
    best = word.readings[0]
    if best.pos in ("conjunction", "pronoun", "adposition", "adverb"):
        return best.lemma.lower()
    return f"{best.pos}:{'+'.join(sorted(best.tags))}"


def _floors(
    corpus: Corpus,
    actions: Sequence[LabelledAction],
    words: dict[str, list[Word]],
    vocabulary: Vocabulary,
    analyser: Analyser,
) -> Iterator[str]:
    count = len(actions)
    counts = {
        "actions": (count, LEAST_ACTIONS),
        "cards": (len(corpus.cards()), LEAST_CARDS),
        "authors": (len({action.author for action in actions}), LEAST_AUTHORS),
    }
    for name, (found, least) in counts.items():
        if found < least:
            yield f"{found} {name}, at least {least} wanted"
    themes = Counter(action.theme for action in actions)
    for theme in vocabulary.codes("theme"):
        if not THEME_SHARE[0] <= themes[theme] / count <= THEME_SHARE[1]:
            yield f"theme {theme}: {themes[theme] / count:.1%}, wanted {THEME_SHARE[0]:.0%} to {THEME_SHARE[1]:.0%}"
    groups = Counter(group for action in actions for group in action.target_groups)
    for group in vocabulary.codes("group"):
        if groups[group] < LEAST_GROUP:
            yield f"group {group}: {groups[group]} actions, at least {LEAST_GROUP} wanted"
    traps = Counter(trap for action in actions for trap in action.traps)
    for concept in vocabulary.concepts("concern"):
        positives = [action for action in actions if concept.code in action.concerns]
        keys = {key for word in re.findall(r"\w+", concept.label.fi) for key in analyser(word).lemmas} - _NO_KEYWORDS
        bare = sum(not any(keys & word.keys.keys() for word in words[action.id]) for action in positives)
        if len(positives) < LEAST_CONCERN:
            yield f"concern {concept.code}: {len(positives)} actions, at least {LEAST_CONCERN} wanted"
        elif bare / len(positives) < LEAST_WITHOUT_KEYWORD:
            yield f"concern {concept.code}: {bare / len(positives):.0%} without its keyword, at least {LEAST_WITHOUT_KEYWORD:.0%} wanted"
        if traps[concept.code] < LEAST_TRAPS:
            yield f"concern {concept.code}: {traps[concept.code]} hard negatives, at least {LEAST_TRAPS} wanted"
    shares = {
        "no concern": (sum(not action.concerns for action in actions), LEAST_NO_CONCERN),
        "suunniteltu": (sum(action.status == "suunniteltu" for action in actions), LEAST_PLANNED),
        "toteutumatta": (sum(action.status == "toteutumatta" for action in actions), LEAST_NOT_DONE),
    }
    for name, (found, share) in shares.items():
        if found / count < share:
            yield f"{name}: {found / count:.1%}, at least {share:.0%} wanted"


def main(folder: str) -> int:
    """Prints the findings; 1 when there are any."""
    found = list(findings(Corpus(Path(folder))))
    for line in found:
        print(line)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "corpus"))
