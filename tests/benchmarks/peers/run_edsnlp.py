"""EDS-NLP: its term matcher over the words of the same vocabulary, in lower case, whole words."""

import json
import sys

from clock import measure


def load():
    import edsnlp

    with open(sys.argv[2], encoding="utf-8") as file:
        terms = json.load(file)
    nlp = edsnlp.blank("eds")
    nlp.add_pipe("eds.matcher", config={"terms": terms, "attr": "LOWER"})
    return lambda texts: sum(1 for _ in nlp.pipe(texts, batch_size=256))


measure(load)
