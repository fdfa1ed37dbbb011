"""Both sides are told what is kept, until when and why."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse

from vermilion.studio.models import Client, Entry
from vermilion.studio.record.practice import read_settings

pytestmark = pytest.mark.django_db
COUNTRY = {"name": "Lip Room", "country": "es", "open": ["mon"], "closed": ""}


def years() -> int | None:
    return read_settings(settings.DATA).keep_years


def test_without_a_law_the_page_asks_and_says_why(desk: Browser) -> None:
    page = desk.get("/settings/keeping/").content.decode()
    assert "does not guess" in page
    assert desk.post("/settings/keeping/", {"years": "7"}).status_code == 302
    assert years() == 7
    assert "7 years after the last care" in desk.get("/settings/keeping/").content.decode()


@pytest.mark.parametrize("wrong", ["seven", "0", "-1", "1000"])
def test_years_that_cannot_be_change_nothing(desk: Browser, wrong: str) -> None:
    desk.post("/settings/keeping/", {"years": "7"})
    assert desk.post("/settings/keeping/", {"years": wrong}).status_code == 422
    assert years() == 7


def test_a_time_below_the_law_is_refused_here_and_by_a_change_of_country(desk: Browser) -> None:
    desk.post("/settings/keeping/", {"years": "3"})
    assert desk.post("/settings/", COUNTRY).status_code == 422
    desk.post("/settings/keeping/", {"years": ""})
    assert desk.post("/settings/", COUNTRY).status_code == 302
    answer = desk.post("/settings/keeping/", {"years": "4"})
    assert answer.status_code == 422
    assert "at least 5" in answer.content.decode()
    assert years() is None


def test_other_settings_leave_the_years_alone(desk: Browser) -> None:
    desk.post("/settings/keeping/", {"years": "9"})
    desk.post("/settings/", COUNTRY)
    assert years() == 9


def test_a_wish_while_the_time_runs_is_told_to_both_sides(
    desk: Browser, phone: Browser, ana: Client, flip_done: Entry
) -> None:
    desk.post("/settings/", COUNTRY)
    before = phone.get("/my/data/").content.decode()
    assert "La ley española" in before
    assert "Pedir que se borre" in before or "borr" in before
    phone.post("/my/data/", {"erase": "1"})
    where = reverse("client_erase", args=[ana.pk])
    assert "must be kept until" in desk.get(where).content.decode()
    refused = desk.post(where, {"name": "Ana García", "why": "asked"})
    assert refused.status_code == 422
    assert not Client.objects.get(pk=ana.pk).erased_at
    kept = desk.post(reverse("client_restrict", args=[ana.pk]), {"words": "asked"}, follow=True)
    assert "Ana García" in kept.content.decode()
    after = phone.get("/my/data/").content.decode()
    assert "solo se conserva" in after
    assert 'name="erase"' not in after
    assert "solo se conserva" in phone.get("/my/").content.decode()


def test_the_owner_opens_it_again(
    desk: Browser, phone: Browser, ana: Client, flip_done: Entry
) -> None:
    where = reverse("client_restrict", args=[ana.pk])
    desk.post(where, {"words": "asked"})
    assert Client.objects.get(pk=ana.pk).restricted_at
    desk.post(where, {"words": "came back", "open": "1"})
    assert Client.objects.get(pk=ana.pk).restricted_at is None


def test_an_age_up_to_which_the_young_are_kept_is_said_and_stays(desk: Browser) -> None:
    assert desk.post("/settings/keeping/", {"years": "7", "until_age": "25"}).status_code == 302
    assert 'value="25"' in desk.get("/settings/keeping/").content.decode()
    assert desk.post("/settings/", COUNTRY).status_code == 302
    kept = read_settings(settings.DATA)
    assert (kept.keep_years, kept.keep_until_age) == (7, 25)
    assert desk.post("/settings/keeping/", {"until_age": "250"}).status_code == 422
