"""Look-up of many words at once: the search of `Transducer`, carried out arc by arc for all words in numpy arrays.

A thousand texts bring a few thousand new words. Searched one by one each costs a walk in Python; searched together, each arc
is a handful of array operations for all of them. Every path is followed by itself: as states look one letter ahead there are so few that
finding out which of them meet would cost more. The answers are the same, in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

EPSILON, IDENTITY = 0, 1
_END_BIT = np.uint64(1 << 63)
_SIZE = 1_000  # words searched together; more would only take memory
_CROWD = 1_000  # paths of one word that are open at a time; real words have a few dozen

Ints = NDArray[np.int64]
Answers = list[tuple[str, float]]


@dataclass(frozen=True)
class Tables:
    """A transducer's arrays; see `hytenlp.finnish.transducer.convert`.

    Attributes:
        letters: the symbols of single letters.
        names: what each label puts out; None for the letter that it reads.
        weights: what each label costs.
        begins: for each symbol the least code of an arc that reads it.
        label: how many bits of a code stand below its label; they hold the target.
        outlook: for each state the symbols that can come next.
        offsets: the first arc of each state.
        arcs: the codes of the arcs, those of a state in the order of the symbols that they read.
        finals: the cost of ending in a state; -1 where a word cannot end.
        bits: how many symbols an outlook tells apart.
    """

    letters: dict[str, int]
    names: Sequence[str | None]
    weights: Ints
    begins: Ints
    label: int
    outlook: NDArray[np.uint64]
    offsets: NDArray[np.uint32]
    arcs: NDArray[np.uint32]
    finals: NDArray[np.int16]
    bits: int

    @cached_property
    def speaks(self) -> NDArray[np.bool_]:
        """Whether a label puts anything out."""
        return np.array([name != "" for name in self.names])

    @cached_property
    def silent(self) -> NDArray[np.bool_]:
        """Whether a state has arcs that read nothing, which stand before its others."""
        first, last = self.offsets[:-1], len(self.arcs) - 1
        silent: NDArray[np.bool_] = self.arcs[np.minimum(first, last)] < self.begins[EPSILON + 1]
        return silent & (first < self.offsets[1:])

    def targets_of(self, arcs: Ints) -> Ints:
        """The states that arcs lead to."""
        return (self.arcs[arcs] & ((1 << self.label) - 1)).astype(np.int64)

    def weights_of(self, arcs: Ints) -> Ints:
        """What arcs cost."""
        weights: Ints = self.weights[self.arcs[arcs] >> self.label]
        return weights


class _Paths(NamedTuple):
    """Paths as they grow.

    Attributes:
        sources: the number of the path that each goes on from; -1 at the start.
        arcs: the number of its last arc.
        places: the character that it reads next.
        costs: what it costs.
    """

    sources: Ints
    arcs: Ints
    places: Ints
    costs: Ints


class BulkSearch:
    """Searches words together.

    Args:
        tables: the transducer.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def __call__(self, words: Sequence[str], starts: Sequence[int]) -> Iterator[Answers | None]:
        """The cheapest analyses of each word, in the order of the words; None for a word that has too many paths.

        Args:
            words: not empty ones.
            starts: the arcs to begin with.
        """
        for begin in range(0, len(words), _SIZE):
            yield from _Search(self._tables, words[begin : begin + _SIZE]).found(starts)


class _Search:
    """One search over a set of words."""

    def __init__(self, tables: Tables, words: Sequence[str]) -> None:
        self._t, self._words = tables, words
        lengths = np.array([len(word) for word in words], np.int64)
        self._begins = np.cumsum(lengths + 1) - lengths - 1
        self._text = "\n".join([*words, ""])
        self._symbols = np.array([tables.letters.get(letter, IDENTITY) for letter in self._text], np.int64)
        self._symbols[self._begins + lengths] = EPSILON  # behind a word nothing is read
        self._bits = np.left_shift(np.uint64(1), (self._symbols % tables.bits).astype(np.uint64))
        self._bits[self._begins + lengths] = _END_BIT
        self._owners = np.repeat(np.arange(len(words)), lengths + 1)
        self._crowded: set[int] = set()

    def found(self, starts: Sequence[int]) -> list[Answers | None]:
        """The analyses of each word; see `BulkSearch`."""
        paths, ends, last = self._walk(starts)
        chains = _chains(paths.sources, ends)
        owners, totals = self._owners[paths.places[ends]], paths.costs[ends] + last
        bounds = np.full(len(self._words), np.iinfo(np.int32).max)
        np.minimum.at(bounds, owners, totals)
        cheap = totals == bounds[owners]
        several = np.bincount(owners[cheap], minlength=len(self._words)) > 1
        order = _Order(self._t, paths, np.unique(chains[several[owners]]))
        owners, ends, chains = owners[cheap], ends[cheap], chains[cheap]
        answers: list[list[tuple[int, str]]] = [[] for _ in self._words]
        for word, end, output in zip(owners.tolist(), ends.tolist(), self._outputs(paths, chains), strict=True):
            answers[word].append((end, output))
        found = zip(answers, (bounds / 2).tolist(), strict=True)
        return [
            None if word in self._crowded else [(output, weight) for output in _in_order(one, order)]
            for word, (one, weight) in enumerate(found)
        ]

    def _outputs(self, paths: _Paths, chains: Ints) -> Iterator[str]:
        """What each chain of paths puts out."""
        labels = self._t.arcs[paths.arcs[chains]] >> self._t.label
        speaks = (chains >= 0) & self._t.speaks[labels]
        names = self._t.names
        places = paths.places[chains[speaks]].tolist()
        spoken = zip(labels[speaks].tolist(), places, strict=True)
        pieces = [names[label] or self._text[place - 1] for label, place in spoken]
        begin = 0
        for count in speaks.sum(axis=1).tolist():
            yield "".join(pieces[begin : begin + count])
            begin += count

    def _walk(self, starts: Sequence[int]) -> tuple[_Paths, Ints, Ints]:
        """All paths, the numbers of those that end with their word, and what ending costs them."""
        t, count = self._t, len(self._words)
        arcs = np.tile(np.array(starts, np.int64), count)
        layer = _Paths(np.full(len(arcs), -1), arcs, np.repeat(self._begins, len(starts)), t.weights_of(arcs))
        layers, ends, last, first = [], [], [], 0
        while len(layer.arcs):
            layer, states = self._alive(layer)
            layers.append(layer)
            symbols = self._symbols[layer.places]
            at_end = np.flatnonzero((symbols == EPSILON) & (t.finals[states] >= 0))
            ends.append(at_end + first)
            last.append(t.finals[states[at_end]])
            source, arcs, read = self._onward(states, symbols)
            costs = layer.costs[source] + t.weights_of(arcs)
            layer = _Paths(source + first, arcs, layer.places[source] + read, costs)
            first += len(states)
        paths = _Paths(*(np.concatenate(column) for column in zip(*layers, strict=True)))
        return paths, np.concatenate(ends), np.concatenate(last).astype(np.int64)

    def _alive(self, layer: _Paths) -> tuple[_Paths, Ints]:
        """The paths that can go on or end where they are, with their states; those of words that have too many are given up."""
        states = self._t.targets_of(layer.arcs)
        alive = (self._t.outlook[states] & self._bits[layer.places]) != 0
        owners = self._owners[layer.places]
        counts = np.bincount(owners[alive], minlength=len(self._words))
        if counts.max() > _CROWD:
            self._crowded.update(np.flatnonzero(counts > _CROWD).tolist())
            alive &= counts[owners] <= _CROWD
        return _Paths(*(column[alive] for column in layer)), states[alive]

    def _onward(self, states: Ints, symbols: Ints) -> tuple[Ints, Ints, NDArray[np.bool_]]:
        """The arcs that read nothing and those that read the symbols: of which path, which arc, whether it reads."""
        t = self._t
        reading, silent = np.flatnonzero(symbols != EPSILON), np.flatnonzero(t.silent[states])
        paths = np.concatenate([reading, silent])
        states, symbols, count = states[paths], symbols[reading], len(reading)
        low, limit = t.offsets[states].astype(np.int64), t.offsets[states + 1].astype(np.int64)
        low[:count] = self._first(low[:count], limit[:count], t.begins[symbols])
        bounds = np.concatenate([t.begins[symbols + 1], np.full(len(silent), t.begins[EPSILON + 1])])
        high, more = low.copy(), np.flatnonzero(low < limit)
        while len(more := more[t.arcs[high[more]] < bounds[more]]):  # there are seldom more than two
            high[more] += 1
            more = more[high[more] < limit[more]]
        counts = high - low
        owner = np.repeat(np.arange(len(counts)), counts)
        arcs = np.arange(len(owner)) + (low - np.cumsum(counts) + counts)[owner]
        return paths[owner], arcs, owner < count

    def _first(self, low: Ints, high: Ints, least: Ints) -> Ints:
        """The first of each range of arcs that is not below a bound: by halving, all together."""
        low, high = low.copy(), high.copy()
        open_ = np.flatnonzero(low < high)
        while len(open_):
            middle = (low[open_] + high[open_]) >> 1
            before = self._t.arcs[middle] < least[open_]
            low[open_[before]] = middle[before] + 1
            high[open_[~before]] = middle[~before]
            open_ = open_[low[open_] < high[open_]]
        return low


class _Order:
    """The order in which a search letter by letter, which knows the nodes (character, state) where paths meet, finds paths.

    Args:
        tables: the transducer.
        paths: all paths.
        numbers: the paths that lead to the ends of the words to be told about, in ascending order.
    """

    def __init__(self, tables: Tables, paths: _Paths, numbers: Ints) -> None:
        numbers = numbers[numbers >= 0]
        sources, arcs, places = paths.sources[numbers], paths.arcs[numbers], paths.places[numbers]
        nodes = places * len(tables.outlook) + tables.targets_of(arcs)
        silent = tables.arcs[arcs] < tables.begins[EPSILON + 1]
        columns = (column.tolist() for column in (numbers, sources, arcs, nodes, silent))
        steps = list(zip(*columns, strict=True))
        ways: dict[int, tuple[Any, ...]] = {-1: (0,)}
        first: dict[int, tuple[Any, ...]] = {}  # of each node the way by which it is come upon
        for path, source, arc, node, is_silent in steps:
            before = ways[source]
            way = ways[path] = (before[0] + 1 if is_silent else 0, before, arc)
            if node not in first or way < first[node]:
                first[node] = way
        ranks: dict[int, tuple[Any, ...]] = {-1: ()}
        back: dict[int, tuple[Any, ...]] = {-1: ()}
        for path, source, arc, node, is_silent in steps:
            ranks[path] = first[node]
            back[path] = (is_silent, ranks[source], arc), back[source]
        self._ranks, self._back = ranks, back

    def __call__(self, path: int) -> tuple[Any, ...]:
        """A key to sort the paths of a word by: the rank of its last node, then the ways back from it."""
        return self._ranks[path], self._back[path]


def _in_order(found: list[tuple[int, str]], order: _Order) -> Iterable[str]:
    """What the paths of a word put out, which may be the same.

    Args:
        found: the numbers of the paths, and what they put out.
        order: tells which comes first.
    """
    if len(found) > 1:
        found.sort(key=lambda one: order(one[0]))
    return dict.fromkeys(output for _, output in found)


def _chains(sources: Ints, ends: Ints) -> Ints:
    """For each path that ends all paths that it went on from, the first ones first; shorter chains have -1 before them."""
    steps = [ends]
    while len(ends) and (now := np.where(steps[-1] >= 0, sources[steps[-1]], -1)).max() >= 0:
        steps.append(now)
    return np.stack(steps[::-1], axis=1)
