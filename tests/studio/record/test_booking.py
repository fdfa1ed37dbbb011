"""What speaks against a time is said in care's words; to keep it takes a name and a reason."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from tests.studio.conftest import booked, screened
from vermilion.errors import UsageError
from vermilion.studio.models import Appointment, AuditEntry, Client, Entry, Person
from vermilion.studio.record import appointments, booking, hours
from vermilion.studio.roles import Role
from vermilion.studio.voices import voice_of

pytestmark = pytest.mark.django_db


def coming(weekday: int, weeks: int = 1) -> date:
    """A weekday (0 is Monday) some weeks ahead."""
    today = timezone.localdate()
    return today + timedelta(days=7 * weeks - today.weekday() + weekday)


def place(day: date, person: Person, step: str = "", clock: time = time(10)) -> booking.Place:
    return booking.Place(timezone.make_aware(datetime.combine(day, clock)), 45, person, step)


def kinds(client: Client, at: booking.Place) -> list[str]:
    return [one.kind for one in booking.against(voice_of(), client, at)]


@pytest.fixture
def opened(owner: Person) -> None:
    """Open from Monday to Friday, nine to one and two to six."""
    spans = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), ("09:00-13:00", "14:00-18:00"))
    closed = (coming(1),)
    hours.save_practice(settings.DATA, hours.Week(spans, closed), {}, owner)


def test_nothing_speaks_against_a_free_time_inside_the_hours(
    opened: None, ana: Client, owner: Person
) -> None:
    assert kinds(ana, place(coming(0), owner, "flip.visit")) == []


@pytest.mark.parametrize("clock", [time(8, 45), time(12, 30), time(13, 15), time(17, 30)])
def test_a_time_that_is_partly_outside_the_hours_is_told(
    opened: None, ana: Client, owner: Person, clock: time
) -> None:
    assert kinds(ana, place(coming(0), owner, clock=clock)) == ["hours"]


def test_a_sunday_and_a_closed_day_are_told(opened: None, ana: Client, owner: Person) -> None:
    assert kinds(ana, place(coming(6), owner)) == ["hours"]
    assert kinds(ana, place(coming(1), owner)) == ["hours"]


def test_a_persons_own_hours_and_days_off_count_inside_the_practices(
    opened: None, ana: Client, owner: Person
) -> None:
    own = hours.Week({"mon": ("12:00-20:00",), "wed": ("09:00-18:00",)}, (coming(2),))
    hours.save_person(owner, own, owner)
    assert hours.spans_of(owner, voice_of().practice, coming(0)) == (
        (time(12), time(13)),
        (time(14), time(18)),
    )
    assert kinds(ana, place(coming(0), owner)) == ["hours"]
    assert kinds(ana, place(coming(2), owner)) == ["hours"]
    assert kinds(ana, place(coming(2, 2), owner)) == []


def test_a_flip_too_soon_after_a_flip_is_told_with_the_rule(
    ana: Client, owner: Person, flip_done: Entry
) -> None:
    found = booking.against(voice_of(), ana, place(coming(0, 4), owner, "flip.visit"))
    assert [one.kind for one in found] == ["wait"]
    assert "The rule is 84 days" in found[0].said.plain or "90 days" in found[0].said.plain
    assert found[0].why


def test_a_booked_treatment_counts_in_both_directions(ana: Client, owner: Person) -> None:
    content = {"purpose": "Blush", "step": "blush.visit", "treatment": "blush"}
    at = place(coming(2, 5), owner).starts_at
    appointments.book(ana, at, 45, owner, content)
    assert "wait" in kinds(ana, place(coming(0, 5), owner, "blush.perfecting"))
    assert "wait" in kinds(ana, place(coming(4, 5), owner, "blush.perfecting"))


def test_a_review_has_days_of_its_own(ana: Client, owner: Person, flip_done: Entry) -> None:
    early = timezone.localdate() + timedelta(days=3)
    right = timezone.localdate() + timedelta(days=11)
    assert kinds(ana, place(early, owner, "flip.review")) == ["wait"]
    assert kinds(ana, place(right, owner, "flip.review")) == []


def test_what_a_screening_says_is_told_to_clinical_roles_alone(
    ana: Client, owner: Person, people: dict[Role, Person]
) -> None:
    gate = {"gate.treated": "yes", "had.filler": ""}
    screened(ana, owner, **gate, **{"had.filler.day": timezone.localdate().isoformat()})
    (found,) = booking.against(voice_of(), ana, place(coming(0, 2), owner, "blush.visit"))
    assert found.private
    given = form(place(coming(0, 2), owner, "blush.visit"))
    for role, told in ((Role.PRACTITIONER, True), (Role.RECEPTION, False)):
        browser = Browser()
        browser.force_login(people[role])
        answer = browser.post(reverse("book", args=[ana.pk]), given)
        assert answer.status_code == 422
        assert ("filler" in answer.content.decode().partition('id="against"')[2][:900]) is told


def form(at: booking.Place, **more: str) -> dict[str, str]:
    begin = timezone.localtime(at.starts_at)
    return {
        "day": at.day.isoformat(),
        "clock": f"{begin:%H:%M}",
        "person": str(at.person.pk),
        "step": at.step,
        "minutes": str(at.minutes),
    } | more


def test_what_speaks_against_it_is_kept_with_name_and_reason(
    opened: None, desk: Browser, ana: Client, owner: Person
) -> None:
    where, given = reverse("book", args=[ana.pk]), form(place(coming(6), owner, "flip.visit"))
    first = desk.post(where, given)
    assert first.status_code == 422
    assert "does not see clients on this day" in first.content.decode()
    assert not Appointment.objects.exists()
    assert desk.post(where, given | {"reason": "She flies on Monday"}).status_code == 302
    kept = Appointment.objects.get().content["kept"]
    assert kept["reason"] == "She flies on Monday"
    assert kept["by"] == owner.display
    assert "does not see clients" in kept["against"][0]


def test_two_at_one_time_need_a_reason_too(
    desk: Browser, ana: Client, beth: Client, owner: Person
) -> None:
    one = booked(beth, owner, days=3)
    given = form(place(timezone.localtime(one.starts_at).date(), owner), purpose="Numbing first")
    where = reverse("book", args=[ana.pk])
    assert desk.post(where, given).status_code == 422
    assert desk.post(where, given | {"reason": "The cream acts meanwhile"}).status_code == 302


def test_empty_minutes_mean_what_the_step_takes_here(
    desk: Browser, ana: Client, owner: Person
) -> None:
    week = hours.practice_week(settings.DATA)
    hours.save_practice(settings.DATA, week, {"blush.visit": 150}, owner)
    given = form(place(coming(0), owner, "blush.visit"), minutes="")
    assert desk.post(reverse("book", args=[ana.pk]), given).status_code == 302
    made = Appointment.objects.get()
    assert made.minutes == 150
    assert made.content == {
        "purpose": "Lip blush: first visit",
        "step": "blush.visit",
        "treatment": "blush",
    }


def test_a_visit_moves_by_its_form_and_the_reason_goes_with_the_time_it_was_for(
    opened: None, desk: Browser, ana: Client, owner: Person
) -> None:
    desk.post(
        reverse("book", args=[ana.pk]),
        form(place(coming(6), owner), purpose="Talk", reason="she flies"),
    )
    one = Appointment.objects.get()
    where = reverse("appointment", args=[ana.pk, one.pk])
    assert "she flies" in desk.get(where).content.decode()
    given = form(place(coming(0), owner), edition="0")
    assert desk.post(where, given).status_code == 302
    moved = Appointment.objects.get()
    assert timezone.localtime(moved.starts_at).date() == coming(0)
    assert moved.content == {"purpose": "Talk"}
    assert AuditEntry.objects.filter(action="move").count() == 1
    stale = desk.post(where, given | {"clock": "11:00"})
    assert stale.status_code == 422
    assert "somebody else changed" in stale.content.decode()


def test_free_times_leave_out_the_break_and_what_is_booked(
    opened: None, ana: Client, owner: Person
) -> None:
    day = coming(0)
    appointments.book(ana, place(day, owner).starts_at, 45, owner, {})
    times = booking.free_times(voice_of(), owner, day, 60)
    assert times[0] == time(9)
    assert time(9, 15) not in times, "it would run into the one at ten"
    assert time(10, 45) in times
    assert time(12, 15) not in times
    assert times[-1] == time(17)
    assert booking.free_times(voice_of(), owner, coming(1), 60) == ()


def test_the_booking_page_offers_cares_dates_at_free_times_inside_the_hours(
    opened: None, desk: Browser, ana: Client, owner: Person, flip_done: Entry
) -> None:
    page = desk.get(reverse("book", args=[ana.pk]), {"treatment": "flip"})
    offers = page.context["offers"]
    assert offers
    for offer in offers:
        assert offer.day.weekday() < 5
        assert offer.times
        minutes = offer.item.minutes or 0
        for clock in offer.times:
            at = place(offer.day, owner, ".".join(offer.item.key.split(".")[:2]), clock)
            at = booking.Place(at.starts_at, minutes, owner)
            assert kinds(ana, at) == []


def test_a_time_past_is_refused_even_with_a_reason(ana: Client, owner: Person) -> None:
    kept = booking.Kept("Olga", "because", (), True)
    with pytest.raises(UsageError, match="past"):
        appointments.book(ana, timezone.now() - timedelta(hours=1), 30, owner, {}, kept)
