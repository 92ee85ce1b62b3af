"""Sizes: the limit of each kind of input, and the one that a person sets."""

from __future__ import annotations

import pytest

from hytenlp.errors import InputError
from hytenlp.limits import check_size, max_bytes


def test_a_person_raises_the_limit(monkeypatch):
    monkeypatch.delenv("HYTENLP_MAX_MB", raising=False)
    assert max_bytes(20) == 20_000_000
    monkeypatch.setenv("HYTENLP_MAX_MB", " 0,5 ")
    assert max_bytes(20) == 500_000


@pytest.mark.parametrize("value", ["x", "-1", "0", "inf", "nan", "1e99"])
def test_what_is_no_number_is_told(monkeypatch, value):
    monkeypatch.setenv("HYTENLP_MAX_MB", value)
    with pytest.raises(InputError, match="HYTENLP_MAX_MB"):
        max_bytes(20)


def test_the_message_says_how_large_it_may_be_and_what_to_do(monkeypatch):
    monkeypatch.delenv("HYTENLP_MAX_MB", raising=False)
    check_size("a.csv", 20_000_000, 20)
    with pytest.raises(InputError, match=r"a.csv: tiedosto on liian suuri \(yli 20 Mt\)"):
        check_size("a.csv", 21_000_000, 20)
