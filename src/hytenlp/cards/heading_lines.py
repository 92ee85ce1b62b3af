"""Which lines of a document are headings: what their words announce, judged by the lines around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hytenlp.cards.headings import Heading, HeadingReader
from hytenlp.cards.lines import Line, ends_sentence, is_open_ended
from hytenlp.cards.list_groups import ListGroups


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
    for i in [*_bullets_in_cells(lines, found), *ListGroups(lines, found, headings)()]:
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
        lists = any(head.lists for head in heads)
        if len(heads) == len(signed) and (lists or len({theme for head in heads for theme in head.themes}) > 1):
            for i in signed:
                lines[i].glyph = ""


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


def _bullets_in_cells(lines: Sequence[Line], found: Sequence[Heading | None]) -> list[int]:
    """The lines with a heading's words that are joys and concerns themselves: "Osallisuus" or "Päihdeongelmat" among the concerns.

    They stand in a column that its head names so, and are not that head on the next page. Where themes follow the table, it holds nothing else; else a theme may begin
    inside it, in the first column or beside other headings, unless nothing comes after it.
    """
    heads: dict[tuple[int, int], int] = {}  # table and column -> the row that names it
    named: dict[tuple[int, int], tuple[tuple[str, ...], str]] = {}  # and how
    bullets: list[int] = []
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
            roles, name = named.setdefault((table, column), (head.roles, line.text))
            if roles == head.roles and name != line.text and row > heads[table, column] and not line.level:
                bullets.append(i)
        elif head and row > heads.get((table, column), row):
            candidates.append(i)
    mixed = {
        line.cell.table
        for line, head in zip(lines, found, strict=True)
        if line.cell and head and "actions" in head.roles
    }
    return bullets + [
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
