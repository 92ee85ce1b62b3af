"""Texts with their decisive words marked. Everything that comes from a document is escaped here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup, escape


def highlight(text: str, evidence: Iterable[dict[str, Any]]) -> Markup:
    """A text as HTML, its evidence in `<mark>`; what only the model weighed looks different.

    Args:
        text: the text.
        evidence: places in it: `{start, end, how}`. Of overlapping ones the first counts, the longer before the shorter.
    """
    parts: list[Markup] = []
    at = 0
    for place in sorted(evidence, key=lambda e: (e["start"], -e["end"])):
        start, end = place["start"], place["end"]
        if start < at or end <= start or end > len(text):
            continue
        opening = Markup('<mark class="model">') if place["how"] == "model" else Markup("<mark>")
        parts += [escape(text[at:start]), opening, escape(text[start:end]), Markup("</mark>")]
        at = end
    return Markup("").join([*parts, escape(text[at:])])
