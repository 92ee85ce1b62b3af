"""Markdown's inline signs taken off, line by line, so that texts are plain; headings and bullets are `lines.make_line`'s."""

from __future__ import annotations

import re

# Each stops at the next sign of its own kind, so that a long line takes no longer than its length.
_SIGNS = [
    (re.compile(r"^[ \t]*\[\^[^\[\]\s]{1,40}\]:.*$", re.MULTILINE), ""),  # a footnote
    (re.compile(r"\[\^[^\[\]\s]{1,40}\]"), ""),  # its mark
    (re.compile(r"!?\[([^\[\]\n]*)\]\([^()\n]*\)"), r"\1"),  # a link or picture
    (re.compile(r"^(?:[ \t]{0,3}>[ \t]?)+", re.MULTILINE), ""),  # a quotation
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=[^\s_])([^_\n]*[^\s_])_(?![\w_])"), r"\1"),
]


def plain(text: str) -> str:
    """A Markdown text without emphasis, links, quotation signs and footnotes; its lines keep their numbers."""
    text = text.replace("\r\n", "\n")
    for sign, said in _SIGNS:
        text = sign.sub(said, text)
    return text
