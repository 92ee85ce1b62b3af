"""Texts become tokens by the rules of a spaCy tokenizer, without its documents.

Stretches of letters and inner hyphens are tokens, a full stop or comma after them is another; only for the rest spaCy's rules are asked, once
for each distinct stretch between spaces. No vocabulary entry and no `Doc` is made, which is most of what spaCy's own call costs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer

_STRETCH = re.compile(r"\S+|\n\s*")  # of white space only line ends matter
_PLAIN = re.compile(r"(?:[^\W\d_]+-)*[^\W\d_]*[a-zåäö]([.,]?)")
_KEPT = 5_000  # stretches remembered

Piece = tuple[str, int]


class PlainTokenizer:
    """Cuts texts as a spaCy tokenizer does.

    Args:
        language: has the rules.
    """

    def __init__(self, language: Language) -> None:
        self._language = language
        self._tokenizer = cast("Tokenizer", language.tokenizer)
        self._special: Collection[str] = self._tokenizer.rules
        self._known: dict[str, tuple[Piece, ...]] = {}

    def __call__(self, text: str) -> list[Piece]:
        """The tokens of a text and the character at which each starts. Of white space only line ends are told."""
        pieces: list[Piece] = []
        for match in _STRETCH.finditer(text):
            stretch, start = match[0], match.start()
            if stretch.isalpha():
                pieces.append((stretch, start))
            elif (plain := _PLAIN.fullmatch(stretch)) and stretch not in self._special:
                end = plain.start(1)
                pieces.append((stretch[:end], start))
                if plain[1]:
                    pieces.append((plain[1], start + end))
            elif stretch[0] == "\n":
                pieces.append(("\n", start))
            else:
                pieces += [(token, start + at) for token, at in self._cut(stretch)]
        return pieces

    def pipe(self, texts: Iterable[str]) -> list[tuple[str, list[Piece]]]:
        """Texts with their tokens. The strings that spaCy notes meanwhile, it forgets afterwards."""
        with self._language.memory_zone():
            return [(text, self(text)) for text in texts]

    def _cut(self, stretch: str) -> tuple[Piece, ...]:
        known = self._known.get(stretch)
        if known is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            known = self._known[stretch] = tuple((token.text, token.idx) for token in self._tokenizer(stretch))
        return known
