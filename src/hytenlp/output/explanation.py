"""Why a text was classified as it was, in words that can be checked against it: first for anybody, then word by word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc

from hytenlp.engine import Analysis, Engine, Evidence, engine
from hytenlp.output.wording import DROPPED_WORDS
from hytenlp.pipeline import load
from hytenlp.records import BulletKind
from hytenlp.vocabulary.concepts import Kind
from hytenlp.vocabulary.matcher import Mention

_LONGEST_ENTRY = 60  # characters of an entry's alternatives that are shown
_KINDS: dict[str, str] = {"concern": "huoli", "group": "ryhmä", "theme": "teema"}


def explain_text(text: str, kind: BulletKind, stated_theme: str | None) -> str:
    """What was found in a text, as plain lines."""
    shared = engine()
    doc = load().make_doc(text)
    return "\n".join(_Explanation(doc, kind, shared.analyse(doc, kind, stated_theme), shared).lines())


class _Explanation:
    def __init__(self, doc: Doc, kind: BulletKind, analysis: Analysis, shared: Engine) -> None:
        self._doc = doc
        self._kind = kind
        self._analysis = analysis
        self._engine = shared

    def lines(self) -> Iterator[str]:
        """First what was decided and by which words, then what those words were taken for."""
        yield f"Teksti: {self._doc.text}"
        yield ""
        yield from self._theme()
        yield from self._groups()
        yield from self._concerns()
        yield from self._status()
        yield ""
        yield "Tarkemmin"
        yield "  Sanat (perusmuodot; osat):"
        yield from self._words()
        yield "  Sanaston osumat:"
        yield from self._mentions()
        scores = self._analysis.theme_scores.items()
        yield "  Teemojen varmuus: " + "; ".join(f"{theme} {_percent(score)}" for theme, score in scores)

    def _theme(self) -> Iterator[str]:
        found = self._analysis
        words = _quoted(self._said(m) for m in found.mentions if (m.kind, m.code) == ("theme", found.theme))
        yield f"Teema: {self._name('theme', found.theme)}, varmuus {_percent(found.theme_probability)}" + (
            f"; siihen viittaa {words}" if words else ""
        )
        for further in found.further_themes:
            yield f"  Sopii myös: {self._name('theme', further)}"

    def _groups(self) -> Iterator[str]:
        found = self._analysis
        yield "Kohderyhmät:" + ("" if found.target_groups else " ketään ei nimetty")
        for group in found.target_groups:
            yield f"  {self._name('group', group)}{self._why_group(group)}"
        ignored = dict.fromkeys(
            (m.code, self._said(m)) for m in found.mentions if m.kind == "group" and m.code not in found.target_groups
        )
        for code, word in ignored:
            score = _likely(found.group_scores.get(code))
            yield f"  Ei laskettu: {self._name('group', code)}, vaikka tekstissä on ”{word}”" + (
                f"; mallin arvio{score}" if score else ""
            )

    def _why_group(self, group: str) -> str:
        """Who decided that a group is meant, by which words."""
        found = self._evidence("group", group)
        probability = self._analysis.group_scores.get(group)
        if not found:
            if probability is None:
                return ": oletus, koska ketään ei nimetty"
            return f": mallin arvio, koska mikään yksittäinen sana ei nimeä ryhmää{_likely(probability)}"
        named = {(m.start, m.end) for m in self._analysis.mentions if m.kind == "group"}
        implied = found[0].how != "model" and (found[0].start, found[0].end) not in named
        return (": päätelty huolesta" if implied else "") + _why(found, probability)

    def _concerns(self) -> Iterator[str]:
        found = self._analysis
        yield "Huolet:" + ("" if found.concerns else " huolta ei tunnistettu")
        for code in found.concerns:
            words = self._evidence("concern", code)
            why = _why(words, words[0].probability) if words else ": päätelty tekstistä ilman yksittäistä sanaa"
            yield f"  {self._name('concern', code)}{why}"
        for code in dict.fromkeys(one.label for one in found.possible):
            words = [one for one in found.possible if one.label == code]
            why = _why(words, words[0].probability)
            yield f"  Mahdollinen: {self._name('concern', code)}{why}; ei kata huolta, ennen kuin ihminen on tarkistanut"
        dropped = [one for one in found.dropped if one.mention.kind == "concern"]
        for code, word, why in dict.fromkeys((one.mention.code, self._said(one.mention), one.why) for one in dropped):
            yield f"  Ei laskettu: {self._name('concern', code)}, vaikka tekstissä on ”{word}”; syy: {DROPPED_WORDS.get(why, why)}"
        if not found.concerns:
            if not dropped:
                yield "  Mikään tekstin sana ei nimeä huolta, jonka sanasto tuntee" + (
                    ", eikä malli löytänyt sellaista." if self._engine.model else "."
                )
            if self._kind == "concern":
                yield "  Huoli ei ole mukana tuloksissa: arvioi itse, mikä siihen vastaa."

    def _status(self) -> Iterator[str]:
        """Who decided the status, by which words."""
        status = self._analysis.status
        if not status:
            return
        found = self._evidence("status", status)
        probability = self._analysis.status_scores.get(status)
        supposed = ": oletus" if probability is None else f": mallin arvio{_likely(probability)}"
        yield f"Tila: {self._name('status', status)}{_why(found, probability) if found else supposed}"

    def _words(self) -> Iterator[str]:
        for token in self._doc:
            word = self._engine.analyser(token.text)
            if word.readings:
                parts = sorted({key for key, span in word.keys.items() if span != (0, len(word.form))})
                guess = " (arvaus)" if word.guessed else ""
                lemmas = ", ".join(dict.fromkeys(r.lemma for r in word.likely))
                yield f"    {token.text}: {lemmas}{guess}" + (f"; {', '.join(parts)}" if parts else "")

    def _mentions(self) -> Iterator[str]:
        """What the vocabulary found, each thing once: a word may match several of its entries."""
        shown = {
            (m.kind, m.code, m.start, m.end): m.entry for m in reversed(self._analysis.mentions) if m.kind in _KINDS
        }
        for (kind, code, start, end), entry in sorted(shown.items(), key=lambda pair: pair[0][2:]):
            place = f"”{self._doc.text[start:end]}” (merkit {start}–{end})"
            long = len(entry) > _LONGEST_ENTRY
            words = entry[:_LONGEST_ENTRY].rsplit("|", 1)[0] + "|…" if long else entry
            yield f"    {_KINDS[kind]} {code}: {place}, sanaston kohta {words}"
        if not shown:
            yield "    ei yhtään"

    def _evidence(self, kind: Kind, code: str) -> list[Evidence]:
        return [one for one in self._analysis.evidence if (one.kind, one.label) == (kind, code)]

    def _name(self, kind: Kind, code: str) -> str:
        """A concept as people call it, with its code."""
        return f"{self._engine.vocabulary.label(kind, code)} [{code}]"

    def _said(self, mention: Mention) -> str:
        return self._doc.text[mention.start : mention.end]


def _why(found: Sequence[Evidence], probability: float | None) -> str:
    """Who decided by which words, as it follows what was decided."""
    words = _quoted(one.text for one in found)
    if found[0].how == "model":
        return f": mallin arvio, painavimmat sanat {words}{_likely(probability)}"
    return f", koska tekstissä on {words}"


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(f"”{text}”" for text in texts))


def _likely(probability: float | None) -> str:
    """How sure the model is, as it follows what it says; nothing where it was not asked."""
    return "" if probability is None else f" (varmuus {_percent(probability)})"


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", "\u00a0%")
