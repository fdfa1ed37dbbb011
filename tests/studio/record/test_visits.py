"""A treatment is charted when nothing is missing, takes from its lots, and is never changed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.studio.conftest import lot, ready_for
from vermilion.errors import UsageError
from vermilion.studio.models import AuditEntry, Client, Entry, Lot, LotUse, Person, Task
from vermilion.studio.record import entries, stock, tasks, visits
from vermilion.studio.record.treated import treated
from vermilion.studio.record.visits import Taken
from vermilion.studio.voices import voice_of

pytestmark = pytest.mark.django_db


def chart(client: Client, by: Person, *taken: Taken) -> Entry:
    today = timezone.localdate()
    return visits.chart(client, voice_of(), "flip", today, {"units": 4}, taken, by)


def test_a_ready_client_is_charted_with_lot_and_review(ana: Client, owner: Person) -> None:
    ready_for(ana, "flip", owner)
    botox = lot(owner)
    entry = chart(ana, owner, Taken(botox, Decimal(4), Decimal("1.5")))
    assert entry.content["lots"][0]["number"] == "A1"
    assert stock.line_of(botox, timezone.localdate()).left == Decimal("94.5")
    assert [one.treatment for one in treated(ana)] == ["flip"]
    review = Task.objects.get()
    assert review.due_on == timezone.localdate() + timedelta(days=14)


def test_what_is_missing_blocks_and_writes_nothing(ana: Client, owner: Person) -> None:
    with pytest.raises(UsageError, match="there is missing: Screening, Exam and order"):
        chart(ana, owner, Taken(lot(owner), Decimal(4)))
    assert not Entry.objects.filter(kind="visit").exists()
    assert not LotUse.objects.exists()


def test_without_a_lot_nothing_is_charted(ana: Client, owner: Person) -> None:
    ready_for(ana, "flip", owner)
    with pytest.raises(UsageError, match="no lot"):
        chart(ana, owner)


@pytest.mark.parametrize("wrong", ["recalled", "expired", "too little"])
def test_a_lot_that_may_not_be_used_charts_nothing(ana: Client, owner: Person, wrong: str) -> None:
    ready_for(ana, "flip", owner)
    botox = lot(owner, amount=3 if wrong == "too little" else 100)
    if wrong == "recalled":
        stock.recall(botox, owner)
    if wrong == "expired":
        Lot.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(UsageError):
        chart(ana, owner, Taken(botox, Decimal(4)))
    assert not Entry.objects.filter(kind="visit").exists()
    assert not Task.objects.exists()


def test_what_is_no_toxin_is_not_charted_as_one(ana: Client, owner: Person) -> None:
    ready_for(ana, "flip", owner)
    with pytest.raises(UsageError, match="is no toxin"):
        chart(ana, owner, Taken(lot(owner, kind="needle"), Decimal(1)))
    assert not Entry.objects.filter(kind="visit").exists()


@pytest.mark.parametrize(
    ("used", "charted"), [("4", True), ("40", False), ("", False), ("NaN", False)]
)
def test_the_units_at_the_points_are_those_taken_from_the_lot(
    desk: Browser, ana: Client, owner: Person, used: str, charted: bool
) -> None:
    ready_for(ana, "flip", owner)
    given = {"product": "ona", "at.paramedian_left": "2", "at.paramedian_right": "2"}
    given |= {"lot": str(lot(owner).pk), "used": used, "chart": "1", "vial": "50"}
    given |= {"diluent": "1", "discard_at": f"{timezone.localtime() + timedelta(hours=2):%FT%T}"}
    answer = desk.post(reverse("visit_new", args=[ana.pk, "flip"]), given)
    assert answer.status_code == (302 if charted else 422)
    assert Entry.objects.filter(kind="visit").exists() is charted


def test_who_looks_at_a_lots_clients_is_in_the_log(
    desk: Browser, ana: Client, owner: Person
) -> None:
    ready_for(ana, "flip", owner)
    botox = lot(owner)
    chart(ana, owner, Taken(botox, Decimal(4)))
    desk.get(reverse("lot", args=[botox.pk]))
    assert AuditEntry.objects.filter(action="read in lot", what=f"client:{ana.pk}").exists()


def test_an_addendum_leaves_the_visit_as_it_was(ana: Client, owner: Person) -> None:
    ready_for(ana, "flip", owner)
    entry = chart(ana, owner, Taken(lot(owner), Decimal(4)))
    before = bytes(entry.sealed)
    visits.amend(entry, "five units, not four", owner)
    assert bytes(Entry.objects.get(pk=entry.pk).sealed) == before
    (added,) = entries.following(entry)
    assert added.content["words"] == "five units, not four"


def test_a_recall_finds_everybody_who_got_the_lot(ana: Client, beth: Client, owner: Person) -> None:
    first, second = lot(owner, "A1"), lot(owner, "B2")
    for client, one in ((ana, first), (beth, second)):
        ready_for(client, "flip", owner)
        chart(client, owner, Taken(one, Decimal(4)))
    assert [client for client, _ in stock.clients_of(first)] == [ana]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    amounts=st.lists(
        st.tuples(st.decimals(0, 40, places=2), st.decimals(0, 10, places=2)), max_size=8
    )
)
def test_stock_never_lies(
    ana: Client, owner: Person, amounts: list[tuple[Decimal, Decimal]]
) -> None:
    LotUse.objects.all().delete()
    Lot.objects.all().delete()
    botox, today = lot(owner), timezone.localdate()
    entry = entries.add(ana, "visit", {"treatment": "flip", "day": today.isoformat()}, by=owner)
    for used, wasted in amounts:
        left = stock.line_of(botox, today).left
        try:
            stock.take(entry, botox, used, wasted, today)
        except UsageError:
            assert used + wasted > left or left <= 0
            assert stock.line_of(botox, today).left == left
    line = stock.line_of(botox, today)
    taken = sum((use.amount + use.wasted for use in botox.uses.all()), Decimal(0))
    assert line.left + taken == botox.amount
    assert line.left >= 0


def test_a_task_is_closed_once_and_with_words(ana: Client, owner: Person) -> None:
    ready_for(ana, "flip", owner)
    chart(ana, owner, Taken(lot(owner), Decimal(4)))
    task = Task.objects.get()
    with pytest.raises(UsageError, match="no words"):
        tasks.close(task, " ", owner)
    tasks.close(task, "looked at together", owner)
    with pytest.raises(UsageError, match="meanwhile"):
        tasks.close(task, "again", owner)


@pytest.mark.parametrize(("treatment", "days"), [("flip", 14), ("blush", 42)])
def test_every_treatment_has_a_day_to_look_at_it_again(treatment: str, days: int) -> None:
    assert visits.review_days(voice_of(), treatment) == days
