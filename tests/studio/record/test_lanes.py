"""A client's treatments side by side through time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.studio.conftest import booked
from vermilion.care.dates.steps import read_course
from vermilion.studio.models import Client, Entry, Person
from vermilion.studio.record import entries
from vermilion.studio.record.history import history_of
from vermilion.studio.record.lanes import Lane, lanes_of
from vermilion.studio.voices import voice_of

pytestmark = pytest.mark.django_db


def lanes(client: Client) -> dict[str, Lane]:
    return {
        lane.treatment: lane
        for lane in lanes_of(
            history_of(client),
            client.appointments.all(),
            client.tasks.filter(closed_at=None),
            voice_of(),
        )
    }


def done(client: Client, by: Person, days_ago: int) -> date:
    day = timezone.localdate() - timedelta(days=days_ago)
    content = {"treatment": "flip", "day": day.isoformat(), "product": "Botox", "units": 4}
    entries.add(client, "visit", content, by=by)
    return day


def test_every_treatment_has_a_lane_though_nothing_was_done(ana: Client) -> None:
    found = lanes(ana)
    assert {"flip", "blush"} <= set(found)
    assert all(
        lane.marks == () and lane.best == () and lane.done is None for lane in found.values()
    )


def test_a_treatment_lies_on_its_own_lane_alone(flip_done: Entry, ana: Client) -> None:
    found = lanes(ana)
    assert [(one.kind, one.id) for one in found["flip"].marks] == [("done", flip_done.pk)]
    assert found["blush"].marks == ()


def test_an_appointment_for_a_treatment_is_on_its_lane_and_a_cancelled_one_is_not(
    ana: Client, owner: Person
) -> None:
    appointment = booked(ana, owner, days=3)
    appointment.sealed = ana.sealed({"treatment": "blush", "purpose": ""})
    appointment.save()
    assert [one.kind for one in lanes(ana)["blush"].marks] == ["booked"]
    appointment.state = "cancelled"
    appointment.save()
    assert lanes(ana)["blush"].marks == ()


def test_best_days_are_those_of_the_treatments_steps(ana: Client, owner: Person) -> None:
    day = done(ana, owner, days_ago=4)
    (step,) = read_course(voice_of().shelf, "flip").of_kind("best")
    whole = (day + timedelta(step.least_days), day + timedelta(step.last_days))
    assert lanes(ana)["flip"].best == (whole,)


def test_best_days_end_where_the_next_visit_begins(ana: Client, owner: Person) -> None:
    first, second = done(ana, owner, days_ago=60), done(ana, owner, days_ago=30)
    earlier, later = lanes(ana)["flip"].best
    assert earlier[0] > first
    assert earlier[1] < second < later[0]
