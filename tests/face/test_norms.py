"""Distributions beside a measure: each with group, number and source."""

from __future__ import annotations

import pytest

from vermilion.face.measure import KINDS
from vermilion.face.norms import norms_for
from vermilion.know.sourced import NOT_FOR_CLIENTS, topic


def test_every_norm_names_its_group_its_number_and_its_source() -> None:
    rows = [row for name in KINDS for row in norms_for(name, client=False)]
    assert len(rows) == len(topic("norms").tables["row"])
    for row in rows:
        assert str(row.group)
        assert row.n > 0
        assert row.sd > 0
        assert row.origin.sources
        assert row.unit == KINDS[row.measure].unit


def test_clients_see_only_what_was_read() -> None:
    for name in KINDS:
        assert all(row.origin.mark not in NOT_FOR_CLIENTS for row in norms_for(name))


def test_a_known_norm_is_found() -> None:
    women = norms_for("upper_vermilion_height")[0]
    assert (women.n, women.mean, women.sd) == (400, 6.47, 1.36)


@pytest.mark.parametrize("name", ["commissure_tilt", "no such measure"])
def test_what_no_source_tells_has_no_norm(name: str) -> None:
    assert norms_for(name) == ()
