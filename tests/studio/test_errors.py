"""What the computer refuses has words, a status and a way on; nothing is half-written."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing

import pytest
from django.db import OperationalError, connection
from django.test import Client as Browser
from django.urls import reverse

from vermilion.studio.errors import trouble
from vermilion.studio.models import Client, Entry, Person
from vermilion.studio.record import entries


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("database is locked"), 503),
        (OperationalError("canceling statement due to lock timeout"), 503),
        (OperationalError("database or disk is full"), 507),
        (OperationalError("disk I/O error"), 507),
        (OperationalError("could not extend file: No space left on device"), 507),
        (OperationalError("connection to server failed"), 503),
        (OSError(errno.ENOSPC, "No space left on device"), 507),
        (OSError(errno.EACCES, "Permission denied"), None),
        (ValueError("no"), None),
        (None, None),
    ],
    ids=str,
)
def test_each_trouble_of_the_computer_has_its_status(
    error: BaseException | None, status: int | None
) -> None:
    found = trouble(error)
    assert (found and found[1]) == status


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["en", "es"])
def test_locked_tables_are_said_and_the_same_words_sent_again_are_kept(
    desk: Browser, ana: Client, language: str
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL locks rows, not the whole of the tables")
    where = reverse("client_note", args=[ana.pk])
    desk.cookies["django_language"] = language
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 100")
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = desk.post(where, {"words": "typed with care"})
        other.rollback()
    assert answer.status_code == 503
    said = answer.content.decode()
    assert ("go back and send it again" if language == "en" else "envíalo otra vez") in said
    assert not Entry.objects.filter(kind="note").exists()
    assert desk.post(where, {"words": "typed with care"}).status_code == 302
    assert Entry.objects.get(kind="note").content["words"] == "typed with care"


@pytest.mark.django_db
def test_a_form_from_before_the_last_login_is_said(owner: Person, ana: Client) -> None:
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(owner)
    answer = browser.post(reverse("client_note", args=[ana.pk]), {"words": "x"})
    assert answer.status_code == 403
    assert "older than your login" in answer.content.decode()
    assert not entries.latest(ana, "note")
