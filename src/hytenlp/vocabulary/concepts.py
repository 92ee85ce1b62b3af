"""The vocabulary: what the YAML files say, validated, and the hierarchy of concepts.

A file that holds anything unknown is refused with the keys that are allowed, so a slip in a rule is found when the
files are read and not when a concern is missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Literal, Self, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from hytenlp.errors import VocabularyError

Kind = Literal["concern", "group", "theme", "status", "cue"]
KINDS: tuple[Kind, ...] = ("concern", "group", "theme", "status", "cue")
#: SKOS mapping relations of a concept to the national ontology YSO.
Relation = Literal["exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(_Model):
    """A word or phrase that mentions a concept.

    Attributes:
        match: lemmas separated by spaces, alternatives by `|`; `=form` is a surface form, `$name` a word list. A word with a
            capital letter is matched with its capitals.
        at: where in a compound a word may stand.
        gap: how many other tokens may stand between two slots of a phrase.
        order: `any` lets the two slots of a phrase change places.
        company: (`with`) one of these must stand in the same sentence.
        unless: none of these may.
        window: tokens to either side in which `with` and `unless` look; the sentence when not given.
        case: grammatical cases of which the last slot must have one.
        weight: how strongly the entry speaks for its concept (themes).
        alone: beside this group others count only where they are named as receivers, in the allative (groups).
    """

    match: str = Field(min_length=1)
    at: Literal["any", "whole", "first", "last"] = "any"
    gap: int = Field(default=1, ge=0, le=12)
    order: Literal["fixed", "any"] = "fixed"
    company: tuple[str, ...] = Field(default=(), alias="with")
    unless: tuple[str, ...] = ()
    window: int | None = Field(default=None, ge=1)
    case: frozenset[str] = frozenset()
    weight: float = Field(default=1.0, gt=0)
    alone: bool = False

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"match": value} if isinstance(value, str) else value


class Label(_Model):
    """A concept's name in three languages."""

    fi: str
    sv: str
    en: str


class Rule(_Model):
    """A code and what mentions it. By itself it is a cue that tells how other mentions are meant.

    Attributes:
        code: stable ASCII name.
        definition: what counts as it and what does not.
        entries: what mentions it.
        blocks: what cancels a mention that it overlaps.
    """

    code: str = Field(pattern=r"^[a-z_]+$")
    definition: str
    entries: tuple[Entry, ...] = ()
    blocks: tuple[Entry, ...] = ()


class Concept(Rule):
    """A theme, target group, concern or status: a rule that people see.

    Attributes:
        broader: code of the concern that this one narrows.
        theme: the theme that an action about this concern normally has.
        label: its name in three languages.
        links: YSO concepts, by SKOS relation.
    """

    broader: str | None = None
    theme: str | None = None
    label: Label
    links: dict[Relation, tuple[str, ...]] = {}


R = TypeVar("R", bound=Rule)


class Vocabulary:
    """All concepts, in the order of the annotation guide, and the cues.

    Args:
        concepts: the concepts of each kind.
        cues: rules that say how a mention is meant.
        lists: named word lists, which entries refer to as `$name`.
    """

    def __init__(self, concepts: dict[Kind, list[Concept]], cues: list[Rule], lists: dict[str, tuple[str, ...]]) -> None:
        self.lists = lists
        self._concepts = {kind: {c.code: c for c in members} for kind, members in concepts.items()}
        self._cues = {cue.code: cue for cue in cues}
        for concept in self._concepts["concern"].values():
            if concept.broader and concept.broader not in self._concepts["concern"]:
                raise VocabularyError(f"{concept.code}: its broader concern {concept.broader!r} does not exist")
            if concept.theme and concept.theme not in self._concepts["theme"]:
                raise VocabularyError(f"{concept.code}: its theme {concept.theme!r} does not exist")
        self._ancestors = {code: self._walk_up(code) for code in self._concepts["concern"]}

    def _walk_up(self, code: str) -> tuple[str, ...]:
        chain: list[str] = []
        at = self._concepts["concern"][code].broader
        while at:
            if at in chain or at == code:
                raise VocabularyError(f"{code}: the chain of broader concerns runs in a circle: {' -> '.join([code, *chain, at])}")
            chain.append(at)
            at = self._concepts["concern"][at].broader
        return tuple(chain)

    @classmethod
    @cache
    def load(cls) -> Self:
        """The vocabulary that comes with the package."""
        return cls.read(resources.files("hytenlp.vocabulary"))

    @classmethod
    def read(cls, folder: Traversable) -> Self:
        """Reads `concerns/*.yaml` (file names give the guide's order), `groups.yaml`, `themes.yaml` and `lists.yaml`.

        Raises:
            VocabularyError: a file is missing or does not hold what it should; the message names file and place.
        """
        concerns = [concept for file in _files(folder / "concerns") for concept in _read(file, Concept)]
        if twice := {c.code for c in concerns if [d.code for d in concerns].count(c.code) > 1}:
            raise VocabularyError(f"concerns/: more than one concept has the code {', '.join(sorted(twice))}")
        concepts: dict[Kind, list[Concept]] = {
            "concern": concerns,
            "group": _read(folder / "groups.yaml", Concept),
            "theme": _read(folder / "themes.yaml", Concept),
            "status": _read(folder / "statuses.yaml", Concept),
        }
        return cls(concepts, _read(folder / "cues.yaml", Rule), {name: tuple(words) for name, words in _yaml(folder / "lists.yaml").items()})

    def rules(self, kind: Kind) -> list[Rule]:
        """The concepts or cues of one kind, in the guide's order."""
        return list(self._cues.values()) if kind == "cue" else list(self.concepts(kind))

    def concepts(self, kind: Kind) -> list[Concept]:
        """The concepts of one kind, in the guide's order."""
        return list(self._concepts[kind].values())

    def codes(self, kind: Kind) -> list[str]:
        """The codes of one kind, in the guide's order."""
        return [rule.code for rule in self.rules(kind)]

    def concern(self, code: str) -> Concept:
        """One concern."""
        return self._concepts["concern"][code]

    def label(self, kind: Kind, code: str) -> str:
        """The Finnish label that people see."""
        return self._concepts[kind][code].label.fi

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The broader concerns of a concern, nearest first."""
        return self._ancestors[code]

    def narrowest(self, codes: Iterable[str]) -> list[str]:
        """An antichain: the codes without those that are broader than another of them, in the guide's order."""
        given = set(codes)
        covered = {ancestor for code in given for ancestor in self._ancestors[code]}
        return [code for code in self._concepts["concern"] if code in given - covered]


def _files(folder: Traversable) -> Iterator[Traversable]:
    yield from sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)


def _yaml(file: Traversable) -> Any:
    try:
        return yaml.load(file.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except FileNotFoundError:
        raise VocabularyError(f"{file.name} is missing") from None
    except yaml.YAMLError as error:
        raise VocabularyError(f"{file.name}: not valid YAML: {' '.join(str(error).split())}") from None


def _read(file: Traversable, model: type[R]) -> list[R]:
    rules = []
    for number, raw in enumerate(_yaml(file) or [], 1):
        name = raw.get("code", f"concept {number}") if isinstance(raw, dict) else f"concept {number}"
        try:
            rules.append(model.model_validate(raw))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            allowed = ""
            if first["type"] == "extra_forbidden":
                fields = Entry.model_fields if len(first["loc"]) > 1 else model.model_fields
                allowed = f" (allowed: {', '.join(field.alias or key for key, field in fields.items())})"
            raise VocabularyError(f"{file.name}: {name}: {where}: {first['msg']}{allowed}") from None
    return rules
