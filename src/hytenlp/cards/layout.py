"""Lines become sections, and sections bullets.

A card is read from top to bottom with one state: the section that the next bullet belongs to. What makes it more than that:

* *Two columns set one after the other* stand under one line "Ilon aiheet  Huolen aiheet"; the second begins where a sub-head repeats,
  or, without sub-heads, where the list looks as if it began anew.
* *A box out of place*: a PDF emits the box "Kunnan omat nostot" at the end of its page. It then interrupts a theme that began lower
  on that page, belongs to the one before, and the interrupted category goes on after the page break without a heading.
* *Side by side*: where the document tells boxes, columns and table cells apart (`Line.box`, `Line.cell`), each goes on where it was left.
* *Goals* stand between a theme's heading and its first category and are no bullets.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

from hytenlp.cards.bullet_lines import begins_bullet, goes_on, is_dash_in_prose
from hytenlp.cards.card import Action, Bullet, Category, Doubt, Unplaced
from hytenlp.cards.guessed_heads import GuessedHeads
from hytenlp.cards.heading_lines import heading_lines
from hytenlp.cards.headings import Heading, HeadingReader
from hytenlp.cards.lines import Cell, Line, join_wrapped, look_of
from hytenlp.cards.reading import Part, Taken, What
from hytenlp.cards.sub_heads import SubHeads
from hytenlp.cards.two_lists import second_list


@dataclass(slots=True)
class Content:
    """What a document was laid out to say."""

    title: list[Line] = field(default_factory=list)
    joys: list[Bullet] = field(default_factory=list)
    concerns: list[Bullet] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    recognised: bool = False


@dataclass(slots=True)
class _Place:
    """Where the next bullet goes."""

    part: Part = "title"
    section: str | None = None
    theme: str | None = None
    category: Category | None = None


@dataclass(slots=True)
class _Bullet:
    place: _Place
    lines: list[Line]


@dataclass(slots=True)
class _State:
    """What is remembered of a box, column or the text around them while another is read."""

    place: _Place
    open: _Bullet | None
    in_list: bool
    themes: int  # how many headings of themes had been met


def lay_out(lines: list[Line], headings: HeadingReader, knows: Callable[[str], bool]) -> Content:
    """Reads the sections and bullets of a card.

    Args:
        lines: the document's lines, from `split_lines`.
        headings: recognises headings.
        knows: whether a word form is in the lexicon, for hyphens at line ends.
    """
    return _Layout(lines, headings, knows).run()


class _Layout:
    def __init__(self, lines: list[Line], headings: HeadingReader, knows: Callable[[str], bool]) -> None:
        self._lines = lines
        self._knows = knows
        guessed = GuessedHeads(lines, heading_lines(lines, headings), headings)
        self._heads, self._strays = guessed.heads, guessed.strays
        self._is_sub_head = SubHeads(lines, self._heads, headings)
        self._content = Content(doubts=guessed.doubts)
        self._place = _Place()
        self._bullets: list[_Bullet] = []
        self._open: _Bullet | None = None  # the bullet that a following line may go on with
        self._boxed: set[str] = set()  # themes whose box was seen
        self._themes: dict[str, int] = {}  # themes in the order in which they began, with the page
        self._column: list[str] = []  # sub-heads of the first of two columns
        self._two_columns = False
        self._columns: tuple[Part, Part] = ("joys", "concerns")  # what they hold, in their order
        self._columns_line: Line | None = None
        self._second: int | None = None  # the line that begins the second one, when no sub-head tells
        self._newspaper = False  # the first column's text went on in the second one
        self._interrupted: _Place | None = None  # what a box out of place broke into
        self._last_theme_line: Line | None = None
        self._last_category_line: Line | None = None
        self._in_list = False  # glyphs were seen in this section
        self._themes_met = self._themes_before = 0  # headings of themes so far, and before this page
        self._theme_columns: set[tuple[int, int]] = set()  # columns of tables that hold such headings themselves
        self._category_columns: set[tuple[int, int]] = set()  # those whose labels stand beside other labels
        self._bullet_columns: set[tuple[int, int]] = set()  # and those that hold bullets
        self._box = 0
        self._cell: Cell | None = None
        self._outside: _State | None = None  # the text around the box that is being read
        self._states: dict[tuple[int, int, int], _State] = {}  # of boxes (0, box, 0) and columns (1, table, column)
        self._roles: dict[tuple[int, int], Part] = {}  # what the head of a table's column announces
        self._cell_begins = False
        self._labelled = False  # a table has a column of labels
        self._label = ""  # the first cell of the row, when it is no heading

    def run(self) -> Content:
        for i, line in enumerate(self._lines):
            if i == 0 or line.page != self._lines[i - 1].page:
                self._themes_before = self._themes_met
            self._cell_begins = line.cell is not None and line.cell != self._cell
            self._enter(line)
            head = self._heads[i] if self._place.part != "aside" or not line.cell else None
            if head is not None:
                self._heading(i, line, head)
            elif self._is_row_label(line):
                self._label = line.text.rstrip(": ")
                self._content.taken.append(Taken(line, "section", section=self._label))
            elif self._place.part in ("joys", "concerns", "columns") and self._is_sub_head(i, self._open_lines):
                self._section(line)
            else:
                self._text(i, line)
        self._tell_of_columns()
        self._emit()
        return self._content

    @property
    def _open_lines(self) -> list[Line]:
        return self._open.lines if self._open else []

    def _take(self, line: Line, what: What) -> None:
        place = self._place
        self._content.taken.append(Taken(line, what, place.part, place.section, place.theme, place.category))

    # -- side by side ------------------------------------------------------------------------------------------------

    def _enter(self, line: Line) -> None:
        """Leaves the box, column or cell that was being read, and goes on where the line's own was left."""
        if line.box != self._box:
            self._switch_box(line)
        if line.cell != self._cell and not line.box:
            self._switch_cell(line)

    def _state(self) -> _State:
        return _State(self._place, self._open, self._in_list, self._themes_met)

    def _resume(self, state: _State) -> None:
        self._place, self._open, self._in_list = state.place, state.open, state.in_list

    def _switch_box(self, line: Line) -> None:
        if self._box:
            self._states[0, self._box, 0] = self._state()
            if self._outside and self._outside.themes == self._themes_met:
                self._resume(self._outside)
        self._box = line.box
        if self._box:
            self._outside = self._state()
            before = self._states.get((0, self._box, 0))
            if before:
                self._resume(before)
            else:
                self._open, self._in_list = None, False

    def _switch_cell(self, line: Line) -> None:
        left, entered = self._cell, line.cell
        if left:
            self._states[1, left.table, left.column] = self._state()
        self._cell = entered
        if entered is None:
            self._leave_table(left, line)
            return
        key = (entered.table, entered.column)
        before = self._states.get((1, *key))
        role = self._roles.get(key)
        if role is None and self._place.part == "aside":
            self._place = replace(self._place, part="actions")
        if left is None or left[:2] != entered[:2]:
            self._label = ""
        parts = {state.place.part for (_, table, _), state in self._states.items() if table == entered.table}
        parallel = (role in ("joys", "concerns") and entered.row > 0) or (
            entered.row == 0 and {"joys", "concerns"} <= parts
        )
        resumed = before is not None and before.place.part in ("joys", "concerns") and parallel
        if before and resumed and not self._newspaper:
            self._resume(before)
            if not line.new_page:
                self._open = None
            if self._label:
                self._place = replace(self._place, section=self._label)
        elif before and entered.row and line.new_page and self._is_broken(key):
            self._resume(before)
        elif role == "actions" and self._place.part in ("joys", "concerns") and left and left[:2] == entered[:2]:
            self._open, self._in_list = None, False  # the row's label says more than the column's head
        elif role and entered.row:
            labelled = self._label if role in ("joys", "concerns") else None
            self._place = replace(self._place, part=role, section=labelled or None)
            self._open = self._open if line.new_page else None
            self._in_list = False
        elif self._two_columns and entered.column and self._place.part == self._columns[0] and self._runs_over(line):
            self._newspaper = line.new_page = True
        elif (
            self._two_columns
            and entered.column
            and self._place.part in ("columns", self._columns[0])
            and not self._newspaper
        ):
            self._place, self._open, self._in_list = _Place(self._columns[1]), None, False
        elif left is None or entered.row or left.table != entered.table:
            self._open = self._open if line.new_page else None
        else:
            line.new_page = True  # a newspaper's column: a bullet may go on in the next one

    def _is_broken(self, column: tuple[int, int]) -> bool:
        """Whether a cell at the head of a page goes on with the theme that its column holds, unlike one that a label names."""
        held = column in self._theme_columns and column in self._bullet_columns
        return held and self._themes_met == self._themes_before

    def _is_row_label(self, line: Line) -> bool:
        """Whether a line names the row of a table whose other columns hold joys or concerns."""
        cell = line.cell
        if cell is None or not cell.row or cell.column or line.glyph or (cell.table, 0) in self._roles:
            return False
        return any(table == cell.table and role in ("joys", "concerns") for (table, _), role in self._roles.items())

    def _runs_over(self, line: Line) -> bool:
        """Whether the first line of a column goes on with the bullet at the foot of the one before."""
        return self._open is not None and not line.glyph and line.text[:1].islower()

    def _leave_table(self, left: Cell | None, line: Line) -> None:
        """After columns, the text goes on under the first one, when the others only stood beside it."""
        self._label = ""
        self._open = self._open if line.new_page else None
        first = self._states.get((1, left.table, 0)) if left and left.column else None
        beside = self._place.category == "nostot" or not line.new_page
        if (
            first
            and beside
            and first.place.part == "actions"
            and first.themes == self._themes_met
            and left
            and not left.row
        ):
            self._resume(first)
        if self._place.part == "aside":
            self._place = replace(self._place, part="actions")

    def _announce(self, line: Line, role: Part) -> None:
        """Remembers that a heading which begins a cell speaks for those under it, unless it is the label of a row."""
        if line.cell and self._cell_begins and not (role in ("joys", "concerns") and self._has_actions(line.cell)):
            self._roles[line.cell.table, line.cell.column] = role

    def _has_actions(self, cell: Cell) -> bool:
        """Whether another column of a cell's table is headed by actions: then joys and concerns are names of rows."""
        return any(
            table == cell.table and column != cell.column and role == "actions"
            for (table, column), role in self._roles.items()
        )

    # -- headings ----------------------------------------------------------------------------------------------------

    def _heading(self, i: int, line: Line, head: Heading) -> None:
        place, before = self._place, self._state()
        self._open, self._in_list = None, False
        what = self._begin_section(i, line, head, place)
        if what in ("column", "actions", "theme") and self._place is place:
            self._resume(before)
        self._take(line, what)

    def _begin_section(self, i: int, line: Line, head: Heading, place: _Place) -> What:
        """Moves to the section that a heading begins; says what the heading was."""
        if "joys" in head.roles or "concerns" in head.roles:
            self._content.recognised = True
            self._two_columns = len(head.roles) > 1
            self._column = []
            self._second = None
            if self._two_columns:
                self._columns = ("joys", "concerns") if head.roles[0] == "joys" else ("concerns", "joys")
                self._second = second_list(i, self._lines, self._heads)
                self._columns_line = line
            part: Part = "columns" if self._two_columns else "joys" if head.roles == ("joys",) else "concerns"
            self._place = _Place(part)
            self._announce(line, part)
            return "part"
        if head.roles == ("label",):
            if self._labelled and line.cell and line.cell.column:
                self._category_columns.add((line.cell.table, line.cell.column))
            self._labelled = True
            if line.cell:
                self._roles.pop((line.cell.table, line.cell.column), None)
            if line.cell and place.part in ("joys", "concerns", "columns"):
                self._place = _Place("actions")
            return "column"
        if head.roles == ("aside",):
            self._announce(line, "aside")
            self._place = replace(place, part="aside") if self._content.recognised else place
            return "column"
        if head.roles == ("goals",):
            self._announce(line, "goals")
            if place.theme:
                self._place = _Place("goals", section=line.text, theme=place.theme)
            return "goals"
        if theme := self._theme_of(i, line, head):
            if line.new_page and line.text[:1].islower() and theme == place.theme:
                return "theme"  # the end of a heading that its page broke
            self._content.recognised = True
            self._last_theme_line = line
            self._interrupted = None
            self._themes_met += 1
            if line.cell:
                self._theme_columns.add((line.cell.table, line.cell.column))
            self._themes.setdefault(theme, line.page)
            goals = self._goals_until(i)
            self._place = (
                _Place("goals", section=goals, theme=theme) if goals is not None else _Place("actions", theme=theme)
            )
            return "theme"
        if head.categories:
            self._category(i, line, head)
            return "category"
        if "actions" in head.roles:
            self._announce(line, "actions")
            self._content.recognised = True
            # A table's head stands again on each of its pages.
            again = (line.cell is not None or self._labelled) and place.part == "actions" and place.theme is not None
            self._place = place if again else _Place("actions", theme=place.theme)
            return "actions"
        return "unused"

    def _theme_of(self, i: int, line: Line, head: Heading) -> str | None:
        """The theme that a heading begins; None when it names a category, or a sub-head of joys and concerns."""
        if not head.themes:
            return None
        theme = head.themes[0]
        if self._place.part in ("joys", "concerns", "columns") and self._stands_again(i, theme):
            return None
        if theme not in head.categories:
            return theme
        if line.cell and (line.cell.table, line.cell.column) in self._category_columns and self._place.theme:
            return None
        above = self._last_theme_line.level if self._last_theme_line else 0
        if self._place.theme and line.level and above and line.level != above:
            return None if line.level > above else theme
        # "Osallisuus" alone is a theme where a category, goals or nothing but themes follow; else a category inside its theme,
        # unless it looks like the themes' headings and not like the categories', or the card has none and the theme its own text.
        if self._place.theme is None or self._opens_theme(i):
            return theme
        if not self._has_categories:
            return None if self._right_under_theme(i) else theme
        if self._place.theme == theme or theme in self._themes:
            return None
        style = look_of(line)
        like_theme = self._last_theme_line is not None and style == look_of(self._last_theme_line)
        like_category = self._last_category_line is None or style == look_of(self._last_category_line)
        return theme if like_theme and not like_category else None

    def _opens_theme(self, i: int) -> bool:
        """Whether the next heading is one that stands at the beginning of a theme, with no bullet before it."""
        for line, head in zip(self._lines[i + 1 :], self._heads[i + 1 :], strict=True):
            if head is None:
                if line.glyph:
                    return False
                continue
            return bool(head.roles and set(head.roles) <= {"goals", "actions"}) or bool(
                set(head.categories) - {"nostot", "osallisuus"}
            )
        return False

    def _right_under_theme(self, i: int) -> bool:
        """Whether nothing stands between a theme's heading and this one, which would leave the theme empty."""
        line, before, above = self._lines[i], self._lines[i - 1], self._last_theme_line
        return before is above and not (line.level and line.level == above.level)

    @cached_property
    def _has_categories(self) -> bool:
        """Whether the card has categories at all: headings that can be nothing else."""
        return any(head and head.categories and not head.themes for head in self._heads)

    def _stands_again(self, i: int, theme: str) -> bool:
        """Whether a later heading begins the theme, with a category, a box or the head of actions after it."""
        level = self._lines[i].level
        later = [(j, h) for j, h in enumerate(self._heads) if j > i and h and theme in h.themes]
        structured = any((h and h.categories) or (h and "actions" in h.roles) for h in self._heads[i + 1 : i + 6])
        if level and later and self._lines[later[0][0]].level < level:
            return True
        return bool(later) and not structured and any(h and h.lists for h in self._heads[i + 1 : later[0][0]])

    def _goals_until(self, i: int) -> str | None:
        """The heading that ends a theme's goals.

        The head of its actions ("Keskeiset hyte-toimet"), or an empty text for its first category; None when the bullets
        follow at once.
        """
        for line, head in zip(self._lines[i + 1 :], self._heads[i + 1 :], strict=True):
            if head is None:
                continue
            if head.lists or (head.themes and not head.categories):
                return None
            if head.themes and not self._has_categories and line is not self._lines[i + 1]:
                return None  # "Osallisuus" of a card without categories
            if "actions" in head.roles and not head.categories:
                return line.text
            return "" if head.categories or head.roles else None
        return None

    def _category(self, i: int, line: Line, head: Heading) -> None:
        place = self._place
        if place.theme is None:
            self._place = _Place("actions", category=_category_code(head))
            return
        self._interrupted = None
        category = _category_code(head)
        if category != "nostot":
            self._last_category_line = line
            self._place = _Place("actions", theme=place.theme, category=category)
            return
        owner = self._box_owner(i, place.theme)
        if not line.placed and (owner != place.theme or self._emptied(place) or self._styled_apart(i)):
            self._interrupted = place
        self._boxed.add(owner)
        self._place = _Place("actions", theme=owner, category="nostot")

    def _box_owner(self, i: int, theme: str) -> str:
        """The theme that a box belongs to.

        The first one without a box that began on its page when the box stands at the page's end and the theme it breaks into
        goes on afterwards. One that only runs over from the page before is asked when boxes are left for all.
        """
        end = None if self._lines[i].placed else self._box_end(i)
        if end is None:
            return theme
        after = self._heads[end]
        if after is not None and after.themes and not after.categories:
            return theme  # a new theme begins: the box closed its own
        if theme in self._boxed:
            return theme
        page = self._lines[i].page
        waiting = [t for t in self._themes if t not in self._boxed]
        if not self._has_pages or self._boxes_for_all(i):
            on_page = {t for t, p in self._theme_pages() if p == page or not self._has_pages}
        else:
            on_page = {t for t in waiting if self._themes[t] == page}
        return next((t for t in waiting if t in on_page or t == theme), theme)

    def _boxes_for_all(self, i: int) -> bool:
        """Whether enough boxes are left for every theme that has had none: then one that runs over still waits for its own."""
        named = {h.themes[0] for h in self._heads if h and h.themes and not h.categories}
        boxes = sum("nostot" in h.categories for h in self._heads[i:] if h)
        return boxes >= len((named | set(self._themes)) - self._boxed)

    def _theme_pages(self) -> list[tuple[str, int]]:
        """Themes with the pages on which their bullets stand so far."""
        pages = [
            (b.place.theme, line.page)
            for b in self._bullets
            for line in b.lines
            if b.place.theme and b.place.part == "actions"
        ]
        return [(theme, page) for theme, page in pages if theme]

    @property
    def _has_pages(self) -> bool:
        return self._lines[-1].page > 1

    def _box_end(self, i: int) -> int | None:
        """The line with which the text goes on after the box at the end of a page; None when the box is not at a page's end."""
        for j in range(i + 1, len(self._lines)):
            if self._lines[j].after_gap and j > i + 1:
                return j
            if self._heads[j] is not None:
                return None
        return None

    def _emptied(self, place: _Place) -> bool:
        """Whether a box follows a category heading at once: the category's bullets must come after the box."""
        return place.category is not None and not any(b.place is place for b in self._bullets)

    def _styled_apart(self, i: int) -> bool:
        """Whether trailing white space tells the lines of a box from those around it (PDF text boxes leave none)."""
        end = self._box_end(i)
        if end is None or self._heads[end] is not None:
            return False
        box = self._trailing(i, end)
        around = self._trailing(max(0, i - 12), i) + self._trailing(end, end + 3)
        return not any(box) and sum(around) > len(around) / 2

    def _trailing(self, start: int, end: int) -> list[bool]:
        """Whether white space trails the last line of each heading and bullet; what trails a wrapped line is its wrapped space."""
        last = min(end, len(self._lines))
        return [
            _trails(self._lines[j])
            for j in range(start, last)
            if j + 1 >= last or self._lines[j + 1].glyph or self._heads[j] or self._heads[j + 1]
        ]

    # -- joys and concerns -------------------------------------------------------------------------------------------

    def _section(self, line: Line) -> None:
        name = line.text.rstrip(": ")
        self._is_sub_head.meet(name)
        self._open = None
        if self._two_columns:
            if self._place.part == "columns":
                self._place = _Place(self._columns[0])
            if name.casefold() in self._column and self._place.part == self._columns[0]:
                self._place = _Place(self._columns[1])
            self._column.append(name.casefold())
        self._place = _Place(self._place.part, section=name)
        self._take(line, "section")

    # -- bullets -----------------------------------------------------------------------------------------------------

    def _text(self, i: int, line: Line) -> None:
        place = self._place
        if place.part == "title":
            self._content.title.append(line)
            self._take(line, "title")
            return
        if place.part == "aside":
            self._take(line, "aside")
            return
        if place.part == "goals":
            if line.glyph and not place.section:
                self._unplaced(line)  # a bullet where goals stand: tell
            else:
                self._take(line, "goal")
            return
        if self._interrupted and line.after_gap and line.glyph and self._box_is_over():
            self._place, self._interrupted, self._open = self._interrupted, None, None
            place = self._place
        if i == self._second and self._two_columns and not self._column and place.part == self._columns[0]:
            self._place, self._open = _Place(self._columns[1]), None
            place = self._place
            said = "iloiksi" if place.part == "joys" else "huoliksi"
            self._doubt(
                line,
                f"kohdat tästä alkaen luettiin {said}, koska luettelo näyttää alkavan uudelleen eikä sillä ole omaa otsikkoa. Tarkista ne.",
            )
        if i in self._strays:
            if self._strays[i]:
                self._place = replace(place, theme=None)
            self._take(line, "unplaced")  # told by whoever found it
            self._open = None
        elif begins_bullet(line, self._open_lines):
            self._begin(line)
        elif self._open and goes_on(line, self._open.lines):
            # A number or dash that only begins a wrapped line belongs to the text.
            plain = line.glyph == "1." or is_dash_in_prose(line, self._open.lines[-1])
            self._open.lines.append(replace(line, text=line.whole, glyph="") if plain else line)
            self._take(line, "continuation")
        elif place.part != "columns" and not self._in_list and not self._list_follows(i):
            self._begin(line)  # a section of plain paragraphs
        else:
            self._unplaced(line)
            self._open = None

    def _doubt(self, line: Line, text: str) -> None:
        self._content.doubts.append(Doubt(text, line.page, line.number))

    def _tell_of_columns(self) -> None:
        """Tells when only one of two lists under one heading was found."""
        found = {bullet.place.part for bullet in self._bullets} & set(self._columns)
        if self._columns_line and len(found) == 1:
            read, lost = ("iloiksi", "huolet") if found == {"joys"} else ("huoliksi", "ilot")
            self._doubt(
                self._columns_line,
                f"ilot ja huolet ovat saman otsikon alla, eikä kortista näe, missä {lost} alkavat: kaikki luettiin {read}."
                " Anna kummallekin luettelolle oma otsikko.",
            )

    def _unplaced(self, line: Line) -> None:
        self._content.unplaced.append(Unplaced(line.text, line.page, line.number))
        self._take(line, "unplaced")

    def _begin(self, line: Line) -> None:
        self._open = _Bullet(self._place, [line])
        self._bullets.append(self._open)
        if line.cell:
            self._bullet_columns.add((line.cell.table, line.cell.column))
        self._in_list = self._in_list or bool(line.glyph)
        if self._place.part == "columns":
            self._place.part = self._columns[0]
        self._take(line, "bullet")

    def _box_is_over(self) -> bool:
        """Whether the box has had bullets of its own."""
        return any(b.place is self._place for b in self._bullets)

    def _list_follows(self, i: int) -> bool:
        """Whether bullets with glyphs come before the next heading, in a table in the same column: then a line without one is none."""
        cell = self._lines[i].cell
        for line, head in zip(self._lines[i:], self._heads[i:], strict=True):
            if cell and cell.row and line.cell and line.cell[::2] != cell[::2]:
                continue
            if head is not None or (cell and cell.row and not line.cell):
                return False
            if line.glyph:
                return True
        return False

    def _emit(self) -> None:
        """Joins each bullet's lines. Actions come theme by theme and, within a theme, category by category."""
        order: dict[tuple[str | None, str | None], int] = {}
        for theme in [*self._themes, *(b.place.theme for b in self._bullets)]:
            order.setdefault((theme, None), len(order))
        actions = []
        for bullet in self._bullets:
            text = join_wrapped(bullet.lines, self._knows)
            first, place = bullet.lines[0], bullet.place
            if place.part == "actions":
                group = order.setdefault((place.theme, place.category), len(order))
                actions.append(
                    (
                        order[place.theme, None],
                        group,
                        Action(place.theme, place.category, text, first.page, first.number),
                    )
                )
            else:
                kept = self._content.joys if place.part == "joys" else self._content.concerns
                kept.append(Bullet(place.section, text, first.page, first.number))
        self._content.actions = [action for *_, action in sorted(actions, key=lambda item: item[:2])]


def _category_code(head: Heading) -> Category:
    order: tuple[Category, ...] = ("nostot", "lahiyhteisot", "viestinta", "osaaminen", "osallisuus")
    return next(code for code in order if code in head.categories)


def _trails(line: Line) -> bool:
    return line.raw[-1:].isspace()
