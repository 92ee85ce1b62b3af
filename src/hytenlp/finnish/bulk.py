"""Look-up of many words at once: the search of `Transducer`, carried out letter by letter for all words in numpy arrays.

A thousand texts bring a few thousand new words. Searched one by one each costs a walk in Python; searched together, each step over
a letter is a handful of array operations for all of them. The answers are the same, in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

EPSILON, IDENTITY = 0, 1
_UNREACHED = 1 << 30
_END_BIT = np.uint64(1 << 63)
_SIZE = 1_000  # words searched together; more would only take memory

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Tables:
    """A transducer's arrays; see `hytenlp.finnish.transducer.convert`.

    Attributes:
        offsets: the first arc of each state, whose arcs stand in the order of their input symbols.
        finals: the cost of ending in a state; -1 where a word cannot end.
        bits: how many symbols an outlook tells apart.
    """

    symbols: Sequence[str]
    outlook: NDArray[np.uint64]
    offsets: NDArray[np.uint32]
    targets: NDArray[np.uint32]
    inputs: NDArray[np.uint16]
    outputs: NDArray[np.uint16]
    weights: NDArray[np.uint8]
    finals: NDArray[np.int16]
    bits: int


class _Layer(NamedTuple):
    """The nodes that words have reached: which word, which state, at what least cost."""

    words: Ints
    states: Ints
    costs: Ints


class _Ways(NamedTuple):
    """How nodes were reached: the number of the node before, the arc, and which node of the layer."""

    sources: Ints
    arcs: Ints
    nodes: Ints


class BulkSearch:
    """Searches words together.

    Args:
        tables: the transducer.
    """

    def __init__(self, tables: Tables) -> None:
        self._t = tables
        self._letters = {name: i for i, name in enumerate(tables.symbols) if len(name) == 1}
        self._names = np.array(["" if i == EPSILON else name for i, name in enumerate(tables.symbols)], object)

    def __call__(self, words: Sequence[str], starts: Sequence[int], slack: int) -> Iterator[list[tuple[str, float]]]:
        """The cheapest analyses of each word, in the order of the words.

        Args:
            words: not empty ones.
            starts: the arcs to begin with.
            slack: how much dearer than the cheapest an analysis may be, in half units.
        """
        for begin in range(0, len(words), _SIZE):
            yield from _Search(self._t, self._letters, self._names, words[begin : begin + _SIZE], starts, slack).found()


class _Search:
    """One search over a set of words."""

    def __init__(
        self,
        tables: Tables,
        letters: dict[str, int],
        names: Any,
        words: Sequence[str],
        starts: Sequence[int],
        slack: int,
    ) -> None:
        self._t, self._names, self._words, self._slack = tables, names, words, slack
        self._starts = np.array(starts, np.int64)
        self._lengths = np.array([len(word) for word in words], np.int64)
        self._offsets = np.concatenate([[0], np.cumsum(self._lengths + 1)])
        self._flat = np.zeros(self._offsets[-1], np.int64)  # the symbols of all words, each word followed by an end
        ends = self._offsets[1:] - 1
        inside = np.ones(len(self._flat), bool)
        inside[ends] = False
        self._flat[inside] = [letters.get(letter, IDENTITY) for word in words for letter in word]
        self._bit = np.left_shift(np.uint64(1), (self._flat % tables.bits).astype(np.uint64))
        self._bit[ends] = _END_BIT
        self._node_costs: list[Ints] = []
        self._ways: list[_Ways] = []
        self._count = 0  # of nodes

    def found(self) -> list[list[tuple[str, float]]]:
        """The analyses of each word.

        Where words end there are long chains of epsilon arcs, so the ends wait until all words are read and are closed together.
        """
        layer, first = self._opening()
        ends: list[tuple[_Layer, _Ways]] = []
        for at in range(int(self._lengths.max())):
            reached, ways = self._step(layer, first, at)
            ended = self._lengths[reached.words] == at + 1
            ends.append(_part(reached, ways, ended))
            layer, first = self._closed(*_part(reached, ways, ~ended), self._bits_at(at + 1))
        return self._back(*self._closed(*_joined(ends), np.full(len(self._words), _END_BIT)))

    # -- forward -----------------------------------------------------------------------------------------------------

    def _bits_at(self, at: int) -> NDArray[np.uint64]:
        """The bit of each word's letter at a place; anything for words that have ended."""
        bits: NDArray[np.uint64] = self._bit[np.minimum(self._offsets[:-1] + at, len(self._bit) - 1)]
        return bits

    def _opening(self) -> tuple[_Layer, int]:
        count = len(self._words)
        self._new_nodes(np.zeros(count, np.int64))  # the start of each word
        words, arcs = np.repeat(np.arange(count), len(self._starts)), np.tile(self._starts, count)
        layer = _Layer(words, self._t.targets[arcs].astype(np.int64), self._t.weights[arcs].astype(np.int64))
        return self._closed(layer, _Ways(words, arcs, np.arange(len(arcs))), self._bits_at(0))

    def _step(self, layer: _Layer, first: int, at: int) -> tuple[_Layer, _Ways]:
        """Reads the letter at a place of every word in a layer whose nodes are numbered from `first`."""
        t = self._t
        symbols = self._flat[self._offsets[layer.words] + at]
        low = self._first(layer.states, symbols)
        source, arcs = _ranges(low, self._end(low, layer.states, symbols))
        targets = t.targets[arcs].astype(np.int64)
        open_ = np.flatnonzero(t.outlook[targets] & self._bits_at(at + 1)[layer.words[source]])
        source, arcs, targets = source[open_], arcs[open_], targets[open_]
        codes, nodes = _in_order(layer.words[source] * len(t.outlook) + targets)
        costs = np.full(len(codes), _UNREACHED, np.int64)
        np.minimum.at(costs, nodes, layer.costs[source] + t.weights[arcs])
        return _Layer(codes // len(t.outlook), codes % len(t.outlook), costs), _Ways(source + first, arcs, nodes)

    def _first(self, states: Ints, symbols: Ints) -> Ints:
        """The first arc of each state that reads its symbol or a later one: all by halving at once."""
        low, high = self._t.offsets[states].astype(np.int64), self._t.offsets[states + 1].astype(np.int64)
        inputs = self._t.inputs
        while (open_ := low < high).any():
            middle = (low + high) >> 1
            before = inputs[np.where(open_, middle, 0)] < symbols
            low = np.where(open_ & before, middle + 1, low)
            high = np.where(open_ & ~before, middle, high)
        return low

    def _end(self, low: Ints, states: Ints, symbols: Ints) -> Ints:
        """Behind the last arc, from the given ones on, that reads a state's symbol; there are seldom more than two."""
        inputs, limit, high = self._t.inputs, self._t.offsets[states + 1], low.copy()
        more = np.flatnonzero(low < limit)
        while len(more := more[inputs[high[more]] == symbols[more]]):
            high[more] += 1
            more = more[high[more] < limit[more]]
        return high

    def _is_silent(self, states: Ints) -> NDArray[np.bool_]:
        """Whether a state has epsilon arcs, which stand before its others."""
        first, last = self._t.offsets[states], len(self._t.inputs) - 1
        silent: NDArray[np.bool_] = self._t.inputs[np.minimum(first, last)] == EPSILON
        return silent & (first < self._t.offsets[states + 1])

    def _closed(self, layer: _Layer, ways: _Ways, next_bits: NDArray[np.uint64]) -> tuple[_Layer, int]:
        """Numbers the nodes of a layer and follows epsilon arcs until no node is new and none gets cheaper."""
        t, states, first = self._t, len(self._t.outlook), self._count
        self._ways.append(_Ways(ways.sources, ways.arcs, ways.nodes + first))
        codes, costs = layer.words * states + layer.states, layer.costs
        walked = np.zeros(len(codes), bool)
        level = np.arange(len(codes))
        while len(level):
            level = level[self._is_silent(codes[level] % states)]
            at = codes[level] % states
            low = t.offsets[at].astype(np.int64)
            source, arcs = _ranges(low, self._end(low, at, np.full(len(at), EPSILON)))
            source = level[source]
            targets, words = t.targets[arcs].astype(np.int64), codes[source] // states
            open_ = np.flatnonzero(t.outlook[targets] & next_bits[words])
            if not len(open_):
                break
            source, arcs = source[open_], arcs[open_]
            known = len(codes)
            codes, nodes = _in_order(np.concatenate([codes, words[open_] * states + targets[open_]]))
            nodes = nodes[known:]
            before = np.concatenate([costs, np.full(len(codes) - known, _UNREACHED, np.int64)])
            costs = before.copy()
            np.minimum.at(costs, nodes, before[source] + t.weights[arcs])
            fresh = ~walked[source]
            self._ways.append(_Ways(source[fresh] + first, arcs[fresh], nodes[fresh] + first))
            walked[level] = True
            walked = np.concatenate([walked, np.zeros(len(codes) - known, bool)])
            level = np.flatnonzero(costs < before)  # the new nodes come last, as their ways do
        self._new_nodes(costs)
        return _Layer(codes // states, codes % states, costs), first

    def _new_nodes(self, costs: Ints) -> None:
        self._node_costs.append(costs)
        self._count += len(costs)

    # -- back --------------------------------------------------------------------------------------------------------

    def _back(self, layer: _Layer, first: int) -> list[list[tuple[str, float]]]:
        """Goes back from the ends over everything that is cheap enough."""
        t = self._t
        final = np.flatnonzero(t.finals[layer.states] >= 0)
        words, nodes, last = layer.words[final], final + first, t.finals[layer.states[final]].astype(np.int64)
        node_costs = np.concatenate(self._node_costs)
        bounds = np.full(len(self._words), _UNREACHED, np.int64)
        np.minimum.at(bounds, words, node_costs[nodes] + last)
        bounds += self._slack
        sources, arcs_in, to = (np.concatenate(column) for column in zip(*self._ways, strict=True))
        order = np.argsort(to, kind="stable")
        sources, arcs_in = sources[order], arcs_in[order]
        first_way = np.concatenate([[0], np.cumsum(np.bincount(to, minlength=len(node_costs)))])

        keep = node_costs[nodes] + last <= bounds[words]
        words, nodes, costs = words[keep], nodes[keep], last[keep]
        left = self._offsets[words] + self._lengths[words]
        trail: list[
            tuple[Ints, Any]
        ] = []  # for each step back: the path that each path goes on from, and what it put out
        while True:
            low, high = first_way[nodes], first_way[nodes + 1]
            at_start = low == high
            if at_start.all():
                break
            high = high + at_start  # a path that has arrived waits for the others
            path, ways = _ranges(low, high)
            waits = at_start[path]
            ways = np.where(waits, 0, ways)
            arc = arcs_in[ways]
            total = np.where(waits, costs[path], costs[path] + t.weights[arc])
            onward = np.where(waits, nodes[path], sources[ways])
            cheap = waits | (node_costs[onward] + total <= bounds[words[path]])
            path, arc, total, onward, waits = path[cheap], arc[cheap], total[cheap], onward[cheap], waits[cheap]
            output = t.outputs[arc].astype(np.int64)
            output[waits] = EPSILON
            pieces = self._names[output]
            place = left[path]
            for i in np.flatnonzero(output == IDENTITY):
                word = words[path[i]]
                pieces[i] = self._words[word][place[i] - self._offsets[word] - 1]
            trail.append((path, pieces))
            left = place - ((t.inputs[arc] != EPSILON) & ~waits)
            words, nodes, costs = words[path], onward, total
        texts = np.full(len(words), "", object)
        row = np.arange(len(words))
        for path, pieces in reversed(trail):
            texts += pieces[row]
            row = path[row]
        found: list[dict[str, int]] = [{} for _ in self._words]
        for word, text, cost in zip(words.tolist(), texts.tolist(), costs.tolist(), strict=True):
            known = found[word].get(text)
            found[word][text] = cost if known is None or cost < known else known
        return [[(text, cost / 2) for text, cost in sorted(one.items(), key=itemgetter(1))] for one in found]


def _part(layer: _Layer, ways: _Ways, chosen: NDArray[np.bool_]) -> tuple[_Layer, _Ways]:
    """The chosen nodes of a layer and the ways to them."""
    number = np.cumsum(chosen) - 1
    kept = chosen[ways.nodes]
    return (
        _Layer(layer.words[chosen], layer.states[chosen], layer.costs[chosen]),
        _Ways(ways.sources[kept], ways.arcs[kept], number[ways.nodes[kept]]),
    )


def _joined(parts: Sequence[tuple[_Layer, _Ways]]) -> tuple[_Layer, _Ways]:
    """Layers made one, with the ways to their nodes."""
    before = np.cumsum([0, *(len(layer.words) for layer, _ in parts)])
    moved = [way._replace(nodes=way.nodes + shift) for (_, way), shift in zip(parts, before, strict=False)]
    return (
        _Layer(*(np.concatenate(column) for column in zip(*(layer for layer, _ in parts), strict=True))),
        _Ways(*(np.concatenate(column) for column in zip(*moved, strict=True))),
    )


def _ranges(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """The numbers of all ranges one after the other, each with the place of its range."""
    counts = high - low
    owner = np.repeat(np.arange(len(counts)), counts)
    before = np.cumsum(counts) - counts
    return owner, np.arange(len(owner)) - before[owner] + low[owner]


def _in_order(codes: Ints) -> tuple[Ints, Ints]:
    """The distinct codes by first occurrence, and which of them each code is."""
    order = np.argsort(codes, kind="stable")
    ascending = codes[order]
    opens = np.ones(len(codes), bool)  # where a run of equal codes begins
    opens[1:] = ascending[1:] != ascending[:-1]
    firsts = order[opens]
    is_first = np.zeros(len(codes), bool)
    is_first[firsts] = True
    rank = np.cumsum(is_first) - 1
    places = np.empty(len(codes), np.int64)
    places[order] = rank[firsts][np.cumsum(opens) - 1]
    return codes[is_first], places
