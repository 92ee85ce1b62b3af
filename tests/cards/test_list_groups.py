"""A theme's or category's word inside the lists of joys and concerns: it groups them, or is one of them, or begins the actions."""

from __future__ import annotations

import pytest


def sections(bullets):
    return [(bullet.section, bullet.text) for bullet in bullets]


THEMES = "Mielen hyvinvointi\n\nViestintä\n- Yksi\n\nArjen turvallisuus\n\nViestintä\n- Kaksi\n"


@pytest.mark.parametrize("name", ["Turva", "Turvallisuus", "Kotien turvallisuus", "Mieli"])
@pytest.mark.parametrize("colon", ["", ":"])
def test_theme_word_over_some_concerns(read, name, colon):
    card = read(f"Huolet\n\nHyte-työ{colon}\n- Väki vaihtuu\n\n{name}{colon}\n- Pimeät tiet\n\n{THEMES}")
    assert sections(card.concerns) == [("Hyte-työ", "Väki vaihtuu"), (name, "Pimeät tiet")]
    assert [(a.stated_theme, a.text) for a in card.actions] == [("mieli", "Yksi"), ("turvallisuus", "Kaksi")]


def test_category_word_over_some_joys(read):
    card = read(f"Ilot\n- Halli\n\nOma nosto\n- Kuoro\n\nHuolet\n- Vape\n\n{THEMES}")
    assert sections(card.joys) == [(None, "Halli"), ("Oma nosto", "Kuoro")]
    assert sections(card.concerns) == [(None, "Vape")]


@pytest.mark.parametrize("name", ["Päihteet", "Mielenterveysongelmat", "Päihdepulmat"])
def test_theme_word_as_a_concern_without_a_sign(read, name):
    card = read(f"Huolet\n\nVape\n\n{name}\n\nHäädöt\n\nPäihteettömyys ja elintavat\n\nViestintä\n\nKerrottu\n")
    assert [b.text for b in card.concerns] == ["Vape", name, "Häädöt"]
    assert [a.text for a in card.actions] == ["Kerrottu"]


@pytest.mark.parametrize(
    "text",
    [
        "Huolet\n- Vape\n\nLiikunta\n- Yksi\n\nMielen hyvinvointi\n- Kaksi\n\nElintavat ja ravitsemus\n- Kolme\n",  # a theme in two parts
        "Huolet\n- Vape\n\nArjen turvallisuus\nViestintä\n- Yksi\n- Kaksi\n\nArjen turvallisuus (jatkuu)\nOsaaminen\n- Kolme\n",
        "Huolet\n- Vape\n\nOsallisuus\n\nViestintä\n- Yksi\n\nMielen hyvinvointi\n\nViestintä\n- Kaksi\n- Kolme\n",
        "Huolet\n- Vape\n\nViestintä\n- Yksi\n\nMielen hyvinvointi\n\nViestintä\n- Kaksi\n- Kolme\n",  # of a theme nobody named
    ],
)
def test_headings_that_begin_the_actions(read, text):
    card = read(text)
    assert [b.text for b in card.concerns] == ["Vape"]
    assert sorted(a.text for a in card.actions) == ["Kaksi", "Kolme", "Yksi"]
