"""The laws that every treatment model obeys, tried on all of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vermilion.colour.lips import LipColours
from vermilion.errors import PlanError
from vermilion.know.sourced import topic
from vermilion.treat.blush import blush_outcome
from vermilion.treat.blush_plan import BlushPlan, shades
from vermilion.treat.flip import flip_outcome
from vermilion.treat.outcome import BlushOutcome, FlipOutcome
from vermilion.treat.plan import FlipPlan, InjectionPoint, reference_plan, sites
from vermilion.units import Band

LIPS = {
    name: LipColours(upper, lower, share)
    for name, upper, lower, share in (
        ("fair", (49.0, 22.0, 12.0), (49.0, 22.0, 12.0), 0.5),
        ("medium", (42.0, 25.0, 13.0), (42.0, 25.0, 13.0), 0.5),
        ("deep", (33.0, 17.0, 13.0), (33.0, 17.0, 13.0), 0.5),
        ("very deep", (26.0, 10.0, 8.0), (26.0, 10.0, 8.0), 0.5),
        ("two-toned", (32.0, 16.0, 15.0), (48.0, 20.0, 12.0), 0.4),
        ("shaded above", (30.0, 26.0, 17.0), (63.0, 20.0, 11.0), 0.35),
    )
}
NEARLY = 1e-9
"""Sums in another order differ by this much."""


@dataclass(frozen=True)
class Model:
    """One model: its outcome for a dose (0 to 1 of much) and day, and the sizes of an outcome."""

    outcome: Callable[[float, float], Band]
    sizes: Callable[[object], tuple[float, ...]]
    plain: Callable[[object], bool]
    invisible: float
    duration_days: float


def _flip(*names: str) -> Model:
    def outcome(dose: float, day: float) -> Band[FlipOutcome]:
        points = tuple(InjectionPoint(name, 3 * dose) for name in names)
        return flip_outcome(FlipPlan("ona", points), day)

    return Model(
        outcome,
        sizes=lambda o: (o.rise_mm,),
        plain=lambda o: o.rise_mm == o.inner_fall_mm == o.swelling_mm == 0 and not o.point_s,
        invisible=0.0,
        duration_days=topic("flip").curve("effect").days[-1],
    )


def _blush(plan: BlushPlan, lips: LipColours) -> Model:
    def outcome(dose: float, day: float) -> Band[BlushOutcome]:
        return blush_outcome(replace(plan, saturation=dose), lips, day)

    def plain(o: BlushOutcome) -> bool:
        looks = (o.swelling_mm, o.redness, o.dryness, o.flaked, o.veil, o.border_mm, o.dots)
        return o.colours == lips and not any(looks) and o.gloss == 1

    def sizes(o: BlushOutcome) -> tuple[float, ...]:
        """Of each lip's step, and of the mean's."""
        before, after = ((*one.both, one.mean) for one in (lips, o.colours))
        return tuple(math.dist(*step) for step in zip(before, after, strict=True))

    return Model(
        outcome,
        sizes=sizes,
        plain=plain,
        invisible=topic("blush").number("visible").value,
        duration_days=15 * 365.25,
    )


MODELS = {
    "flip, reference points": _flip(*(point.site for point in reference_plan().points)),
    "flip, two points": _flip("paramedian_left", "paramedian_right"),
    "flip, one side": _flip("paramedian_left", "lateral_left"),
    "flip, every site": _flip(*sites()),
    "flip, a corner alone": _flip("corner_left"),
    **{
        f"blush, {one.words} on {name}": _blush(BlushPlan(one.key), lip)
        for one in shades()
        for name, lip in LIPS.items()
    },
    **{
        f"blush, {key}": _blush(BlushPlan(technique=key, border_mm=0.4), LIPS["fair"])
        for key in topic("blush").tables["technique"]
    },
    "blush, three passes": _blush(BlushPlan(passes=3), LIPS["medium"]),
    "blush, two visits": _blush(BlushPlan(visits=2), LIPS["fair"]),
    "blush, five visits": _blush(BlushPlan(visits=5), LIPS["deep"]),
    "blush, touched up": _blush(BlushPlan(visits=2, touch_up_days=(500.0, 1000.0)), LIPS["medium"]),
}
DAYS = st.one_of(st.floats(0, 120), st.floats(0, 4000))
DOSES = st.floats(0, 1)
quick = settings(max_examples=25)
"""So many per model and law: with over 60 models each law is tried well over a thousand times."""

every_model = pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())


def _no_larger(model: Model, one: object, other: object) -> None:
    for less, more in zip(model.sizes(one), model.sizes(other), strict=True):
        assert less <= more + NEARLY


def _values(values: tuple[object, ...]) -> Iterator[object]:
    """Numbers of nested tuples."""
    for value in values:
        if isinstance(value, tuple):
            yield from _values(value)
        else:
            yield value


def _three(band: Band) -> tuple[object, object, object]:
    return band.low, band.expected, band.high


@every_model
@quick
@given(day=DAYS)
def test_nothing_at_dose_0(model: Model, day: float) -> None:
    assert all(model.plain(one) for one in _three(model.outcome(0.0, day)))


@every_model
@quick
@given(day=DAYS, doses=st.tuples(DOSES, DOSES))
def test_more_dose_never_gives_less(model: Model, day: float, doses: tuple[float, float]) -> None:
    less, more = (_three(model.outcome(dose, day)) for dose in sorted(doses))
    for one, other in zip(less, more, strict=True):
        _no_larger(model, one, other)


@every_model
@quick
@given(dose=DOSES, day=DAYS)
def test_the_band_is_ordered_and_finite(model: Model, dose: float, day: float) -> None:
    band = _three(model.outcome(dose, day))
    low, expected, high = band
    _no_larger(model, low, expected)
    _no_larger(model, expected, high)
    for one in band:
        flat = np.hstack([np.ravel(np.asarray(value, float)) for value in _values(astuple(one))])
        assert np.isfinite(flat).all()


@every_model
@quick
@given(dose=DOSES, later=st.floats(0, 1e5))
def test_back_to_baseline_after_the_duration(model: Model, dose: float, later: float) -> None:
    for one in _three(model.outcome(dose, model.duration_days + later)):
        assert max(model.sizes(one)) <= model.invisible


@every_model
def test_it_does_something_in_between(model: Model) -> None:
    assert min(model.sizes(model.outcome(0.5, 14.0).expected)) > 0


@every_model
@quick
@given(dose=DOSES, day=DAYS)
def test_same_input_same_output(model: Model, dose: float, day: float) -> None:
    assert model.outcome(dose, day) == model.outcome(dose, day)


@every_model
@pytest.mark.parametrize("day", [-1.0, math.nan, math.inf])
def test_a_day_that_is_none_is_refused(model: Model, day: float) -> None:
    with pytest.raises(PlanError):
        model.outcome(0.5, day)


@every_model
@quick
@given(dose=st.one_of(st.floats(max_value=-1e-9), st.just(math.nan), st.just(math.inf)))
def test_a_dose_that_is_none_is_refused(model: Model, dose: float) -> None:
    with pytest.raises(PlanError):
        model.outcome(dose, 14.0)
