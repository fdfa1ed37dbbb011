"""Who may be one person is shown; twins and families are not, nor what somebody has looked at."""

from __future__ import annotations

import pytest

from vermilion.studio.models import Client, Person
from vermilion.studio.record import clients, doubles

pytestmark = pytest.mark.django_db
ANA = {"name": "Ana García", "born": "1990-02-03", "phone": "+34 600 112 233", "email": ""}


def pair(owner: Person, **other: str) -> list[tuple[str, ...]]:
    clients.new_client(dict(ANA), owner)
    clients.new_client(ANA | other, owner)
    return [one.same for one in doubles.likely(Client.objects.all())]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({}, ("name", "born", "phone")),
        ({"name": "García Ana", "phone": ""}, ("name", "born")),
        ({"name": "Anna Garcia", "phone": "1234567"}, ("name", "born")),
        ({"name": "Ana Romero"}, ("born", "phone")),
        ({"born": "1990-03-02", "phone": "600112233"}, ("name", "phone")),
        ({"born": "", "phone": ""}, ("name",)),
    ],
    ids=["all", "turned", "misspelt", "married", "mistyped date", "no date"],
)
def test_a_likely_pair_is_found(
    other: dict[str, str], same: tuple[str, ...], owner: Person
) -> None:
    assert pair(owner, **other) == [same]


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Lucía Romero", "phone": ""},
        {"name": "Marta Ruiz", "born": "1961-07-07"},
        {"born": "1961-07-07", "phone": ""},
        {"name": "Bo", "born": "", "phone": "12"},
    ],
    ids=["born on one day", "one telephone at home", "namesakes", "a short number"],
)
def test_one_likeness_is_not_enough(other: dict[str, str], owner: Person) -> None:
    assert pair(owner, **other) == []


def test_two_people_are_not_shown_again(owner: Person) -> None:
    first = clients.new_client(dict(ANA), owner)
    second = clients.new_client(dict(ANA), owner)
    doubles.keep_apart(second, first, owner)
    doubles.keep_apart(first, second, owner)
    assert doubles.likely(Client.objects.all()) == []
    third = clients.new_client(dict(ANA), owner)
    assert {one.second for one in doubles.likely(Client.objects.all())} == {third}
