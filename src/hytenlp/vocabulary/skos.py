"""The vocabulary as a SKOS concept scheme in Turtle (https://www.w3.org/TR/skos-reference/)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from hytenlp.vocabulary.concepts import Kind, Vocabulary

_SCHEMES: dict[Kind, str] = {"theme": "themes", "group": "target-groups", "concern": "concerns", "status": "statuses"}


def turtle(vocabulary: Vocabulary) -> str:
    """The concepts of all kinds with labels, definitions, hierarchy and links to YSO."""
    return "\n".join(_lines(vocabulary)) + "\n"


def _lines(vocabulary: Vocabulary) -> Iterator[str]:
    yield "@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
    yield "@prefix hyte: <urn:hytenlp:> ."
    for kind, scheme in _SCHEMES.items():
        yield ""
        yield f'hyte:{scheme} a skos:ConceptScheme ; skos:prefLabel "{scheme.replace("-", " ")}"@en .'
        for concept in vocabulary.concepts(kind):
            triples = [
                f"skos:inScheme hyte:{scheme}",
                f"skos:notation {_literal(concept.code)}",
                *(f"skos:prefLabel {_literal(text)}@{language}" for language, text in asdict(concept.label).items()),
                f"skos:definition {_literal(concept.definition)}@fi",
                f"skos:broader hyte:{kind}-{concept.broader}"
                if concept.broader
                else f"skos:topConceptOf hyte:{scheme}",
                *(f"skos:{relation} <{uri}>" for relation, uris in concept.links.items() for uri in uris),
            ]
            yield ""
            yield f"hyte:{kind}-{concept.code} a skos:Concept ;"
            yield " ;\n".join(f"    {triple}" for triple in triples) + " ."


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'
