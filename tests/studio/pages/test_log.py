"""The log speaks the reader's language, whatever was done; its lines stay as they were written."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import vermilion.studio
from tests.studio.conftest import booked
from vermilion.know.catalogue import catalogue
from vermilion.know.shelf import packaged
from vermilion.studio import audit
from vermilion.studio.adapter import CHANGED
from vermilion.studio.models import Appointment, AuditEntry, Client, Entry, Person
from vermilion.studio.pages.log import deed
from vermilion.studio.record.clients import erase
from vermilion.studio.record.entries import KINDS
from vermilion.studio.roles import EVERYBODY, Role

WRITES = {
    "record": 1, "record_sitting": 1, "note": 1, "client_for": 2, "photo_for": 2, "entry_for": 3,
}  # fmt: skip
"""Who writes into the log, and the place of the deed among what it is given."""
LISTED = [
    *Appointment.STATES, *(f"new {role}" for role in EVERYBODY), "new client", "erase",
    "make feed", "open login", "close login", "mark swollen", "mark not swollen", "read",
    "read photo", "read entry", "change appointment", "move",
    *(deed for deed, _ in CHANGED.values()),
]  # fmt: skip
"""Deeds that come out of a table or a choice, not as a constant of the call."""


def deeds() -> Iterator[str]:
    """Every constant that the studio's code hands to the log."""
    for path in Path(vermilion.studio.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            place = WRITES.get(name, len(call.args))
            for part in ast.walk(call.args[place]) if place < len(call.args) else ():
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def test_everything_that_the_log_tells_has_its_spanish() -> None:
    known = catalogue(packaged(), "es")
    parts = {" (", ")", "new ", "add ", "erase (", "make feed ("}
    found = set(deeds()) - parts | set(LISTED)
    assert len(found) > 80
    assert sorted(one for one in found if one not in known) == []


@pytest.mark.django_db
def test_a_spanish_reader_finds_spanish_and_the_chain_still_holds(
    desk: Browser, ana: Client
) -> None:
    audit.record("olga", "add patch_test", "entry:1")
    audit.record("olga", "erase (mistake)", f"client:{ana.pk}")
    page = desk.get("/log/", headers={"Accept-Language": "es"}).content.decode()
    for words in ("añadir: ", "borrar (", "nueva ficha de cliente", f"cliente {str(ana.pk)[:8]}"):
        assert words in page
    assert "patch_test" not in page
    english = desk.get("/log/").content.decode()
    assert "new client" in english
    assert audit.broken_at() is None


@pytest.mark.django_db
def test_no_kind_of_entry_is_told_by_its_key() -> None:
    assert not [kind for kind in KINDS if "_" in deed(f"add {kind}")]


@pytest.mark.django_db
def test_what_was_done_with_one_thing_is_one_touch_away(
    desk: Browser, ana: Client, beth: Client
) -> None:
    audit.record("olga", "note", f"client:{ana.pk}")
    audit.record("olga", "erase", f"client:{beth.pk}")
    page = desk.get("/log/", {"of": f"client:{ana.pk}"}).content.decode()
    assert f"client {str(ana.pk)[:8]}" in page
    assert str(beth.pk)[:8] not in page
    assert str(beth.pk)[:8] in desk.get("/log/").content.decode()


def log_of(people: dict[Role, Person], role: Role) -> str:
    browser = Browser()
    browser.force_login(people[role])
    return browser.get("/log/").content.decode()


@pytest.mark.django_db
def test_who_may_see_a_client_reads_the_name_beside_the_id(
    people: dict[Role, Person], ana: Client, beth: Client, flip_done: Entry
) -> None:
    booked(ana, people[Role.OWNER])
    beth.restricted_at = timezone.now()
    beth.save()
    audit.record("olga", "read entry", f"entry:{flip_done.pk}")
    audit.record("olga", "read entry", "entry:1")
    page = log_of(people, Role.OWNER)
    assert f"Ana García · client {str(ana.pk)[:8]}" in page
    assert f"Ana García · entry {str(flip_done.pk)[:8]}" in page
    assert "Ana García · appointment" in page
    assert "Beth Johnson" in page  # of a restricted record the owner alone
    auditor = log_of(people, Role.AUDITOR)
    assert "Ana" not in auditor
    assert "Beth" not in auditor
    assert str(ana.pk)[:8] in auditor


@pytest.mark.django_db
def test_an_erased_client_is_an_id_and_no_name_is_in_the_log_itself(
    people: dict[Role, Person], ana: Client, flip_done: Entry
) -> None:
    audit.record("olga", "read entry", f"entry:{flip_done.pk}")
    erase(ana, people[Role.OWNER], "mistake")
    page = log_of(people, Role.OWNER)
    assert "García" not in page
    assert str(ana.pk)[:8] in page
    assert not [one for one in AuditEntry.objects.all() if "García" in f"{one.what}{one.action}"]


@pytest.mark.django_db
def test_names_cost_one_question_for_each_kind_of_thing(
    desk: Browser, people: dict[Role, Person], ana: Client, flip_done: Entry
) -> None:
    desk.get("/log/")
    with CaptureQueriesContext(connection) as few:
        desk.get("/log/")
    for _ in range(30):
        audit.record("olga", "read entry", f"entry:{flip_done.pk}")
    with CaptureQueriesContext(connection) as many:
        desk.get("/log/")
    assert len(many) <= len(few) + 1
