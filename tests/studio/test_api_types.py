"""What OpenAPI says is accepted is accepted by care, and what it does not say is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from vermilion.care.answers import EDITION
from vermilion.care.dates.schedule import make_schedule
from vermilion.care.dates.wish import Dated, Wish
from vermilion.care.questions import checked_answers
from vermilion.errors import UsageError
from vermilion.studio.api import api
from vermilion.studio.api_types import COMING, TREATMENTS, VOICE, answers_schema, had_schema

TODAY = timezone.localdate()
TABLES = answers_schema()["properties"]


def allowed(schema: dict[str, Any]) -> Iterator[Any]:
    """Values that a schema allows: every word, both ends of a number, a day, lists of one."""
    for one in schema.get("anyOf", [schema]):
        if "enum" in one:
            yield from one["enum"]
        elif one["type"] == "integer":
            yield from (one["minimum"], one["maximum"])
        elif one["type"] == "array":
            yield []
            yield from ([word] for word in one["items"]["enum"])
        else:
            sign = 1 if one["description"] == COMING else -1
            yield (TODAY + sign * timedelta(days=400)).isoformat()


@pytest.mark.parametrize("table", ["answers", "had"])
def test_every_answer_that_openapi_allows_is_read(table: str) -> None:
    asked = TABLES[table]["properties"]
    count = 0
    for key, schema in asked.items():
        for value in allowed(schema):
            checked_answers(VOICE, {"edition": EDITION, table: {key: value}}, TODAY)
            count += 1
    assert count > 80


@pytest.mark.parametrize("table", ["answers", "had"])
def test_no_answer_is_read_that_openapi_does_not_allow(table: str) -> None:
    for key in (*TABLES[table]["properties"], "made_up"):
        for value in ("perhaps", 0, 1.5, {}, None):
            with pytest.raises(UsageError):
                checked_answers(VOICE, {"edition": EDITION, table: {key: value}}, TODAY)


def test_whatever_openapi_lets_one_have_had_is_scheduled_around() -> None:
    day = TODAY - timedelta(days=300)
    for thing in had_schema()["properties"]:
        earlier = [name for name in had_schema()["properties"] if _follows(thing, name)]
        had = tuple(Dated(name, day - timedelta(days=90)) for name in earlier)
        wish = Wish(TREATMENTS, TODAY, TODAY, had=(*had, Dated(thing, day)))
        assert make_schedule(VOICE, wish).wish.had_before(thing)


def test_the_document_names_every_word_that_a_field_takes() -> None:
    text = str(api.get_openapi_schema(path_prefix="/api/v1/"))
    for word in (*TREATMENTS, "natural_rose", "expected", "pucker", "pregnant", "warfarin", "es"):
        assert f"'{word}'" in text


def _follows(thing: str, name: str) -> bool:
    """A second visit is done after the first."""
    return thing.endswith(".perfecting") and name == thing.replace("perfecting", "visit")
