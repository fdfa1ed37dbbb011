"""The injection's sheet: volumes by arithmetic, blocks by rule, no unit that nobody entered."""

from __future__ import annotations

import itertools
import json
from datetime import date, timedelta

import pytest

from vermilion.care.toxin_sheet import Dilution, ToxinSheet, place_mm, toxin_sheet
from vermilion.errors import UsageError
from vermilion.know.practice import Practice, read_practice
from vermilion.know.sourced import topic
from vermilion.know.voice import Voice
from vermilion.treat.plan import FlipPlan, InjectionPoint, product, sites

ON = date(2026, 11, 23)
VOICE = Voice(audience="practitioner")


def plan(reason: str = "", key: str = "ona", **units: float) -> FlipPlan:
    return FlipPlan(key, tuple(InjectionPoint(name, u) for name, u in units.items()), reason)


REFERENCE = {"paramedian_left": 1.0, "paramedian_right": 1.0, "lateral_left": 1.0}
EVEN = {**REFERENCE, "lateral_right": 1.0}


def sheet(entered: FlipPlan | None, voice: Voice = VOICE, **more: object) -> ToxinSheet:
    return toxin_sheet(voice, "flip", entered, on=ON, **more)  # type: ignore[arg-type]


def severities(made: ToxinSheet) -> dict[str, str]:
    return {one.key: one.severity for one in made.findings}


def test_without_an_entry_no_point_has_a_unit_and_nothing_is_checked() -> None:
    made = sheet(None)
    assert [one.units for one in made.points] == [None] * 4
    assert not made.entered
    assert made.product_key == ""
    assert made.findings == ()
    assert made.to_json()["total_units"] is None


def test_a_hundred_units_in_two_and_a_half_millilitres_are_four_in_a_tenth() -> None:
    made = sheet(plan(**EVEN), dilution=Dilution(100, 2.5))
    assert made.dilution is not None
    assert made.dilution.units_per_tenth_ml == pytest.approx(4)
    assert [one.volume_ml for one in made.points] == pytest.approx([0.025] * 4)
    assert made.to_json()["total_ml"] == pytest.approx(0.1)
    assert made.waste_units == pytest.approx(96)


@pytest.mark.parametrize(
    ("vial", "ml"), list(itertools.product((50.0, 100.0, 300.0, 500.0), (0.5, 1.0, 2.5, 4.0)))
)
def test_the_volumes_add_up_to_the_total_for_any_mixing(vial: float, ml: float) -> None:
    dilution = Dilution(vial, ml)
    made = sheet(plan(**EVEN), dilution=dilution)
    volumes = [one.volume_ml or 0.0 for one in made.points]
    assert sum(volumes) == pytest.approx(dilution.volume_ml(made.total_units))
    assert dilution.volume_ml(vial) == pytest.approx(ml)


@pytest.mark.parametrize("name", ["midline", "corner_left", "corner_right"])
def test_middle_and_corners_block_until_a_reason_is_given(name: str) -> None:
    assert sheet(plan(**EVEN, **{name: 1.0})).blocked
    lifted = sheet(plan("seen and talked over", **EVEN, **{name: 1.0}))
    assert not lifted.blocked
    assert any("seen and talked over" in one.said.plain for one in lifted.findings)


def test_more_than_the_most_in_all_blocks() -> None:
    most = topic("flip").number("total_block").value
    each = most / 4 + 0.1
    assert severities(sheet(plan(**dict.fromkeys(EVEN, each))))["flip_total_most"] == "block"


def test_units_of_another_product_are_never_converted_only_warned_of() -> None:
    for key in topic("products").tables["product"]:
        made = sheet(plan(key=key, **EVEN), dilution=Dilution(100, 2.5))
        assert [one.units for one in made.points] == [1.0] * 4
        assert ("flip_units_other" in severities(made)) != product(key).lip_data


@pytest.mark.parametrize("thing", ["flip", "toxin"])
def test_a_toxin_within_ninety_days_blocks_and_on_the_ninetieth_does_not(thing: str) -> None:
    early = sheet(plan(**EVEN), had=[(thing, ON - timedelta(89))])
    assert severities(early)["wait_label"] == "block"
    assert not sheet(plan(**EVEN), had=[(thing, ON - timedelta(90))]).blocked


def test_the_practice_s_longer_wait_counts() -> None:
    own = read_practice("[wait.toxin_before_toxin]\ndays = 120\n", "own.toml")
    made = sheet(
        plan(**EVEN),
        Voice(audience="practitioner", practice=own),
        had=[("flip", ON - timedelta(100))],
    )
    assert made.blocked


def test_a_condition_blocks_until_somebody_signs() -> None:
    assert sheet(plan(**EVEN), conditions=["swallowing"]).blocked
    signed = sheet(plan(**EVEN), conditions=["swallowing"], signed="Dr A")
    assert not signed.blocked
    assert "Dr A" in signed.findings[0].said.plain


def test_more_units_than_the_vial_holds_block() -> None:
    assert severities(sheet(plan(**EVEN), dilution=Dilution(2, 1)))["vial"] == "block"


def test_adding_a_risk_never_lifts_a_block() -> None:
    risks: list[dict[str, object]] = [
        {"had": [("flip", ON - timedelta(10))]},
        {"conditions": ["heart"]},
        {"dilution": Dilution(3, 1)},
    ]
    for count in range(len(risks) + 1):
        for some in itertools.combinations(risks, count):
            more: dict[str, object] = {}
            for one in some:
                more |= one
            assert sheet(plan(**EVEN), **more).blocked == bool(some)


@pytest.mark.parametrize(
    "more",
    [
        {"had": [("nothing-known", ON)]},
        {"had": [("flip", ON + timedelta(1))]},
        {"conditions": ["tired"]},
        {"mouth_width_mm": 5.0},
        {"mouth_width_mm": float("nan")},
    ],
)
def test_what_makes_no_sense_is_refused(more: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        sheet(plan(**EVEN), **more)


@pytest.mark.parametrize(("vial", "ml"), [(0, 1), (100, 0), (-1, 1), (float("inf"), 1)])
def test_an_impossible_mixing_is_refused(vial: float, ml: float) -> None:
    with pytest.raises(UsageError):
        Dilution(vial, ml)


def test_points_lie_between_the_corners_left_of_the_client_positive() -> None:
    made = sheet(plan(**EVEN), mouth_width_mm=54)
    assert [one.x_mm for one in made.points] == sorted(one.x_mm for one in made.points)
    for site in sites().values():
        x = place_mm(site.s, 6, 27)
        assert abs(x) <= 27
        assert (x > 0) == (site.s > 0)
    assert place_mm(2, 6, 27) == pytest.approx(27)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_findings_speak_the_language_and_the_result_is_json(language: str) -> None:
    voice = Voice(language=language, audience="practitioner", practice=Practice())
    told = json.dumps(sheet(plan(midline=3.0), voice).to_json(), ensure_ascii=False)
    assert ("línea media" in told) == (language == "es")
