"""A plan is kept only when nothing blocks it, follows the one before, and is never changed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.studio.conftest import lot, planned
from vermilion.care.toxin_sheet import Dilution
from vermilion.errors import UsageError
from vermilion.report.lip_outline import LipOutline, template
from vermilion.studio.models import Client, Entry, Person
from vermilion.studio.record import entries, plans
from vermilion.studio.record.history import history_of
from vermilion.studio.record.plan_drawing import drawn
from vermilion.studio.record.plan_sources import (
    draft_of,
    from_consultation,
    named_point,
    on_outline,
)
from vermilion.studio.record.plans import Draft, Point
from vermilion.studio.voices import voice_of
from vermilion.treat.mouth import Mouth

pytestmark = pytest.mark.django_db
OUTLINE = template()
FOUR = tuple(named_point(OUTLINE, s, 1.0) for s in (-1.5, -1, 1, 1.5))
FLIP = Draft("flip", OUTLINE, product="ona", points=FOUR, dilution=Dilution(100, 2.5))


def keep(client: Client, draft: Draft, by: Person) -> Entry:
    return plans.keep(client, voice_of(), draft, by, timezone.localdate())


def test_the_entry_holds_what_its_contract_says(ana: Client, owner: Person) -> None:
    content = keep(ana, replace(FLIP, lots=(lot(owner),)), owner).content
    assert (content["form"], content["product"], content["lip_data"]) == ("points", "ona", True)
    assert content["total_units"] == 4
    assert content["total_ml"] == pytest.approx(0.1)
    assert content["dilution"] == {"vial_units": 100, "diluent_ml": 2.5}
    assert [one["s"] for one in content["points"]] == pytest.approx([-1.5, -1, 1, 1.5], abs=0.01)
    assert [one["above_mm"] for one in content["points"]] == pytest.approx([0] * 4, abs=0.1)
    assert {one["site"] for one in content["points"]} == {
        "lateral_right", "paramedian_right", "paramedian_left", "lateral_left"
    }  # fmt: skip
    assert LipOutline.from_json(content["outline"]) == OUTLINE
    assert content["lots"][0]["number"] == "A1"
    assert json.loads(json.dumps(content)) == content


def test_a_later_plan_follows_an_earlier_and_changes_nothing(ana: Client, owner: Person) -> None:
    first = keep(ana, FLIP, owner)
    before = first.content
    second = keep(ana, replace(FLIP, points=FOUR[:2]), owner)
    blush = planned(ana, "blush", owner)
    assert second.about == first
    assert first.content == before
    assert blush.about is None
    assert plans.latest(history_of(ana), "flip") == second
    assert plans.latest(history_of(ana), "blush") == blush


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (replace(FLIP, product=""), "no product"),
        (replace(FLIP, points=()), "no point"),
        (replace(FLIP, points=(*FOUR, Point(15.0, -4.0))), "point 5 has no units"),
        (replace(FLIP, points=(Point(900.0, 0.0, 1.0),)), "900"),
        (replace(FLIP, dilution=Dilution(3, 1)), "blocked"),
        (replace(FLIP, dilution=Dilution(3, 1), reason="I wish"), "blocked"),
        (replace(FLIP, points=(*FOUR, Point(0.0, -6.4, 1.0))), "blocked"),
        (replace(FLIP, product="", blush=None, points=FOUR), "no product"),
        (Draft("blush", OUTLINE, blush={"border_mm": 1.2}), "blocked"),
        (Draft("blush", OUTLINE, blush={"border_mm": 2.5}, reason="I wish"), "blocked"),
    ],
)
def test_what_is_not_whole_or_blocked_is_not_kept(
    ana: Client, owner: Person, draft: Draft, words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        keep(ana, draft, owner)
    assert not Entry.objects.filter(kind="plan").exists()


def test_a_reason_lifts_what_may_be_lifted_and_stays_with_its_name(
    ana: Client, owner: Person
) -> None:
    draft = replace(FLIP, points=(*FOUR, Point(0.0, -6.4, 1.0)), reason="a scar there")
    kept = keep(ana, draft, owner)
    assert kept.by == owner
    assert kept.content["reason"] == "a scar there"
    found = {one["key"]: one for one in kept.content["findings"]}
    assert found["keep_out_midline"]["severity"] == "warn"
    assert "a scar there" in found["keep_out_midline"]["text"]


def test_what_was_done_here_before_counts(ana: Client, flip_done: Entry, owner: Person) -> None:
    with pytest.raises(UsageError, match="blocked"):
        keep(ana, FLIP, owner)
    keep(ana, replace(FLIP, reason="touch-up at the review"), owner)
    soon = timezone.localdate() + timedelta(days=100)
    sheet = plans.sheet_of(voice_of(), ana, FLIP, soon)
    assert "wait_label" not in {one.key for one in sheet.findings}


def test_units_of_another_product_are_kept_as_they_are(ana: Client, owner: Person) -> None:
    kept = keep(ana, replace(FLIP, product="abo"), owner).content
    assert [one["units"] for one in kept["points"]] == [1, 1, 1, 1]
    assert kept["lip_data"] is False
    assert "flip_units_other" in {one["key"] for one in kept["findings"]}


def test_a_point_lies_at_the_same_place_of_another_photo_s_lips(ana: Client, owner: Person) -> None:
    draft = draft_of(keep(ana, FLIP, owner).content)
    assert draft.points == FOUR
    wider = replace(OUTLINE, mouth=Mouth(-26.0, -7.0, 0.5, 8.0, 24.5))
    moved = on_outline(draft, wider, "other").points
    assert [wider.mouth.s_of(one.x_mm) for one in moved] == pytest.approx(
        [OUTLINE.mouth.s_of(one.x_mm) for one in FOUR], abs=0.02
    )
    assert [one.units for one in moved] == [1, 1, 1, 1]


def test_a_consultation_carries_its_choices_and_a_rise_no_units(ana: Client, owner: Person) -> None:
    points = [{"site": "lateral_left", "units": 1.5}]
    blush = {"shade": "mauve", "technique": "ombre", "touch_up_days": []}
    dosed = {
        "plan": {"flip": {"product": "ona", "points": points}, "blush": blush, "wait_days": 28}
    }
    by_rise = {"plan": {"rise_mm": 0.8}}
    first, second = (entries.add(ana, "consultation", one, by=owner) for one in (dosed, by_rise))
    carried = from_consultation(first, "flip", OUTLINE, "")
    assert [(one.x_mm, one.units) for one in carried.points] == [(15.5, 1.5)]
    assert carried.source == str(first.pk)
    coloured = from_consultation(first, "blush", OUTLINE, "").blush
    assert coloured is not None
    assert (coloured["shade"], coloured["technique"]) == ("mauve", "ombre")
    assert from_consultation(second, "flip", OUTLINE, "").points == ()


def test_the_drawing_shows_every_point_and_only_while_planning_one_can_move_it() -> None:
    voice = voice_of()
    still, words = drawn(voice, FLIP)
    handled, _ = drawn(voice, FLIP, handled=True)
    assert still.count("class='pin'") == 4
    assert "tabindex" not in still
    assert handled.count("tabindex='0'") == 4
    assert handled.count("class='pin'") == 5, "four points and a blank one"
    assert "template" in words
