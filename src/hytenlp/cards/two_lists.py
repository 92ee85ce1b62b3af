"""Two lists under one heading, "Ilon aiheet  Huolen aiheet", without sub-heads: where the second one begins.

Only what looks otherwise there and nowhere else can tell: another sign, numbers that begin anew, or the widest gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hytenlp.cards.headings import Heading
from hytenlp.cards.lines import Line


def second_list(i: int, lines: Sequence[Line], heads: Sequence[Heading | None]) -> int | None:
    """The line that begins the second of two lists under a heading; None when nothing tells.

    Args:
        i: the heading.
        lines: of the document.
        heads: what each of them announces.
    """
    end = next((j for j in range(i + 1, len(lines)) if heads[j]), len(lines))
    bullets = [j for j in range(i + 1, end) if lines[j].glyph]
    if not bullets:
        return None
    edge = min(lines[j].indent for j in bullets)
    bullets = [j for j in bullets if lines[j].indent <= edge + 1]  # nested ones begin no list
    pairs = [(lines[above], lines[j]) for above, j in pairwise(bullets)]
    widest = max((line.blanks for _, line in pairs), default=0)
    for begins in (
        [above.glyph != line.glyph for above, line in pairs],
        [line.glyph == "1." and line.order <= above.order for above, line in pairs],
        [line.blanks == widest > 0 for _, line in pairs],
    ):
        if sum(begins) == 1:
            return bullets[begins.index(True) + 1]
    return None
