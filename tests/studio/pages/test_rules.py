"""Own rules: only ever stricter, kept by care, left alone where the file says otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.utils import timezone

from vermilion.care.answers import Answers
from vermilion.care.dates.waits import read_waits
from vermilion.care.screen import screen
from vermilion.errors import UsageError
from vermilion.studio.models import AuditEntry, Person
from vermilion.studio.record.own_rules import groups, save_rules
from vermilion.studio.record.practice import read_file, write_file
from vermilion.studio.voices import voice_of

pytestmark = pytest.mark.django_db
FILLER = "wait.filler_before_blush"


def days(key: str = "filler_before_blush") -> int:
    voice = voice_of()
    return next(one.days for one in read_waits(voice.shelf, voice.practice).waits if one.key == key)


def test_every_rule_of_care_stands_once() -> None:
    voice = voice_of()
    rules = [one for group in groups(voice) for one in group.rules]
    waits = {one.key for one in read_waits(voice.shelf).waits}
    assert sorted(one.key for one in rules if one.kind == "wait") == sorted(waits)
    assert {one.key for one in rules if one.kind == "age"} >= {"flip", "blush"}


def test_a_longer_wait_is_kept_by_care_and_said(desk: Browser) -> None:
    usual = days()
    page = desk.post("/settings/rules/", {FILLER: usual + 14}, follow=True).content.decode()
    assert days() == usual + 14
    assert f'value="{usual + 14}"' in page
    assert AuditEntry.objects.filter(action="change rules", what="practice").count() == 1
    voice, today = voice_of("client"), timezone.localdate()
    found = screen(voice, ("blush",), Answers(had={"filler": today}), today)
    assert today + timedelta(days=usual + 14) in {one.until for one in found.reasons}


def test_a_higher_age_counts_in_the_screening(desk: Browser) -> None:
    desk.post("/settings/rules/", {"age.flip": "25"})
    assert voice_of().practice.age_years("flip", 18) == (25, None)


@pytest.mark.parametrize("wrong", ["27", "0", "-3", "soon", "9999", "1826", "28.5"])
def test_a_shorter_wait_or_no_number_changes_nothing(desk: Browser, wrong: str) -> None:
    desk.post("/settings/rules/", {FILLER: "40"})
    answer = desk.post("/settings/rules/", {FILLER: wrong, "wait.peel_before_blush": "60"})
    assert answer.status_code == 422
    assert wrong in answer.content.decode()
    assert (days(), days("peel_before_blush")) == (40, 28)


def test_an_empty_field_is_as_usual_again(desk: Browser) -> None:
    usual = days()
    desk.post("/settings/rules/", {FILLER: "60"})
    desk.post("/settings/rules/", {FILLER: ""})
    assert days() == usual
    desk.post("/settings/rules/", {FILLER: str(usual)})
    assert read_file(settings.DATA).get("wait", {}) == {}


def test_a_milder_one_of_the_file_is_shown_with_its_reason_and_stays(
    desk: Browser, owner: Person
) -> None:
    row = {"days": 21, "reason": "our own count", "by": "Dr. Field"}
    write_file(settings.DATA, {"wait": {"filler_before_blush": row}})
    assert "our own count (Dr. Field)" in desk.get("/settings/rules/").content.decode()
    desk.post("/settings/rules/", {"wait.peel_before_blush": "30"})
    assert read_file(settings.DATA)["wait"]["filler_before_blush"] == row
    save_rules(settings.DATA, voice_of(), {("wait", "filler_before_blush"): 35}, owner)
    assert read_file(settings.DATA)["wait"]["filler_before_blush"] == {"days": 35}
    with pytest.raises(UsageError, match="only made stricter"):
        save_rules(settings.DATA, voice_of(), {("wait", "filler_before_blush"): 21}, owner)


def test_it_is_read_in_spanish(desk: Browser) -> None:
    desk.cookies["django_language"] = "es"
    answer = desk.post("/settings/rules/", {FILLER: "3"})
    assert "solo se hace más estricta" in answer.content.decode()
