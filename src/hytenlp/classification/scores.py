"""Probabilities by label."""

from __future__ import annotations

from collections.abc import Collection, ItemsView, Iterator, Mapping, Sequence
from typing import Any

LEAST = 0.1  # no threshold is lower


class Scores(Mapping[str, float]):
    """The probability of every label. What is mostly asked for is at hand, the rest is looked up.

    Attributes:
        likely: the labels of at least `LEAST`, in the labels' order; of many labels they are few.
        best: the likeliest label, of equals the first.
    """

    __slots__ = ("_places", "_values", "best", "likely")

    def __init__(
        self, places: Mapping[str, int], values: Sequence[float], likely: Mapping[str, float], best: str
    ) -> None:
        """Takes what was found for many texts together.

        Args:
            places: label -> its place among the values; texts share it.
            values: the probabilities.
            likely: see `Scores`.
            best: see `Scores`.
        """
        self._places, self._values = places, values
        self.likely, self.best = likely, best

    @classmethod
    def of(cls, probabilities: Mapping[str, float]) -> Scores:
        """Those of a mapping."""
        likely = {label: p for label, p in probabilities.items() if p >= LEAST}
        best = max(probabilities, key=probabilities.__getitem__, default="")
        return cls({label: i for i, label in enumerate(probabilities)}, list(probabilities.values()), likely, best)

    def __getitem__(self, label: str) -> float:
        return self._values[self._places[label]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def items(self) -> ItemsView[str, float]:
        """Labels with their probabilities; a dict's, which are many times as fast as a mapping's."""
        return dict(zip(self._places, self._values, strict=True)).items()

    def __reduce__(self) -> tuple[Any, ...]:
        return Scores, (self._places, self._values, self.likely, self.best)

    def __repr__(self) -> str:
        return f"Scores({dict(self)!r})"

    def in_order(self, labels: Collection[str]) -> list[str]:
        """Some of the labels, in their order."""
        return list(labels) if len(labels) < 2 else [label for label in self._places if label in labels]
