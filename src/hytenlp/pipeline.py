"""The spaCy pipeline: words, mentions and the analysis, each a registered component.

`hyte_words` gives tokens their lemma and part keys, `hyte_mentions` finds the mentions of concerns and groups as spans, and
`hyte_analysis` decides themes, groups, concerns and status. The record it yields is `doc._.hyte`.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from hytenlp.engine import Analysis, Engine, engine
from hytenlp.finnish.language import HyteFinnish


def _word_extension(name: str) -> Any:
    return lambda token: getattr(engine().analyser(token.text), name)


def _register_extensions() -> None:
    Token.set_extension("lemmas", getter=_word_extension("lemmas"), force=True)
    Token.set_extension("parts", getter=_word_extension("keys"), force=True)
    Doc.set_extension("hyte", default=None, force=True)
    Doc.set_extension("hyte_kind", default="action", force=True)
    Doc.set_extension("stated_theme", default=None, force=True)


_register_extensions()


class Words:
    """Sets `token.lemma_` to the best lemma; `token._.lemmas` and `token._.parts` (key -> span in the token) answer on demand."""

    def __init__(self, engine: Engine) -> None:
        self._analyser = engine.analyser

    def __call__(self, doc: Doc) -> Doc:
        """The document, with what the component assigns."""
        for token in doc:
            token.lemma_ = self._analyser(token.text).lemma
        return doc


class Mentions:
    """Puts the mentions of concerns and target groups into `doc.spans["concerns"]` and `doc.spans["groups"]`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(self, doc: Doc) -> Doc:
        """The document, with what the component assigns."""
        analysis: Analysis = doc._.hyte
        for key, kind in (("concerns", "concern"), ("groups", "group")):
            spans = []
            for mention in analysis.mentions:
                if mention.kind == kind:
                    span = doc.char_span(mention.start, mention.end, label=mention.code, alignment_mode="expand")
                    spans.append(span)
            doc.spans[key] = [span for span in spans if isinstance(span, Span)]
        return doc


class Analyse:
    """Decides themes, groups, concerns and status: `doc._.hyte`. Reads `doc._.hyte_kind` and `doc._.stated_theme`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(self, doc: Doc) -> Doc:
        """The document, with what the component assigns."""
        doc._.hyte = self._engine.analyse(doc, doc._.hyte_kind, doc._.stated_theme)
        return doc


@Language.factory("hyte_words", assigns=["token.lemma", "token._.lemmas", "token._.parts"])
def make_words(nlp: Language, name: str) -> Words:
    """Factory of `Words`."""
    return Words(engine())


@Language.factory("hyte_analysis", assigns=["doc._.hyte"])
def make_analysis(nlp: Language, name: str) -> Analyse:
    """Factory of `Analyse`."""
    return Analyse(engine())


@Language.factory("hyte_mentions", requires=["doc._.hyte"], assigns=["doc.spans"])
def make_mentions(nlp: Language, name: str) -> Mentions:
    """Factory of `Mentions`."""
    return Mentions(engine())


def load() -> Language:
    """The pipeline: a blank Finnish `Language` with hytenlp's components."""
    nlp = HyteFinnish()
    for component in ("hyte_words", "hyte_analysis", "hyte_mentions"):
        nlp.add_pipe(component)
    return nlp
