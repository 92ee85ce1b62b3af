"""Sub-heads inside joys and concerns: "Kuntalaisten hyvinvointi", "Hyte-työ", or whatever a card calls them.

They are no headings that are known, so what tells them is where they stand: above a bullet, after a blank line, with a colon, or on
a line of their own where the bullet before has ended or could have gone on in its own line.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from hytenlp.cards.headings import Heading, HeadingReader
from hytenlp.cards.lines import Line, ends_sentence, is_open_ended

_WORDS = 6  # a sub-head is not longer
_SHOUTED = 5  # letters of a sub-head in capitals; fewer may be an abbreviation at the end of a bullet
_FULL = 0.8  # how much of the longest line the others may leave empty before a word did not fit
_WIDTH = 60  # characters that fit on a line where none is seen to wrap
_ABBREVIATIONS = frozenset({"mm.", "esim.", "ns.", "n.", "ts.", "vrt.", "ks.", "ent.", "ko.", "em.", "po.", "klo."})


class SubHeads:
    """Finds the sub-heads of a document.

    Args:
        lines: of the document.
        heads: what each of them announces.
        headings: knows what names may consist of.
    """

    def __init__(self, lines: Sequence[Line], heads: Sequence[Heading | None], headings: HeadingReader) -> None:
        self._lines = lines
        self._heads = heads
        self._headings = headings
        self._met: set[str] = set()

    def meet(self, name: str) -> None:
        """Notes a sub-head: where it stands again, it is one again."""
        self._met.add(name.casefold())

    def __call__(self, i: int, bullet: Sequence[Line]) -> bool:
        """Whether a line among joys and concerns is a sub-head.

        Args:
            i: the line.
            bullet: the lines of the bullet that it may go on with; none where no bullet is open.
        """
        line = self._lines[i]
        if line.glyph or line.level:
            return not line.glyph
        text = line.text.rstrip()
        if not text or len(text.split()) > _WORDS or text[-1] in ".,;!-" or not text[:1].isupper():
            return False
        following = self._lines[i + 1] if i + 1 < len(self._lines) else None
        if line.cell and line.cell.row and following is not None and following.cell != line.cell:
            return False  # what stands in the next cell is not under it
        colon, known = text.endswith(":"), text.casefold() in self._met or self._headings.is_section(text)
        named = known or self._headings(line) is not None  # a theme's name that groups joys or concerns
        if following is None or not following.glyph:
            text_follows = following is not None and self._heads[i + 1] is None
            binds = known or (named and line.blanks and following is not None and not following.blanks)
            if not text_follows or not (colon or (binds and not self._lines[i + 1].text[:1].islower())):
                return False
        return colon or bool(line.blanks) or not bullet or self.breaks_off(i, bullet, named)

    def breaks_off(self, i: int, bullet: Sequence[Line], known: bool = False) -> bool:
        """Whether a line right under a bullet is none of its own.

        Args:
            i: the line.
            bullet: the lines of the bullet.
            known: whether the line is known as a sub-head.
        """
        line, before = self._lines[i], bullet[-1]
        last = before.text.split()[-1].lower()
        if line.indent > bullet[0].indent or is_open_ended(before.text) or last in _ABBREVIATIONS or last[-1] in ":/(":
            return False
        if known:
            return True
        had_room = self.had_room(i) and not self._headings.is_cut(before.text)
        if not self._headings.is_name(line.text):
            return had_room and self._headings.asks(line.text)
        shouted = line.text.isupper() and not before.text.isupper() and sum(map(str.isalpha, line.text)) >= _SHOUTED
        return shouted or ends_sentence(before.text) or had_room

    def had_room(self, i: int) -> bool:
        """Whether the line's first word would have fitted on the line above, so that the break is meant."""
        above = self._lines[i - 1].raw.rstrip()
        return len(above) + 1 + len(self._lines[i].text.split()[0]) <= _FULL * self._widths[i]

    @cached_property
    def _widths(self) -> list[int]:
        """For each line the longest one of its part of the card: how wide a line may be there."""
        widths: list[int] = []
        start, longest, wraps = 0, 0, False
        for i, (line, head) in enumerate(zip(self._lines, self._heads, strict=True)):
            if head and (head.roles or head.themes):
                widths += [longest if wraps else max(longest, _WIDTH)] * (i - start)
                start, longest, wraps = i, 0, False
            longest = max(longest, len(line.raw.rstrip()))
            wraps = wraps or (not line.glyph and not line.blanks and line.text[:1].islower())
        return widths + [longest if wraps else max(longest, _WIDTH)] * (len(self._lines) - start)
