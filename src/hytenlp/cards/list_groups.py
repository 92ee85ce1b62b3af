"""Lines with a heading's words that belong to the lists of joys and concerns: "Turva" above some concerns, "Päihteet" as one of them.

Taken for a theme's heading, such a line would make actions of all concerns after it.
"""

from __future__ import annotations

from collections.abc import Sequence

from hytenlp.cards.headings import Heading, HeadingReader
from hytenlp.cards.lines import Line, look_of

_Looks = set[tuple[int, bool, bool, bool]]


class ListGroups:
    """Finds the lines that only group joys and concerns, or are such themselves.

    Args:
        lines: of the document.
        heads: what each of them announces by its words.
        headings: knows what sub-heads are called in every card.
    """

    def __init__(self, lines: Sequence[Line], heads: Sequence[Heading | None], headings: HeadingReader) -> None:
        self._lines, self._heads, self._headings = lines, heads, headings
        self._themes: dict[str, list[int]] = {}  # where each theme is headed, by words that name no category
        self._named: dict[str, int] = {}  # where each category is headed last
        for i, head in enumerate(heads):
            if head and head.categories:
                self._named[_name(lines[i])] = i
            for theme in head.themes if head and not head.categories else ():
                self._themes.setdefault(theme, []).append(i)
        self._last_theme = max((places[-1] for places in self._themes.values()), default=-1)
        self._following = self._following_heads()

    def __call__(self) -> list[int]:
        """The lines, in their order."""
        groups: list[int] = []
        part: tuple[str, ...] = ()  # the list that is being read
        looks: _Looks = set()  # of its lines that group others
        for i, head in enumerate(self._heads):
            if head is None:
                if part and self._is_sub_head(i):
                    looks.add(look_of(self._lines[i]))
            elif head.lists:
                if head.roles == part and self._is_bullet(i):
                    groups.append(i)
                else:
                    part, looks = head.roles, set()
            elif part and not head.roles and self._lines[i].cell is None and self._is_group(i, head, looks):
                groups.append(i)
            elif head.themes or head.categories or "actions" in head.roles:
                part = ()
        return groups

    def _following_heads(self) -> list[int]:
        """For each line the next heading after it that is no category called so only before the first theme; their number at the end."""
        following, nearest = [0] * len(self._heads), len(self._heads)
        for i in range(len(self._heads) - 1, -1, -1):
            following[i] = nearest
            head = self._heads[i]
            if head and not self._is_lone_category(i, head):
                nearest = i
        return following

    def _is_lone_category(self, i: int, head: Heading) -> bool:
        """Whether a category is called so for the last time, and themes are still to come."""
        return bool(head.categories) and not head.themes and self._named[_name(self._lines[i])] == i < self._last_theme

    def _is_group(self, i: int, head: Heading, looks: _Looks) -> bool:
        """Whether a heading of a theme or category only groups the list that it stands in.

        The theme is headed again after the lists, and this line looks otherwise, or like others that group; or only that one has
        categories under it. A category is none before the first theme when it is called otherwise than those of the themes.
        """
        line = self._lines[i]
        if i + 1 == len(self._lines) or self._heads[i + 1] is not None:
            return False
        if not head.themes:
            return self._is_lone_category(i, head)
        again = next((j for theme in head.themes for j in self._themes.get(theme, ()) if j > i), None)
        if again is None or self._begins_theme(i) or _name(self._lines[again]) == _name(line):
            return False
        look = look_of(line)
        return look_of(self._lines[again]) != look or look in looks or self._begins_theme(again) or self._has_peer(i)

    def _begins_theme(self, i: int) -> bool:
        """Whether categories, goals or actions come right after a heading."""
        j = self._following[i]
        after = self._heads[j] if j < len(self._heads) else None
        return after is not None and bool(
            (after.categories and not after.themes) or {"actions", "goals"} & set(after.roles)
        )

    def _has_peer(self, i: int) -> bool:
        """Whether a line of the same look groups bullets before the next heading."""
        for j in range(i + 1, len(self._lines)):
            if self._heads[j]:
                return False
            if look_of(self._lines[j]) == look_of(self._lines[i]) and self._is_sub_head(j):
                return True
        return False

    def _is_sub_head(self, i: int) -> bool:
        """Whether a line that is no heading groups the bullets under it."""
        line = self._lines[i]
        if line.glyph or i + 1 == len(self._lines):
            return False
        apart = bool(line.blanks or line.level or (i and self._heads[i - 1])) and bool(self._lines[i + 1].glyph)
        return apart or self._headings.is_section(line.text)

    def _is_bullet(self, i: int) -> bool:
        """Whether what names the list that it stands in is one of its bullets: "Päihdeongelmat" among concerns without signs."""
        line = self._lines[i]
        below = self._lines[i + 1] if i + 1 < len(self._lines) else None
        plain = not line.level and not line.glyph and line.cell is None and line.text[-1:] != ":"
        listed = below is None or below.glyph or below.level
        return plain and not listed and self._headings.names_theme(line.text)


def _name(line: Line) -> str:
    return line.text.casefold().removesuffix("(jatkuu)").rstrip(": ")
