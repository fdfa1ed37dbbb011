"""A client sees the own plan once the practice told of it, and of it only what is the client's."""

from __future__ import annotations

import pytest
from django.test import Client as Browser
from django.utils import timezone

from tests.studio.conftest import planned
from vermilion.studio.models import Client, Entry, Person
from vermilion.studio.record import consent, entries
from vermilion.studio.record.plans_shown import shown_plans
from vermilion.studio.record.shared import share
from vermilion.studio.voices import voice_of

pytestmark = pytest.mark.django_db


def sent(client: Client, by: Person, treatment: str = "flip") -> Entry:
    return consent.make_consent(client, voice_of("client"), treatment, by)


def test_a_plan_that_nobody_told_of_is_the_practices_own(
    ana: Client, owner: Person, phone: Browser
) -> None:
    planned(ana, "flip", owner)
    assert shown_plans(voice_of("client"), ana) == ()
    assert "Aún no se muestra nada aquí" in phone.get("/my/pictures/").content.decode()


def test_a_sent_consent_tells_of_its_plan_and_of_no_later_one(ana: Client, owner: Person) -> None:
    planned(ana, "flip", owner)
    sent(ana, owner)
    (one,) = shown_plans(voice_of("client"), ana)
    assert (one.treatment, one.carried_out) == ("flip", False)
    assert one.svg.count(">1</text>") == 4
    planned(ana, "flip", owner)
    assert shown_plans(voice_of("client"), ana) == ()


def test_a_shown_consultation_tells_of_the_plans(ana: Client, owner: Person) -> None:
    planned(ana, "blush", owner)
    talk = entries.add(ana, "consultation", {}, by=owner)
    share(talk, True, owner)
    assert [one.treatment for one in shown_plans(voice_of("client"), ana)] == ["blush"]
    share(talk, False, owner)
    assert shown_plans(voice_of("client"), ana) == ()


def test_points_are_read_with_their_units_in_the_clients_language(
    ana: Client, owner: Person, phone: Browser
) -> None:
    planned(ana, "flip", owner, remarks="nervous, talk slowly")
    sent(ana, owner)
    page = phone.get("/my/pictures/").content.decode()
    assert "lo que está previsto" in page
    assert "cerca del pico derecho del arco de Cupido" in page
    assert "nervous" not in page
    assert "the test wants it" not in page


def test_after_the_visit_it_is_what_was_planned(ana: Client, owner: Person) -> None:
    planned(ana, "flip", owner)
    sent(ana, owner)
    today = timezone.localdate().isoformat()
    entries.add(ana, "visit", {"treatment": "blush", "day": today}, by=owner)
    assert not shown_plans(voice_of("client"), ana)[0].carried_out
    entries.add(ana, "visit", {"treatment": "flip", "day": today}, by=owner)
    assert shown_plans(voice_of("client"), ana)[0].carried_out


def test_one_clients_plan_is_no_others(ana: Client, beth: Client, owner: Person) -> None:
    planned(beth, "flip", owner)
    sent(beth, owner)
    assert shown_plans(voice_of("client"), ana) == ()
