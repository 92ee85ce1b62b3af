"""What the commands are given: files, folders and globs become cards or the rows of tables.

A file that cannot be read is a problem to report, not the end of the batch.
"""

from __future__ import annotations

import csv
import glob
import io
import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hytenlp.cards.card import Action, Bullet, Card
from hytenlp.cards.lines import split_lines
from hytenlp.cards.reader import DOCUMENT_SUFFIXES, TEXT_SUFFIXES, decode, explain_document, read_card, read_text
from hytenlp.cards.reading import Taken
from hytenlp.errors import InputError
from hytenlp.finnish.words import Analyser
from hytenlp.records import BulletKind, Item, card_items

TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".jsonl", ".xlsx", ".parquet"})
CARD_SUFFIXES = DOCUMENT_SUFFIXES | {".json"}
TEXT_COLUMNS = ("text", "teksti", "kuvaus", "toimenpide")
KINDS: tuple[BulletKind, ...] = ("action", "concern", "joy")
MAX_CELL = 100_000  # characters of one text
_MAX_TABLE_BYTES = 2_000_000_000
_KIND_WORDS = {"toimi": "action", "toimenpide": "action", "huoli": "concern", "ilo": "joy", "": "action"}

csv.field_size_limit(10_000_000)


@dataclass(slots=True)
class Problems:
    """What went wrong so far, each in one line; told as it happens.

    Attributes:
        tell: called with each line.
        errors: how many inputs could not be read.
    """

    tell: Callable[[str], None]
    errors: int = 0
    warnings: list[str] = field(default_factory=list)

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
    """The files that arguments name: files, the readable files of folders, and what globs match."""
    paths: dict[Path, None] = {}
    for given in inputs:
        path = Path(given)
        if path.is_dir():
            found = sorted(
                p
                for p in path.rglob("*")
                if p.is_file() and p.suffix.lower() in (CARD_SUFFIXES | TABLE_SUFFIXES) - {""}
            )
            if not found:
                problems.error(
                    f"{given}: kansiossa ei ole luettavia tiedostoja ({', '.join(sorted((CARD_SUFFIXES | TABLE_SUFFIXES) - {''}))})."
                )
        elif path.exists():
            found = [path]
        else:
            found = (
                [Path(p) for p in sorted(glob.glob(given, recursive=True)) if Path(p).is_file()]
                if glob.has_magic(given)
                else []
            )
            if not found:
                what = "mikään tiedosto ei vastaa hakua" if glob.has_magic(given) else "tiedostoa ei löydy"
                problems.error(f"{given}: {what}. Tarkista nimi ja polku.")
        paths.update(dict.fromkeys(found))
    return list(paths)


def read_cards(path: Path, analyser: Analyser) -> list[Card]:
    """The cards of a document: one of a document, any number of a JSON file that `hytenlp read` wrote.

    Raises:
        InputError: it cannot be read.
    """
    if path.suffix.lower() == ".json":
        return _cards_of_json(path)
    _check_suffix(path)
    return [read_card(path, analyser)]


def lines_taken(path: Path, analyser: Analyser) -> list[Taken]:
    """What each line of a document was taken for.

    Raises:
        InputError: it cannot be read, or is no document with lines.
    """
    if path.suffix.lower() in TABLE_SUFFIXES | {".json"}:
        raise InputError(
            f"{path}: taulukossa ja JSONissa ei ole selitettäviä rivejä. Anna asiakirja, esimerkiksi .pdf tai .docx."
        )
    _check_suffix(path)
    return explain_document(path, analyser)


def _check_suffix(path: Path) -> None:
    suffix = path.suffix.lower()
    if suffix not in DOCUMENT_SUFFIXES and not path.is_dir():
        known = ", ".join(sorted((CARD_SUFFIXES | TABLE_SUFFIXES) - {""}))
        raise InputError(
            f"{path}: tiedostomuotoa {suffix} ei lueta. Tallenna kortti PDF-, Word- (.docx) tai tekstitiedostona (.txt); luettavat muodot: {known}."
        )


def _cards_of_json(path: Path) -> list[Card]:
    try:
        data = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise InputError(f"{path}: rivi {error.lineno}: ei kelvollista JSONia ({error.msg}).") from None
    records = data if isinstance(data, list) else [data]
    try:
        return [_card_of(record, str(path)) for record in records]
    except (KeyError, TypeError, ValueError):
        raise InputError(
            f"{path}: JSON ei ole kortti. Tarvitaan kentät joys, concerns ja actions, kuten komento 'hytenlp read' ne kirjoittaa."
        ) from None


def _card_of(record: dict[str, Any], path: str) -> Card:
    def bullet(raw: dict[str, Any]) -> Bullet:
        return Bullet(
            str(raw.get("section") or ""), str(raw["text"]), int(raw.get("page") or 1), int(raw.get("line") or 0)
        )

    def action(raw: dict[str, Any]) -> Action:
        return Action(
            raw.get("stated_theme"),
            raw.get("category"),
            str(raw["text"]),
            int(raw.get("page") or 1),
            int(raw.get("line") or 0),
        )

    year = record.get("year")
    return Card(
        record.get("municipality"), int(year) if year else None, str(record.get("source") or path), tuple(map(bullet, record["joys"])),
        tuple(map(bullet, record["concerns"])), tuple(map(action, record["actions"])),
    )  # fmt: skip


def is_table(path: Path) -> bool:
    """Whether a file is read as a table rather than as a card."""
    return path.suffix.lower() in TABLE_SUFFIXES


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
        yield from _table_items(path, problems, text_column, kind)
        return
    for card in read_cards(path, analyser):
        for unplaced in card.unplaced:
            problems.warn(card.source, unplaced)
        yield from (item for item in card_items(card) if kind is None or item.kind == kind)


def outside_concerns(path: Path, analyser: Analyser, problems: Problems) -> list[Item]:
    """Concerns from a file of their own: the concerns of a card, the rows of a table, or one a line (texts or codes).

    Raises:
        InputError: the file cannot be read or holds no concerns.
    """
    if is_table(path):
        items = list(items_of(path, analyser, problems, None, "concern"))
    else:
        try:
            cards = read_cards(path, analyser)
        except InputError:
            if path.suffix.lower() not in TEXT_SUFFIXES:
                raise
            cards = []
        items = [item for card in cards for item in card_items(card) if item.kind == "concern"]
        if not items:
            lines = [line.text for line in split_lines(read_text(path))] if path.suffix.lower() in TEXT_SUFFIXES else []
            items = [
                Item(f"{i}", str(path), None, None, "concern", None, None, line, {}) for i, line in enumerate(lines, 1)
            ]
    if not items:
        raise InputError(f"{path}: tiedostossa ei ole huolia. Kirjoita yksi huoli riville.")
    return items


def _table_items(path: Path, problems: Problems, text_column: str | None, kind: BulletKind | None) -> Iterator[Item]:
    rows = _rows(path)
    for number, row in enumerate(rows, 1):
        column = find_text_column(list(row), text_column, str(path))
        item = row_item(row, column, number, str(path), kind)
        if len(item.text) > MAX_CELL:
            problems.error(
                f"{path}: rivi {number}: teksti on liian pitkä ({len(item.text)} merkkiä, enintään {MAX_CELL}). Rivi ohitettiin; jaa teksti osiin."
            )
            continue
        if kind is None or item.kind == kind:
            yield item


def find_text_column(columns: Sequence[str], wanted: str | None, source: str) -> str:
    """The column that holds the texts.

    Raises:
        InputError: there is none; the message names the columns that there are.
    """
    if wanted is not None:
        if wanted in columns:
            return wanted
        raise InputError(
            f"{source}: taulukossa ei ole saraketta {wanted!r}. Sarakkeet: {', '.join(map(str, columns))}."
        )
    by_name = {str(column).strip().casefold(): column for column in columns}
    for name in TEXT_COLUMNS:
        if name in by_name:
            return by_name[name]
    raise InputError(
        f"{source}: tekstisaraketta ei löytynyt (etsittiin: {', '.join(TEXT_COLUMNS)}; sarakkeet: {', '.join(map(str, columns))}). "
        "Nimeä se valitsimella --text-column."
    )


def row_item(row: dict[str, Any], text_column: str, number: int, source: str, kind: BulletKind | None) -> Item:
    """A table's row as a bullet."""
    text = _text(row[text_column])
    given_kind = _text(row.get("kind")).strip().casefold()
    own_kind = _KIND_WORDS.get(given_kind, given_kind)
    if not given_kind and kind is not None:
        own_kind = kind
    year = _text(row.get("year")).removesuffix(".0")
    used = {text_column, "id", "municipality", "year", "kind", "stated_theme", "category", "source"}
    return Item(
        id=_text(row.get("id")) or f"{number}",
        source=_text(row.get("source")) or source,
        municipality=_text(row.get("municipality")) or None,
        year=int(year) if year.isdigit() else None,
        kind=own_kind if own_kind in KINDS else "action",
        stated_theme=_text(row.get("stated_theme")) or None,
        category=_text(row.get("category")) or None,
        text=text,
        extra={key: value for key, value in row.items() if key not in used},
    )


def _text(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return str(value)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """A table's rows as dictionaries, a chunk at a time where the format allows it."""
    if path.stat().st_size > _MAX_TABLE_BYTES:
        raise InputError(f"{path}: taulukko on liian suuri (yli {_MAX_TABLE_BYTES // 1_000_000} Mt). Jaa se osiin.")
    if path.stat().st_size == 0:
        raise InputError(f"{path}: tiedosto on tyhjä.")
    suffix = path.suffix.lower()
    readers = {
        ".csv": _csv_rows,
        ".tsv": _csv_rows,
        ".jsonl": _jsonl_rows,
        ".xlsx": _xlsx_rows,
        ".parquet": _parquet_rows,
    }
    yield from readers[suffix](path)


def _lines(path: Path) -> Iterator[str]:
    """The lines of a UTF-8 table, with a clear error for anything else."""
    with path.open("rb") as file:
        head = file.read(4096)
        if b"\0" in head:
            decode(head, str(path))  # says that it is binary
            raise InputError(f"{path}: tiedosto ei ole tekstiä (binääritiedosto).")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from file
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: merkistö ei ole UTF-8 (tavu 0x{error.object[error.start]:02X}). Tallenna tiedosto UTF-8-muodossa."
        ) from None


def _csv_rows(path: Path) -> Iterator[dict[str, Any]]:
    lines = _lines(path)
    head = next(lines, "")
    delimiter = "\t" if path.suffix.lower() == ".tsv" else max(",;\t|", key=head.count)
    columns = next(csv.reader(io.StringIO(head), delimiter=delimiter), [])
    if not any(column.strip() for column in columns):
        raise InputError(f"{path}: ensimmäiseltä riviltä ei löytynyt sarakkeiden nimiä.")
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for values in reader:
            if values:
                padded = [*values, *[""] * (len(columns) - len(values))]
                yield dict(zip(columns, padded, strict=False))
    except csv.Error as error:
        raise InputError(
            f"{path}: rivi {reader.line_num + 1}: taulukkoa ei voi lukea ({error}). Tarkista lainausmerkit ja rivien pituus."
        ) from None


def _jsonl_rows(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        if len(line) > 10_000_000:
            raise InputError(f"{path}: rivi {number}: rivi on liian pitkä ({len(line)} merkkiä).")
        try:
            row = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            raise InputError(f"{path}: rivi {number}: ei kelvollista JSONia.") from None
        if not isinstance(row, dict):
            raise InputError(f'{path}: rivi {number}: rivin pitää olla JSON-olio, esimerkiksi {{"text": "…"}}.')
        yield row


def _xlsx_rows(path: Path) -> Iterator[dict[str, Any]]:
    from zipfile import BadZipFile

    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise InputError(
            f"{path}: ei kelvollinen Excel-tiedosto ({type(error).__name__}). Tallenna se uudelleen muodossa .xlsx."
        ) from None
    try:
        rows = book.worksheets[0].iter_rows(values_only=True)
        columns = [str(cell) if cell is not None else "" for cell in next(rows, ())]
        for values in rows:
            if any(value is not None for value in values):
                yield {column: value for column, value in zip(columns, values, strict=False) if column}
    finally:
        book.close()


def _parquet_rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        import pyarrow.parquet as pq
    except ImportError:
        raise InputError(f"{path}: Parquet-tiedostoihin tarvitaan lisäosa: pip install 'hytenlp[parquet]'.") from None
    try:
        for batch in pq.ParquetFile(path).iter_batches(2000):
            yield from batch.to_pylist()
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: ei kelvollinen Parquet-tiedosto ({' '.join(str(error).split())[:100]}).") from None
