"""Probabilities by label."""

from __future__ import annotations

from collections.abc import Collection, ItemsView, Iterator, Mapping, Sequence

LEAST = 0.1  # no threshold is lower


class Scores(Mapping[str, float]):
    """The probability of every label. Of many labels few are likely, so only those are at hand; the others are looked up.

    Args:
        places: label -> its place among the values; texts share it.
        values: the probabilities.
        likely: those of at least `LEAST`, in the labels' order; found when not given.
    """

    __slots__ = ("_places", "_values", "likely")

    def __init__(
        self, places: Mapping[str, int], values: Sequence[float], likely: dict[str, float] | None = None
    ) -> None:
        self._places, self._values = places, values
        self.likely = {label: p for label, p in self.items() if p >= LEAST} if likely is None else likely

    @classmethod
    def of(cls, probabilities: Mapping[str, float]) -> Scores:
        """Those of a mapping."""
        return cls({label: i for i, label in enumerate(probabilities)}, list(probabilities.values()))

    def __getitem__(self, label: str) -> float:
        return self._values[self._places[label]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def items(self) -> ItemsView[str, float]:
        """Labels with their probabilities; a dict's, which are many times as fast as a mapping's."""
        return dict(zip(self._places, self._values, strict=True)).items()

    def __repr__(self) -> str:
        return f"Scores({dict(self)!r})"

    def best(self) -> str:
        """The likeliest label, of equals the first."""
        known = self.likely or dict(self.items())
        return max(known, key=known.__getitem__)

    def in_order(self, labels: Collection[str]) -> list[str]:
        """Some of the labels, in their order."""
        return list(labels) if len(labels) < 2 else [label for label in self._places if label in labels]
