"""The word adapter: lemmas, parts, spans, and its recall on the project's own list of word forms."""

from __future__ import annotations

import csv

import pytest

from hytenlp.finnish.tokens import core, normalise, raw_offsets
from hytenlp.finnish.words import Analyser
from tests.conftest import ROOT


def word_list():
    with (ROOT / "tests" / "finnish" / "words.tsv").open(encoding="utf-8") as file:
        return [(row["form"], row["lemma"], row["parts"].split("|")) for row in csv.DictReader(file, delimiter="\t")]


def test_recall_on_the_word_list(analyser):
    rows = word_list()
    assert len(rows) >= 300
    lemma_hits = sum(analyser(form).lemma.lower() == lemma.lower() for form, lemma, _ in rows)
    parts = [(form, part) for form, _, wanted in rows for part in wanted]
    part_hits = sum(part.lower() in analyser(form).keys for form, part in parts)
    assert lemma_hits / len(rows) >= 0.98
    assert part_hits / len(parts) >= 0.97


@pytest.mark.parametrize(
    ("form", "key", "span"),
    [
        ("koulukiusaamisen", "kiusaaminen", "kiusaamisen"),
        ("koulukiusaamisen", "kiusata", "kiusaamisen"),
        ("päihteidenkäyttöön", "päihde", "päihteiden"),
        ("vape-tietoisuutta", "vape", "vape"),
        ("nuorisotyöttömyyttä", "työttömyys", "työttömyyttä"),
        ("mielenterveys-", "mielenterveys", "mielenterveys"),
        ("-tilaisuuksia", "tilaisuus", "tilaisuuksia"),
    ],
)
def test_keys_and_their_spans(analyser, form, key, span):
    start, end = analyser(form).keys[key]
    assert form[start:end] == span


def test_shouting_is_lowered(analyser):
    assert analyser("MIELENTERVEYDEN").lemma == "mielenterveys"
    assert analyser("HYTE").lemma.lower() == "hyte"


@pytest.mark.parametrize("variant", ["päih\u00adde", "pa\u0308ihde", "päihde"])
def test_unicode_variants_are_one_word(analyser, variant):
    assert analyser(variant).lemma == "päihde"


def test_guesser_is_kept_on_a_leash():
    free, guided = Analyser(), Analyser(slang=["snussi"])
    assert "snussi" not in free("snussia").lemmas
    assert guided("snussia").lemma == "snussi"
    assert guided("snussia").guessed


@pytest.mark.parametrize("form", ["", "-", "--", "2024", "1–2", "www.kunta.fi", "🙂", "a" * 5000, "\u00ad", "ä" * 79])
def test_odd_forms_do_not_raise(analyser, form):
    assert analyser(form).form == core(form)


def test_raw_offsets_lead_back_to_the_form():
    form = "hyvin\u00advointi"
    offsets = raw_offsets(form)
    assert normalise(form) == "hyvinvointi"
    assert form[offsets[5] : offsets[11]].replace("\u00ad", "") == "vointi"


def test_a_second_analyser_gives_the_same(analyser):
    other = Analyser(analyser.transducer)
    for form in ("kuusi", "jengiytymisen", "Ojakangas"):
        assert other(form).lemma == Analyser(analyser.transducer)(form).lemma
