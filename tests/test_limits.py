"""Sizes: the limit of each kind of input, and the factor that a person sets."""

from __future__ import annotations

import pytest

from hytenlp.errors import InputError
from hytenlp.limits import check, is_raised, limit


def test_a_person_raises_the_limits(monkeypatch):
    monkeypatch.delenv("HYTENLP_LIMITS", raising=False)
    assert limit(20) == 20
    assert not is_raised()
    monkeypatch.setenv("HYTENLP_LIMITS", "2.5")
    assert limit(20) == 50
    assert is_raised()


@pytest.mark.parametrize("value", ["x", "-1", "0", "inf", "nan", "1e99", "0.5"])
def test_what_is_no_factor_is_told(monkeypatch, value):
    monkeypatch.setenv("HYTENLP_LIMITS", value)
    with pytest.raises(InputError, match="HYTENLP_LIMITS"):
        limit(20)


def test_the_message_says_how_large_it_may_be_and_what_to_do(monkeypatch):
    monkeypatch.delenv("HYTENLP_LIMITS", raising=False)
    check(20_000_000, 20_000_000, "a.csv", "tiedosto on liian suuri", "Mt")
    with pytest.raises(InputError, match=r"a.csv: tiedosto on liian suuri \(21 Mt, enintään 20\).*HYTENLP_LIMITS=5"):
        check(21_000_000, 20_000_000, "a.csv", "tiedosto on liian suuri", "Mt")
