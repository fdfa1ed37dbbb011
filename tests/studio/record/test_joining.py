"""Two records become one and two again; no word, photo or line of the log is lost."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from tests.studio.conftest import booked, screened
from vermilion.errors import UsageError
from vermilion.know.retention import period_of
from vermilion.studio import audit
from vermilion.studio.models import Client, Entry, Person, Photo, Task
from vermilion.studio.record import (
    clients,
    consent,
    doubles,
    entries,
    export,
    joining,
    kept_photos,
    links,
    photos,
    reports,
    retention,
)
from vermilion.studio.record.clients import EditedMeanwhileError
from vermilion.studio.voices import voice_of

pytestmark = pytest.mark.django_db
LEFT = {"links", "feeds", "questionnaires", "merged"}
"""Doors and calendars are shut, questions at home are behind them; what was joined before points
on."""


def png(shade: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (128, 128), (shade, 150, 140)).save(out, "PNG")
    return out.getvalue()


def fill(client: Client, owner: Person, shade: int) -> None:
    screened(client, owner, pregnant="yes")
    paper = consent.make_consent(client, voice_of("client"), "flip", owner)
    consent.sign(paper, "Ana", "")
    photos.add_photo(client, png(shade), "rest", timezone.now(), by=owner)
    booked(client, owner, days=shade)
    reports.ask_erasure(client, timezone.localdate())


def written(client: Client) -> dict[Any, Any]:
    """All that can be read of a record, by id."""
    fresh = Client.objects.get(pk=client.pk)
    rows = {
        one.pk: (one.kind, one.at, one.by_id, one.about_id, one.content)
        for one in fresh.entries.exclude(kind="merge")
    }
    rows |= {one.pk: (one.starts_at, one.state, one.content) for one in fresh.appointments.all()}
    rows |= {one.pk: (one.view, kept_photos.photo_bytes(one)) for one in fresh.photos.all()}
    return rows | {one.pk: one.kind for one in fresh.tasks.all()}


@pytest.fixture
def both(ana: Client, beth: Client, owner: Person) -> tuple[Client, Client]:
    fill(ana, owner, 1)
    fill(beth, owner, 2)
    return Client.objects.get(pk=ana.pk), Client.objects.get(pk=beth.pk)


def test_everything_stands_in_one_record(both: tuple[Client, Client], owner: Person) -> None:
    ana, beth = both
    before = written(ana) | written(beth)
    joining.join(ana, beth, ana.card | {"phone": "999"}, (0, 0), owner)
    assert written(ana) == before
    assert written(beth) == {}
    assert Client.objects.get(pk=ana.pk).card["phone"] == "999"
    assert audit.broken_at() is None
    assert b"record.json" in export.whole_record(Client.objects.get(pk=ana.pk))


def test_a_signed_consent_still_fits_its_seal(both: tuple[Client, Client], owner: Person) -> None:
    ana, beth = both
    paper = beth.entries.get(kind="consent")
    joining.join(ana, beth, {}, (0, 0), owner)
    moved = Entry.objects.get(pk=paper.pk)
    assert consent.state_of(moved).name == "signed"


def test_the_way_back_restores_both(both: tuple[Client, Client], owner: Person) -> None:
    ana, beth = both
    first, second, card = written(ana), written(beth), ana.card
    entry = joining.join(ana, beth, beth.card, (0, 0), owner)
    later = entries.add(ana, "note", {"words": "written since"}, by=owner)
    joining.part(Entry.objects.get(pk=entry.pk), owner)
    assert written(beth) == second
    now = written(ana)
    assert later.pk in now
    del now[later.pk]
    assert now == first
    assert Client.objects.get(pk=ana.pk).card == card
    assert Client.objects.get(pk=beth.pk).card["name"] == "Beth Johnson"
    assert doubles.likely(Client.objects.all()) == []


def test_what_continues_an_entry_goes_back_with_it(
    both: tuple[Client, Client], owner: Person
) -> None:
    ana, beth = both
    paper = beth.entries.get(kind="consent")
    entry = joining.join(ana, beth, {}, (0, 0), owner)
    consent.withdraw(Entry.objects.get(pk=paper.pk))
    joining.part(Entry.objects.get(pk=entry.pk), owner)
    assert consent.state_of(Entry.objects.get(pk=paper.pk)).name == "withdrawn"


def test_a_card_changed_since_stays_as_it_is(both: tuple[Client, Client], owner: Person) -> None:
    ana, beth = both
    entry = joining.join(ana, beth, ana.card, (0, 0), owner)
    fresh = Client.objects.get(pk=ana.pk)
    clients.change_card(fresh, fresh.card | {"phone": "777"}, fresh.edition, owner)
    joining.part(Entry.objects.get(pk=entry.pk), owner)
    assert Client.objects.get(pk=ana.pk).card["phone"] == "777"


def test_the_same_photo_in_both_stays_twice(ana: Client, beth: Client, owner: Person) -> None:
    for client in (ana, beth):
        photos.add_photo(client, png(5), "rest", timezone.now(), by=owner)
    entry = joining.join(ana, beth, {}, (0, 0), owner)
    assert ana.photos.count() == 2
    joining.part(Entry.objects.get(pk=entry.pk), owner)
    assert (ana.photos.count(), beth.photos.count()) == (1, 1)
    with pytest.raises(Exception, match="already"):
        photos.add_photo(beth, png(5), "rest", timezone.now(), by=owner)


def test_who_still_has_the_old_record_open_writes_into_the_new_one(
    both: tuple[Client, Client], owner: Person
) -> None:
    ana, beth = both
    joining.join(ana, beth, {}, (0, 0), owner)
    note = entries.add(beth, "note", {"words": "typed meanwhile"}, by=owner)
    photo = photos.add_photo(beth, png(9), "rest", timezone.now(), by=owner)
    visit = booked(beth, owner, days=30)
    assert {note.client_id, photo.client_id, visit.client_id} == {ana.pk}
    assert Entry.objects.get(pk=note.pk).content == {"words": "typed meanwhile"}


def test_the_doors_of_the_other_record_are_shut(both: tuple[Client, Client], owner: Person) -> None:
    ana, beth = both
    _, open_door = links.make_link(ana, owner)
    _, shut_door = links.make_link(beth, owner)
    joining.join(ana, beth, {}, (0, 0), owner)
    assert links.find_link(open_door) is not None
    assert links.find_link(shut_door) is None


def test_a_joined_record_is_erased_with_both_cards(
    both: tuple[Client, Client], owner: Person
) -> None:
    ana, beth = both
    joining.join(ana, beth, {}, (0, 0), owner)
    clients.erase(Client.objects.get(pk=ana.pk), owner, "mistake")
    assert all(not one.wrapped_key and not one.sealed_card for one in Client.objects.all())


def test_a_card_changed_while_it_was_shown_is_not_joined(
    both: tuple[Client, Client], owner: Person
) -> None:
    ana, beth = both
    clients.change_card(beth, beth.card, 0, owner)
    with pytest.raises(EditedMeanwhileError):
        joining.join(ana, beth, {}, (0, 0), owner)
    assert not Client.objects.exclude(merged_into=None).exists()


def test_what_cannot_be_joined_is_refused(both: tuple[Client, Client], owner: Person) -> None:
    ana, beth = both
    with pytest.raises(UsageError, match="one record"):
        joining.join(ana, ana, {}, (0, 0), owner)
    Client.objects.filter(pk=beth.pk).update(restricted_at=timezone.now())
    with pytest.raises(UsageError, match="only kept"):
        joining.join(ana, beth, {}, (0, 0), owner)


def test_of_three_the_newest_joining_goes_back_first(
    ana: Client, beth: Client, owner: Person
) -> None:
    cleo = clients.new_client({"name": "Cleo"}, owner)
    inner = joining.join(beth, cleo, beth.card, (0, 0), owner)
    outer = joining.join(ana, beth, ana.card, (0, 1), owner)
    with pytest.raises(UsageError, match="not joined"):
        joining.part(Entry.objects.get(pk=inner.pk), owner)
    joining.part(Entry.objects.get(pk=outer.pk), owner)
    joining.part(Entry.objects.get(pk=inner.pk), owner)
    with pytest.raises(UsageError, match="not joined"):
        joining.part(Entry.objects.get(pk=inner.pk), owner)


def test_care_in_either_record_keeps_the_joined_one(
    ana: Client, beth: Client, owner: Person
) -> None:
    screened(beth, owner)
    joining.join(ana, beth, ana.card, (0, 0), owner)
    assert retention.standing(ana, period_of(voice_of())).last_care == timezone.localdate()


def test_whatever_belongs_to_a_client_is_moved_or_named_as_left() -> None:
    there = {
        one.get_accessor_name() for one in Client._meta.related_objects if one.related_name != "+"
    }
    moved = {model._meta.get_field("client").remote_field.related_name for model in joining.ALL}
    assert there == moved | LEFT
    assert {Entry, Photo, Task} < set(joining.ALL)
