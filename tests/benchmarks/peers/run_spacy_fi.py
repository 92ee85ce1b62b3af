"""spaCy's Finnish model: tagger, morphology, parser, lemmas, names."""

from clock import measure


def load():
    import spacy

    nlp = spacy.load("spacy_fi_experimental_web_md")
    return lambda texts: sum(1 for _ in nlp.pipe(texts, batch_size=256))


measure(load)
