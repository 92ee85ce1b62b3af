"""Decides everything about a text: its words, mentions and status are read, then model and rules say what it is.

One text at a time, as a component of the spaCy pipeline, or many together, without documents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from hytenlp.classification.decision import asked_of, concerns_of, groups_of, status_of, themes_of
from hytenlp.classification.features import Sample, sample_of
from hytenlp.classification.interpretation import Interpretation
from hytenlp.classification.model import Model, Prediction
from hytenlp.classification.scores import Scores
from hytenlp.classification.scoring import EVERYBODY, ThemeScorer, target_groups
from hytenlp.finnish.language import HyteFinnish
from hytenlp.finnish.tokenizer import Piece, PlainTokenizer
from hytenlp.finnish.words import Analyser
from hytenlp.records import says_nothing
from hytenlp.vocabulary.concepts import Kind, Vocabulary
from hytenlp.vocabulary.context import DENYING, Context, Dropped
from hytenlp.vocabulary.matcher import Matcher, Mention, Token
from hytenlp.vocabulary.sentences import clauses_of, tokens_of
from hytenlp.vocabulary.status import SURE, Status, StatusReader
from hytenlp.vocabulary.status import Evidence as StatusEvidence

if TYPE_CHECKING:
    from spacy.tokens import Doc

BulletKind = Literal["action", "concern", "joy"]
How = Literal["vocabulary", "model"]

_TOGETHER = 250  # texts decided together; more would only take memory
_NONE: Mapping[str, float] = Scores.of({})
_QUESTIONS: dict[Kind, str] = {"concern": "concerns", "group": "groups", "status": "status"}


class Evidence(NamedTuple):
    """What in a text led to a label.

    Attributes:
        label: the code.
        kind: concern, group or status.
        start, end: characters of the text.
        text: the text between them.
        how: whether the vocabulary or a model found it.
        probability: the model's, when only the model found it.
    """

    label: str
    kind: Kind
    start: int
    end: int
    text: str
    how: How = "vocabulary"
    probability: float | None = None


class Analysis(NamedTuple):
    """What is known about one bullet.

    Attributes:
        theme, theme_probability, further_themes: the likeliest theme, how likely it is, and others that the text also belongs to.
        target_groups, concerns: codes in the guide's order; of concerns only the narrowest.
        status: of an action; None for joys and concerns.
        evidence: for each group, concern and status its places in the text; labels by default have none.
        possible: the evidence for concerns that an action may have: the model is not sure enough.
        theme_scores: probability of every theme.
        group_scores, status_scores: the model's probability of every group and status; empty where the rules decided.
        mentions: every mention that counted, theme words among them.
        dropped: mentions that did not count, with the reason.
    """

    theme: str
    theme_probability: float
    further_themes: tuple[str, ...]
    target_groups: tuple[str, ...]
    concerns: tuple[str, ...]
    status: Status | None
    evidence: tuple[Evidence, ...]
    possible: tuple[Evidence, ...] = ()
    theme_scores: Mapping[str, float] = _NONE
    group_scores: Mapping[str, float] = _NONE
    status_scores: Mapping[str, float] = _NONE
    mentions: tuple[Mention, ...] = ()
    dropped: tuple[Dropped, ...] = ()


#: Of a text that says nothing: nothing is supposed about it.
NOTHING = Analysis("", 0.0, (), (), (), None, ())


class _Text(NamedTuple):
    """A text cut into tokens without a `Doc`, which batches do not need."""

    text: str
    pieces: list[Piece]


class Engine:
    """What the components share: one analyser, one vocabulary, one matcher, one model.

    Args:
        vocabulary: the concepts; the package's own when not given.
        model: the trained model; the package's own when not given. With `None` the vocabulary decides alone.
    """

    def __init__(self, vocabulary: Vocabulary | None = None, model: Model | Literal["own"] | None = "own") -> None:
        self.vocabulary = vocabulary or Vocabulary.load()
        self.matcher = Matcher(self.vocabulary)
        self.analyser = Analyser(slang=self.matcher.lemmas)
        self.model = Model.load() if model == "own" else model
        self._themes = ThemeScorer(self.vocabulary)
        self._ancestors = {code: self.vocabulary.ancestors(code) for code in self.vocabulary.codes("concern")}

    def tokens(self, doc: Doc | _Text) -> list[Token]:
        """The document's tokens as words, white space left out."""
        pieces = doc.pieces if isinstance(doc, _Text) else [(token.text, token.idx) for token in doc]
        return tokens_of(pieces, self.analyser)

    def analyse_texts(self, bullets: Sequence[tuple[str, BulletKind, str | None]]) -> list[Analysis]:
        """Decides everything about many bullets: as `analyse`, but what can be done together is.

        Args:
            bullets: text, kind and stated theme of each.
        """
        texts = [_Text(text, pieces) for text, pieces in _tokenizer().pipe(text for text, _, _ in bullets)]
        self.analyser.learn(piece for text in texts for piece, _ in text.pieces)
        analyses: list[Analysis] = []
        for i in range(0, len(texts), _TOGETHER):
            part = zip(texts[i : i + _TOGETHER], bullets[i : i + _TOGETHER], strict=True)
            analyses += self._decide([(text, kind, stated) for text, (_, kind, stated) in part])
        return analyses

    def analyse(self, doc: Doc | _Text, kind: BulletKind = "action", stated_theme: str | None = None) -> Analysis:
        """Decides everything about one bullet.

        Args:
            doc: its text, tokenised.
            kind: what the bullet is; joys and concerns have no status, and no groups by default.
            stated_theme: the theme under whose heading it stands, as a hint.
        """
        return self._decide([(doc, kind, stated_theme)])[0]

    def _decide(self, bullets: Sequence[tuple[Doc | _Text, BulletKind, str | None]]) -> list[Analysis]:
        """The analyses of bullets, of which the model is asked together."""
        model = self.model
        if model is None:
            return [self._by_rules(self._read(*bullet)) for bullet in bullets]
        read: list[tuple[Interpretation, Sample]] = []
        for bullet in bullets:
            interpretation = self._read(*bullet)
            read.append((interpretation, self._sample(interpretation)))  # while its words are at hand
        predictions = model.predict_many([sample for _, sample in read])
        known = [(*one, prediction) for one, prediction in zip(read, predictions, strict=True)]
        model.weigh([asked for _, sample, prediction in known for asked in asked_of(sample, prediction)])
        return [self._by_model(*one, model) for one in known]

    def sample(self, doc: Doc, kind: BulletKind, stated_theme: str | None = None) -> Sample:
        """A text as the models see it."""
        return self._sample(self._read(doc, kind, stated_theme))

    def _read(self, doc: Doc | _Text, kind: BulletKind, stated_theme: str | None) -> Interpretation:
        tokens = self.tokens(doc)
        found, refused, cues = self.matcher(tokens, kind)
        clauses = clauses_of(tokens)
        context = Context(tokens, clauses, found, cues, worry=kind == "concern")
        kept, dropped = context.parted(found)
        status: StatusEvidence | None = None
        failed: set[Mention] = set()  # of clauses that surely have another status than the text
        if kind == "action":
            reader = StatusReader(tokens, clauses, *context.but_actors(found))
            status = reader.evidence
            code = status.status if status else "tehty"
            concerns = [m for m in kept if m.kind == "concern"]
            for mention in concerns:
                own = reader.clause_status(mention.tokens[0])
                if own and own.status != code and own.strength >= 3:
                    why = f"status {own.status}"
                    if SURE in (own.strength, status.strength if status else 0):
                        failed.add(mention)
                elif code == "toteutumatta" and context.is_reason(mention):
                    why = "reason"
                else:
                    continue
                kept.remove(mention)
                dropped.append(Dropped(mention, why))
            means = [m for m in concerns if m.alone and m in kept]
            aims = {m.code for m in kept if m.kind == "concern" and not m.alone} if means else set()
            for mention in means:
                if aims - {mention.code}:
                    kept.remove(mention)
                    dropped.append(Dropped(mention, "means"))
        denied = context.other_senses(refused, self._ancestors)
        for mention, why in dropped:
            if mention.kind == "concern":
                (denied if why in DENYING or mention in failed else refused).setdefault(mention.code, set()).update(
                    mention.tokens
                )
        groups = target_groups(kept, tokens, kind, self.vocabulary)
        unmeant = {d.mention.code for d in dropped if d.mention.kind == "group" and d.why in DENYING} - set(groups)
        themes = self._themes.decide(kept, stated_theme)
        return Interpretation(
            doc.text, kind, stated_theme, tokens, kept, dropped, status, groups, themes, refused, denied, unmeant
        )

    def _sample(self, interpretation: Interpretation) -> Sample:
        themes = self._themes.decide(interpretation.kept) if interpretation.stated_theme else interpretation.themes
        return sample_of(interpretation, themes.scores, self._ancestors)

    # -- decisions ---------------------------------------------------------------------------------------------------

    def _by_rules(self, interpretation: Interpretation) -> Analysis:
        if says_nothing(interpretation.text):
            return NOTHING
        concerns = self.vocabulary.narrowest(m.code for m in interpretation.kept if m.kind == "concern")
        evidence, _ = self._mentioned(interpretation, concerns, interpretation.groups)
        evidence += self._told(interpretation)
        status = interpretation.status
        themes = interpretation.themes
        return Analysis(
            theme=themes.theme,
            theme_probability=themes.scores[themes.theme],
            further_themes=themes.further,
            target_groups=tuple(interpretation.groups),
            concerns=tuple(concerns),
            status=(status.status if status else "tehty") if interpretation.kind == "action" else None,
            evidence=tuple(evidence),
            theme_scores=themes.scores,
            mentions=tuple(interpretation.kept),
            dropped=tuple(interpretation.dropped),
        )

    def _by_model(
        self, interpretation: Interpretation, sample: Sample, prediction: Prediction, model: Model
    ) -> Analysis:
        if says_nothing(interpretation.text):
            return NOTHING
        chosen, doubtful = concerns_of(sample, prediction, model, self._ancestors)
        concerns = self.vocabulary.narrowest(chosen)
        groups = groups_of(sample, prediction, model)
        evidence, named = self._mentioned(interpretation, concerns, groups)
        possible: list[tuple[Kind, str]] = []
        if doubtful:
            possible += [("concern", code) for code in self.vocabulary.narrowest(doubtful)]
        weighed: list[tuple[Kind, str]] = [("concern", code) for code in concerns if code not in sample.mentioned]
        weighed += [("group", code) for code in groups if code not in named and code != EVERYBODY]
        status: Status | None = None
        told: list[Evidence] = []
        if interpretation.kind == "action":
            status = status_of(interpretation.status, prediction)
            if interpretation.status and interpretation.status.status == status:
                told = self._told(interpretation)
            elif status != "tehty":
                weighed.append(("status", status))
        evidence += [*self._weighed(interpretation, sample, prediction, model, weighed), *told]
        mentions, dropped = interpretation.kept, interpretation.dropped
        if not chosen.issuperset(sample.mentioned):
            mentions = [m for m in mentions if m.kind != "concern" or m.code in chosen]
            dropped = [*dropped, *(Dropped(m, "model") for m in interpretation.kept if m not in mentions)]
        theme, further = themes_of(prediction, interpretation.themes)
        return Analysis(
            theme,
            prediction.theme[theme],
            further,
            tuple(groups),
            tuple(concerns),
            status,
            tuple(evidence),
            tuple(self._weighed(interpretation, sample, prediction, model, possible)),
            prediction.theme,
            prediction.groups,
            prediction.status,
            tuple(mentions),
            tuple(dropped),
        )

    @staticmethod
    def _told(interpretation: Interpretation) -> list[Evidence]:
        """The evidence of the rules for the status; none of a verb of which nothing is known."""
        told = interpretation.status
        if not told or not told.known:
            return []
        return [Evidence(told.status, "status", told.start, told.end, interpretation.text[told.start : told.end])]

    def _mentioned(
        self, interpretation: Interpretation, concerns: Sequence[str], groups: Sequence[str]
    ) -> tuple[list[Evidence], set[str]]:
        """The evidence of the vocabulary, and the groups that it is for.

        It is mentions, and for a group that nobody named the concern that implies it.
        """
        text = interpretation.text
        evidence = [
            Evidence(m.code, m.kind, m.start, m.end, text[m.start : m.end])
            for m in interpretation.kept
            if (m.kind == "group" and m.code in groups) or (m.kind == "concern" and m.code in concerns)
        ]
        named = {e.label for e in evidence if e.kind == "group"}
        if not named.issuperset(groups):
            implied = [
                Evidence(code, "group", m.start, m.end, text[m.start : m.end])
                for m in interpretation.kept
                if m.kind == "concern" and (code := self.vocabulary.concern(m.code).implies)
                if code in groups and code not in named
            ]
            evidence += implied
            named.update([e.label for e in implied])
        return evidence, named

    @staticmethod
    def _weighed(
        interpretation: Interpretation,
        sample: Sample,
        prediction: Prediction,
        model: Model,
        labels: Sequence[tuple[Kind, str]],
    ) -> list[Evidence]:
        """The evidence of the model: the words that weighed most for each label."""
        found = []
        for kind, label in labels:
            question = _QUESTIONS[kind]
            probability = round(getattr(prediction, question)[label], 4)
            for i in model.weighed_most(sample, question, label):
                token = interpretation.tokens[i]
                start, end = token.places((0, len(token.word.form)))
                found.append(Evidence(label, kind, start, end, interpretation.text[start:end], "model", probability))
        return found


@cache
def _tokenizer() -> PlainTokenizer:
    """Made when many texts are first analysed together: single ones come tokenised."""
    return PlainTokenizer(HyteFinnish())


@cache
def engine() -> Engine:
    """The engine that all pipelines of a process share: words are analysed once."""
    return Engine()
