"""What is sold, served or built: an action that offers the harm answers no worry about it, whatever its words.

"Olutvalikoima laajeni", "tupakointipaikka rakennettiin"; but "tupakointipaikka poistettiin", "anniskeluluvan ehdoista neuvoteltiin".
"""

from __future__ import annotations

from collections.abc import Sequence

from hytenlp.vocabulary.matcher import Cues, Mention, Token
from hytenlp.vocabulary.sentences import has_predicate

_TRADED = frozenset(
    {"alkoholi", "nikotiini", "vape", "nuuska", "energiajuomat", "pelaaminen", "rahapelit", "digipelit"}
)  # worries about what may be bought
_NEAR = 5  # tokens between a place and the verb by which it is newly had


def is_offered(mention: Mention, tokens: Sequence[Token], cues: Cues) -> bool:
    """Whether a mention of a concern belongs to a place, a thing or a right by which an action offers the harm.

    Args:
        mention: of a concern.
        tokens: the text's tokens.
        cues: its cues.
    """
    if mention.code not in _TRADED or ("outlet" not in cues.codes and "stall" not in cues.codes):
        return False
    if cues("curbed"):
        return False
    stall = _of("stall", mention, tokens, cues)
    if stall is not None and "gen" not in tokens[stall].word.tags and not has_predicate(tokens, 0, len(tokens)):
        return True
    at = stall if stall is not None else _of("outlet", mention, tokens, cues)
    return at is not None and any(abs(cue.tokens[0] - at) <= _NEAR for cue in cues("offered"))


def _of(code: str, mention: Mention, tokens: Sequence[Token], cues: Cues) -> int | None:
    """The token of a cue that ends the mention's own word ("oluthylly"), or that its genitive goes with ("oluen myynti")."""
    last = mention.tokens[-1]
    for cue in cues(code):
        at = cue.tokens[0]
        if at == last and (cue.start >= mention.end or cue.end == mention.end):
            return at
        if at == last + 1 and "gen" in tokens[last].word.tags and mention.ends_its_word(tokens):
            return at
    return None
