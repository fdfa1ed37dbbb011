"""Plans refuse what is none, in a sentence that helps."""

from __future__ import annotations

import math

import pytest

from vermilion.errors import PlanError
from vermilion.treat.blush_plan import BlushPlan, default_shade, shade, shades, technique
from vermilion.treat.plan import FlipPlan, InjectionPoint, product, reference_plan, site, sites


def test_the_usual_flip_is_one_unit_at_each_of_four_points() -> None:
    plan = reference_plan()
    assert plan.product == "ona"
    assert plan.total_units == 4
    assert {point.units for point in plan.points} == {1}
    assert plan.units_at("paramedian_left") == 1
    assert plan.units_at("midline") == 0


def test_left_and_right_are_the_clients() -> None:
    for name, place in sites().items():
        if name.endswith("_left"):
            assert place.s > 0
            assert site(name.replace("_left", "_right")).s == -place.s


@pytest.mark.parametrize("units", [-1.0, 1001.0, 1e300, math.nan, math.inf])
def test_a_dose_that_is_none_is_refused(units: float) -> None:
    with pytest.raises(PlanError, match="units"):
        InjectionPoint("midline", units)


def test_unknown_names_are_answered_with_the_known_ones() -> None:
    with pytest.raises(PlanError, match="paramedian_left"):
        InjectionPoint("nose", 1)
    with pytest.raises(PlanError, match="ona, abo, inco"):
        FlipPlan("water", ())
    with pytest.raises(PlanError, match="natural rose"):
        BlushPlan("ultramarine")
    with pytest.raises(PlanError, match="ombre"):
        BlushPlan(technique="spray")
    assert product("daxi").lip_data is False


def test_a_site_has_one_dose() -> None:
    with pytest.raises(PlanError, match="twice"):
        FlipPlan("ona", (InjectionPoint("midline", 1), InjectionPoint("midline", 1)))


def test_shades_are_found_by_key_and_by_their_words() -> None:
    assert shade("natural_rose") == shade("Natural Rose") == shade("natural-rose")
    assert default_shade() == shade(BlushPlan().shade) == shade("natural rose")
    assert len({one.key for one in shades()}) == len(shades()) >= 12


@pytest.mark.parametrize("name", ["white", "beige", "highlight"])
def test_opaque_pigments_are_refused_with_the_reason(name: str) -> None:
    with pytest.raises(PlanError, match="chalky"):
        BlushPlan(name)


@pytest.mark.parametrize(
    "wrong",
    [
        {"saturation": -0.1},
        {"saturation": 1.1},
        {"saturation": math.nan},
        {"passes": -1},
        {"passes": 9},
        {"border_mm": -0.1},
        {"border_mm": math.nan},
        {"visits": 0},
        {"visits": 6},
        {"touch_up_days": (0.0,)},
        {"touch_up_days": (700.0, 600.0)},
        {"touch_up_days": (math.nan,)},
        {"visits": 2, "touch_up_days": (40.0,)},
    ],
    ids=str,
)
def test_a_blush_that_is_none_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(PlanError):
        BlushPlan(**wrong)  # type: ignore[arg-type]


def test_the_usual_blush_is_the_reference_work() -> None:
    assert BlushPlan().amount == pytest.approx(1)
    assert BlushPlan(saturation=0).amount == BlushPlan(passes=0).amount == 0


def test_amounts_grow_with_passes_and_shrink_with_sheerer_techniques() -> None:
    amounts = [BlushPlan(passes=passes).amount for passes in range(5)]
    assert amounts == sorted(set(amounts))
    assert BlushPlan(technique="liner").amount < BlushPlan(technique="powder").amount < 1


def test_techniques_differ_in_where_the_pigment_lies() -> None:
    assert technique("ombre").edge > technique("ombre").centre
    assert technique("liner").centre == 0
    assert technique("powder").dots > technique("full").dots
