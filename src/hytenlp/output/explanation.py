"""Why a text was classified as it was, in words that can be checked against it."""

from __future__ import annotations

from collections.abc import Iterator

from hytenlp.output.wording import DROPPED_WORDS
from hytenlp.pipeline import engine, load
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
    yield f"Teema: {label('theme', analysis.theme)} ({analysis.theme}), todennäköisyys {analysis.theme_probability:.2f}".replace(
        ".", ","
    )
    yield "  kaikki: " + "; ".join(
        f"{theme} {score:.2f}".replace(".", ",") for theme, score in analysis.theme_scores.items()
    )
    for further in analysis.further_themes:
        yield f"  myös: {label('theme', further)} ({further})"
    for evidence in analysis.evidence:
        if evidence.how == "model":
            sure = f"{evidence.probability:.2f}".replace(".", ",")
            yield f"Malli: {evidence.label}, todennäköisyys {sure}, painavin sana ”{evidence.text}”"
    has_group = any(m.kind == "group" for m in analysis.mentions)
    yield (
        "Kohderyhmät: "
        + (", ".join(analysis.target_groups) or "ei nimetty")
        + ("" if has_group or kind != "action" else " (oletus: ketään ei nimetty)")
    )
    yield "Huolet: " + (", ".join(f"{label('concern', c)} ({c})" for c in analysis.concerns) or "ei mitään")
    if analysis.status:
        cue = next((e for e in analysis.evidence if e.kind == "status"), None)
        yield f"Tila: {analysis.status}" + (f", koska ”{cue.text}”" if cue else " (oletus)")
