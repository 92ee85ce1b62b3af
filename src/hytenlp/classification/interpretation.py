"""What is known about a text before a model is asked."""

from __future__ import annotations

from dataclasses import dataclass

from hytenlp.classification.scoring import ThemeDecision
from hytenlp.records import BulletKind
from hytenlp.vocabulary.context import Dropped
from hytenlp.vocabulary.matcher import Mention, Token
from hytenlp.vocabulary.status import Evidence


@dataclass(slots=True)
class Interpretation:
    """What the vocabulary and the rules make of a text.

    Attributes:
        stated_theme: the heading that the text stands under, if known.
        kept: the mentions that count.
        dropped: those that do not, with the reason.
        status: what the rules say, and how sure they are; None when nothing told it.
        groups, themes: what the rules say.
        refused: the concerns whose words stand there and mean something else -> the numbers of their tokens.
        denied: the concerns that the text denies -> the numbers of their tokens.
        unmeant: groups that the text names only to say that it does not mean them.
    """

    text: str
    kind: BulletKind
    stated_theme: str | None
    tokens: list[Token]
    kept: list[Mention]
    dropped: list[Dropped]
    status: Evidence | None
    groups: list[str]
    themes: ThemeDecision
    refused: dict[str, set[int]]
    denied: dict[str, set[int]]
    unmeant: set[str]
