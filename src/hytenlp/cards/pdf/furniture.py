"""Page furniture of a PDF: what is no text of the card."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from hytenlp.cards.lines import is_page_number, make_line
from hytenlp.cards.pdf.looks import Looks
from hytenlp.cards.pdf.page import Page, Segment

_EDGE = 0.13  # running headers and footers stand in this share of the page's height


def furniture(pages: Sequence[Page], rows: list[list[Segment]], looks: Looks) -> set[int]:
    """Segments that are no text of the card: page numbers, what stands at the same height on several pages, artifacts, turned text."""
    found: set[int] = set()
    seen: dict[tuple[str, int], list[Segment]] = defaultdict(list)
    for page, segments in zip(pages, rows, strict=True):
        for s in segments:
            if all(run.artifact for run in s.runs):
                found.add(id(s))
            edge = s.middle < _EDGE * page.height or s.middle > (1 - _EDGE) * page.height
            if not edge:
                continue
            beyond = not any(o.y1 < s.y0 for o in segments) or not any(o.y0 > s.y1 for o in segments)
            if beyond and is_page_number(make_line(s.text, 1, 1)):
                found.add(id(s))
            shape = re.sub(r"\d+", "0", s.text.casefold()).strip()
            seen[shape, round(s.base / 4)].append(s)
    for (shape, height), same in seen.items():
        beside = seen.get((shape, height + 1), [])
        numbers = {s.page.number for s in [*same, *beside]}
        if len(numbers) > 1 and len(numbers) >= len(pages) / 3 and not any(looks.kind(s) for s in same):
            found |= {id(s) for s in [*same, *beside]}
    return found
