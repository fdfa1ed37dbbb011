"""Settings take hold at once, keep the rules of one's own, and are refused whole when wrong."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client as Browser

from vermilion.studio.record.practice import read_settings
from vermilion.studio.voices import own_rules, voice_of

pytestmark = pytest.mark.django_db
GIVEN = {
    "name": 'Lip "Room"',
    "country": "es",
    "telephone": "+34 611 22 33 44",
    "address": "Calle Mayor 1",
    "low.flip": "150",
    "high.flip": "200",
}


def test_they_take_hold_at_once(desk: Browser) -> None:
    assert desk.post("/settings/", GIVEN).status_code == 302
    assert own_rules().name == 'Lip "Room"'
    assert voice_of().country_key == "es"
    assert "Lip &quot;Room&quot;" in desk.get("/").content.decode()


def test_own_rules_in_the_file_stay(desk: Browser) -> None:
    path = settings.DATA / "practice.toml"
    path.write_text('name = "Old"\n[wait.filler_before_blush]\ndays = 42\n')
    desk.post("/settings/", GIVEN)
    text = path.read_text()
    assert "[wait.filler_before_blush]" in text
    assert "days = 42" in text
    assert read_settings(settings.DATA).prices == {"flip": (150.0, 200.0)}


@pytest.mark.parametrize(
    "wrong",
    [{"country": "fr"}, {"telephone": "ask Ana"}, {"low.flip": "cheap"}, {"low.flip": "300"}],
)
def test_what_is_wrong_changes_nothing(desk: Browser, wrong: dict[str, str]) -> None:
    desk.post("/settings/", GIVEN)
    before = (settings.DATA / "practice.toml").read_bytes()
    assert desk.post("/settings/", GIVEN | wrong).status_code == 422
    assert (settings.DATA / "practice.toml").read_bytes() == before


def test_a_file_broken_by_hand_changes_nothing_and_is_told_to_the_owner(desk: Browser) -> None:
    desk.post("/settings/", GIVEN)
    (settings.DATA / "practice.toml").write_text("[hours]\nmon = 9\n")
    page = desk.get("/").content.decode()
    assert "practice.toml, line 1: [hours] mon is 9" in page
    assert "Lip &quot;Room&quot;" in page
    assert own_rules().telephone == GIVEN["telephone"]
    assert "[hours] mon is 9" in desk.post("/settings/", GIVEN).content.decode()
    assert (settings.DATA / "practice.toml").read_text() == "[hours]\nmon = 9\n"
