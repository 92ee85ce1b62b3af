"""Sub-heads among joys and concerns, with nothing but their place to tell them from wrapped lines."""

from __future__ import annotations

import pytest

from hytenlp.cards.reader import parse_card

LONG = "Kylien palvelut siirtyvät kauas, ja matkat pitenevät myös talvisin, mikä rasittaa"


@pytest.fixture
def concerns(analyser):
    def read(lines: str) -> list[tuple[str | None, str]]:
        card = parse_card(f"Huolen aiheet\n{lines}\n- Viimeinen\n", "kortti.txt", analyser)
        return [(bullet.section, bullet.text) for bullet in card.concerns]

    return read


@pytest.mark.parametrize(
    ("above", "name"),
    [
        ("Koulun katto vuotaa.", "Lapset ja nuoret"),  # the sentence has ended
        ("Melu", "Vanhukset"),  # there was room
        (LONG, "ARJEN SUJUVUUS"),
        (LONG, "Hyte-työ"),  # every card has these
        (LONG, "KESTÄVÄ HYVINVOINTI"),
        (LONG, "Kuntalaisten hyvinvointi"),
    ],
)
def test_right_under_a_bullet(concerns, above, name):
    assert concerns(f"- {above}\n{name}") == [(None, above), (name, "Viimeinen")]


def test_one_that_was_met_before(concerns):
    found = concerns(f"Asemanseutu:\n- Melu\n\nKylät\n- {LONG}\nAsemanseutu")
    assert found == [("Asemanseutu", "Melu"), ("Kylät", LONG), ("Asemanseutu", "Viimeinen")]


@pytest.mark.parametrize(
    ("above", "end"),
    [
        (LONG, "Martat ja Lions"),  # no room
        ("Myymälät ja", "Kioskit"),
        ("Melua kuuluu mm.", "Asema-aukio"),
        ("Naapureina ovat seurakunnan", "Martat"),  # a genitive wants its noun
        ("Bussit kulkevat vain", "Helsingissä ja Turussa"),  # names nothing
        ("Illalla", "Koirat haukkuvat"),  # says something
        ("Melu", "  Koirat"),  # stands under the bullet's text
        ("Kylillä on hiljaista", "Kauppa suljettiin."),
    ],
)
def test_wrapped_lines_go_on(concerns, above, end):
    assert concerns(f"- {above}\n{end}") == [(None, f"{above} {end.strip()}"), (None, "Viimeinen")]


def test_known_ones_above_paragraphs_without_glyphs(analyser):
    text = "Huolen aiheet\n\nHyte-työ\n\nVäkeä on vähän\n\nKestävä hyvinvointi\n\nPyörätiet puuttuvat\n\nMielen hyvinvointi\n\nAvattu ryhmä\n"
    card = parse_card(text, "kortti.txt", analyser)
    assert [(c.section, c.text) for c in card.concerns] == [
        ("Hyte-työ", "Väkeä on vähän"),
        ("Kestävä hyvinvointi", "Pyörätiet puuttuvat"),
    ]
