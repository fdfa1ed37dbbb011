"""Skin tone classes as Chardon's cut points have them."""

from __future__ import annotations

import pytest

from vermilion.colour.skin import ita_class, ita_deg


def test_the_worked_example_of_the_evidence_gives_29_degrees() -> None:
    assert ita_deg((60, 14, 18)) == pytest.approx(29, abs=0.1)


@pytest.mark.parametrize(
    ("ita", "name"),
    [
        (60, "very light"),
        (45.2, "light"),
        (30, "intermediate"),
        (23.3, "tan"),
        (6.9, "brown"),
        (-16.9, "brown"),
        (-34.6, "dark"),
        (-48.6, "dark"),
    ],
)
def test_labelled_skins_fall_into_their_classes(ita: float, name: str) -> None:
    assert ita_class(ita) == name


def test_darker_skin_has_a_smaller_angle() -> None:
    assert ita_deg((70, 12, 18)) > ita_deg((50, 12, 18)) > ita_deg((30, 12, 18))


def test_a_blue_cast_does_not_divide_by_zero() -> None:
    assert ita_deg((60, 10, 0)) == pytest.approx(90)
