"""A treatment's outcome beside what was foretold, and the decision on a touch-up, tied to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from tests.rendered import rendered
from vermilion.colour.lips import LipColours
from vermilion.consult.draw import encode_jpeg
from vermilion.consult.plan import make_plan
from vermilion.consult.reading import Reading, read_photo
from vermilion.errors import UsageError
from vermilion.phantom.scenes import SCENES
from vermilion.phantom.spec import PhantomSpec
from vermilion.photo.open import open_photo
from vermilion.studio.models import Client, Entry, Person, Photo, Task
from vermilion.studio.pages.compare import outcome_row
from vermilion.studio.record import entries, photos
from vermilion.studio.record.follow_up import decide
from vermilion.studio.record.outcome import AT_WORK, Outcome, outcomes
from vermilion.units import Band, Measured

pytestmark = pytest.mark.django_db
SPEC = SCENES["frontal"].sized(540, 720)
RISE_MM = 0.9


def jpeg(spec: PhantomSpec) -> bytes:
    return encode_jpeg(rendered(spec).pixels)


@pytest.fixture(scope="module")
def pictures() -> dict[str, bytes]:
    light, red, yellow = SPEC.colours.lip
    return {
        "before": jpeg(SPEC),
        "flip": jpeg(replace(SPEC.deform(rise_mm=RISE_MM), seed=5)),
        "blush": jpeg(replace(SPEC.deform(lip=(light - 4, red + 8, yellow + 1)), seed=6)),
    }


@cache
def reading(content: bytes) -> Reading:
    return read_photo(open_photo(content))


def taken(days: int) -> datetime:
    return timezone.make_aware(
        datetime.combine(timezone.localdate() - timedelta(days=days), time(12))
    )


def visit(client: Client, treatment: str, days: int, by: Person) -> Entry:
    day = timezone.localdate() - timedelta(days=days)
    entry = entries.add(client, "visit", {"treatment": treatment, "day": day.isoformat()}, by=by)
    Entry.objects.filter(pk=entry.pk).update(at=taken(days))
    return entry


def kept(client: Client, days: int, by: Person, **plan: object) -> None:
    content = {"plan": make_plan(**plan).to_json()}  # type: ignore[arg-type]
    entry = entries.add(client, "consultation", content, by=by)
    Entry.objects.filter(pk=entry.pk).update(at=taken(days))


def found(client: Client, after: str, pictures: dict[str, bytes]) -> tuple[Outcome, ...]:
    first, second = Photo(view="rest", taken_at=taken(20)), Photo(view="rest", taken_at=taken(1))
    return outcomes(client, first, second, reading(pictures["before"]), reading(pictures[after]))


def test_a_true_rise_is_measured_beside_what_was_foretold(
    ana: Client, owner: Person, pictures: dict[str, bytes]
) -> None:
    kept(ana, 16, owner, flip=True)
    visit(ana, "flip", 15, owner)
    (one,) = found(ana, "flip", pictures)
    assert (one.treatment, one.days) == ("flip", 14)
    assert one.measured is not None
    assert one.measured.value == pytest.approx(RISE_MM, abs=0.35)
    assert one.foretold is not None
    assert one.foretold.low < RISE_MM < one.foretold.high
    assert one.verdict == "within"


def test_a_true_change_of_colour_is_measured(
    ana: Client, owner: Person, pictures: dict[str, bytes]
) -> None:
    kept(ana, 16, owner, shade="")
    visit(ana, "blush", 15, owner)
    (one,) = found(ana, "blush", pictures)
    assert one.measured is not None
    assert 4 < one.measured.value < 12
    assert one.foretold is not None


def test_each_lips_colour_is_told_where_the_lips_differ(
    ana: Client, owner: Person, pictures: dict[str, bytes]
) -> None:
    kept(ana, 16, owner, shade="")
    visit(ana, "blush", 15, owner)
    first, second = Photo(view="rest", taken_at=taken(20)), Photo(view="rest", taken_at=taken(1))
    before, after = (reading(pictures[name]) for name in ("before", "blush"))
    (light, *hue), paler = before.lips.upper, (after.lips.upper[0] - 9, *after.lips.upper[1:])
    before = replace(before, lips=replace(before.lips, upper=(light - 9, *hue)))
    after = replace(after, lips=LipColours(paler, before.lips.lower, 0.9))
    upper, lower = outcomes(ana, first, second, before, after)
    assert (upper.lip, lower.lip) == ("upper", "lower")
    assert all(one.measured is not None and one.foretold is not None for one in (upper, lower))
    assert upper.measured is not None
    assert lower.measured is not None
    assert upper.measured.value > 4 > lower.measured.value
    rows = [outcome_row(one) for one in (upper, lower)]
    assert "upper lip" in rows[0]["what"]
    assert "lower lip" in rows[1]["what"]


def test_what_was_foretold_after_the_visit_does_not_count(
    ana: Client, owner: Person, pictures: dict[str, bytes]
) -> None:
    visit(ana, "flip", 15, owner)
    kept(ana, 3, owner, flip=True)
    (one,) = found(ana, "flip", pictures)
    assert one.foretold is None
    assert one.verdict == ""


def test_a_treatment_outside_the_two_photos_is_left_out(
    ana: Client, owner: Person, pictures: dict[str, bytes]
) -> None:
    visit(ana, "flip", 40, owner)
    assert found(ana, "flip", pictures) == ()


@pytest.mark.parametrize(
    ("value", "said"), [(0.8, "within"), (0.2, "within"), (-0.4, "less"), (2.4, "more")]
)
def test_less_and_more_are_said_beyond_the_error_alone(value: float, said: str) -> None:
    one = Outcome("flip", 14, Measured(value, 0.2, "mm"), Band(0.4, 0.8, 1.6))
    assert one.verdict == said


def test_a_decision_stands_at_its_visit_and_closes_the_review(ana: Client, owner: Person) -> None:
    done = visit(ana, "flip", 15, owner)
    task = Task.objects.create(
        client=ana, entry=done, kind="review", due_on=timezone.localdate(), person=owner
    )
    entry = decide(done, "yes", date(2027, 1, 9), "The left peak lags.", owner)
    assert entry.about == done
    assert entry.content["on"] == "2027-01-09"
    task.refresh_from_db()
    assert task.closed_at is not None


@pytest.mark.parametrize(
    ("decision", "on", "why"),
    [("", None, "so"), ("maybe", None, "so"), ("no", None, " "), ("yes", None, "so")],
    ids=["none", "unknown", "no reason", "no day"],
)
def test_a_decision_without_its_reason_or_day_is_refused(
    decision: str, on: date | None, why: str, ana: Client, owner: Person
) -> None:
    done = visit(ana, "flip", 15, owner)
    with pytest.raises(UsageError):
        decide(done, decision, on, why, owner)
    assert not Entry.objects.filter(kind="follow_up").exists()


def test_the_page_measures_the_pair_and_keeps_the_decision(
    ana: Client, owner: Person, desk: Browser, pictures: dict[str, bytes]
) -> None:
    kept(ana, 16, owner, flip=True)
    done = visit(ana, "flip", 15, owner)
    where = reverse("follow_up", args=[done.pk])
    assert "No pair to compare yet" in desk.get(where).content.decode()
    for days, name in ((15, "before"), (0, "flip")):
        photos.add_photo(ana, pictures[name], "rest", taken(days), by=owner)
    page = desk.get(where).content.decode()
    assert "as foretold" in page
    answer = desk.post(where, {"decision": "no", "why": "Even, as wished."})
    assert answer.headers["Location"] == reverse("visit", args=[done.pk])
    content = Entry.objects.get(kind="follow_up").content
    assert content["outcomes"][0]["measured"]["value"] == pytest.approx(RISE_MM, abs=0.35)
    assert "Even, as wished." in desk.get(answer.headers["Location"]).content.decode()


def test_swollen_photos_count_for_nothing(
    ana: Client, owner: Person, desk: Browser, pictures: dict[str, bytes]
) -> None:
    done = visit(ana, "flip", 1, owner)
    photos.add_photo(ana, pictures["before"], "rest", taken(2), by=owner)
    photos.add_photo(ana, pictures["flip"], "rest", taken(0), by=owner, swollen=True)
    page = desk.get(reverse("follow_up", args=[done.pk])).content.decode()
    assert "No pair to compare yet" in page


def test_a_photo_in_which_an_earlier_flip_was_at_work_is_no_before(
    ana: Client, owner: Person, desk: Browser, pictures: dict[str, bytes]
) -> None:
    visit(ana, "flip", 60, owner)
    done = visit(ana, "flip", 15, owner)
    for days, name in ((40, "flip"), (0, "before")):
        photos.add_photo(ana, pictures[name], "rest", taken(days), by=owner)
    where = reverse("follow_up", args=[done.pk])
    assert AT_WORK in desk.get(where).content.decode()
    first = photos.add_photo(ana, pictures["blush"], "rest", taken(300), by=owner)
    page = desk.get(where).content.decode()
    assert AT_WORK not in page
    assert reverse("lip_view", args=[first.pk]) in page
