"""What each line of a document was taken for, in plain Finnish: `hytenlp read --explain`."""

from __future__ import annotations

from collections.abc import Iterable

from hytenlp.cards.reading import Taken

_THEMES = {
    "mieli": "Mielen hyvinvointi",
    "osallisuus": "Osallisuus ja yhteisöllisyys",
    "turvallisuus": "Arjen turvallisuus",
    "elintavat": "Päihteettömyys ja terveelliset elintavat",
}
_CATEGORIES = {
    "lahiyhteisot": "Toimet lähiyhteisöissä",
    "osallisuus": "Osallisuus",
    "viestinta": "Viestintä",
    "osaaminen": "Osaaminen",
    "nostot": "Kunnan omat nostot",
}
_PARTS = {"joys": "ilon aihe", "concerns": "huolen aihe", "actions": "toimi", "columns": "ilon aihe"}
_HEADS = {
    "joys": "otsikko: ilon aiheet",
    "concerns": "otsikko: huolen aiheet",
    "columns": "otsikko: ilon ja huolen aiheet rinnakkain",
}
_WORDS = {
    "title": "kortin otsikkotietoja",
    "goal": "tavoite (ei luokitella)",
    "goals": "otsikko: tavoitteet",
    "actions": "otsikko: toimet",
    "column": "sarakkeen otsikko (saraketta ei luokitella)",
    "aside": "sarake, jota ei luokitella",
    "unused": "otsikko, joka ei kuulu mihinkään osioon",
    "continuation": "edellinen jatkuu",
    "furniture": "ylä- tai alatunniste tai sivunumero",
    "unplaced": "EI SIJOITETTU",
}
_WIDTH = 60  # characters of the left column


def reading_text(source: str, taken: Iterable[Taken]) -> str:
    """The lines of a document with what each was taken for.

    Args:
        source: names the document.
        taken: its lines in reading order.
    """
    rows = [f"{source}: mitä kustakin rivistä luettiin (sivu:rivi, tulkinta, teksti)"]
    for one in taken:
        line = one.line
        where = f"{line.page}:{line.number}"
        box = " [laatikko]" if line.box else " [palsta]" if line.cell else ""
        said = "".join(c if c.isprintable() else " " for c in line.whole)
        rows.append(f"{where:>8}  {_meaning(one) + box:<{_WIDTH}}  {said}".rstrip())
    return "\n".join(rows) + "\n"


def _meaning(one: Taken) -> str:
    if one.what == "part":
        return _HEADS.get(one.part, "otsikko")
    if one.what == "theme":
        return f"teema: {_THEMES.get(one.theme or '', one.theme)}"
    if one.what == "category":
        return f"luokka: {_CATEGORIES.get(one.category or '', one.category)}"
    if one.what == "section":
        return f"väliotsikko: {one.section}"
    if one.what == "bullet":
        under = [
            _THEMES.get(one.theme or ""),
            _CATEGORIES.get(one.category or ""),
            one.section if one.part != "actions" else None,
        ]
        return " / ".join([_PARTS.get(one.part, one.part), *(name for name in under if name)])
    return _WORDS[one.what]
