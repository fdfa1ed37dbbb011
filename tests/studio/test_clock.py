"""A clock put forward or back: the log holds, order stays, doors shut, and doctor says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from vermilion.studio import audit
from vermilion.studio.health import faults
from vermilion.studio.models import AuditEntry, Client, Person
from vermilion.studio.record import entries, links

pytestmark = pytest.mark.django_db
Put = Callable[[float], None]


@pytest.fixture
def put(monkeypatch: pytest.MonkeyPatch) -> Put:
    """Put the clock forward by hours, or back."""

    def move(hours: float) -> None:
        real = datetime.now

        def now() -> datetime:
            return real(tz=timezone.get_default_timezone()) + timedelta(hours=hours)

        monkeypatch.setattr(timezone, "now", now)

    return move


@pytest.mark.parametrize("hours", [-30, 30])
def test_the_chain_of_the_log_holds(put: Put, hours: float) -> None:
    audit.record("owner", "read", "client:1")
    put(hours)
    audit.record("owner", "read", "client:2")
    put(0)
    audit.record("owner", "read", "client:3")
    assert audit.broken_at() is None


def test_with_a_clock_put_back_the_newest_entry_is_still_the_last(
    ana: Client, owner: Person, put: Put
) -> None:
    began = timezone.now()
    put(48)
    first = entries.add(ana, "screening", {"level": "go", "flags": []}, by=owner)
    assert first.at > began + timedelta(hours=47), "the clock that was put is the entry's"
    put(0)
    after = entries.add(ana, "screening", {"level": "stop", "flags": []}, by=owner)
    newest = entries.latest(ana, "screening")
    assert newest is not None
    assert newest.pk == after.pk
    assert after.at > first.at


def test_a_link_ends_by_the_clock_and_never_opens_longer(
    ana: Client, owner: Person, put: Put
) -> None:
    link, secret = links.make_link(ana, owner)
    days = (link.expires_at - link.made_at).days
    put(24 * (days + 1))
    shut = Browser().get(f"/my/{secret}/")
    assert "expired" in shut.content.decode() or shut.status_code in (403, 404, 410)
    put(-24)
    assert Browser().get(f"/my/{secret}/").status_code == 200


def test_a_session_ends_and_leads_back_to_the_page(desk: Browser, ana: Client, put: Put) -> None:
    where = reverse("client_note", args=[ana.pk])
    assert desk.get(where).status_code == 200
    put(settings.SESSION_COOKIE_AGE / 3600 + 1)
    answer = desk.post(where, {"words": "typed with care"})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login/?next=")
    assert where in answer.headers["Location"].replace("%2F", "/")
    assert "form_taken" not in answer.cookies, "the tab would forget what was typed"


def test_doctor_names_a_log_from_the_future(ana: Client, put: Put) -> None:
    assert not [one for one in faults(settings.DATA) if "to come" in one.found]
    put(-2)
    (fault,) = [one for one in faults(settings.DATA) if "to come" in one.found]
    assert "clock" in fault.mend
    assert AuditEntry.objects.exists()
