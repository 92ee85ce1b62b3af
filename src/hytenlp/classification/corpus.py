"""The labelled corpus: rows of actions, whole cards, and the parts they are split into."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from hytenlp.errors import InputError

Part = Literal["train", "dev", "test"]


@dataclass(frozen=True, slots=True)
class LabelledAction:
    """One action with its labels; see corpus/README.md.

    Attributes:
        traps: concerns that the text looks like but does not carry.
        stated_theme: the heading it stands under, for actions of whole cards.
    """

    id: str
    text: str
    theme: str
    further_themes: tuple[str, ...]
    target_groups: tuple[str, ...]
    concerns: tuple[str, ...]
    status: str
    author: str
    municipality: str
    register: str
    traps: tuple[str, ...] = ()
    stated_theme: str | None = None


@dataclass(frozen=True, slots=True)
class LabelledConcern:
    """One concern bullet of a whole card with its labels."""

    section: str
    text: str
    concerns: tuple[str, ...]
    target_groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelledCard:
    """A whole card with the labels of its concerns and actions."""

    municipality: str
    year: int
    author: str
    joys: tuple[str, ...]
    concerns: tuple[LabelledConcern, ...]
    actions: tuple[LabelledAction, ...]


class Corpus:
    """A corpus folder: `actions/*.jsonl`, `labelled/*.json` and `splits.json` (part -> authors).

    Args:
        folder: the folder.

    Raises:
        InputError: a file is missing or is not what it should be.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        if not (folder / "splits.json").is_file():
            raise InputError(f"{folder}: ei aineistokansio: splits.json puuttuu.")
        self.splits: dict[str, list[str]] = json.loads((folder / "splits.json").read_text("utf-8"))

    def actions(self, part: Part | None = None) -> list[LabelledAction]:
        """The labelled actions of a part, or all of them; those of whole cards among them."""
        authors = self._authors(part)
        return [
            action
            for file in sorted((self._folder / "actions").glob("*.jsonl"))
            for action in _actions(file)
            if action.author in authors
        ]

    def cards(self, part: Part | None = None) -> list[LabelledCard]:
        """The whole cards of a part, or all of them."""
        authors = self._authors(part)
        cards = [card for file in sorted((self._folder / "labelled").glob("*.json")) for card in _cards(file)]
        return [card for card in cards if card.author in authors]

    def _authors(self, part: Part | None) -> frozenset[str]:
        if part is None:
            return frozenset(author for authors in self.splits.values() for author in authors)
        return frozenset(self.splits[part])

    def digest(self) -> str:
        """A hash of everything in the corpus: which data a model or a figure belongs to."""
        digest = hashlib.sha256()
        files = [
            *(self._folder / "actions").glob("*.jsonl"),
            *(self._folder / "labelled").glob("*.json"),
            self._folder / "splits.json",
        ]
        for file in sorted(files):
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
        return digest.hexdigest()[:16]


def _actions(file: Path) -> Iterator[LabelledAction]:
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        try:
            yield _action(json.loads(line))
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise InputError(f"{file}: rivi {number}: ei kelvollinen aineistorivi ({error}).") from None


def _action(row: dict[str, Any]) -> LabelledAction:
    fields: dict[str, Any] = {
        key: row[key] for key in ("id", "text", "theme", "status", "author", "municipality", "register")
    }
    fields |= {key: tuple(row.get(key, ())) for key in ("further_themes", "target_groups", "concerns", "traps")}
    return LabelledAction(**fields, stated_theme=row.get("stated_theme"))


def _cards(file: Path) -> Iterator[LabelledCard]:
    for raw in json.loads(file.read_text("utf-8")):
        concerns = tuple(
            LabelledConcern(c["section"], c["text"], tuple(c["concerns"]), tuple(c["target_groups"]))
            for c in raw["concerns"]
        )
        about = {"author": raw["author"], "municipality": raw["municipality"], "register": "kortti"}
        actions = tuple(_action({"id": f"{i}", **about, **a}) for i, a in enumerate(raw["actions"], 1))
        joys = tuple(joy["text"] for joy in raw["joys"])
        yield LabelledCard(raw["municipality"], raw["year"], raw["author"], joys, concerns, actions)
