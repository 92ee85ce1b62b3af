"""How the text of a document looks: what of it is larger, bolder or of another colour, and what its headings announce."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from hytenlp.cards.headings import HeadingReader
from hytenlp.cards.lines import make_line
from hytenlp.cards.pdf.page import Page, Segment


class Looks:
    """Compares segments with most of a document's text.

    Args:
        pages: all of the document.
        headings: recognises headings.

    Attributes:
        size: the font size of most of the text, in points.
    """

    def __init__(self, pages: Sequence[Page], headings: HeadingReader) -> None:
        self._headings = headings
        self._announced: dict[tuple[str, bool], set[str]] = {}
        weights: Counter[tuple[float, bool, int]] = Counter()
        for page in pages:
            for run in page.runs:
                weights[run.size, run.bold, run.colour] += len(run.text)
        (self.size, self._bold, self._colour), _ = weights.most_common(1)[0]
        self._largest = self._largest_of_text(weights)

    @staticmethod
    def _largest_of_text(weights: Counter[tuple[float, bool, int]]) -> float:
        """The largest font size that much of the text has: what is larger is a heading."""
        sizes: Counter[float] = Counter()
        for (size, _, _), count in weights.items():
            sizes[size] += count
        return max(
            size for size, count in sizes.items() if count >= 0.1 * sizes.total() or count == max(sizes.values())
        )

    def kinds(self, segments: Iterable[Segment]) -> set[str]:
        """What the headings among segments announce."""
        kinds: set[str] = set()
        for segment in segments:
            kinds |= self.kind(segment)
        return kinds

    def kind(self, segment: Segment) -> set[str]:
        """What a segment announces: joys, concerns, theme, category, nostot, or another role; empty when it is no heading."""
        text = segment.text if segment.runs else ""
        if not text or len(text) > 100:
            return set()
        key = text, bool(self.level(segment))
        if key not in self._announced:
            self._announced[key] = self._announces(*key)
        return self._announced[key]

    def _announces(self, text: str, styled: bool) -> set[str]:
        line = make_line(text, 1, 1)
        line.level = 6 if styled else 0
        head = self._headings(line)
        if head is None:
            return set()
        kinds = {role if role in ("joys", "concerns") else "role" for role in head.roles}
        if head.themes and not head.categories:
            kinds.add("theme")
        if "nostot" in head.categories:
            kinds.add("nostot")
        elif head.categories:
            kinds.add("category")
        return kinds

    def level(self, segment: Segment) -> int:
        """How much a segment looks like a heading: 1 to 3 by size, 6 for bold or colour, 0 for none."""
        letters = [run for run in segment.runs if run.text.strip() and not run.symbol]
        if not letters or len(segment.text) > 120:
            return 0
        size = segment.size
        if size > 1.12 * self._largest and any(c.isalpha() for c in segment.text):
            return 1 if size > 1.5 * self._largest else 2 if size > 1.28 * self._largest else 3
        bold = all(run.bold for run in letters) and not self._bold
        coloured = all(run.colour != self._colour for run in letters) and all(_is_colour(run.colour) for run in letters)
        return 6 if bold or coloured else 0


def _is_colour(colour: int) -> bool:
    """Whether a colour is no grey, black or white."""
    parts = (colour >> 16 & 255, colour >> 8 & 255, colour & 255)
    return max(parts) - min(parts) > 40
