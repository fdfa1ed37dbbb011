"""The log is a chain: whatever is changed, taken out or put in shows."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db import connections

from vermilion.studio import audit
from vermilion.studio.models import AuditEntry

pytestmark = pytest.mark.django_db


def lines(count: int = 5) -> None:
    for k in range(count):
        audit.record("owner", "read", f"client:{k}")


def test_an_untouched_chain_holds() -> None:
    lines()
    assert audit.broken_at() is None


@pytest.mark.parametrize("change", [{"actor": "x"}, {"what": "client:9"}, {"action": "erase"}])
def test_a_changed_line_breaks_it_there(change: dict[str, str]) -> None:
    lines()
    third = AuditEntry.objects.order_by("number")[2]
    AuditEntry.objects.filter(pk=third.pk).update(**change)
    assert audit.broken_at() == third.number


def test_a_line_taken_out_breaks_it_at_the_next() -> None:
    lines()
    second, third = AuditEntry.objects.order_by("number")[1:3]
    second.delete()
    assert audit.broken_at() == third.number


def test_a_line_put_in_breaks_it() -> None:
    lines()
    last = AuditEntry.objects.order_by("number").last()
    assert last is not None
    last.pk, last.what = None, "client:made-up"
    last.save()
    assert audit.broken_at() == last.number


def test_a_look_that_a_slider_repeats_is_one_line_until_the_sitting_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 1000.0
    monkeypatch.setattr(audit, "monotonic", lambda: now)
    for _ in range(40):
        audit.record_sitting("pia", "consult frame", "photo:1")
    audit.record_sitting("pia", "consult frame", "photo:2")
    audit.record_sitting("amir", "consult frame", "photo:1")
    assert AuditEntry.objects.count() == 3
    now += audit.SITTING_S
    audit.record_sitting("pia", "consult frame", "photo:1")
    assert AuditEntry.objects.count() == 4
    assert audit.broken_at() is None


@pytest.mark.django_db(transaction=True)
def test_people_who_write_at_one_time_make_one_chain() -> None:
    def work(who: str) -> None:
        for k in range(15):
            audit.record(who, "read", f"client:{k}")
        connections.close_all()

    people = [Thread(target=work, args=(who,)) for who in ("olga", "pia", "amir", "rosa")]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert AuditEntry.objects.count() == 60
    assert audit.broken_at() is None
