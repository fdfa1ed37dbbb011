"""Nothing is charted while something is missing, unless somebody overrules it by name."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tests.studio.conftest import planned, screened
from vermilion.errors import UsageError
from vermilion.studio.models import Client, Entry, Person
from vermilion.studio.record import consent, entries, needs, photos, plans
from vermilion.studio.record.history import history_of
from vermilion.studio.voices import voice_of

pytestmark = pytest.mark.django_db


def open_needs(client: Client, treatment: str) -> set[str]:
    found = needs.missing(history_of(client), voice_of(), treatment, timezone.localdate())
    return {one.key for one in found}


def photographed(client: Client, by: Person, swollen: bool = False) -> None:
    out = BytesIO()
    Image.new("RGB", (300, 300), (200, 140, 140)).save(out, "PNG")
    photos.add_photo(client, out.getvalue(), "rest", timezone.now(), by=by, swollen=swollen)


def test_a_new_client_needs_everything(ana: Client) -> None:
    assert open_needs(ana, "flip") == {"screening", "order", "photo", "plan", "consent"}
    assert open_needs(ana, "blush") == {"screening", "patch_test", "photo", "plan", "consent"}


def test_each_is_met_by_its_own_thing(ana: Client, owner: Person) -> None:
    screened(ana, owner)
    photographed(ana, owner)
    until = (timezone.localdate() + timedelta(days=30)).isoformat()
    entries.add(ana, "order", {"treatment": "flip", "valid_until": until}, by=owner)
    planned(ana, "flip", owner)
    consent.sign(consent.make_consent(ana, voice_of("client"), "flip", owner), "Ana", "")
    assert open_needs(ana, "flip") == set()
    assert open_needs(ana, "blush") == {"patch_test", "plan", "consent"}


def test_a_screening_that_does_not_say_go_is_no_pass(ana: Client, owner: Person) -> None:
    screened(ana, owner, pregnant="yes")
    assert "screening" in open_needs(ana, "flip")


def test_what_is_too_old_does_not_count(ana: Client, owner: Person) -> None:
    screened(ana, owner)
    later = timezone.localdate() + timedelta(days=needs.SCREENING_DAYS + 1)
    found = needs.missing(history_of(ana), voice_of(), "flip", later)
    assert ("screening", "it is older than a month") in {(one.key, one.why) for one in found}
    entries.add(ana, "order", {"treatment": "flip", "valid_until": "2020-01-01"}, by=owner)
    assert "order" in open_needs(ana, "flip")


def test_a_swollen_photo_is_no_photo_before(ana: Client, owner: Person) -> None:
    photographed(ana, owner, swollen=True)
    assert "photo" in open_needs(ana, "flip")


@pytest.mark.parametrize(("result", "met"), [("none", True), ("waived", True), ("reaction", False)])
def test_a_patch_test_counts_by_its_result(
    ana: Client, owner: Person, result: str, met: bool
) -> None:
    today = timezone.localdate().isoformat()
    entries.add(ana, "patch_test", {"result": result, "done_on": today}, by=owner)
    assert ("patch_test" not in open_needs(ana, "blush")) is met


@pytest.mark.parametrize(("done_on", "written"), [("2031-01-01", False), ("2019-01-01", True)])
def test_a_patch_test_of_the_future_is_refused_and_an_old_one_does_not_count(
    desk: Browser, ana: Client, done_on: str, written: bool
) -> None:
    where = reverse("patch_test", args=[ana.pk])
    desk.post(where, {"result": "none", "done_on": done_on})
    assert Entry.objects.filter(kind="patch_test").exists() is written
    assert "patch_test" in open_needs(ana, "blush")


def test_consent_is_to_the_plan_that_stands(ana: Client, owner: Person) -> None:
    first = planned(ana, "flip", owner)
    signed = consent.make_consent(ana, voice_of("client"), "flip", owner)
    consent.sign(signed, "Ana", "")
    assert signed.content["plan"] == str(first.pk)
    assert "consent" not in open_needs(ana, "flip")
    planned(ana, "flip", owner)
    found = needs.missing(history_of(ana), voice_of(), "flip", timezone.localdate())
    assert ("consent", "the plan was changed since") in {(one.key, one.why) for one in found}


def test_a_plan_serves_one_visit_and_not_for_ever(ana: Client, owner: Person) -> None:
    plan = planned(ana, "flip", owner)
    assert "plan" not in open_needs(ana, "flip")
    old = timezone.now() - timedelta(days=plans.PLAN_DAYS + 1)
    Entry.objects.filter(pk=plan.pk).update(at=old)
    assert plans.standing(history_of(ana), "flip") == (None, "it is too old")
    Entry.objects.filter(pk=plan.pk).update(at=timezone.now() - timedelta(days=1))
    today = timezone.localdate()
    visit = {"treatment": "flip", "day": (today - timedelta(days=1)).isoformat()}
    entries.add(ana, "visit", visit | {"treatment": "blush"}, by=owner)
    entries.add(ana, "visit", visit | {"day": today.isoformat()}, by=owner)
    assert "plan" not in open_needs(ana, "flip")
    entries.add(ana, "visit", visit, by=owner)
    assert plans.standing(history_of(ana), "flip") == (None, "it was carried out already")


def test_overruling_takes_a_name_and_a_reason_and_holds_for_one_treatment_and_day(
    ana: Client, owner: Person
) -> None:
    with pytest.raises(UsageError, match="no reason"):
        needs.overrule(ana, "flip", ("photo",), " ", owner)
    needs.overrule(ana, "flip", ("photo",), "refuses photos", owner)
    assert "photo" not in open_needs(ana, "flip")
    assert "photo" in open_needs(ana, "blush")
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "photo" in {
        one.key for one in needs.missing(history_of(ana), voice_of(), "flip", tomorrow)
    }


def test_the_page_lists_them_and_takes_an_overruling(desk: Browser, ana: Client) -> None:
    where = reverse("before", args=[ana.pk, "flip"])
    assert desk.get(where).content.decode().count("missing</span>") == 5
    refused = desk.post(where, {"need": ["photo"], "reason": ""})
    assert refused.status_code == 422
    desk.post(where, {"need": ["photo"], "reason": "refuses photos"})
    assert Entry.objects.get(kind="overrule").content["needs"] == ["photo"]
    assert "refuses photos" in desk.get(where).content.decode()


def test_an_order_that_ends_before_it_begins_is_refused(desk: Browser, ana: Client) -> None:
    where = reverse("order", args=[ana.pk, "flip"])
    given = {"prescriber": "Dr Sample", "how": "video", "examined_on": "2026-11-01"}
    assert desk.post(where, given | {"valid_until": "2026-10-01"}).status_code == 200
    assert not Entry.objects.filter(kind="order").exists()
    assert desk.post(where, given | {"valid_until": "2027-10-01"}).status_code == 302


def test_a_waiver_of_the_patch_test_needs_words(desk: Browser, ana: Client) -> None:
    where = reverse("patch_test", args=[ana.pk])
    assert desk.post(where, {"result": "waived", "done_on": "2026-11-01"}).status_code == 200
    assert not Entry.objects.filter(kind="patch_test").exists()
