"""Finnish as spaCy cuts it into tokens, for the texts of cards and tables."""

from __future__ import annotations

from typing import ClassVar

from spacy.lang.fi import Finnish


class HyteFinnish(Finnish):  # type: ignore[no-untyped-call]
    """spaCy's Finnish with a tokenizer for telegraphic table rows.

    Fields joined by "|" and labels joined by ":" are cut apart; conjunctions that carry a negation ("ettei") stay whole.
    """

    class Defaults(Finnish.Defaults):  # type: ignore[misc,valid-type]
        """Tokenizer rules."""

        infixes = (
            *Finnish.Defaults.infixes,
            r"(?<=\w)\|(?=[\w-])",
            r"(?<=[a-zåäö]{3}):(?=[A-ZÅÄÖa-zåäö]{3})",
            r"(?<=[a-zåäö.])[;…](?=\w)",
            r"[”“„\"»«*_<>\[\]]",  # quotes and marks of emphasis inside words: ”Vape”-ilta, huumetyö[1]
        )
        tokenizer_exceptions: ClassVar = {
            form: parts for form, parts in Finnish.Defaults.tokenizer_exceptions.items() if len(parts) == 1
        }
