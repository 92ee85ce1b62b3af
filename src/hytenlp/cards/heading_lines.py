"""Which lines of a document are headings: what their words announce, judged by the lines around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hytenlp.cards.headings import Heading, HeadingReader
from hytenlp.cards.lines import Line, ends_sentence, is_open_ended


def heading_lines(lines: Sequence[Line], headings: HeadingReader) -> list[Heading | None]:
    """For each line what it announces; None for one that is no heading, though it may have a heading's words."""
    _take_signs_off(lines, headings)
    found = [headings(line) for line in lines]
    for i, line in enumerate(lines):
        named = line.text.endswith(":") and not (line.placed and line.text[:1].islower())
        if found[i] is None or line.level or named:
            continue
        before = lines[i - 1] if i else None
        # The last line of a wrapped bullet may consist of a heading's words: "... sekä\nosallisuus".
        apart = line.blanks or (line.new_page and not line.placed) or (before and column_of(before) != column_of(line))
        wrapped = before is not None and not apart and found[i - 1] is None
        if wrapped and _goes_on_in(before, line):
            found[i] = None
        if line.glyph == "1." and line.order != 1 and _numbered_bullet_before(lines, i):
            found[i] = None
        following = lines[i + 1] if i + 1 < len(lines) else None
        if line.placed and following is not None and found[i + 1] is None and _begins_text(line, following):
            found[i] = None
    for i in [*_bullets_in_cells(lines, found), *_groups_in_lists(lines, found, headings)]:
        found[i] = None
    return found


def _take_signs_off(lines: Sequence[Line], headings: HeadingReader) -> None:
    """Takes the sign off headings that have one: "★ Ilon aiheet" over dashes, "- Ilon aiheet" over dashes further in.

    All lines with the sign at that place are headings, one of joys or concerns or two themes among them, and none stands right under
    another.
    """
    alike: dict[tuple[str, int], list[int]] = {}
    for i, line in enumerate(lines):
        if line.glyph not in ("", "1."):
            alike.setdefault((line.glyph, line.indent), []).append(i)
    for signed in alike.values():
        heads = []
        for i in signed:
            head = headings(replace(lines[i], glyph="")) if i + 1 < len(lines) and i + 1 not in signed else None
            if head is None:
                break
            heads.append(head)
        lists = any({"joys", "concerns"} & set(head.roles) for head in heads)
        if len(heads) == len(signed) and (lists or len({theme for head in heads for theme in head.themes}) > 1):
            for i in signed:
                lines[i].glyph = ""


def look_of(line: Line) -> tuple[int, bool, bool, bool]:
    """What a heading looks like: its level, and whether it is in capitals, ends in a colon and is numbered."""
    letters = [c for c in line.text if c.isalpha()]
    return line.level, bool(letters) and all(c.isupper() for c in letters), line.text.endswith(":"), line.glyph == "1."


def column_of(line: Line) -> tuple[int, int, int]:
    """The box, table and column that a line stands in."""
    return (line.box, line.cell.table, line.cell.column) if line.cell else (line.box, 0, 0)


def _goes_on_in(before: Line | None, line: Line) -> bool:
    """Whether a line with a heading's words is the last line of the bullet before it."""
    if before is None or line.glyph or ends_sentence(before.text) or not (before.glyph or before.indent == line.indent):
        return False
    return line.text[:1].islower() or is_open_ended(before.text)


def _begins_text(line: Line, following: Line) -> bool:
    """Whether a line with a heading's words is the first one of a wrapped text, like "Toteutettu" alone."""
    together = column_of(line) == column_of(following) and (line.page == following.page or following.new_page)
    goes_on = following.text[:1].islower() and not (following.blanks or following.glyph or following.paragraph)
    return together and goes_on


def _numbered_bullet_before(lines: Sequence[Line], i: int) -> bool:
    """Whether a numbered line goes on counting a list of bullets rather than of headings."""
    for line in reversed(lines[:i]):
        if line.glyph == "1.":
            return line.order == lines[i].order - 1 and len(line.text.split()) > 6
    return False


def _groups_in_lists(lines: Sequence[Line], found: Sequence[Heading | None], headings: HeadingReader) -> list[int]:
    """The lines with a theme's or category's words that only group joys and concerns: "Turva" among the concerns.

    The theme is headed again after the lists, and this line looks otherwise, or like others that group joys and concerns; a category
    is none before the first theme when it is called otherwise than those of the themes.
    """
    groups: list[int] = []
    in_list = False
    for i, (line, head) in enumerate(zip(lines, found, strict=True)):
        if head is None:
            continue
        if {"joys", "concerns"} & set(head.roles):
            in_list = True
        elif in_list and not head.roles and line.cell is None and _is_group(i, lines, found, headings):
            groups.append(i)
        elif head.themes or head.categories or "actions" in head.roles:
            in_list = False
    return groups


def _is_group(i: int, lines: Sequence[Line], found: Sequence[Heading | None], headings: HeadingReader) -> bool:
    """Whether a heading inside a list of joys or concerns only groups it."""
    head = found[i]
    if head is None or i + 1 == len(lines) or found[i + 1] is not None:
        return False
    if not head.themes:
        return _is_lone_category(i, lines, found)
    line = lines[i]
    again = [
        lines[j]
        for j, other in enumerate(found)
        if j > i and other and set(head.themes) & set(other.themes) and not other.categories
    ]
    following = next(
        (other for j, other in enumerate(found) if j > i and other and not _is_lone_category(j, lines, found)), head
    )
    begins_theme = (following.categories and not following.themes) or {"actions", "goals"} & set(following.roles)
    if begins_theme or not again or _named(again[0]) == _named(line):
        return False
    return look_of(again[0]) != look_of(line) or any(
        look_of(lines[j]) == look_of(line) and _groups(j, lines, found, headings) for j in _list_around(i, found)
    )


def _is_lone_category(i: int, lines: Sequence[Line], found: Sequence[Heading | None]) -> bool:
    """Whether a category is called so only here, and themes are still to come."""
    head = found[i]
    if head is None or not head.categories or head.themes:
        return False
    later = [(lines[j], other) for j, other in enumerate(found) if j > i and other]
    again = any(other.categories and _named(one) == _named(lines[i]) for one, other in later)
    return not again and any(other.themes and not other.categories for _, other in later)


def _named(line: Line) -> str:
    return line.text.casefold().removesuffix("(jatkuu)").rstrip(": ")


def _groups(i: int, lines: Sequence[Line], found: Sequence[Heading | None], headings: HeadingReader) -> bool:
    """Whether a line that is no heading groups the bullets under it."""
    line = lines[i]
    if found[i] or line.glyph or i + 1 == len(lines):
        return False
    apart = bool(line.blanks or line.level or (i and found[i - 1])) and bool(lines[i + 1].glyph)
    return apart or headings.is_section(line.text)


def _list_around(i: int, found: Sequence[Heading | None]) -> range:
    """The lines from the first heading of joys or concerns up to the next heading after a line."""
    start = next(j for j, head in enumerate(found) if head and {"joys", "concerns"} & set(head.roles))
    return range(start, next((j for j in range(i + 1, len(found)) if found[j]), len(found)))


def _bullets_in_cells(lines: Sequence[Line], found: Sequence[Heading | None]) -> list[int]:
    """The lines with a theme's or category's words that are joys and concerns themselves: "Osallisuus" among the concerns.

    They stand in a column that its head names so. Where themes follow the table, it holds nothing else; else a theme may begin
    inside it, in the first column or beside other headings, unless nothing comes after it.
    """
    heads: dict[tuple[int, int], int] = {}  # table and column -> the row that names it
    rows: dict[tuple[int, int], list[int]] = {}
    ends: dict[int, int] = {}  # table -> its last line
    candidates: list[int] = []
    last_theme = last_text = -1
    for i, (line, head) in enumerate(zip(lines, found, strict=True)):
        if head and (head.themes or "actions" in head.roles):
            last_theme = i
        elif not head:
            last_text = i
        if line.cell is None:
            continue
        table, row, column = line.cell
        rows.setdefault((table, row), []).append(i)
        ends[table] = i
        if head and head.roles in (("joys",), ("concerns",)):
            heads.setdefault((table, column), row)
        elif head and row > heads.get((table, column), row):
            candidates.append(i)
    mixed = {
        line.cell.table
        for line, head in zip(lines, found, strict=True)
        if line.cell and head and "actions" in head.roles
    }
    return [
        i
        for i in candidates
        if (cell := lines[i].cell)
        and cell.table not in mixed
        and (
            last_theme > ends[cell.table]
            or last_text < i
            or (cell.column and any(found[j] is None and lines[j].cell != cell for j in rows[cell.table, cell.row]))
        )
    ]
