"""Rows become bullets. What a row's columns mean is found out once for each set of columns, and what a label means once a label."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hytenlp.cards.headings import year_of
from hytenlp.cards.municipalities import municipality_of
from hytenlp.finnish.words import Analyser
from hytenlp.records import COLUMNS, BulletKind, Item, row_id
from hytenlp.tables.columns import Roles, find_roles, no_text_column
from hytenlp.tables.ids import Ids
from hytenlp.tables.labels import Labels
from hytenlp.tables.sheet import Sheet
from hytenlp.tables.trouble import Trouble

MAX_CELL = 100_000  # characters of one text
_REMEMBERED = 10_000  # labels and sets of columns; hostile tables have a new one in each row
_NO_TEXT = "teksti on lista tai olio eikä merkkijono. Rivi ohitettiin; anna teksti merkkijonona."
_MISSING = frozenset({"NAType", "NaTType"})  # pandas' own; it is not imported for them
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Plan:
    """What the columns of a row mean.

    Attributes:
        roles: the columns that the program uses.
        others: those that are passed on, with their names in the result.
    """

    roles: Roles
    others: dict[str, str]


@dataclass(frozen=True, slots=True)
class Defaults:
    """What is known of the rows of a sheet that do not say it: `kind` for an empty cell too, the others for a missing column."""

    municipality: str | None = None
    year: int | None = None
    kind: BulletKind = "action"


NONE = Defaults()


class RowReader:
    """Makes bullets of rows.

    Args:
        source: names the table when a row does not.
        analyser: reads labels.
        wanted: the text column's name, when the user gave it.
        kind: what rows without a kind are taken to be, when the user says so.
    """

    def __init__(
        self, source: str, analyser: Analyser, wanted: str | None = None, kind: BulletKind | None = None
    ) -> None:
        self._source, self._wanted, self._kind = source, wanted, kind
        self._name = re.split(r"[/\\]", source)[-1]
        self._labels = Labels(analyser)
        self._plans: dict[tuple[str, ...], Plan] = {}
        self._known: dict[tuple[str, str], Any] = {}

    def items(self, sheet: Sheet, trouble: Trouble, ids: Ids | None = None) -> Iterator[tuple[int, Item]]:
        """A sheet's rows as bullets with their row numbers, in their order; a row that cannot be one is told about.

        Args:
            sheet: the table.
            trouble: told about rows.
            ids: those of the run, among which the rows' own must be told apart; not looked at when None.
        """
        defaults = self._defaults(sheet)
        told: set[str] = set()
        without_text: set[tuple[str, ...]] = set()
        told_lists = False
        for order, (number, row) in enumerate(sheet.rows, 1):
            columns = tuple(row)
            plan = self.plan(columns)
            if "text" not in plan.roles:
                what = str(no_text_column(columns, self._wanted, "rivi ohitettiin"))
                trouble.error(number, what, again=columns in without_text)
                if len(without_text) < _REMEMBERED:
                    without_text.add(columns)
                continue
            if isinstance(row[plan.roles["text"]], list | tuple | dict):
                trouble.error(number, _NO_TEXT, again=told_lists)
                told_lists = True
                continue
            item = self.item(row, plan, order, defaults, sheet.name or "", ids)
            if len(item.text) > MAX_CELL:
                trouble.error(
                    number,
                    f"teksti on liian pitkä ({len(item.text)} merkkiä, enintään {MAX_CELL}). Rivi ohitettiin; jaa teksti osiin.",
                )
                continue
            if "kind" in plan.roles:
                self._check_kind(text_of(row[plan.roles["kind"]]).strip(), plan, told, number, trouble)
            yield number, item

    def _check_kind(self, label: str, plan: Plan, told: set[str], number: int, trouble: Trouble) -> None:
        """Tells, once a label, of a kind that is not known."""
        if label and self._label("kind", label) is None and label not in told and len(told) < _REMEMBERED:
            told.add(label)
            trouble.warn(
                number,
                f"sarakkeen ”{plan.roles['kind']}” arvo ”{label[:60]}” ei ole Ilo, Huoli eikä Toimenpide; "
                "rivi luettiin toimena. Korjaa arvo, jos rivi on ilo tai huoli.",
            )

    def _defaults(self, sheet: Sheet) -> Defaults:
        """What titles, the sheet's name and the file's name say."""
        named = (*sheet.titles, self._name)
        return Defaults(
            next((name for title in named if (name := municipality_of(title))), None),
            next((year for title in named if (year := year_of(title))), None),
            self._kind or (self._labels.kind(sheet.name) if sheet.name else None) or "action",
        )

    def plan(self, columns: tuple[str, ...]) -> Plan:
        """What columns mean."""
        plan = self._plans.get(columns)
        if plan is None:
            roles = find_roles(columns, self._wanted)
            # A column that has the program's own name is replaced by the program's; by another name it is also passed on.
            used = {name for role, name in roles.items() if role in ("text", name)}
            plan = Plan(roles, _names_in_result([column for column in columns if column not in used]))
            if len(self._plans) >= _REMEMBERED:
                self._plans.clear()
            self._plans[columns] = plan
        return plan

    def item(
        self,
        row: dict[str, Any],
        plan: Plan,
        number: int,
        defaults: Defaults = NONE,
        sheet: str = "",
        ids: Ids | None = None,
    ) -> Item:
        """A row as a bullet.

        Args:
            row: its values by their columns.
            plan: what the columns mean; they include a text.
            number: of the row, from 1; stands with the text for a missing id.
            defaults: stand for what the row cannot say.
            sheet: the name of the row's sheet.
            ids: see `items`.
        """
        roles = plan.roles
        cells = {role: text_of(row[column]) for role, column in roles.items()}
        label = cells.get("kind", "").strip()
        theme = cells.get("stated_theme", "").strip()
        category = cells.get("category", "").strip()
        identity, text = cells.get("id", ""), cells["text"]
        if not identity.strip():
            identity = row_id(self._name, sheet, number, text)
            identity = ids.make(identity) if ids is not None else identity
        elif ids is not None:
            ids.keep(identity)
        own_kind: BulletKind = (self._label("kind", label) or "action") if label else defaults.kind
        return Item(
            id=identity,
            source=cells.get("source") or self._source,
            municipality=(cells["municipality"].strip() or None) if "municipality" in roles else defaults.municipality,
            year=self._label("year", cells["year"]) if "year" in roles else defaults.year,
            kind=own_kind,
            stated_theme=self._code("theme", theme, own=roles.get("stated_theme") == "stated_theme")
            or self._code("theme", label),
            category=self._code("category", category, own=roles.get("category") == "category"),
            text=text,
            extra={name: row[column] for column, name in plan.others.items()},
        )

    def _code(self, what: str, label: str, *, own: bool = False) -> str | None:
        """The code of a label; the program's own column may hold others, which stay as they are."""
        return (self._label(what, label) or (label if own else None)) if label else None

    def _label(self, what: str, label: str) -> Any:
        """What a label means, remembered."""
        key = what, label
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = _year(label) if what == "year" else getattr(self._labels, what)(label)
        return self._known[key]


def _names_in_result(columns: Sequence[str]) -> dict[str, str]:
    """What columns that are passed on are called: one that has the name of a result's column, or of one so renamed, `input_…`."""
    names: dict[str, str] = {}
    taken = {*COLUMNS, *columns}
    for column in columns:
        name = column
        if column in COLUMNS:
            while name in taken:
                name = f"input_{name}"
            taken.add(name)
        names[column] = name
    return names


def _year(text: str) -> int | None:
    """The one year that a cell names: 2024, 2024.0, a date."""
    years = set(_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else None


def text_of(value: Any) -> str:
    """A cell's value as text; nothing for what is missing."""
    if isinstance(value, str):
        return value
    if value is None or (isinstance(value, float) and math.isnan(value)) or type(value).__name__ in _MISSING:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)
