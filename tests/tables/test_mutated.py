"""Mutated tables are read or refused; `make fuzz` does the same with many more."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz_tables import check, mutated, mutated_part, seeds

SEEDS = seeds()


@pytest.mark.parametrize("form", SEEDS)
def test_whole_files_are_read(tmp_path, analyser, form):
    for i, data in enumerate(SEEDS[form]):
        path = tmp_path / f"{i}.{form}"
        path.write_bytes(data)
        assert check(path, analyser, twice=True) == "read"


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(chance=st.randoms(use_true_random=False), inside=st.booleans())
@pytest.mark.parametrize("form", SEEDS)
def test_mutated_files_are_read_or_refused(tmp_path, analyser, form, chance, inside):
    data = chance.choice(SEEDS[form])
    path = tmp_path / f"mutated.{form}"
    path.write_bytes(mutated_part(data, chance) if form == "xlsx" and inside else mutated(data, chance))
    assert check(path, analyser, twice=True) in ("read", "refused")
