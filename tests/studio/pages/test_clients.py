"""Clients: found though misspelt, changed by one at a time, erased for good."""

from __future__ import annotations

import pytest
from django.test import Client as Browser
from django.urls import reverse

from vermilion.studio.models import Client, Entry, Person
from vermilion.studio.record import clients, entries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", ["ana garzia", "GARCIA", "Ana", "112233", "1990-02-03"])
def test_a_client_is_found_as_somebody_heard_it(
    words: str, desk: Browser, ana: Client, beth: Client
) -> None:
    page = desk.get("/clients/", {"q": words}).content.decode()
    assert "Ana García" in page
    assert "Beth" not in page


def test_nothing_of_a_client_stands_bare_in_the_database(ana: Client, owner: Person) -> None:
    entries.add(ana, "note", {"words": "allergic to lidocaine"}, by=owner)
    kept = b"".join(bytes(one.sealed_card) for one in Client.objects.all())
    kept += b"".join(bytes(one.sealed) for one in Entry.objects.all())
    for word in ("Ana", "Garc", "1990", "allergic"):
        assert word.encode() not in kept


def test_a_new_record_opens(desk: Browser) -> None:
    given = {"name": "Cleo Muster", "born": "2000-01-31", "language": "en", "edition": 0}
    answer = desk.post("/clients/new/", given, follow=True)
    assert answer.status_code == 200
    assert "Cleo Muster" in answer.content.decode()


def test_somebody_of_that_name_and_birth_date_is_pointed_out_first(
    desk: Browser, ana: Client
) -> None:
    given = {"name": "ana garcía", "born": "1990-02-03", "language": "es", "edition": 0}
    page = desk.post("/clients/new/", given).content.decode()
    assert reverse("client", args=[ana.pk]) in page
    assert Client.objects.count() == 1
    desk.post("/clients/new/", given | {"anyway": "1"})
    assert Client.objects.count() == 2


@pytest.mark.parametrize("born", ["2999-01-01", "1890-01-01", "yesterday"])
def test_a_birth_date_that_cannot_be_is_refused(desk: Browser, born: str) -> None:
    given = {"name": "Cleo", "born": born, "language": "en", "edition": 0}
    assert b'role="alert"' in desk.post("/clients/new/", given).content
    assert not Client.objects.exists()


def test_of_two_who_change_a_card_the_second_sees_both(
    desk: Browser, ana: Client, owner: Person
) -> None:
    clients.change_card(ana, ana.card | {"phone": "111"}, 0, owner)
    given = {"name": "Ana G.", "born": "1990-02-03", "language": "es", "phone": "222", "edition": 0}
    answer = desk.post(reverse("client_card", args=[ana.pk]), given)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "111" in page
    assert 'value="222"' in page
    assert Client.objects.get(pk=ana.pk).card["phone"] == "111"
    again = desk.post(reverse("client_card", args=[ana.pk]), given | {"edition": 1})
    assert again.status_code == 302
    assert Client.objects.get(pk=ana.pk).card["phone"] == "222"


def test_a_note_is_added_and_shown(desk: Browser, ana: Client) -> None:
    desk.post(reverse("client_note", args=[ana.pk]), {"words": "Likes <b>sheer</b> shades"})
    page = desk.get(reverse("client", args=[ana.pk])).content.decode()
    assert "Likes &lt;b&gt;sheer&lt;/b&gt; shades" in page


def test_a_record_is_erased_only_by_its_name(desk: Browser, ana: Client, owner: Person) -> None:
    entries.add(ana, "note", {"words": "something"}, by=owner)
    where = reverse("client_erase", args=[ana.pk])
    assert desk.post(where, {"name": "Beth", "why": "asked"}).status_code == 422
    assert desk.post(where, {"name": "Ana García"}).status_code == 422, "a reason is needed"
    assert desk.post(where, {"name": "Ana García", "why": "asked"}).status_code == 302
    gone = Client.objects.get(pk=ana.pk)
    assert gone.card == {}
    assert bytes(gone.wrapped_key) == b""
    assert desk.get(reverse("client", args=[ana.pk])).status_code == 404
