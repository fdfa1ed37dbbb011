"""A calendar on other devices: a secret address, no name and no word of health unless chosen."""

from __future__ import annotations

from datetime import timedelta

import pytest
import vobject
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from tests.studio.conftest import booked
from vermilion.errors import UsageError
from vermilion.studio.models import Appointment, AuditEntry, Client, Feed, Person
from vermilion.studio.pages.square import square
from vermilion.studio.record import appointments, booking, clients, feeds
from vermilion.studio.roles import Role

pytestmark = pytest.mark.django_db


def made(page: str) -> str:
    """The path of the address that a page shows."""
    secret = page.partition('<code class="secret">')[2].partition("</code>")[0]
    return "/" + secret.split("/", 3)[3]


def summaries(content: bytes) -> list[str]:
    calendar = vobject.readOne(content.decode())
    return [one.summary.value for one in getattr(calendar, "vevent_list", [])]


@pytest.fixture
def visit(ana: Client, people: dict[Role, Person]) -> Appointment:
    return booked(ana, people[Role.PRACTITIONER], days=2)


def by(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person)
    return browser


def test_it_says_appointment_and_nothing_else_and_needs_no_login(
    people: dict[Role, Person], visit: Appointment
) -> None:
    pia = by(people[Role.PRACTITIONER])
    page = pia.post(reverse("feeds"), {"detail": "appointment"}).content.decode()
    where = made(page)
    assert where not in pia.get(reverse("feeds")).content.decode(), "shown once"
    answer = Browser().get(where)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert summaries(answer.content) == ["Appointment"]
    for word in (b"Ana", b"Talk", str(visit.client_id).encode()):
        assert word not in answer.content
    assert Feed.objects.get().read_at is not None
    assert where.split("/")[-1].removesuffix(".ics") not in Feed.objects.get().digest


def test_who_asks_again_is_told_that_nothing_is_new_until_something_is(
    people: dict[Role, Person], visit: Appointment
) -> None:
    person = people[Role.PRACTITIONER]
    _, secret = feeds.make_feed("appointment", person, person=person)
    where = reverse("feed", args=[secret])
    first = Browser().get(where)
    known = {"If-None-Match": first.headers["ETag"]}
    again = Browser().get(where, headers=known)
    assert again.status_code == 304
    assert again.content == b""
    later = booking.Place(visit.starts_at + timedelta(hours=1), 45, person)
    appointments.move(visit, later, 0, person)
    changed = Browser().get(where, headers=known)
    assert changed.status_code == 200
    (entry,) = vobject.readOne(changed.content.decode()).vevent_list
    assert entry.dtstart.value.timestamp() == later.starts_at.timestamp()


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ("appointment", "Appointment"),
        ("initials", "A. G."),
        ("name", "Ana García"),
        ("all", "Ana García: Talk"),
    ],
)
def test_each_detail_says_what_it_names(
    people: dict[Role, Person], visit: Appointment, detail: str, said: str
) -> None:
    _, secret = feeds.make_feed(detail, people[Role.OWNER], person=people[Role.PRACTITIONER])
    assert summaries(Browser().get(reverse("feed", args=[secret])).content) == [said]


def test_names_are_the_owners_to_open_and_only_with_a_word_that_it_is_known(
    people: dict[Role, Person], visit: Appointment
) -> None:
    pia = people[Role.PRACTITIONER]
    with pytest.raises(UsageError):
        feeds.make_feed("name", pia, person=pia)
    assert by(pia).post(reverse("feeds"), {"detail": "all", "known": "1"}).status_code == 422
    owner = by(people[Role.OWNER])
    given = {"detail": "name", "person": str(pia.pk)}
    assert owner.post(reverse("feeds"), given).status_code == 422
    page = owner.post(reverse("feeds"), given | {"known": "1"})
    assert page.status_code == 200
    assert Feed.objects.get().person == pia
    assert AuditEntry.objects.filter(action="make feed (name)").exists()


def test_an_ended_address_a_closed_login_and_a_guess_find_nothing(
    people: dict[Role, Person], visit: Appointment
) -> None:
    pia = people[Role.PRACTITIONER]
    feed, secret = feeds.make_feed("appointment", pia, person=pia)
    where = reverse("feed", args=[secret])
    other = by(people[Role.ASSISTANT])
    assert other.post(reverse("feed_end", args=[feed.pk])).status_code == 404
    assert Browser().get(where).status_code == 200
    pia.is_active = False
    pia.save()
    assert Browser().get(where).status_code == 404
    pia.is_active = True
    pia.save()
    assert by(people[Role.OWNER]).post(reverse("feed_end", args=[feed.pk])).status_code == 302
    assert Browser().get(where).status_code == 404
    assert Browser().get(reverse("feed", args=["guess"])).status_code == 404


def test_cancelled_erased_and_restricted_ones_and_those_of_others_are_not_in_it(
    ana: Client, beth: Client, people: dict[Role, Person], visit: Appointment
) -> None:
    pia, owner = people[Role.PRACTITIONER], people[Role.OWNER]
    gone = booked(beth, pia, days=3)
    booked(beth, owner, days=4)
    cancelled = booked(beth, pia, days=5)
    appointments.set_state(cancelled, "cancelled", 0, pia)
    _, secret = feeds.make_feed("initials", owner, person=pia)
    where = reverse("feed", args=[secret])
    assert summaries(Browser().get(where).content) == ["A. G.", "B. J."]
    Client.objects.filter(pk=ana.pk).update(restricted_at=timezone.now())
    assert summaries(Browser().get(where).content) == ["B. J."]
    clients.erase(beth, owner, "asked")
    assert summaries(Browser().get(where).content) == []
    assert gone.pk


def test_a_client_saves_the_own_dates_without_a_word_of_health(
    phone: Browser, ana: Client, beth: Client, owner: Person, visit: Appointment
) -> None:
    booked(beth, owner, days=4)
    plain = phone.post(reverse("my_calendar"), {"save": "1"})
    assert plain.headers["Content-Disposition"].endswith('"appointments.ics"')
    assert summaries(plain.content) == ["Cita"]
    told = phone.post(reverse("my_calendar"), {"save": "1", "words": "1"})
    assert summaries(told.content) == ["Talk"]


def test_a_clients_address_follows_the_own_dates_and_ends_when_the_client_wishes(
    phone: Browser, ana: Client, owner: Person, visit: Appointment
) -> None:
    where = made(phone.post(reverse("my_calendar"), {"make": "1"}).content.decode())
    assert summaries(Browser().get(where).content) == ["Cita"]
    phone.post(reverse("my_calendar"), {"end": "1"})
    assert Browser().get(where).status_code == 404
    where = made(phone.post(reverse("my_calendar"), {"make": "1"}).content.decode())
    clients.erase(ana, owner, "asked")
    assert Browser().get(where).status_code == 404


def test_the_address_is_a_link_and_a_square_too(phone: Browser, desk: Browser) -> None:
    pages = (
        phone.post(reverse("my_calendar"), {"make": "1"}).content.decode(),
        desk.post(reverse("feeds"), {"detail": "appointment"}).content.decode(),
    )
    for page in pages:
        link = f"webcal://testserver{made(page)}"
        assert f'href="{link}"' in page
        assert f'src="{square(link)}"' in page
    assert square("webcal://one") != square("webcal://other")
