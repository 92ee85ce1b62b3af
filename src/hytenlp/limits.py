"""How large an input may be. A person raises the limits with the environment variable `HYTENLP_MAX_MB`."""

from __future__ import annotations

import os

from hytenlp.errors import InputError

_VARIABLE = "HYTENLP_MAX_MB"


def is_raised() -> bool:
    """Whether a person has set the limit."""
    return bool(os.environ.get(_VARIABLE, "").strip())


def max_bytes(default_mb: int) -> int:
    """The most bytes of one input, or of what it unpacks to.

    Args:
        default_mb: megabytes (10^6 bytes) for this kind of input when nobody has set the limit.

    Raises:
        InputError: the variable holds no number of megabytes.
    """
    value = os.environ.get(_VARIABLE, "").strip()
    if not value:
        return default_mb * 1_000_000
    try:
        limit = float(value.replace(",", "."))
        if not 0 < limit < 1e9:
            raise ValueError
    except ValueError:
        raise InputError(
            f"ympäristömuuttujan {_VARIABLE} arvo {value!r} ei ole megatavujen määrä. Anna luku, esimerkiksi 500."
        ) from None
    return int(limit * 1_000_000)


def check_size(source: str, size: int, default_mb: int, what: str = "tiedosto") -> None:
    """Refuses what is too large.

    Raises:
        InputError: `size` is above the limit.
    """
    limit = max_bytes(default_mb)
    if size > limit:
        raise InputError(
            f"{source}: {what} on liian suuri (yli {limit / 1e6:g} Mt). "
            f"Jaa se osiin tai nosta rajaa ympäristömuuttujalla {_VARIABLE} (megatavuja)."
        )
