"""A point on the lips' axis bears the name of its part; keep-outs come before all else."""

from __future__ import annotations

import pytest

from vermilion.errors import PlanError
from vermilion.know.sourced import topic
from vermilion.treat.check import check_flip
from vermilion.treat.mouth import Mouth, nominal, part_of, placed
from vermilion.treat.plan import FlipPlan, InjectionPoint, sites

UNEVEN = Mouth(-24.0, -7.0, -1.0, 4.5, 27.0)


@pytest.mark.parametrize("mouth", [nominal(), UNEVEN], ids=["nominal", "uneven"])
def test_every_named_site_lies_in_its_own_part(mouth: Mouth) -> None:
    for name, site in sites().items():
        assert part_of(mouth, mouth.x_of(site.s)) == name
        assert mouth.s_of(mouth.x_of(site.s)) == pytest.approx(site.s)


def test_landmarks_out_of_order_are_no_mouth() -> None:
    with pytest.raises(PlanError, match="follow each other"):
        Mouth(-24.0, -7.0, 5.0, 4.5, 27.0)


def blocked(*points: InjectionPoint, reason: str = "") -> list[str]:
    found = check_flip(FlipPlan("ona", points, reason))
    return [one.key for one in found if one.severity == "block"]


def test_the_same_rules_hold_for_a_point_that_was_put_there() -> None:
    edge = topic("plans/flip").number("midline").value
    inside = placed(UNEVEN, UNEVEN.middle + edge - 0.1, 0.0, 1)
    outside = placed(UNEVEN, UNEVEN.middle + edge + 0.1, 0.0, 1)
    assert blocked(inside) == ["keep_out_midline"]
    assert blocked(outside) == []
    assert blocked(placed(UNEVEN, 40.0, 0.0, 1)) == ["keep_out_corner"]
    assert blocked(placed(UNEVEN, -21.0, 0.0, 1)) == ["keep_out_corner"]
    assert blocked(inside, reason="a scar there") == []


def test_two_points_of_one_part_are_two_points_and_the_same_one_twice_is_refused() -> None:
    first, second = placed(nominal(), 12.5, 0, 1.5), placed(nominal(), 17.0, 0, 1.5)
    plan = FlipPlan("ona", (first, second))
    assert plan.units_at("lateral_left") == 3
    keys = {one.key for one in check_flip(plan)}
    assert "flip_point" not in keys
    assert {"flip_uneven", "flip_bow"} <= keys
    with pytest.raises(PlanError, match="twice"):
        FlipPlan("ona", (first, first))


@pytest.mark.parametrize(("above", "key"), [(5.0, "flip_above"), (-5.0, "flip_below"), (3.9, "")])
def test_a_point_far_from_the_border_is_said(above: float, key: str) -> None:
    found = {one.key for one in check_flip(FlipPlan("ona", (placed(nominal(), 6, above, 1),)))}
    assert ({"flip_above", "flip_below"} & found) == ({key} if key else set())
