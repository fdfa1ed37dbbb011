"""The tattoo's sheet: border, waits, anaesthetic strength, batch; blanks where nothing came."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from vermilion.care.blush_sheet import BlushSheet, blush_sheet
from vermilion.care.plan_rows import plan_kind
from vermilion.errors import PlanError, UsageError
from vermilion.know.voice import Voice

ON = date(2026, 11, 23)
VOICE = Voice(audience="practitioner")


def sheet(
    batch: str = "A17", entered: dict[str, object] | None = None, **more: object
) -> BlushSheet:
    return blush_sheet(VOICE, "blush", entered or {}, on=ON, batch=batch, **more)  # type: ignore[arg-type]


def keys(made: BlushSheet) -> set[str]:
    return {one.key for one in made.findings}


def test_a_plain_plan_with_a_batch_breaks_nothing() -> None:
    assert sheet().findings == ()


def test_only_what_was_entered_is_told() -> None:
    assert set(sheet().to_json()) & {"shade", "passes"} == set()
    assert sheet(entered={"passes": 3}).to_json()["passes"] == 3


def test_a_missing_batch_is_warned_of() -> None:
    assert keys(sheet(batch=" ")) == {"no_batch"}


@pytest.mark.parametrize(("percent", "warned"), [(2, False), (4, False), (4.1, True), (30, True)])
def test_an_anaesthetic_above_the_limit_is_warned_of(percent: float, warned: bool) -> None:
    assert ("numbing_strength" in keys(sheet(numbing_percents=[percent]))) == warned


def test_a_third_anaesthetic_is_warned_of() -> None:
    assert "numbing_many" not in keys(sheet(numbing_percents=[4, 4]))
    assert "numbing_many" in keys(sheet(numbing_percents=[4, 4, 4]))


@pytest.mark.parametrize(
    ("border", "reason", "blocked"),
    [
        (0.4, "", False),
        (0.7, "", False),
        (1.5, "", True),
        (1.5, "scar", False),
        (2.5, "scar", True),
    ],
)
def test_the_border_is_held(border: float, reason: str, blocked: bool) -> None:
    assert sheet(entered={"border_mm": border}, reason=reason).blocked == blocked


@pytest.mark.parametrize(("thing", "days"), [("filler", 28), ("flip", 28), ("blush", 42)])
def test_waits_are_kept_to_the_day(thing: str, days: int) -> None:
    assert "wait_custom" in keys(sheet(had=[(thing, ON - timedelta(days - 1))]))
    assert sheet(had=[(thing, ON - timedelta(days))]).findings == ()


def test_a_border_is_drawn_only_once_the_toxin_has_worn_off() -> None:
    had = [("flip", ON - timedelta(60))]
    assert keys(sheet(had=had)) == set()
    assert keys(sheet(had=had, entered={"border_mm": 0.3})) == {"wait_custom"}


def test_a_condition_blocks_until_somebody_signs() -> None:
    assert sheet(conditions=["herpes"]).blocked
    assert not sheet(conditions=["herpes"], signed="Dr A").blocked


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(UsageError):
        sheet(numbing_percents=[0])
    with pytest.raises(PlanError):
        sheet(entered={"shade": "blond"})
    with pytest.raises(UsageError, match="no plan for 'filler'"):
        plan_kind(VOICE, "filler")
