"""What the API takes and gives: each field with what it may hold, out of the core's own data.

Public: the schemas of `api.py`, `answers_schema`, `had_schema`.

What a request looks like is checked here; what its words mean (a medicine's name, a day that is
past, two answers that exclude each other) is care's to refuse, in care's words. The OpenAPI
document lists all of it, so that a program need not try.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from vermilion.care.answers import EDITION, NO, OLDEST_YEARS, UNKNOWN, YES
from vermilion.care.dates.steps import read_course
from vermilion.care.dates.waits import read_waits
from vermilion.care.questions import questions, treatments_known
from vermilion.consult.draw import BANDS
from vermilion.know.catalogue import LANGUAGES
from vermilion.know.voice import Voice
from vermilion.studio.record.clients import may_be_born
from vermilion.studio.record.kept_photos import VIEWS
from vermilion.treat.blush_plan import shades

VOICE = Voice(audience="practitioner")
"""Says what there is to answer; no practice's own file changes which questions exist."""
TREATMENTS = treatments_known(VOICE)
PAST, COMING = "a day that is past, or today", "a day to come"


@dataclass(frozen=True)
class OneOf:
    """A field that holds one of these words."""

    words: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.literal_schema(list(self.words))


def _iso(given: Any) -> Any:
    """A number is no day, though it could be read as seconds since 1970."""
    if isinstance(given, str | date | None):
        return given
    raise ValueError("a day such as 2027-01-31 is needed")


def _once(given: list[str]) -> list[str]:
    if len(set(given)) < len(given):
        raise ValueError("each one is named once")
    return given


def _born(given: date | None) -> date | None:
    if given is not None and not may_be_born(given):
        raise ValueError("a birth date from 1900 to today is needed")
    return given


def _email(given: str) -> str:
    try:
        if given:
            validate_email(given)
    except ValidationError:
        raise ValueError("an e-mail address is needed, or nothing") from None
    return given


def answers_schema() -> dict[str, Any]:
    """The answers of `vermilion screen`, as JSON Schema: each question with its answers."""
    said: list[Any] = [YES, NO, UNKNOWN, True, False]
    medicines = sorted(
        {
            name
            for row in VOICE.shelf.topic("medicines").tables["class"].values()
            for name in row["names"]
        }
        | {"other"}
    )
    forms: dict[str, dict[str, Any]] = {
        "yesno": {"enum": said},
        "age": {
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": OLDEST_YEARS - 1},
                {"enum": [UNKNOWN]},
            ]
        },
        "date": {"anyOf": [_day_schema(COMING), {"enum": [NO, False, UNKNOWN]}]},
        "medicines": {
            "anyOf": [
                {"type": "array", "items": {"enum": medicines}},
                {"enum": [*medicines, NO, False, UNKNOWN]},
            ],
            "description": "names; capitals, accents and a dose behind a name do not matter",
        },
        "had": {"anyOf": [_day_schema(PAST), {"enum": said}]},
    }
    asked = questions(VOICE, TREATMENTS)

    def table(had: bool) -> dict[str, Any]:
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                one.id.removeprefix("had."): {"title": one.ask.plain, **forms[one.kind]}
                for one in asked
                if (one.kind == "had") == had
            },
        }

    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["edition"],
        "properties": {
            "edition": {"enum": [EDITION]},
            "answers": table(False),
            "had": table(True),
        },
    }


def had_schema() -> dict[str, Any]:
    """What can have been had before a schedule: the things of the waits, talks and visits."""
    had = dict.fromkeys(read_waits(VOICE.shelf, VOICE.practice).things, PAST)
    steps: dict[str, list[str]] = {}
    for treatment in TREATMENTS:
        course = read_course(VOICE.shelf, treatment)
        talks = [step.key for step in course.of_kind("talk")]
        for name in (*talks, *(step.name for step in course.of_kind("treat"))):
            steps.setdefault(name, []).append(treatment)
    for name, of in steps.items():
        had[name] = f"{PAST}; only where {' or '.join(of)} is among the treatments"
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _day_schema(had[name]) for name in sorted(had)},
    }


def _day_schema(words: str) -> dict[str, Any]:
    return {"type": "string", "format": "date", "description": words}


Day = Annotated[date, BeforeValidator(_iso)]
Treatments = Annotated[
    list[Annotated[str, OneOf(TREATMENTS)]],
    AfterValidator(_once),
    Field(min_length=1, json_schema_extra={"uniqueItems": True}),
]
Language = Annotated[str, OneOf(LANGUAGES)]
View = Annotated[str, OneOf(tuple(VIEWS))]
Email = Annotated[
    str,
    AfterValidator(_email),
    Field(max_length=120),
    WithJsonSchema(
        {"type": "string", "maxLength": 120, "anyOf": [{"format": "email"}, {"const": ""}]}
    ),
]


class Problem(Schema):
    """What came, what was wanted, what to do."""

    error: str


class ScreenIn(Schema):
    treatments: Treatments
    answers: Annotated[dict[str, Any], WithJsonSchema(answers_schema())]
    language: Language = "en"


class ScheduleIn(Schema):
    treatments: Treatments
    event: Day | None = Field(None, description=COMING)
    had: Annotated[dict[str, Day], WithJsonSchema(had_schema())] = {}
    language: Language = "en"


class ClientIn(Schema):
    name: str = Field(min_length=1, max_length=120, pattern=r"\S")
    born: Annotated[Day | None, AfterValidator(_born)] = Field(
        None, description="from 1900-01-01 to today"
    )
    phone: str = Field("", max_length=40)
    email: Email = ""
    language: Language = "en"


class ClientOut(Schema):
    """A card as it stands; older ones may hold what is refused today."""

    id: UUID
    name: str
    born: date | None
    phone: str
    email: str
    language: str


class PhotoOut(Schema):
    id: UUID
    view: View
    taken_at: datetime
    swollen: bool


class PreviewIn(Schema):
    """The plan of a preview, one treatment at least; what is left out is the usual."""

    flip: bool = False
    rise_mm: float | None = Field(
        None, ge=0, allow_inf_nan=False, description="as far as this lip allows"
    )
    blush: Annotated[str, OneOf(tuple(one.key for one in shades()))] | None = None
    day: float | None = Field(None, ge=0, le=3000)
    band: Annotated[str, OneOf(BANDS)] = "expected"
    language: Language = "en"
