"""Headings that their words alone do not tell: where a list of joys or concerns is missing, a hint in the words and the place tell.

Concerns that are not seen as such are gaps that nobody sees. So what can be guessed is read, and what cannot is said with its place.
Only lines that look like headings are asked: short, without a bullet's sign, with a list under them, and apart from what stands above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from hytenlp.cards.card import Doubt, shortened
from hytenlp.cards.heading_lines import column_of
from hytenlp.cards.headings import Heading, HeadingReader, Role
from hytenlp.cards.lines import Line, ends_sentence, is_open_ended, look_of
from hytenlp.cards.sub_heads import SubHeads

_WORDS, _LETTERS = 9, 70  # a heading is not longer
_LONGEST = 100  # lines of a bullet
_FEW = 3  # lines before the first heading that any title may have
_ADVICE = "Kirjoita otsikoksi Ilon aiheet tai Huolen aiheet."


class GuessedHeads:
    """What the headings of a document are when place and hints are asked too.

    Args:
        lines: of the document.
        heads: what each of them announces by its words.
        headings: knows hints and questions.

    Attributes:
        heads: the same with the guesses.
        strays: lines that look like headings over actions, but are not known; of each whether a category comes next, so that it
            must be a theme's.
        doubts: what should be told.
    """

    def __init__(self, lines: Sequence[Line], heads: Sequence[Heading | None], headings: HeadingReader) -> None:
        self.heads = list(heads)
        self.strays: dict[int, bool] = {}
        self.doubts: list[Doubt] = []
        self._lines, self._headings = lines, headings
        self._sub_heads = SubHeads(lines, heads, headings)
        self._parts = self._parts_of_lines()
        self._rows: dict[tuple[int, int], int] = {}  # the last row with text of each column of a table
        for line in lines:
            if line.cell:
                self._rows[line.cell[::2]] = line.cell.row
        named = [(line, head) for line, head in zip(lines, heads, strict=True) if head]
        roles: tuple[Role, ...] = ("joys", "concerns")
        self._looks = {role: {look_of(line) for line, head in named if head.roles == (role,)} for role in roles}
        self._shaped = {i: None for i in range(len(lines)) if self._is_shaped(i)}
        self._by_words()
        self._by_column()
        self._by_place()
        self._find_strays()
        self._tell_of_unread()

    def _parts_of_lines(self) -> list[str]:
        """Which part of the card each line stands in, as far as the headings above it tell."""
        parts, part = [], "title"
        for line, head in zip(self._lines, self.heads, strict=True):
            if head:
                if lists := head.lists:
                    part = "columns" if len(lists) > 1 else next(iter(lists))
                elif head.themes or head.categories or head.roles:
                    beside = line.cell is not None and head.roles in (("label",), ("aside",))
                    part = part if beside else "actions"
            parts.append(part)
        return parts

    def _missing(self) -> list[Role]:
        found = {role for head in self.heads if head for role in head.roles}
        return [role for role in self._looks if role not in found]

    # -- shape -------------------------------------------------------------------------------------------------------

    def _is_shaped(self, i: int) -> bool:
        """Whether a line looks like the heading of a list."""
        line, text = self._lines[i], self._lines[i].text.rstrip()
        long = len(text) > _LETTERS or len(text.split()) > _WORDS
        if not text or self.heads[i] or line.glyph or long or text[-1] in ",-" or i + 1 == len(self._lines):
            return False
        if text[-1] in ".;" and not self._headings(replace(line, text=text[:-1])):
            return False
        if text[:1].islower() and not self._headings(line):
            return False
        if line.cell:
            return self._heads_cell(i)
        if self.heads[i + 1]:
            return False
        below = self._lines[i + 1]
        marked = line.level or text[-1] in ":?" or (text.isupper() and not below.text.isupper())
        return bool(below.glyph or (marked and not below.level)) and self._is_apart(i)

    def _heads_cell(self, i: int) -> bool:
        """Whether a line begins a cell and may head what is under it, or, in the first column, beside it."""
        below, cell = self._lines[i + 1].cell, self._lines[i].cell
        if cell is None or (i and self._lines[i - 1].cell == cell):
            return False
        if below == cell:
            return bool(self._lines[i + 1].glyph) or not cell.row
        if not cell.column and below is not None and below[:2] == cell[:2]:
            return True
        return not cell.row and self._rows[cell[::2]] > 0

    def _is_apart(self, i: int) -> bool:
        """Whether a line does not go on with the one above."""
        line = self._lines[i]
        if not i or line.level or self.heads[i - 1] or column_of(self._lines[i - 1]) != column_of(line):
            return True
        bullet = self._bullet_before(i)
        if not bullet:
            return True
        above = bullet[-1].text
        if line.blanks and (ends_sentence(above) or self._headings.asks(line.text)):
            return True
        if self._sub_heads.breaks_off(i, bullet):
            return True
        could_go_on = not self._sub_heads.had_room(i) or self._headings.is_cut(above) or is_open_ended(above)
        return not could_go_on and line.indent <= bullet[0].indent and self._headings.hint(line.text) is not None

    def _bullet_before(self, i: int) -> list[Line]:
        """The lines of the bullet right above a line; none where no bullet stands there."""
        for start in range(i - 1, max(-1, i - _LONGEST), -1):
            if self.heads[start]:
                break
            if self._lines[start].glyph:
                return [line for line in self._lines[start:i] if line.text]
        return []

    # -- guesses -----------------------------------------------------------------------------------------------------

    def _by_words(self) -> None:
        """Makes headings of lines with a hint of a list that no heading names."""
        missing = self._missing()
        hints = {i: self._headings.hint(self._lines[i].text) for i in self._shaped} if missing else {}
        for i, role in hints.items():
            part = self._parts[i]
            if role is None or role not in missing or role == part:
                continue
            # Among concerns and actions most words of praise and risk mean what they say: "Hyvä arki", "Riskien hallinta".
            if part == "actions" and not (role == "concerns" and self._headings.asks(self._lines[i].text)):
                continue
            if part == "concerns" and not self._is_like_head(i, "concerns"):
                continue
            self.heads[i] = Heading((role,))
        if missing:
            self._parts = self._parts_of_lines()

    def _by_column(self) -> None:
        """Takes the head of the other one of two columns for the list that is missing."""
        missing = self._missing()
        if len(missing) != 1:
            return
        tops: dict[int, list[int]] = {}
        for i, line in enumerate(self._lines):
            if line.cell and not line.cell.row and (self.heads[i] or i in self._shaped):
                tops.setdefault(line.cell.table, []).append(i)
        for pair in tops.values():
            known = [i for i in pair if (head := self.heads[i]) and head.lists]
            unknown = [i for i in pair if not self.heads[i]]
            if (
                len(pair) == 2
                and len(known) == len(unknown) == 1
                and column_of(self._lines[known[0]]) != column_of(self._lines[unknown[0]])
            ):
                self.heads[unknown[0]] = Heading((missing[0],))
                self._parts = self._parts_of_lines()
                read = "iloiksi" if missing[0] == "joys" else "huoliksi"
                self._doubt(
                    unknown[0],
                    f"sen alla oleva luettelo luettiin {read}, koska viereinen palsta on sen pari. Tarkista se.",
                )
                return

    def _by_place(self) -> None:
        """Takes the one question that looks like the heading of the joys, and stands under them, for that of the concerns."""
        if self._missing() != ["concerns"]:
            if "actions" not in self._parts:
                self._tell_of_groups(
                    self._groups("concerns"), "huoliksi. Jos se on toimia, kirjoita otsikoksi teeman nimi."
                )
            return
        under = self._groups("joys")
        asking = [i for i in under if self._headings.asks(self._lines[i].text) and self._is_like_head(i, "joys")]
        if len(asking) == 1:
            self.heads[asking[0]] = Heading(("concerns",))
            self._parts = self._parts_of_lines()
            self._doubt(
                asking[0],
                "sen alla oleva luettelo luettiin huoliksi, koska muuta huolien otsikkoa ei ole. Tarkista se.",
            )
            return
        self._tell_of_groups(under, "iloiksi. Jos se on huolia, kirjoita otsikoksi Huolen aiheet.")

    def _groups(self, part: str) -> list[int]:
        """The lines in a list that look like headings of their own."""
        return [
            i
            for i, (head, where) in enumerate(zip(self.heads, self._parts, strict=True))
            if where == part
            and head is None
            and not self._lines[i].cell
            and (i in self._shaped or self._sub_heads(i, self._bullet_before(i)))
        ]

    def _tell_of_groups(self, lines: Sequence[int], read: str) -> None:
        for i in lines:
            if not self._headings.is_section(self._lines[i].text):
                self._doubt(i, f"sen alla oleva luettelo luettiin {read}")

    def _is_like_head(self, i: int, role: Role) -> bool:
        """Whether a line looks like the heading of a list that is known."""
        return look_of(self._lines[i]) in self._looks[role]

    def _find_strays(self) -> None:
        for i, (line, below) in enumerate(pairwise(self._lines)):
            if self.heads[i] or line.glyph or line.cell or line.text[-1:] in (".", ";") or not self._bullet_before(i):
                continue
            if self._parts[i] == "actions" and i in self._shaped and below.glyph:
                theme = False
            elif self._parts[i] in ("joys", "concerns", "actions") and self._is_over_category(i):
                theme = True
            else:
                continue
            apart = line.level or line.blanks or self._sub_heads.had_room(i)
            if apart and (line.level or self._headings.asks(line.text) or self._headings.is_name(line.text)):
                self.strays[i] = theme
                what = "jäivät ilman teemaa" if theme else "luettiin edellisen otsikon alle"
                self._doubt(i, f"sen alla olevat toimet {what}.")

    def _is_over_category(self, i: int) -> bool:
        """Whether a line apart from the bullet above stands right over a category, where a theme's heading should be."""
        line, head = self._lines[i], self.heads[i + 1]
        over = head is not None and bool(head.categories) and not head.themes and "nostot" not in head.categories
        short = len(line.text) <= _LETTERS and len(line.text.split()) <= _WORDS and not line.text[:1].islower()
        return over and short and bool(line.level or line.blanks) and self._is_apart(i)

    # -- what was not read -------------------------------------------------------------------------------------------

    def _tell_of_unread(self) -> None:
        """Tells of lists before the first heading, and where concerns are missing, of text."""
        lists: dict[int, int] = {}  # the line that a list is told of -> how many bullets it has
        begin: int | None = None
        end = next((i for i, part in enumerate(self._parts) if part != "title"), len(self._lines))
        if end == len(self._lines):
            return  # nothing was read at all, which is an error of its own
        for i, line in enumerate(self._lines[:end]):
            if i in self._shaped:
                begin = i
            elif line.glyph:
                begin = i if begin is None else begin
                lists[begin] = lists.get(begin, 0) + 1
            elif line.blanks:
                begin = None
        for i, count in lists.items():
            what = "yksi kohta jäi" if count == 1 else f"{count} kohtaa jäi"
            if self._lines[i].glyph:
                self._tell(i, f"{what} lukematta, koska yläpuolella ei ole tunnettua otsikkoa. {_ADVICE}")
            else:
                self._doubt(i, f"sen alta {what} lukematta. {_ADVICE}")
        if not lists and end > _FEW and "concerns" in self._missing():
            self._tell(
                0, f"{end} ensimmäiseltä riviltä ei luettu kohtia, koska niillä ei ole tunnettua otsikkoa. {_ADVICE}"
            )

    def _doubt(self, i: int, text: str) -> None:
        self._tell(i, f"otsikkoa ”{shortened(self._lines[i].text)}” ei tunneta; {text}")

    def _tell(self, i: int, text: str) -> None:
        self.doubts.append(Doubt(text, self._lines[i].page, self._lines[i].number))
