"""What the commands are given: files, folders and globs become cards or the rows of tables.

A file that cannot be read is a problem to report, not the end of the batch.
"""

from __future__ import annotations

import glob
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from hytenlp.cards.card import Action, Bullet, Card, Category
from hytenlp.cards.lines import split_lines
from hytenlp.cards.reader import DOCUMENT_SUFFIXES, TEXT_SUFFIXES, explain_document, parse_card, read_card, read_text
from hytenlp.cards.reading import Taken
from hytenlp.errors import InputError, shown
from hytenlp.finnish.words import Analyser
from hytenlp.records import BulletKind, Item, card_items, says_nothing
from hytenlp.tables.cards import table_cards
from hytenlp.tables.ids import Ids
from hytenlp.tables.jsonl import whole
from hytenlp.tables.reader import OTHER_TABLES, TABLE_SUFFIXES, table_items
from hytenlp.tables.trouble import Trouble

_LITTER = frozenset({".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx"})
CARD_SUFFIXES = DOCUMENT_SUFFIXES | {".json"}
_LONG = 500_000  # bytes of tables: some thousands of rows


@dataclass(slots=True)
class Problems:
    """What went wrong so far, each in one line; told as it happens.

    Attributes:
        tell: called with each line.
        errors: how many inputs could not be read.
        ids: those of the tables' rows.
    """

    tell: Callable[[str], None]
    errors: int = 0
    warnings: list[str] = field(default_factory=list)
    ids: Ids = field(default_factory=Ids)

    def error(self, error: Exception | str) -> None:
        """Notes an input that could not be read."""
        self.errors += 1
        self.tell(f"virhe: {_one_line(str(error))}")

    def warn(self, source: str, warning: object) -> None:
        """Notes what the user should look at."""
        self.warnings.append(f"{source}: {warning}")
        self.tell(f"huomaa: {_one_line(f'{source}: {warning}')}")


def _one_line(text: str) -> str:
    shown = "".join(c if c.isprintable() else " " for c in text)
    return shown if len(shown) <= 400 else shown[:399] + "…"


def expand(inputs: Sequence[str], problems: Problems) -> list[Path]:
    """The files that arguments name: files, the readable files of folders, and what globs match.

    What systems and office programs leave lying beside documents is passed over, also among files that a shell has named.
    """
    paths: dict[Path, None] = {}
    for given in inputs:
        path = Path(given)
        if _is_litter(path.name) and len(inputs) > 1:
            continue
        if path.is_dir():
            found = sorted(
                p
                for p in path.rglob("*")
                if p.is_file() and not _hidden(p, path) and p.suffix.lower() in (CARD_SUFFIXES | TABLE_SUFFIXES) - {""}
            )
            if not found:
                problems.error(
                    f"{given}: kansiossa ei ole luettavia tiedostoja ({', '.join(sorted((CARD_SUFFIXES | TABLE_SUFFIXES) - {''}))})."
                )
        elif path.exists():
            found = [path]
        else:
            found = (
                [
                    Path(p)
                    for p in sorted(glob.glob(given, recursive=True))
                    if Path(p).is_file() and not any(map(_is_litter, Path(p).parts))
                ]
                if glob.has_magic(given)
                else []
            )
            if not found:
                what = "mikään tiedosto ei vastaa hakua" if glob.has_magic(given) else "tiedostoa ei löydy"
                problems.error(f"{given}: {what}. Tarkista nimi ja polku.")
        paths.update(dict.fromkeys(found))
    return list(paths)


def _is_litter(name: str) -> bool:
    """Whether a file is what a system keeps in its folders, or the lock of a document that is open in Word or Excel."""
    return name.startswith(("~$", "._", ".~lock.")) or name.casefold() in _LITTER


def _hidden(path: Path, folder: Path) -> bool:
    """Whether a file of a folder is hidden, in a hidden folder, or litter."""
    return any(part.startswith(".") or _is_litter(part) for part in path.relative_to(folder).parts)


def read_cards(path: Path, analyser: Analyser, problems: Problems | None = None) -> list[Card]:
    """The cards of a document: one of a document, any number of a table or of a JSON file that `hytenlp read` wrote.

    Args:
        path: the file.
        analyser: gives the lemmas by which headings are recognised.
        problems: told about rows of tables that cannot be read.

    Raises:
        InputError: it cannot be read.
    """
    if path.suffix.lower() == ".json":
        return _cards_of_json(path)
    if is_table(path):
        told = problems or Problems(lambda _line: None)
        return table_cards(table_items(path, analyser, _trouble(path, told)))
    _check_suffix(path)
    return [read_card(path, analyser)]


def lines_taken(path: Path, analyser: Analyser) -> list[Taken]:
    """What each line of a document was taken for.

    Raises:
        InputError: it cannot be read, or is no document with lines.
    """
    if is_table(path) or path.suffix.lower() == ".json":
        raise InputError(
            f"{path}: taulukossa ja JSONissa ei ole selitettäviä rivejä. Anna asiakirja, esimerkiksi .pdf tai .docx."
        )
    _check_suffix(path)
    return explain_document(path, analyser)


def _trouble(path: Path, problems: Problems) -> Trouble:
    return Trouble(str(path), problems.error, problems.warn)


def _check_suffix(path: Path) -> None:
    suffix = path.suffix.lower()
    if suffix in OTHER_TABLES:
        raise InputError(
            f"{path}: muotoa {suffix} ei lueta. Avaa tiedosto taulukko-ohjelmassa ja tallenna se muodossa .xlsx (Tallenna nimellä)."
        )
    if suffix not in DOCUMENT_SUFFIXES and not path.is_dir():
        known = ", ".join(sorted((CARD_SUFFIXES | TABLE_SUFFIXES) - {""}))
        raise InputError(
            f"{path}: tiedostomuotoa {suffix} ei lueta. Tallenna kortti PDF-, Word- (.docx) tai tekstitiedostona (.txt); luettavat muodot: {known}."
        )


def _cards_of_json(path: Path) -> list[Card]:
    text = read_text(path)
    try:
        data = whole(json.loads(text))
    except json.JSONDecodeError as error:
        raise InputError(f"{path}: rivi {error.lineno}: ei kelvollista JSONia ({error.msg}).") from None
    except (ValueError, RecursionError):
        raise InputError(f"{path}: JSON on liian syvä tai siinä on liian suuri luku; se ei ole kortti.") from None
    records = data if isinstance(data, list) else [data]
    try:
        return [_card_of(record, shown(path)) for record in records]
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        raise InputError(
            f"{path}: JSON ei ole kortti. Tarvitaan kentät joys, concerns ja actions, kuten komento 'hytenlp read' ne kirjoittaa."
        ) from None


def _card_of(record: dict[str, Any], path: str) -> Card:
    def text(raw: dict[str, Any], key: str) -> str | None:
        value = raw.get(key)
        if value is not None and not isinstance(value, str):
            raise TypeError
        return value

    def said(raw: dict[str, Any]) -> str:
        if not isinstance(raw["text"], str):
            raise TypeError
        return raw["text"]

    def place(raw: dict[str, Any]) -> tuple[int, int]:
        return int(raw.get("page") or 1), int(raw.get("line") or 0)

    def bullet(raw: dict[str, Any]) -> Bullet:
        return Bullet(text(raw, "section") or "", said(raw), *place(raw))

    def action(raw: dict[str, Any]) -> Action:
        return Action(text(raw, "stated_theme"), cast("Category | None", text(raw, "category")), said(raw), *place(raw))

    year = int(record.get("year") or 0)
    if year and not 1000 <= year <= 9999:
        raise ValueError
    return Card(
        text(record, "municipality"), year or None, text(record, "source") or path, tuple(map(bullet, record["joys"])),
        tuple(map(bullet, record["concerns"])), tuple(map(action, record["actions"])),
    )  # fmt: skip


def is_table(path: Path) -> bool:
    """Whether a file is read as a table rather than as a card."""
    return path.suffix.lower() in TABLE_SUFFIXES


def are_long(paths: Iterable[Path]) -> bool:
    """Whether inputs are tables that take seconds, as far as their size tells."""
    with suppress(OSError):  # told when it is read
        return sum(path.stat().st_size for path in paths if is_table(path)) > _LONG
    return False


def items_of(
    path: Path, analyser: Analyser, problems: Problems, text_column: str | None, kind: BulletKind | None
) -> Iterator[Item]:
    """The bullets of a card or the rows of a table, in their order.

    Args:
        path: the file.
        analyser: needed to read cards.
        problems: told about what could not be placed or classified.
        text_column: the table's text column; found by its name when not given.
        kind: only bullets of this kind; rows of a table without a `kind` column are taken to be of it.

    Raises:
        InputError: the file cannot be read.
    """
    if is_table(path):
        rows = table_items(path, analyser, _trouble(path, problems), text_column, kind, problems.ids)
        yield from (item for _, item in rows)
        return
    for card in read_cards(path, analyser):
        for warning in card.warnings():
            problems.warn(card.source, warning)
        yield from (item for item in card_items(card) if kind is None or item.kind == kind)


def bullets_of(path: Path, analyser: Analyser, problems: Problems, text_column: str | None) -> Iterator[Item]:
    """What `items_of` gives but for rows without a text, which say nothing about a card.

    Raises:
        InputError: the file cannot be read.
    """
    return (item for item in items_of(path, analyser, problems, text_column, None) if not says_nothing(item.text))


def outside_concerns(path: Path, analyser: Analyser, problems: Problems) -> list[list[Item]]:
    """Concerns from a file of their own: those of a card or table, or one a line (texts or codes; # begins a comment).

    Returns:
        What is asked together: the concerns of a card or table, and each line by itself.

    Raises:
        InputError: the file cannot be read or holds no concerns.
    """
    if is_table(path):
        rows = table_items(path, analyser, _trouble(path, problems), kind="concern")
        items = [item for _, item in rows if not says_nothing(item.text)]
    elif path.suffix.lower() in TEXT_SUFFIXES:
        text = read_text(path)
        items = _concerns_of_text(text, path, analyser)
        if not items and (listed := _listed(text, path)):
            return [[item] for item in listed]
    else:
        items = [item for card in read_cards(path, analyser) for item in card_items(card) if item.kind == "concern"]
    if not items:
        raise InputError(f"{path}: tiedostossa ei ole huolia. Kirjoita yksi huoli riville.")
    return [items]


def _concerns_of_text(text: str, path: Path, analyser: Analyser) -> list[Item]:
    """The concerns of a text, when it is a card."""
    try:
        card = parse_card(text, shown(path), analyser)
    except InputError:
        return []
    return [item for item in card_items(card) if item.kind == "concern"]


def _listed(text: str, path: Path) -> list[Item]:
    """The concerns of a text with one a line."""
    lines = [line for line in split_lines(text) if not line.raw.lstrip().startswith("#")]
    return [
        Item(f"{i}", shown(path), None, None, "concern", None, None, line.text, {}) for i, line in enumerate(lines, 1)
    ]
