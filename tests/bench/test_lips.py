"""The lips bench: its areas are right, its reading is right, and a missing set is said aloud."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from vermilion.bench.lips import drawn_border, intersection_over_union, lips, read_points
from vermilion.bench.table import Table
from vermilion.errors import UsageError


def square(x: float, side: float = 100.0) -> np.ndarray:
    return np.array([[x, 0.0], [x + side, 0.0], [x + side, side], [x, side]])


@pytest.mark.parametrize(("shift", "share"), [(0.0, 1.0), (50.0, 1 / 3), (200.0, 0.0)])
def test_shared_area_of_two_squares_is_known(shift: float, share: float) -> None:
    found = intersection_over_union(square(shift), square(0.0))
    assert found == pytest.approx(share, abs=0.01)


def test_points_are_read_with_or_without_a_header(tmp_path: Path) -> None:
    rows = [f"{i}.5 {2 * i}" for i in range(68)]
    plain, framed = tmp_path / "a.pts", tmp_path / "b.pts"
    plain.write_text("\n".join(rows), "utf-8")
    framed.write_text("\n".join(["version: 1", "n_points:  68", "{", *rows, "}"]), "utf-8")
    for path in (plain, framed):
        points = read_points(path)
        assert points.shape == (68, 2)
        assert np.array_equal(points[3], [3.5, 6.0])


def test_the_drawn_border_is_closed_at_both_commissures() -> None:
    points = np.zeros((68, 2))
    turn = np.linspace(np.pi, -np.pi, 12, endpoint=False)
    points[48:60] = np.column_stack([50 * np.cos(turn), -20 * np.sin(turn)])
    border = drawn_border(points)
    assert np.allclose(border[0], points[48])
    assert np.allclose(border[199], border[200])
    assert np.allclose(border[199], points[54])


def test_missing_faces_are_said_aloud(tmp_path: Path) -> None:
    (said,) = lips(tmp_path)
    assert "did not run" in str(said)


def test_an_unknown_half_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no half 'third'"):
        lips(tmp_path, "third")


def test_a_table_is_as_wide_as_its_widest_cell() -> None:
    lines = str(Table("T", ("a", "b"), [("longer", "1"), ("x", "22")])).splitlines()
    assert lines[0] == "T"
    assert len({len(line) for line in lines[2:]}) == 1


def test_a_table_as_data_names_each_cell_by_its_column() -> None:
    told = Table("T", ("a", "b"), [("longer", "1")], ("said",)).to_json()
    assert told == {"title": "T", "rows": [{"a": "longer", "b": "1"}], "notes": ["said"]}
