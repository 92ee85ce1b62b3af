"""How much is read of one input: inputs are hostile until read. The limits here are of documents; tables have wider ones of their own.

`HYTENLP_LIMITS=5` in the environment makes every limit five times as wide.
"""

from __future__ import annotations

import os

from hytenlp.errors import InputError

VARIABLE = "HYTENLP_LIMITS"
MAX_FILE = 20_000_000  # bytes of a file as it lies
MAX_UNPACKED = 100_000_000  # bytes of what an archive unpacks to; text is a small part of it
MAX_PART = 20_000_000  # bytes of one part of an archive that is read
MAX_ENTRIES = 5_000  # files in an archive
MAX_PAGES = 200
MAX_PAGE_CHARACTERS = 50_000
MAX_CHARACTERS = 2_000_000
MAX_LINES = 50_000
MAX_DEPTH = 200  # elements inside each other


def is_raised() -> bool:
    """Whether a person has widened the limits."""
    return limit(100) > 100


def limit(base: int) -> int:
    """A limit with the factor that a person set.

    Raises:
        InputError: the factor is no number of at least 1.
    """
    given = os.environ.get(VARIABLE, "1")
    try:
        factor = float(given)
        if not 1 <= factor <= 1e6:
            raise ValueError
    except ValueError:
        raise InputError(f"ympäristömuuttuja {VARIABLE}={given!r}: anna kerroin, joka on vähintään 1.") from None
    return int(base * factor)


def check(size: int, base: int, source: str, what: str, unit: str) -> None:
    """Refuses what is larger than a limit.

    Args:
        size: how much there is.
        base: the limit without the factor.
        source: names the document.
        what: Finnish, "tiedosto on liian suuri" or the like.
        unit: "Mt" for bytes given in megabytes, else the word for the things counted.

    Raises:
        InputError: it is larger.
    """
    most = limit(base)
    if size > most:
        shown, allowed = (-(-size // 1_000_000), most // 1_000_000) if unit == "Mt" else (size, most)
        raise InputError(
            f"{source}: {what} ({shown} {unit}, enintään {allowed}). Jaa se osiin tai nosta rajoja ympäristömuuttujalla {VARIABLE}=5."
        )
