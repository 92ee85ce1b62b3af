"""The vocabulary: what the YAML files say, validated, and the hierarchy of concepts.

A file that holds anything unknown is refused with the keys that are allowed, so a slip in a rule is found when the
files are read and not when a concern is missed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Literal, TypeVar

from hytenlp.errors import VocabularyError
from hytenlp.finnish.cache import cache_folder, write_atomically

Kind = Literal["concern", "group", "theme", "status", "cue"]
KINDS: tuple[Kind, ...] = ("concern", "group", "theme", "status", "cue")
#: SKOS mapping relations of a concept to the national ontology YSO.
Relation = Literal["exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase that mentions a concept.

    Attributes:
        match: lemmas separated by spaces, alternatives by `|`; `=form` is a surface form, `$name` a word list. A word with a
            capital letter is matched with its capitals.
        at: where in a compound a word may stand.
        gap: how many other tokens may stand between two slots of a phrase.
        order: `any` lets the two slots of a phrase change places.
        company: (`with` in the files) one of these must stand in the same sentence.
        unless: none of these may.
        window: tokens to either side in which `with` and `unless` look; the sentence when not given.
        case: grammatical cases of which the last slot must have one.
        weight: how strongly the entry speaks for its concept (themes). Of groups: below 1 the entry is a place, service, role or activity
            that implies the group, and counts only where no word names people; above 1 it tells a grade of school. Of concerns:
            above 1 the word says nothing else wherever it stands, so that no model strikes it out, also one that never saw it.
        kind: the entry counts only in bullets of this kind: a word that names a worry in a concern bullet may be an ordinary word
            in an action.
        alone: of groups: beside this one others count only where they are named as receivers, in the allative. Of concerns: the
            entry names a means and, in an action, counts only where the text has no other concern.
    """

    match: str
    at: Literal["any", "whole", "first", "last"] = "any"
    gap: int = 1
    order: Literal["fixed", "any"] = "fixed"
    company: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    window: int | None = None
    case: tuple[str, ...] = ()
    weight: float = 1.0
    alone: bool = False
    kind: Literal["action", "concern"] | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A concept's name in three languages."""

    fi: str
    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A code and what mentions it. By itself it is a cue that tells how other mentions are meant.

    Attributes:
        code: stable ASCII name.
        definition: what counts as it and what does not.
        entries: what mentions it.
        blocks: what cancels a mention that it overlaps.
    """

    code: str
    definition: str
    entries: tuple[Entry, ...] = ()
    blocks: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept(Rule):
    """A theme, target group, concern or status: a rule that people see.

    Attributes:
        broader: code of the concern that this one narrows.
        theme: the theme that an action about this concern normally has.
        implies: the target group that an action about this concern has when none is named.
        label: its name in three languages.
        links: YSO concepts, by SKOS relation.
    """

    label: Label
    broader: str | None = None
    theme: str | None = None
    implies: str | None = None
    links: dict[Relation, tuple[str, ...]] = field(default_factory=dict)


R = TypeVar("R", bound=Rule)
_FORMAT = b"3"  # raised whenever the cached form changes


class Vocabulary:
    """All concepts, in the order of the annotation guide, and the cues.

    Args:
        concepts: the concepts of each kind.
        cues: rules that say how a mention is meant.
        lists: named word lists, which entries refer to as `$name`.
    """

    def __init__(
        self, concepts: dict[Kind, list[Concept]], cues: list[Rule], lists: dict[str, tuple[str, ...]]
    ) -> None:
        self.lists = lists
        self._concepts = {kind: {c.code: c for c in members} for kind, members in concepts.items()}
        self._cues = {cue.code: cue for cue in cues}
        for concept in self._concepts["concern"].values():
            if concept.broader and concept.broader not in self._concepts["concern"]:
                raise VocabularyError(f"{concept.code}: its broader concern {concept.broader!r} does not exist")
            if concept.theme and concept.theme not in self._concepts["theme"]:
                raise VocabularyError(f"{concept.code}: its theme {concept.theme!r} does not exist")
            if concept.implies and concept.implies not in self._concepts["group"]:
                raise VocabularyError(f"{concept.code}: the group {concept.implies!r} that it implies does not exist")
        self._ancestors = {code: self._walk_up(code) for code in self._concepts["concern"]}

    def _walk_up(self, code: str) -> tuple[str, ...]:
        chain: list[str] = []
        at = self._concepts["concern"][code].broader
        while at:
            if at in chain or at == code:
                raise VocabularyError(
                    f"{code}: the chain of broader concerns runs in a circle: {' -> '.join([code, *chain, at])}"
                )
            chain.append(at)
            at = self._concepts["concern"][at].broader
        return tuple(chain)

    @classmethod
    @cache
    def load(cls) -> Vocabulary:
        """The vocabulary that comes with the package, from the user's cache when it was read and checked before."""
        folder = resources.files("hytenlp.vocabulary")
        path = cache_folder() / f"vocabulary-{cls.digest()[:24]}.json"
        try:
            return cls(*_restored(json.loads(path.read_bytes())))
        except (OSError, ValueError, TypeError, KeyError):
            pass
        parts = _read_folder(folder)
        with contextlib.suppress(OSError):
            write_atomically(path, json.dumps(_stored(*parts), ensure_ascii=False).encode())
        return cls(*parts)

    @staticmethod
    @cache
    def digest() -> str:
        """SHA-256 over the files of the vocabulary that comes with the package."""
        digest = hashlib.sha256(_FORMAT)
        for file in _files(resources.files("hytenlp.vocabulary")):
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
        return digest.hexdigest()

    @classmethod
    def read(cls, folder: Traversable) -> Vocabulary:
        """Reads `concerns/*.yaml` (file names give the guide's order), `groups.yaml`, `themes.yaml` and the like.

        Raises:
            VocabularyError: a file is missing or does not hold what it should; the message names file and place.
        """
        return cls(*_read_folder(folder))

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

    def find(self, kind: Kind, code: str) -> Concept | None:
        """One concept of a kind; None when there is none of this code."""
        return self._concepts[kind].get(code)

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The broader concerns of a concern, nearest first."""
        return self._ancestors[code]

    def narrowest(self, codes: Iterable[str]) -> list[str]:
        """An antichain: the codes without those that are broader than another of them, in the guide's order."""
        given = set(codes)
        if len(given) < 2:
            return list(given)
        covered = {ancestor for code in given for ancestor in self._ancestors[code]}
        return [code for code in self._concepts["concern"] if code in given - covered]


_Parts = tuple[dict[Kind, list[Concept]], list[Rule], dict[str, tuple[str, ...]]]
_SINGLE_FILES: dict[Kind, str] = {"group": "groups.yaml", "theme": "themes.yaml", "status": "statuses.yaml"}


def _files(folder: Traversable) -> list[Traversable]:
    """All YAML files of a vocabulary, those of concerns first."""
    try:
        concerns = sorted(
            (f for f in (folder / "concerns").iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name
        )
    except FileNotFoundError:
        raise VocabularyError("the folder concerns/ is missing") from None
    return [*concerns, *(folder / name for name in (*_SINGLE_FILES.values(), "cues.yaml", "lists.yaml"))]


def _read_folder(folder: Traversable) -> _Parts:
    files = _files(folder)
    singles = len(_SINGLE_FILES) + 2
    concerns = [concept for file in files[:-singles] for concept in _read(file, Concept)]
    codes = Counter(concept.code for concept in concerns)
    if twice := [code for code, count in codes.items() if count > 1]:
        raise VocabularyError(f"concerns/: more than one concept has the code {', '.join(twice)}")
    concepts: dict[Kind, list[Concept]] = {"concern": concerns}
    concepts |= {kind: _read(folder / name, Concept) for kind, name in _SINGLE_FILES.items()}
    lists = {str(name): tuple(map(str, words)) for name, words in (_yaml(folder / "lists.yaml") or {}).items()}
    return concepts, _read(folder / "cues.yaml", Rule), lists


def _yaml(file: Traversable) -> Any:
    import yaml

    try:
        return yaml.load(file.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except FileNotFoundError:
        raise VocabularyError(f"{file.name} is missing") from None
    except yaml.YAMLError as error:
        raise VocabularyError(f"{file.name}: not valid YAML: {' '.join(str(error).split())}") from None


def _read(file: Traversable, model: type[R]) -> list[R]:
    """The rules of a file, checked against the fields of their class."""
    from pydantic import ConfigDict, TypeAdapter, ValidationError

    for checked in (Entry, Label, Rule, Concept):
        checked.__pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[union-attr]
    adapter = TypeAdapter(model)
    rules = []
    for number, raw in enumerate(_yaml(file) or [], 1):
        name = raw.get("code", f"concept {number}") if isinstance(raw, dict) else f"concept {number}"
        try:
            rules.append(adapter.validate_python(_with_entries(raw)))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            allowed = ""
            if first["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
                names = [field.name for field in fields(Entry if len(first["loc"]) > 1 else model)]
                allowed = f" (allowed: {', '.join('with' if name == 'company' else name for name in names)})"
            raise VocabularyError(f"{file.name}: {name}: {where}: {first['msg']}{allowed}") from None
    return rules


def _with_entries(raw: Any) -> Any:
    """A rule as its class wants it: a bare word is an entry, and `with` is called `company`."""
    if not isinstance(raw, dict):
        return raw

    def entry(value: Any) -> Any:
        if isinstance(value, str):
            return {"match": value}
        return (
            {"company" if key == "with" else key: part for key, part in value.items()}
            if isinstance(value, dict)
            else value
        )

    return raw | {
        key: [entry(value) for value in raw[key]] for key in ("entries", "blocks") if isinstance(raw.get(key), list)
    }


def _stored(concepts: dict[Kind, list[Concept]], cues: list[Rule], lists: dict[str, tuple[str, ...]]) -> Any:
    """The vocabulary as plain JSON values; entries are rows without their field names."""

    def rule(one: Rule) -> dict[str, Any]:
        record = {f.name: getattr(one, f.name) for f in fields(one)}
        for key in ("entries", "blocks"):
            record[key] = [[getattr(entry, f.name) for f in fields(Entry)] for entry in record[key]]
        if isinstance(one, Concept):
            record["label"] = [one.label.fi, one.label.sv, one.label.en]
        return record

    return {
        "concepts": {kind: [rule(c) for c in members] for kind, members in concepts.items()},
        "cues": [rule(c) for c in cues],
        "lists": lists,
    }


def _restored(data: Any) -> _Parts:
    def entries(rows: Any) -> tuple[Entry, ...]:
        return tuple(
            Entry(match, at, gap, order, tuple(company), tuple(unless), window, tuple(case), weight, alone, kind)
            for match, at, gap, order, company, unless, window, case, weight, alone, kind in rows
        )

    def rule(model: type[R], record: dict[str, Any]) -> R:
        record |= {"entries": entries(record["entries"]), "blocks": entries(record["blocks"])}
        if "label" in record:
            record["label"] = Label(*record["label"])
        return model(**record)

    concepts: dict[Kind, list[Concept]] = {
        kind: [rule(Concept, one) for one in members] for kind, members in data["concepts"].items()
    }
    return (
        concepts,
        [rule(Rule, one) for one in data["cues"]],
        {name: tuple(words) for name, words in data["lists"].items()},
    )
