"""What must hold for every text: spans inside it, no exception, as many rows as there were, in their order."""

from __future__ import annotations

import warnings

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import hytenlp
from hytenlp.cards.lines import split_lines
from hytenlp.cards.reader import parse_card
from hytenlp.engine import NOTHING
from hytenlp.errors import InputError
from hytenlp.finnish.tokens import core, raw_offsets
from hytenlp.records import says_nothing

WORDS = st.sampled_from(
    [
        "päihde-",
        "ja",
        "mielenterveystyö",
        "vapetta",
        "ei",
        "koskenut",
        "jengi",
        "ihannointi",
        "Vastuutaho:",
        "Mittari:",
        "(",
        ")",
        ";",
        "|",
        "–",
        ",",
        ".",
        "\n",
        "\x0c",
        "▫",
        "-",
        "1.",
        "#",
        "Huolen",
        "aiheet",
        "Ilon",
        "aiheet",
        "Kunnan",
        "omat",
        "nostot:",
        "Osallisuus",
        "Viestintä:",
        "Mielen",
        "hyvinvointi",
        "lasten",
        "ja",
        "nuorten",
        "digi-",
        "rahapelaamisesta",
        "-neuvonta",
        "HYTE-",
        "päihde",
        "päih\xadde",
        "toteutumatta",
        "lisätään",
        "ensi",
        "vuonna",
        "KiVa",
        "🙂",
        "\xa0",
        "ettei",
    ]
)
TEXTS = st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=30).map(" ".join))
FEW = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@FEW
@given(TEXTS)
def test_spans_lie_inside_the_text_and_equal_it(classified, text):
    for kind in ("action", "concern", "joy"):
        found = classified(text, kind)
        for evidence in found.evidence:
            assert 0 <= evidence.start < evidence.end <= len(text)
            assert text[evidence.start : evidence.end] == evidence.text
        if says_nothing(text):
            assert found == NOTHING
            continue
        assert 0 <= found.theme_probability <= 1
        assert abs(sum(found.theme_scores.values()) - 1) < 1e-6
        assert (found.status is None) == (kind != "action")
        assert bool(found.target_groups) or kind == "concern"


@FEW
@given(st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=300))
def test_reading_never_raises_anything_but_its_own_error(analyser, text):
    try:
        card = parse_card(text, "x.txt", analyser)
    except InputError:
        return
    for bullet in (*card.joys, *card.concerns, *card.actions):
        assert bullet.text.strip()
        assert "\n" not in bullet.text


@FEW
@given(st.lists(TEXTS, max_size=8))
def test_classify_keeps_rows_and_order(texts):
    frame = pd.DataFrame({"text": texts, "extra": range(len(texts))}, index=[f"r{i}" for i in range(len(texts))])
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        found = hytenlp.classify(frame)
    assert len(told) == any(map(says_nothing, texts))
    assert [not labels for labels in found["theme"].fillna("")] == list(map(says_nothing, texts))
    assert list(found.index) == list(frame.index)
    assert list(found["text"]) == texts
    assert list(found["extra"]) == list(range(len(texts)))


@FEW
@given(st.text(alphabet=st.sampled_from('aä\u0308\u00ado\u2011-\u00a0"(”.,B'), max_size=12))
def test_raw_offsets_stay_inside(form):
    offsets = raw_offsets(form)
    if offsets is not None:
        assert len(offsets) == len(core(form)) + 1
        assert offsets == sorted(offsets)
        assert all(0 <= offset <= len(form) for offset in offsets)


@FEW
@given(st.text(alphabet="ab \n\r\f-•1.#", max_size=200))
def test_lines_are_numbered_upwards(text):
    numbers = [line.number for line in split_lines(text)]
    assert numbers == sorted(numbers)
