"""JSON Lines, as a stream: an object a line. A line that cannot be read is told about and passed over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hytenlp.tables.encoding import text_lines
from hytenlp.tables.sheet import Row, Sheet
from hytenlp.tables.trouble import Trouble

_DEEPEST = 100  # levels of nesting
_decode = json.JSONDecoder().decode


def read_jsonl(path: Path, _wanted: str | None, trouble: Trouble) -> Iterator[Sheet]:
    """The table of a JSON Lines file.

    Raises:
        InputError: the file is no text.
    """
    yield Sheet(None, (), _rows(path, trouble))


def _rows(path: Path, trouble: Trouble) -> Iterator[Row]:
    for number, line in enumerate(text_lines(path, trouble), 1):
        if line.isspace():
            continue
        try:
            row = _decode(line)
            if "\\u" in line or line.count("[") + line.count("{") > _DEEPEST:
                row = whole(row)
        except (ValueError, RecursionError) as error:
            reason = f"merkki {error.colno}" if isinstance(error, json.JSONDecodeError) else "liian syvä tai suuri"
            trouble.error(number, f"ei kelvollista JSONia ({reason}). Rivi ohitettiin; korjaa se.")
            continue
        if not isinstance(row, dict):
            trouble.error(number, 'rivin pitää olla JSON-olio, esimerkiksi {"text": "…"}. Rivi ohitettiin; korjaa se.')
            continue
        yield number, row


def whole(value: Any, depth: int = 0) -> Any:
    """A value of JSON without halves of surrogate pairs, which no file can hold.

    Args:
        value: what was read.
        depth: how deep it stands inside others.

    Raises:
        RecursionError: the value is nested more deeply than results can be written.
    """
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [whole(one, depth + 1) for one in value]
    if isinstance(value, dict):
        return {whole(key): whole(one, depth + 1) for key, one in value.items()}
    return value
