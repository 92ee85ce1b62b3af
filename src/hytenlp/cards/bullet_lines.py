"""Whether a line begins a bullet or goes on with the one before it."""

from __future__ import annotations

from collections.abc import Sequence

from hytenlp.cards.lines import Line, ends_sentence, is_open_ended, is_sub_glyph


def begins_bullet(line: Line, bullet: Sequence[Line]) -> bool:
    """Whether a line with a glyph or number is a bullet of its own.

    Args:
        line: the line.
        bullet: the lines of the bullet before it; none where no bullet is open.
    """
    if not line.glyph:
        return False
    if not bullet:
        return True
    first = next((one for one in bullet if one.glyph), None)
    if first is None:
        return not is_dash_in_prose(line, bullet[-1])
    if line.glyph == "1.":
        return first.glyph == "1." and _counts_on(line, first, bullet)
    if line.glyph != first.glyph:
        nested = line.indent >= first.indent + 2 or (
            is_sub_glyph(line.glyph) and not is_sub_glyph(first.glyph) and line.indent >= first.indent
        )
        return not nested and not is_dash_in_prose(line, bullet[-1])
    return line.indent < first.indent + 2


def _counts_on(line: Line, first: Line, bullet: Sequence[Line]) -> bool:
    """Whether a number is the list's next one, or leaves a gap but begins like a bullet: "10. kesäkuuta" is a date."""
    last = next(one.order for one in bullet if one.glyph == "1.")
    if line.order == last + 1:
        return True
    if line.indent > first.indent + 1:
        return False
    return line.order == 1 or (line.order >= last and line.text[:1].isupper() and not is_open_ended(bullet[-1].text))


def is_dash_in_prose(line: Line, before: Line) -> bool:
    """A dash that happens to begin a wrapped line: a year, a line end, "– syksy 2024"."""
    if line.glyph not in ("–", "—") or line.blanks or before.glyph in ("–", "—"):
        return False
    return line.text[:1].islower() and not ends_sentence(before.text)


def goes_on(line: Line, bullet: Sequence[Line]) -> bool:
    """Whether a line that begins no bullet belongs to the one before it, which has lines."""
    last = bullet[-1]
    if line.paragraph and not line.glyph:
        return line.text[:1].islower() or last.text[-1:] in ",-"
    if not line.blanks and not line.new_page:
        return True
    if line.glyph:
        return True  # a nested bullet
    if line.placed and line.blanks > 1:
        return False  # a gap that was measured
    if bullet[0].glyph:
        return not (ends_sentence(last.text) and not line.text[:1].islower())
    return (line.new_page and line.text[:1].islower()) or last.text[-1:] in ",-"
