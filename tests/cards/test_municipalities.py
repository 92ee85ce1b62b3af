"""Municipalities in titles and file names: every listed form, in every spelling, and never an ordinary word of a sentence."""

from __future__ import annotations

from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hytenlp.cards.municipalities import municipalities, municipality_of
from hytenlp.cards.reader import parse_card

LINES = [
    line
    for line in resources.files("hytenlp.cards").joinpath("municipalities.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
FINNISH = {line.split(",")[0]: [form.strip() for form in line.split(";")[0].split(",")] for line in LINES}
SWEDISH = {
    line.split(",")[0]: [form.strip() for form in line.split(";")[1].split(",")] for line in LINES if ";" in line
}


def test_the_list_is_that_of_2020():
    assert len(FINNISH) == 310
    assert set(FINNISH) == municipalities()


def test_the_lexicon_reads_every_form_as_the_name(analyser):
    for name, forms in FINNISH.items():
        if name != "Koski Tl":  # an abbreviation in the name: not in the lexicon
            for form in forms:
                assert name.lower() in {reading.lemma.lower() for reading in analyser(form).readings}, form


@pytest.mark.parametrize("name", FINNISH)
def test_every_form_is_recognised(name):
    for form in FINNISH[name]:
        assert municipality_of(f"{form} kuntakortti 2024") == name
        assert municipality_of(f"KUNTAKORTTI {form.upper()} 2024") == name
        plain = form.lower().replace("ä", "a").replace("ö", "o").replace("å", "a").replace(" ", "-")
        assert municipality_of(f"kuntakortti-{plain}-2023") == name
        assert municipality_of(f"Kuntakortti_{form.replace(' ', '_')}_2023.pdf") == name
    for form in SWEDISH.get(name, ()):
        assert municipality_of(f"{form} välfärdskort 2024") == name
        genitive = form if form.endswith("s") else f"{form}s"
        assert municipality_of(f"{genitive} kommun") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kemin kuntakortti 2024", "Kemi"),
        ("KuntakorttiIi2024.xlsx", "Ii"),
        ("heinolan kuntakortti", "Heinola"),
        ("kuntakortti heinola 2023.txt", "Heinola"),
        ("Kunta: Salo", "Salo"),
        ("Kuntakortti – Salo – Mielen hyvinvointi", "Salo"),
        ("Ha\u0308meenlinna 2024", "Hämeenlinna"),
    ],
)
def test_titles_and_file_names(text, name):
    assert municipality_of(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "Salo kaadettiin koulun läheltä.",
        "Vaala on kaunis",
        "kunnan lahti",
        "metsä ja salo",
        "Laatija: Matti Salo",
        "LAATIJA MATTI LAHTI",
        "Kaarina Mäkinen",
        "Iso Salo",
        "Lahden ja Heinolan yhteinen kortti",
        "Poria on pelattu lahdella ja Kuusamossa pidetty lieto hetki kahvilan pihalla keväällä ja kesällä",
        "Uusi-Heinola",
        "toimet.csv",
        "",
    ],
)
def test_other_texts_name_none(text):
    assert municipality_of(text) is None


@given(st.text(max_size=80))
def test_any_text_is_answered(text):
    assert municipality_of(text) in municipalities() | {None}


@pytest.mark.parametrize(
    ("title", "source", "expected"),
    [
        ("Kuntakortti Pohjala 2024\n", "kuntakortti-hyvinkaa-2023.txt", ("Pohjala", 2024)),
        ("", "kortit/kuntakortti-hyvinkaa-2023.txt", ("Hyvinkää", 2023)),
        ("Kuntakortti\n", "Heinola/Kuntakortti_Hämeenlinna_2023.txt", ("Hämeenlinna", 2023)),
        ("Mukana Kuntakortti\nKemin kuntakortti\n", "x.txt", ("Mukana", None)),
        ("Vuosi Hyvinkäällä 2022\n", "x.txt", ("Hyvinkää", 2022)),
    ],
)
def test_the_document_is_asked_before_the_file_name(analyser, title, source, expected):
    card = parse_card(f"{title}\nHuolen aiheet\n- Päihteet.\n", source, analyser)
    assert (card.municipality, card.year) == expected


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("HOLMVIKEN\nKOMMUNKORT / KUNTAKORTTI 2023", "Holmviken"),
        ("Norrskären", "Norrskären"),
        ("Strandåsen kuntakortti", "Strandåsen"),  # -e would have -een
        ("Strandåsenin kunta", "Strandåsen"),
        ("Strandåsens kommun", "Strandåsen"),
        ("Välfärdskort för Sandholm", "Sandholm"),
        ("Sandholms välfärdsberättelse", "Sandholm"),
        ("Bergnäs kommun", "Bergnäs"),
        ("Norrbyn kuntakortti", "Norrby"),
        ("NORRBY", "Norrby"),
        ("Kaislaniemen kuntakortti", "Kaislaniemi"),
        ("Kurkijoen kunta", "Kurkijoki"),
        ("Salmensaaren hyvinvointikertomus", "Salmensaari"),
        ("Tuohilan kunta", "Tuohila"),
    ],
)
def test_names_of_no_list(analyser, title, name):
    assert parse_card(f"{title}\n\nHuolen aiheet\n- Päihteet.\n", "x.txt", analyser).municipality == name
