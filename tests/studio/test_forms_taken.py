"""The tab forgets what was typed only when it is in the record."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.test import Client as Browser
from django.urls import reverse

from vermilion.studio.models import Client

pytestmark = pytest.mark.django_db


def test_a_form_that_was_taken_in_is_told(desk: Browser, ana: Client) -> None:
    where = reverse("client_note", args=[ana.pk])
    taken = desk.post(where, {"words": "hello"}).cookies["form_taken"]
    assert unquote(taken.coded_value) == where, "a script reads it, so no quotation marks"
    assert taken["samesite"] == "Strict"


@pytest.mark.parametrize("words", ["", "   "])
def test_a_form_that_was_refused_is_not(desk: Browser, ana: Client, words: str) -> None:
    answer = desk.post(reverse("client_note", args=[ana.pk]), {"words": words})
    assert "form_taken" not in answer.cookies


def test_nor_one_that_was_turned_away_at_the_door(ana: Client) -> None:
    answer = Browser().post(reverse("client_note", args=[ana.pk]), {"words": "hello"})
    assert answer.status_code == 302
    assert "form_taken" not in answer.cookies


def test_looking_at_a_page_tells_nothing(desk: Browser, ana: Client) -> None:
    assert "form_taken" not in desk.get(reverse("client_note", args=[ana.pk])).cookies
