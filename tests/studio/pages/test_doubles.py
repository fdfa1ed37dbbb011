"""Doubles on the page: found, looked at side by side, joined, taken apart."""

from __future__ import annotations

import pytest
from django.test import Client as Browser
from django.urls import reverse

from vermilion.studio.models import Client, Entry, Person
from vermilion.studio.record import clients, entries, joining
from vermilion.studio.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def twin(ana: Client, owner: Person) -> Client:
    card = {"name": "Ana Garcia", "born": "1990-02-03", "phone": "600 99 88 77", "language": "es"}
    other = clients.new_client(card, owner)
    entries.add(other, "note", {"words": "from the second record"}, by=owner)
    return other


def where(ana: Client, twin: Client) -> str:
    return reverse("join", args=[ana.pk, twin.pk])


def test_a_pair_leads_to_one_record_and_back(desk: Browser, ana: Client, twin: Client) -> None:
    assert where(ana, twin) in desk.get("/clients/doubles/").content.decode()
    assert "600 99 88 77" in desk.get(where(ana, twin)).content.decode()
    given = {"edition.0": "0", "edition.1": "0", "phone": "1"}
    answer = desk.post(where(ana, twin), given, follow=True)
    assert "They are one record now" in answer.content.decode()
    assert Client.objects.get(pk=ana.pk).card == ana.card | {"phone": "600 99 88 77", "email": ""}
    page = desk.get(reverse("client", args=[ana.pk])).content.decode()
    assert "from the second record" in page
    assert "Ana Garcia" not in desk.get("/clients/").content.decode()
    entry = Entry.objects.get(kind="merge")
    back = desk.post(reverse("merge", args=[entry.pk]), follow=True)
    assert "They are two records again" in back.content.decode()
    assert Client.objects.get(pk=twin.pk).entries.filter(kind="note").count() == 1


def test_the_old_address_leads_to_the_record_that_is_used(
    desk: Browser, ana: Client, twin: Client, owner: Person
) -> None:
    joining.join(ana, twin, ana.card, (0, 0), owner)
    page = desk.get(reverse("client", args=[twin.pk])).content.decode()
    assert "Ana García" in page
    desk.post(reverse("client_note", args=[twin.pk]), {"words": "typed in the old tab"})
    assert ana.entries.filter(kind="note").count() == 2


def test_two_people_are_said_once(desk: Browser, ana: Client, twin: Client) -> None:
    desk.post(where(ana, twin), {"apart": "1"})
    assert where(ana, twin) not in desk.get("/clients/doubles/").content.decode()


def test_a_card_changed_meanwhile_joins_nothing(desk: Browser, ana: Client, twin: Client) -> None:
    answer = desk.post(where(ana, twin), {"edition.0": "3", "edition.1": "0"})
    assert answer.status_code == 422
    assert Client.objects.get(pk=twin.pk).merged_into is None


def test_an_assistant_sees_a_joining_and_takes_nothing_apart(
    people: dict[Role, Person], ana: Client, twin: Client, owner: Person
) -> None:
    entry = joining.join(ana, twin, ana.card, (0, 0), owner)
    browser = Browser()
    browser.force_login(people[Role.ASSISTANT])
    page = browser.get(reverse("merge", args=[entry.pk]))
    assert page.status_code == 200
    assert "The way back" not in page.content.decode()
    assert browser.post(reverse("merge", args=[entry.pk])).status_code == 403
