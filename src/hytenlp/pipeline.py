"""The spaCy pipeline: words, mentions and the analysis, each a registered component.

`hyte_words` gives tokens their lemma and part keys, `hyte_mentions` finds the mentions of concerns and groups as spans, and
`hyte_analysis` decides themes, groups, concerns and status. The record it yields is `doc._.hyte`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar, Literal

from spacy.lang.fi import Finnish
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from hytenlp.classification.scoring import ThemeClassifier, ThemeDecision, ThemeScorer, target_groups
from hytenlp.finnish.words import Analyser
from hytenlp.vocabulary.concepts import Kind, Vocabulary
from hytenlp.vocabulary.context import Context, Dropped
from hytenlp.vocabulary.matcher import Matcher, Mention
from hytenlp.vocabulary.matcher import Token as WordToken
from hytenlp.vocabulary.sentences import clauses_of, tokens_of
from hytenlp.vocabulary.status import Evidence as StatusEvidence
from hytenlp.vocabulary.status import Status, StatusReader

BulletKind = Literal["action", "concern", "joy"]
How = Literal["vocabulary", "model"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What in a text led to a label.

    Attributes:
        label: the code.
        kind: concern, group or status.
        start, end: characters of the text.
        text: the text between them.
        how: whether the vocabulary or a model found it.
    """

    label: str
    kind: Kind
    start: int
    end: int
    text: str
    how: How = "vocabulary"


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is known about one bullet.

    Attributes:
        theme, theme_probability, further_themes: see `ThemeDecision`.
        target_groups, concerns: codes in the guide's order; of concerns only the narrowest.
        status: of an action; None for joys and concerns.
        evidence: for each group, concern and status its places in the text; labels by default have none.
        dropped: mentions that did not count, with the reason.
        mentions: every mention that counted, theme words among them.
    """

    theme: str
    theme_probability: float
    further_themes: tuple[str, ...]
    target_groups: tuple[str, ...]
    concerns: tuple[str, ...]
    status: Status | None
    evidence: tuple[Evidence, ...]
    theme_scores: dict[str, float] = field(default_factory=dict)
    mentions: tuple[Mention, ...] = ()
    dropped: tuple[Dropped, ...] = ()


class Engine:
    """What the components share: one analyser, one vocabulary, one matcher.

    Args:
        vocabulary: the concepts; the package's own when not given.
        themes: tells a text's theme.
    """

    def __init__(self, vocabulary: Vocabulary | None = None, themes: ThemeClassifier | None = None) -> None:
        self.vocabulary = vocabulary or Vocabulary.load()
        self.matcher = Matcher(self.vocabulary)
        self.analyser = Analyser(slang=self.matcher.lemmas)
        self.themes: ThemeClassifier = themes or ThemeScorer(self.vocabulary)

    def tokens(self, doc: Doc) -> list[WordToken]:
        """The document's tokens as words, white space left out."""
        return tokens_of([(token.text, token.idx) for token in doc], self.analyser)

    def analyse(self, doc: Doc, kind: BulletKind = "action", stated_theme: str | None = None) -> Analysis:
        """Decides everything about one bullet.

        Args:
            doc: its text, tokenised.
            kind: what the bullet is; joys and concerns have no status, and no groups by default.
            stated_theme: the theme under whose heading it stands, as a hint.
        """
        tokens = self.tokens(doc)
        found = self.matcher(tokens, kind)
        clauses = clauses_of(tokens)
        context = Context(tokens, clauses, found)
        dropped: list[Dropped] = []
        kept: list[Mention] = []
        for item in context.kept(found):
            dropped.append(item) if isinstance(item, Dropped) else kept.append(item)

        status: StatusEvidence | None = None
        if kind == "action":
            reader = StatusReader(tokens, clauses, [m for m in found if context.field_of(m) != "actor"])
            status = reader.evidence
            code = status.status if status else "tehty"
            for mention in [m for m in kept if m.kind == "concern"]:
                own = reader.clause_status(mention.tokens[0])
                if own and own.status != code and own.strength == 3:
                    why = f"status {own.status}"
                elif code == "toteutumatta" and context.is_reason(mention):
                    why = "reason"
                else:
                    continue
                kept.remove(mention)
                dropped.append(Dropped(mention, why))
        aims = {m.code for m in kept if m.kind == "concern" and not m.alone}
        for mention in [m for m in kept if m.kind == "concern" and m.alone and aims - {m.code}]:
            kept.remove(mention)
            dropped.append(Dropped(mention, "means"))
        return self._record(doc.text, kind, tokens, kept, dropped, status, stated_theme)

    def _record(
        self,
        text: str,
        kind: BulletKind,
        tokens: Sequence[WordToken],
        kept: Sequence[Mention],
        dropped: Sequence[Dropped],
        status: StatusEvidence | None,
        stated_theme: str | None,
    ) -> Analysis:
        concerns = self.vocabulary.narrowest(m.code for m in kept if m.kind == "concern")
        groups = target_groups(kept, tokens, kind, self.vocabulary)
        themes: ThemeDecision = self.themes.decide(kept, stated_theme)
        evidence = [
            Evidence(m.code, m.kind, m.start, m.end, text[m.start : m.end])
            for m in kept
            if (m.kind == "concern" and m.code in concerns) or (m.kind == "group" and m.code in groups)
        ]
        for m in kept:  # a group that nobody named, implied by a concern
            implied = self.vocabulary.concern(m.code).implies if m.kind == "concern" else None
            if implied in groups and not any(e.label == implied and e.kind == "group" for e in evidence):
                evidence.append(Evidence(str(implied), "group", m.start, m.end, text[m.start : m.end]))
        if status:
            evidence.append(
                Evidence(status.status, "status", status.start, status.end, text[status.start : status.end])
            )
        return Analysis(
            theme=themes.theme,
            theme_probability=themes.probability,
            further_themes=themes.further,
            target_groups=tuple(groups),
            concerns=tuple(concerns),
            status=(status.status if status else "tehty") if kind == "action" else None,
            evidence=tuple(evidence),
            theme_scores=themes.scores,
            mentions=tuple(kept),
            dropped=tuple(dropped),
        )


@cache
def engine() -> Engine:
    """The engine that all pipelines of a process share: words are analysed once."""
    return Engine()


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


class HyteFinnish(Finnish):  # type: ignore[no-untyped-call]
    """spaCy's Finnish with a tokenizer for telegraphic table rows.

    Fields joined by "|" and labels joined by ":" are cut apart; conjunctions that carry a negation ("ettei") stay whole.
    """

    class Defaults(Finnish.Defaults):  # type: ignore[misc,valid-type]
        """Tokenizer rules."""

        infixes = (
            *Finnish.Defaults.infixes,
            r"(?<=\w)\|(?=[\w-])",
            r"(?<=[a-zåäö]{3}):(?=[A-ZÅÄÖa-zåäö]{3})",
            r"(?<=[a-zåäö.])[;…](?=\w)",
        )
        tokenizer_exceptions: ClassVar = {
            form: parts for form, parts in Finnish.Defaults.tokenizer_exceptions.items() if len(parts) == 1
        }


def load() -> Language:
    """The pipeline: a blank Finnish `Language` with hytenlp's components."""
    nlp = HyteFinnish()
    for component in ("hyte_words", "hyte_analysis", "hyte_mentions"):
        nlp.add_pipe(component)
    return nlp
