"""Why a text was classified as it was, in words that can be checked against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hytenlp.output.wording import DROPPED_WORDS
from hytenlp.pipeline import Analysis, Evidence, engine, load
from hytenlp.records import BulletKind


def explain_text(text: str, kind: BulletKind, stated_theme: str | None) -> str:
    """What was found in a text, as plain lines."""
    return "\n".join(_lines(text, kind, stated_theme))


def _lines(text: str, kind: BulletKind, stated_theme: str | None) -> Iterator[str]:
    doc = load().make_doc(text)
    shared = engine()
    analysis = shared.analyse(doc, kind, stated_theme)
    label = shared.vocabulary.label
    yield f"Teksti: {text}"
    yield ""
    yield "Sanat (perusmuodot; osat):"
    for token in doc:
        word = shared.analyser(token.text)
        if word.readings:
            parts = sorted({key for key, span in word.keys.items() if span != (0, len(word.form))})
            guess = " (arvaus)" if word.guessed else ""
            yield f"  {token.text}: {', '.join(dict.fromkeys(r.lemma for r in word.likely))}{guess}" + (
                f"; {', '.join(parts)}" if parts else ""
            )
    yield ""
    yield "Maininnat:"
    for mention in analysis.mentions:
        if mention.kind in ("concern", "group", "theme"):
            name = {"concern": "huoli", "group": "ryhmä", "theme": "teema"}[mention.kind]
            found = text[mention.start : mention.end]
            yield f"  {name} {mention.code}: ”{found}” ({mention.start}–{mention.end}), sanaston kohta: {mention.entry}"
    for dropped in analysis.dropped:
        found = text[dropped.mention.start : dropped.mention.end]
        why = DROPPED_WORDS.get(dropped.why, dropped.why)
        yield f"  ei lasketa: {dropped.mention.code} ”{found}”: {why}"
    yield ""
    yield f"Teema: {label('theme', analysis.theme)} ({analysis.theme}){_probability(analysis.theme_probability)}"
    yield "  kaikki: " + "; ".join(
        f"{theme} {score:.2f}".replace(".", ",") for theme, score in analysis.theme_scores.items()
    )
    for further in analysis.further_themes:
        yield f"  myös: {label('theme', further)} ({further})"
    for evidence in analysis.evidence:
        if evidence.how == "model" and evidence.kind == "concern":
            yield f"Malli: {evidence.label}{_probability(evidence.probability)}, painavin sana ”{evidence.text}”"
    yield "Kohderyhmät: " + (", ".join(analysis.target_groups) or "ei nimetty")
    yield from (f"  {group}: {_why_group(group, analysis)}" for group in analysis.target_groups)
    for mention in analysis.mentions:
        if mention.kind == "group" and mention.code not in analysis.target_groups:
            found = text[mention.start : mention.end]
            score = _probability(analysis.group_scores.get(mention.code))
            yield f"  ei lasketa: {mention.code} ”{found}”" + (f" (malli{score})" if score else "")
    yield "Huolet: " + (", ".join(f"{label('concern', c)} ({c})" for c in analysis.concerns) or "ei mitään")
    if analysis.status:
        yield f"Tila: {analysis.status}, {_why_status(analysis.status, analysis)}"


def _why_group(group: str, analysis: Analysis) -> str:
    """Who decided that a group is meant, by which words."""
    found = [one for one in analysis.evidence if (one.kind, one.label) == ("group", group)]
    named = {(m.start, m.end) for m in analysis.mentions if m.kind == "group"}
    probability = analysis.group_scores.get(group)
    if not found:
        if probability is None:
            return "oletus, koska ketään ei nimetty"
        return f"mallin tulkinta; mikään yksittäinen sana ei nimeä ryhmää{_probability(probability)}"
    if found[0].how == "model":
        return f"malli{_probability(probability)}, painavimmat sanat {_quoted(found)}"
    return ("sanasto: " if (found[0].start, found[0].end) in named else "päätelty huolesta: ") + _quoted(found)


def _why_status(status: str, analysis: Analysis) -> str:
    """Who decided the status, by which words."""
    found = [one for one in analysis.evidence if one.kind == "status"]
    probability = analysis.status_scores.get(status)
    if not found:
        return "oletus" if probability is None else f"mallin tulkinta{_probability(probability)}"
    if found[0].how == "model":
        return f"malli{_probability(probability)}, painavimmat sanat {_quoted(found)}"
    return f"koska {_quoted(found)}"


def _quoted(found: Iterable[Evidence]) -> str:
    return ", ".join(dict.fromkeys(f"”{one.text}”" for one in found))


def _probability(value: float | None) -> str:
    """A probability as it follows a word; nothing where there is none."""
    return "" if value is None else f", todennäköisyys {value:.2f}".replace(".", ",")
