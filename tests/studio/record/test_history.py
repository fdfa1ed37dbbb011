"""A record read once: newest first, each client's own, nothing asked twice."""

from __future__ import annotations

from typing import Any

import pytest

from vermilion.studio.models import Client, Person
from vermilion.studio.record import entries
from vermilion.studio.record.history import histories_of, history_of

pytestmark = pytest.mark.django_db


def test_entries_come_newest_first_and_what_follows_one_oldest_first(
    ana: Client, owner: Person
) -> None:
    first = entries.add(ana, "order", {"words": "one"}, by=owner)
    second = entries.add(ana, "order", {"words": "two"}, by=owner)
    added = [entries.add(ana, "addendum", {"words": w}, by=owner, about=first) for w in "ab"]
    found = history_of(ana)
    assert list(found.of("order")) == [second, first]
    assert found.latest("order") == second
    assert found.latest("visit") is None
    assert found.following(first, "addendum") == added
    assert found.following(first, "order") == []


def test_several_records_are_read_with_two_questions_and_stay_apart(
    ana: Client, beth: Client, owner: Person, django_assert_num_queries: Any
) -> None:
    entries.add(ana, "order", {"words": "of Ana"}, by=owner)
    entries.add(beth, "order", {"words": "of Beth"}, by=owner)
    with django_assert_num_queries(2):
        found = histories_of([ana, beth, ana])
        told = {pk: [one.content["words"] for one in of.entries] for pk, of in found.items()}
    assert told == {ana.pk: ["of Ana"], beth.pk: ["of Beth"]}


def test_notes_are_left_out_however_many_there_are(ana: Client, owner: Person) -> None:
    visit = entries.add(ana, "visit", {"treatment": "flip"}, by=owner)
    entries.add(ana, "note", {"words": "long"}, by=owner)
    assert history_of(ana).entries == (visit,)
