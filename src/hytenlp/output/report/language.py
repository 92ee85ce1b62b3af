"""The page's languages. Finnish is what the texts are written in; catalogues translate from it."""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from importlib import resources
from typing import Literal, get_args

from hytenlp.vocabulary.concepts import Kind, Vocabulary

LanguageCode = Literal["fi", "sv", "en"]
LANGUAGES: tuple[LanguageCode, ...] = get_args(LanguageCode)


def catalogue(code: LanguageCode) -> gettext.NullTranslations:
    """The translations of a language; Finnish needs none."""
    if code == "fi":
        return gettext.NullTranslations()
    file = resources.files("hytenlp.output.report") / "translations" / code / "LC_MESSAGES" / "report.mo"
    with file.open("rb") as stream:
        return gettext.GNUTranslations(stream)


@dataclass(frozen=True, slots=True)
class Language:
    """How texts, concepts and numbers are written on the page.

    Attributes:
        code: fi, sv or en.
        vocabulary: gives the labels of concepts.
        translations: the catalogue.
    """

    code: LanguageCode
    vocabulary: Vocabulary
    translations: gettext.NullTranslations

    @classmethod
    def of(cls, code: LanguageCode, vocabulary: Vocabulary) -> Language:
        """The language of a code."""
        return cls(code, vocabulary, catalogue(code))

    def _(self, text: str) -> str:
        """A text in this language."""
        return self.translations.gettext(text)

    def count(self, one: str, many: str, number: int) -> str:
        """A text with a number: one or many."""
        return self.translations.ngettext(one, many, number) % {"num": number}

    def label(self, kind: Kind, code: str) -> str:
        """A concept's label: in this language, else in Finnish, else its code."""
        concept = self.vocabulary.find(kind, code)
        return (getattr(concept.label, self.code) or concept.label.fi) if concept else code

    def labels(self, kind: Kind, codes: tuple[str, ...] | list[str]) -> str:
        """Several labels in a row."""
        return ", ".join(self.label(kind, code) for code in codes)

    def percent(self, share: float) -> str:
        """A share as whole per cent; Finnish and Swedish put a space before the sign."""
        return f"{share:.0%}" if self.code == "en" else f"{share:.0%}".replace("%", "\u00a0%")
