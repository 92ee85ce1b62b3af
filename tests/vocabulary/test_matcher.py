"""Mentions: spans of exactly the matched words, the longest and narrowest, blocks, company, suspended hyphens."""

from __future__ import annotations

import pytest

from hytenlp.engine import Engine


def mentions(found, code):
    return [(m.start, m.end) for m in found.mentions if m.code == code and m.kind == "concern"]


def spans(text, found, code):
    return [text[start:end] for start, end in mentions(found, code)]


@pytest.fixture
def classified(shared_engine, nlp):
    """Classifies with the vocabulary alone."""
    rules = Engine(shared_engine.vocabulary, None)
    return lambda text, kind="action": rules.analyse(nlp.make_doc(text), kind)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("Lisätty vape-tietoisuutta oppilaille.", "vape", ["vape"]),
        ("Päihteidenkäyttöön puututtiin.", "paihteet", ["Päihteiden"]),
        ("Puhuttu digi- ja rahapelaamisesta.", "digipelit", ["digi-"]),
        ("Puhuttu digi- ja rahapelaamisesta.", "rahapelit", ["rahapelaamisesta"]),
        ("Tehty päihde- ja mielenterveystyötä.", "paihteet", ["päihde"]),
        ("Tehty päih\u00addetyötä kouluissa.", "paihteet", ["päih\u00adde"]),
        ("Tehty pa\u0308ihdetyo\u0308ta\u0308 kouluissa.", "paihteet", ["pa\u0308ihde"]),
        ("MIELENTERVEYDEN EDISTÄMINEN", "mielenterveys", ["MIELENTERVEYDEN"]),
        ("Nuorten jengiytymiseen puututtiin.", "jengit", ["jengiytymiseen"]),
    ],
)
def test_spans_are_the_matched_words(classified, text, code, words):
    assert spans(text, classified(text), code) == words


def test_longest_and_narrowest_win(classified):
    found = classified("Lähisuhdeväkivallan ehkäisyä ja nettikiusaamiseen puuttumista.")
    assert found.concerns == ("nettikiusaaminen", "lahisuhdevakivalta")
    assert {m.code for m in found.mentions if m.kind == "concern"} == {"nettikiusaaminen", "lahisuhdevakivalta"}


def test_evidence_names_every_label(classified):
    text = "Järjestetty oppilaille tunteja vapettamisesta ja nuuskasta."
    found = classified(text)
    assert {e.label for e in found.evidence if e.kind == "concern"} == set(found.concerns) == {"vape", "nuuska"}
    assert {e.label for e in found.evidence if e.kind == "group"} == set(found.target_groups)
    for evidence in found.evidence:
        assert text[evidence.start : evidence.end] == evidence.text


def test_dropped_mentions_keep_their_reason(classified):
    found = classified("Koulutus ei koskenut huumeita.")
    assert ("huumeet", "denied") in [(d.mention.code, d.why) for d in found.dropped]


def test_spacy_spans_and_extensions(nlp):
    doc = nlp("Koulukiusaamiseen puututtiin oppilaiden kanssa.")
    assert [(span.text, span.label_) for span in doc.spans["concerns"]] == [("Koulukiusaamiseen", "kiusaaminen")]
    assert {span.label_ for span in doc.spans["groups"]} == {"lapset"}
    assert doc[0].lemma_ == "koulukiusaaminen"
    assert "kiusata" in doc[0]._.parts
    assert doc[0]._.lemmas == ("koulukiusaaminen",)
    assert doc._.hyte.concerns == ("kiusaaminen",)


def test_components_are_registered():
    import spacy

    nlp = spacy.blank("fi")
    nlp.add_pipe("hyte_words")
    nlp.add_pipe("hyte_analysis")
    nlp.add_pipe("hyte_mentions")
    assert nlp("Vapettamiseen puututtiin.")._.hyte.concerns == ("vape",)


def test_a_suspended_hyphen_borrows_the_other_words_part(shared_engine, nlp):
    from hytenlp.vocabulary.matcher import _borrow

    def borrowed(text):
        tokens = shared_engine.tokens(nlp.make_doc(text))
        return {tokens[i].word.form: set(keys) for i, keys in _borrow(tokens).items()}

    assert "päihdetyö" in borrowed("Tehty päihde- ja mielenterveystyötä.")["päihde-"]
    assert "liikuntaneuvonta" in borrowed("Liikuntakerho ja -neuvonta alkoi.")["-neuvonta"]
    assert "perheväkivalta" in borrowed("Perhe-, lähisuhde- ja parisuhdeväkivalta.")["Perhe-"]
