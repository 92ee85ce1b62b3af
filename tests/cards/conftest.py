"""What tests of card reading share."""

from __future__ import annotations

import pytest

from hytenlp.cards.reader import parse_card


@pytest.fixture
def read(analyser):
    return lambda text: parse_card(text, "kortti.txt", analyser)


def texts(bullets):
    return [bullet.text for bullet in bullets]
