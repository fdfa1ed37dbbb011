"""A client's door: it ends, it waits after wrong dates, it shuts for good after many."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from vermilion.studio.models import Client, Link, Person
from vermilion.studio.record import clients, links

pytestmark = pytest.mark.django_db
BORN = "1990-02-03"


def test_the_secret_is_kept_nowhere(ana: Client, owner: Person) -> None:
    _, secret = links.make_link(ana, owner)
    assert all(secret not in str(row) for row in Link.objects.values_list())
    assert links.find_link(secret) is not None
    assert links.find_link(secret + "x") is None


def test_the_birth_date_opens_it(ana: Client, owner: Person) -> None:
    link, _ = links.make_link(ana, owner)
    links.enter(link, BORN)
    assert Link.objects.get().opened_at is not None


@pytest.mark.parametrize("born", ["", "1990-02-04", "03.02.1990"])
def test_a_wrong_date_does_not(ana: Client, owner: Person, born: str) -> None:
    link, _ = links.make_link(ana, owner)
    with pytest.raises(links.ShutDoorError, match="not the birth date"):
        links.enter(link, born)


def test_a_client_without_a_birth_date_cannot_be_let_in_by_an_empty_one(owner: Person) -> None:
    link, _ = links.make_link(clients.new_client({"name": "Cleo", "born": ""}, owner), owner)
    with pytest.raises(links.ShutDoorError):
        links.enter(link, "")


def test_after_some_wrong_dates_even_the_right_one_waits(ana: Client, owner: Person) -> None:
    link, _ = links.make_link(ana, owner)
    for _ in range(links.TRIES):
        with pytest.raises(links.ShutDoorError):
            links.enter(link, "2000-01-01")
    with pytest.raises(links.ShutDoorError, match="quarter of an hour"):
        links.enter(link, BORN)
    Link.objects.update(locked_until=timezone.now() - timedelta(seconds=1))
    links.enter(link, BORN)


def test_after_many_wrong_dates_it_is_shut_for_good(ana: Client, owner: Person) -> None:
    link, secret = links.make_link(ana, owner)
    for _ in range(links.TRIES_IN_ALL):
        Link.objects.update(locked_until=None)
        with pytest.raises(links.ShutDoorError):
            links.enter(link, "2000-01-01")
    assert links.find_link(secret) is None


def test_it_ends_with_its_day_with_the_practices_word_and_with_the_record(
    ana: Client, owner: Person
) -> None:
    link, secret = links.make_link(ana, owner)
    Link.objects.update(expires_at=timezone.now())
    assert links.find_link(secret) is None
    link, secret = links.make_link(ana, owner)
    links.revoke(link, owner)
    assert links.still_open(str(link.pk)) is None
    link, secret = links.make_link(ana, owner)
    clients.erase(ana, owner, "mistake")
    assert links.find_link(secret) is None
