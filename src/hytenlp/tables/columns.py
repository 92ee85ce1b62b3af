"""Finds the columns that the program uses, by their names in Finnish, Swedish or English (`columns.yaml`)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import Any

import yaml

from hytenlp.errors import InputError

_LOOKED_AT = 2000  # columns; a wider table is none that people made
_LONGEST = 80  # characters of a name that is known
_BETWEEN_LANGUAGES = re.compile(r"[/|\n]| [-–] ")

#: Column of the program -> the table's own name for it.
Roles = dict[str, str]


@cache
def data() -> dict[str, dict[str, list[str]]]:
    """The names of columns and kinds, as compared: see `plain`."""
    text = resources.files("hytenlp.tables").joinpath("columns.yaml").read_text("utf-8")
    loaded: dict[str, dict[str, list[str]]] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {part: {code: [plain(n) for n in names] for code, names in codes.items()} for part, codes in loaded.items()}


def plain(name: str) -> str:
    """A name without what people write differently: case, punctuation, brackets, underscores."""
    name = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", unicodedata.normalize("NFC", name))
    return " ".join(re.findall(r"\w+", name.replace("_", " ").casefold()))


@cache
def _roles_of_names() -> dict[str, str]:
    return {name: role for role, names in data()["columns"].items() for name in names}


def _names(column: str) -> set[str]:
    """The names that a column's header gives it: itself, and the languages of "Toimenpide / Åtgärd"."""
    known = _roles_of_names()
    whole = plain(column)
    parts = {plain(part) for part in _BETWEEN_LANGUAGES.split(column)}
    bilingual = whole not in known and len(parts) > 1 and len({known.get(part, part) for part in parts}) == 1
    return {whole, *parts} if bilingual else {whole}


def find_roles(columns: Sequence[Any], wanted: str | None = None) -> Roles:
    """Which columns hold what the program uses.

    Args:
        columns: the names; anything that is no text is no name.
        wanted: the name of the text column, when the user gave it.

    Returns:
        The roles that were found; a column has one role at most.
    """
    names: dict[str, str] = {}
    for column in columns[:_LOOKED_AT]:
        if isinstance(column, str) and len(column) <= _LONGEST:
            for name in _names(column):
                names.setdefault(name, column)
    roles: Roles = {}
    if wanted is not None:
        own = wanted if wanted in columns else names.get(plain(wanted)) if plain(wanted) else None
        if own is not None:
            roles["text"] = own
    for role, known in data()["columns"].items():
        if role == "text" and wanted is not None:
            continue
        found = role if role in columns else next((names[name] for name in known if name in names), None)
        if found is not None and found not in roles.values():
            roles[role] = found
    return roles


def find_text_column(columns: Sequence[str], wanted: str | None, source: str) -> str:
    """The column that holds the texts.

    Raises:
        InputError: there is none; the message names the columns that there are.
    """
    roles = find_roles(columns, wanted)
    if "text" in roles:
        return roles["text"]
    raise no_text_column(columns, wanted, source)


def empty_file(source: object) -> InputError:
    """The error of a file with nothing in it."""
    return InputError(f"{source}: tiedosto on tyhjä. Tallenna taulukko siihen uudelleen.")


def no_text_column(columns: Iterable[Any], wanted: str | None, source: str) -> InputError:
    """The error of a table whose text column was not found."""
    shown = ", ".join(str(c) for c in columns if c not in (None, "")) or "ei yhtään"
    if wanted is not None:
        return InputError(f"{source}: taulukossa ei ole saraketta {wanted!r}. Sarakkeet: {shown}.")
    looked_for = ", ".join(data()["columns"]["text"][:5])
    return InputError(
        f"{source}: tekstisaraketta ei löytynyt (etsittiin esimerkiksi: {looked_for}; sarakkeet: {shown}). "
        "Nimeä se valitsimella --text-column."
    )
