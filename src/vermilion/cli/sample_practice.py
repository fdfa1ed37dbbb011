"""A made-up practice to look around in: fictional people with rendered faces, a year of visits.

Public: `LOGINS`, `fill`.

No photo of a person is in it but the public-domain portrait of an astronaut, where set-up has
fetched it. Names end in "Sample", so that nobody can take one for a real client's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vermilion.consult.draw import encode_jpeg
from vermilion.phantom.render import render_phantom
from vermilion.phantom.scenes import AGED, FULL, SCENES, THIN, TONES
from vermilion.phantom.spec import LipShape, PhantomSpec

if TYPE_CHECKING:
    from vermilion.studio.models import Client, Entry, Lot, Person, Photo

REACHED = ("+1 555 0100", "1 Sample Street")
"""Numbers with 555 01 belong to nobody."""
LOGINS = {
    "olga": ("Olga Owner", "owner"),
    "pia": ("Pia Practitioner", "practitioner"),
    "amir": ("Amir Assistant", "assistant"),
    "rosa": ("Rosa Reception", "reception"),
    "axel": ("Axel Auditor", "auditor"),
}
SIZE_PX = (810, 1080)
NEAR_DAYS = 14
"""Looks that were due longer ago than this were done."""


@dataclass(frozen=True, slots=True)
class Story:
    """One client.

    flips, blushes : how many days ago each was done
    visit : hours from midnight of today's appointment, or None; treatment : what it is for
    screened : whether the questions were asked; sign : what was reported this morning, or ""
    """

    name: str
    born: date
    language: str
    tone: str
    lips: LipShape
    flips: tuple[int, ...] = ()
    blushes: tuple[int, ...] = ()
    visit: float | None = None
    treatment: str = ""
    screened: bool = False
    purpose: str = ""
    note: str = ""
    sign: str = ""


STORIES = (
    Story(
        "Ada Sample", date(1991, 4, 12), "en", "light", THIN, (250, 150, 14), (), 9.5, "", True,
        "Review, day 14", "Upper lip rolls in when she smiles. Plays no wind instrument.",
    ),
    Story(
        "Inés Sample", date(1988, 9, 2), "es", "tan", LipShape(), (), (300, 255), 10.5,
        "blush", True,
        "Refresh, blush", "Likes a shade near her own. No cold sores ever, she says.",
    ),
    Story(
        "Nia Sample", date(1979, 1, 23), "en", "dark", FULL, (), (41,), 11.25, "blush", False,
        "Second visit, blush", "Two-toned before; wants the upper lip even with the lower.",
    ),
    Story(
        "Ruth Sample", date(1956, 6, 30), "en", "very_light", AGED, (), (), 14.0, "", False,
        "Consultation", "Asks for volume. Filler explained, thinks it over.",
    ),
    Story(
        "Leo Sample", date(1995, 11, 8), "en", "intermediate", LipShape(), (4,), (), None, "",
        False, "", "First flip.", "droop",
    ),
    Story(
        "Maya Sample", date(2001, 2, 17), "es", "brown", FULL, (120, 21), (200,), 16.0, "", True,
        "Consultation: both", "Event in spring.",
    ),
)  # fmt: skip


AHEAD = (
    (0, 9.5, 30, "flip.review", "owner"), (1, 9.0, 120, "blush.visit", "practitioner"),
    (1, 10.0, 20, "flip.visit", "owner"), (1, 14.5, 30, "blush.consultation", "practitioner"),
    (2, 11.0, 90, "blush.perfecting", "practitioner"), (5, 9.0, 30, "flip.consultation", "owner"),
    (6, 15.0, 15, "flip.review", "practitioner"), (7, 16.5, 20, "flip.visit", "owner"),
    (-1, 10.0, 120, "blush.visit", "practitioner"), (-2, 9.5, 30, "flip.consultation", "owner"),
)  # fmt: skip
"""More of the calendar: days from today, hour, minutes, step, with whom; a client after another."""


def fill(password: str, portrait: Path | None, tell: Callable[[str], None]) -> None:
    """Fill an empty studio; `serve.prepare` came before.

    Parameters
    ----------
    portrait : a file of the astronaut's portrait, or None
    tell : hears what is being made, a line a client
    """
    from django.conf import settings

    from vermilion.studio.record.practice import Settings, write_settings

    write_settings(settings.DATA, Settings("Sample Lip Room", "us", {}, None, *REACHED))
    people = _people(password)
    lots = _stock(people["practitioner"])
    for story in STORIES:
        tell(f"  {story.name}")
        _client(story, people, lots)
    _calendar(people)
    if portrait is not None and portrait.is_file():
        tell("  the astronaut's portrait")
        _astronaut(portrait, people)


def _people(password: str) -> dict[str, Person]:
    from vermilion.studio.models import Person

    found = {}
    for username, (name, role) in LOGINS.items():
        person = Person(username=username, first_name=name, role=role)
        person.set_password(password)
        person.save()
        found[role] = person
    return found


def _calendar(people: dict[str, Person]) -> None:
    """Opening hours, and visits around today; what is past was done."""
    from django.conf import settings
    from django.utils import timezone

    from vermilion.care.dates.reasons import title_of
    from vermilion.studio.models import Appointment, Client
    from vermilion.studio.record import hours
    from vermilion.studio.voices import voice_of

    spans = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), ("09:00-13:00", "14:00-18:00"))
    week = hours.Week(spans | {"sat": ("09:00-14:00",)})
    hours.save_practice(settings.DATA, week, {}, people["owner"])
    voice = voice_of("practitioner", "en")
    usual = hours.usual_minutes(voice)
    clients = list(Client.objects.order_by("created_at"))
    for n, (days, hour, minutes, name, role) in enumerate(AHEAD):
        day = timezone.localdate() + timedelta(days=days)
        step = usual[name][0]
        content = {"purpose": title_of(voice, step).plain, "step": name}
        if step.kind == "treat":
            content["treatment"] = step.treatment
        client = clients[n % len(clients)]
        begin = datetime.combine(day, time.min) + timedelta(hours=hour)
        Appointment.objects.create(
            client=client,
            starts_at=timezone.make_aware(begin),
            minutes=minutes,
            person=people[role],
            state="done" if days < 0 else "planned",
            sealed=client.sealed(content),
        )


def _stock(by: Person) -> dict[str, Lot]:
    """A lot of toxin that is nearly used up, one with a mixed vial, pigment, needles that expire
    soon."""
    from django.utils import timezone

    from vermilion.studio.record.stock import add_lot
    from vermilion.studio.record.vials import Mixing, mix
    from vermilion.studio.voices import voice_of

    today = timezone.localdate()
    later, soon = today + timedelta(days=400), today + timedelta(days=20)
    fresh = add_lot(
        "toxin", "Sample toxin 100 U", "SAMPLE-03", later, Decimal(200), "U", by, toxin="ona"
    )
    mixed_at = timezone.now() - timedelta(hours=1)
    mix(fresh, Mixing(Decimal(100), Decimal("2.5"), mixed_at), voice_of(), by)
    add_lot("needle", "Sample needles 1RL", "N-77", soon, Decimal(50), "pcs", by)
    return {
        "flip": add_lot(
            "toxin", "Sample toxin 25 U", "SAMPLE-01", later, Decimal(25), "U", by, toxin="ona"
        ),
        "blush": add_lot(
            "pigment", "Sample pigment rose", "SAMPLE-02", later, Decimal(15), "mL", by
        ),
    }


def _client(story: Story, people: dict[str, Person], lots: dict[str, Lot]) -> None:
    from django.utils import timezone

    from vermilion.studio.models import Appointment, Client, Entry
    from vermilion.studio.record import clients, entries

    practitioner, now = people["practitioner"], timezone.now()
    card = {
        "name": story.name,
        "born": story.born.isoformat(),
        "phone": "",
        "email": "",
        "language": story.language,
    }
    client = clients.new_client(card, people["reception"])
    first = max((*story.flips, *story.blushes, 30)) + 14
    Client.objects.filter(pk=client.pk).update(created_at=now - timedelta(days=first))
    entry = entries.add(client, "note", {"words": story.note}, by=practitioner)
    Entry.objects.filter(pk=entry.pk).update(at=now - timedelta(days=first))
    for days, treatment in sorted(_done(story), reverse=True):
        _visit(client, treatment, days, practitioner, lots[treatment])
    for days, view, content in _photos(story, first):
        _photo(client, content, view, now - timedelta(days=days), practitioner)
    if story.flips:
        _consultation(client, max(story.flips) + 1, practitioner)
    if story.visit is not None:
        day = datetime.combine(timezone.localdate(), time.min) + timedelta(hours=story.visit)
        Appointment.objects.create(
            client=client,
            starts_at=timezone.make_aware(day),
            minutes=45,
            person=practitioner,
            sealed=client.sealed({"purpose": story.purpose, "treatment": story.treatment}),
        )
    if story.screened:
        _screening(client, practitioner)
    if story.treatment and story.screened:
        newest = client.photos.filter(view="rest").order_by("-taken_at").first()
        lot = lots[story.treatment]
        _plan(client, story.treatment, timezone.localdate(), practitioner, lot, newest)
    if story.sign:
        _report(client, story.sign)


def _done(story: Story) -> Iterator[tuple[int, str]]:
    yield from ((days, "flip") for days in story.flips)
    yield from ((days, "blush") for days in story.blushes)


def _visit(client: Client, treatment: str, days: int, by: Person, lot: Lot) -> None:
    from django.utils import timezone

    from vermilion.studio.models import Entry, Task
    from vermilion.studio.record import entries, stock, visits
    from vermilion.studio.voices import voice_of

    day = timezone.localdate() - timedelta(days=days)
    plan = _plan(client, treatment, day, by, lot)
    amount = Decimal(4) if treatment == "flip" else Decimal("0.5")
    told = {"number": lot.number, "product": lot.product, "amount": str(amount), "unit": lot.unit}
    told |= {"wasted": "0", "expires_on": lot.expires_on.isoformat()}
    content: dict[str, Any] = {"treatment": treatment, "day": day.isoformat(), "lots": [told]}
    content["plan"] = str(plan.pk)
    if treatment == "flip":
        content |= {"product": "ona", "units": float(amount)}
        content["sheet"] = {"points": plan.content["points"]}  # given as planned
    entry = entries.add(client, "visit", content, by=by)
    stock.take(entry, lot, amount, Decimal(0), timezone.localdate())
    Entry.objects.filter(pk=entry.pk).update(at=timezone.now() - timedelta(days=days))
    due = day + timedelta(days=visits.review_days(voice_of("practitioner", "en"), treatment))
    if 0 <= (timezone.localdate() - due).days <= NEAR_DAYS:
        Task.objects.create(client=client, entry=entry, kind="review", due_on=due, person=by)


def _plan(
    client: Client, treatment: str, day: date, by: Person, lot: Lot, own: Photo | None = None
) -> Entry:
    """The four usual points with a unit each, or a full blush; on the client's own lips or the
    template's."""
    from django.utils import timezone

    from vermilion.report.lip_outline import template
    from vermilion.studio.looks import look_at
    from vermilion.studio.models import Entry
    from vermilion.studio.record import plans
    from vermilion.studio.record.plan_sources import named_point
    from vermilion.studio.voices import voice_of
    from vermilion.treat.plan import reference_plan

    outline = template() if own is None else look_at(own).outline
    draft = plans.Draft(treatment, outline, "" if own is None else str(own.pk), lots=(lot,))
    if treatment == "flip":
        usual = reference_plan()
        points = tuple(named_point(outline, one.s, one.units) for one in usual.points)
        draft = replace(draft, product=usual.product, points=points)
    else:
        draft = replace(draft, blush={"technique": "ombre", "passes": 2, "visits": 2})
    entry = plans.keep(client, voice_of("practitioner", "en"), draft, by, day)
    made = timezone.now() - (timezone.localdate() - day) - timedelta(hours=1)
    Entry.objects.filter(pk=entry.pk).update(at=made)
    return entry


def _consultation(client: Client, days: int, by: Person) -> None:
    """The usual flip looked at on the first photo, the day before it was done, and shown."""
    from django.utils import timezone

    from vermilion.consult.plan import make_plan
    from vermilion.consult.words import editions
    from vermilion.studio.models import Entry
    from vermilion.studio.record import entries
    from vermilion.studio.record.shared import share

    first = client.photos.filter(view="rest").order_by("taken_at")[0]
    content = {
        "photo": str(first.pk),
        "smile": "",
        "plan": make_plan(flip=True).to_json(),
        "day": 14.0,
        "band": "expected",
        "editions": dict(editions()),
    }
    entry = entries.add(client, "consultation", content, by=by)
    Entry.objects.filter(pk=entry.pk).update(at=timezone.now() - timedelta(days=days))
    share(entry, True, by)


def _screening(client: Client, by: Person) -> None:
    """All that is asked before both treatments, denied."""
    from django.utils import timezone

    from vermilion.studio.record import screening, screening_form
    from vermilion.studio.voices import voice_of

    voice, both = voice_of("practitioner", "en"), ("flip", "blush")
    denied = {
        field.name: "no"
        for group in screening_form.groups_for(voice, both, {})
        for field in ([group.gate] if group.gate else group.fields)
    }
    today = timezone.localdate()
    raw = screening_form.raw_answers(voice, both, client, denied, today)
    screening.save(client, voice, both, raw, today, by)


def _report(client: Client, sign: str) -> None:
    """What the client answered on the phone: one warning sign there, the rest not asked."""
    from django.utils import timezone

    from vermilion.care.symptoms import check
    from vermilion.studio.record.reports import report_signs
    from vermilion.studio.record.treated import treated
    from vermilion.studio.voices import voice_of

    after = treated(client)[0]
    voice = voice_of("client", "en")
    found = check(voice, after.treatment, after.done, timezone.localdate(), {sign: "yes"})
    report_signs(client, found, after)


def _photos(story: Story, first: int) -> Iterator[tuple[int, str, bytes]]:
    """Before, smiling, and after what was done: (days ago, view, JPEG)."""
    before = PhantomSpec(lips=story.lips, colours=TONES[story.tone], seed=len(story.name))
    yield first, "rest", _jpeg(before)
    yield first, "smile", _jpeg(replace(SCENES["smile"], colours=before.colours))
    for days in story.flips:
        if days >= 10:
            yield days - 10, "rest", _jpeg(replace(before.deform(rise_mm=0.9), seed=days))
    for days in story.blushes:
        if days >= 40:
            light, red, yellow = before.colours.lip
            after = before.deform(lip=(light - 3.0, red + 7.0, yellow + 1.0))
            yield days - 40, "rest", _jpeg(replace(after, seed=days))


def _jpeg(spec: PhantomSpec) -> bytes:
    return encode_jpeg(render_phantom(spec.sized(*SIZE_PX)).pixels)


def _photo(client: Client, content: bytes, view: str, at: datetime, by: Person) -> None:
    from vermilion.studio.record.photos import add_photo

    add_photo(client, content, view, at, by=by)


def _astronaut(portrait: Path, people: dict[str, Person]) -> None:
    from django.utils import timezone

    from vermilion.studio.record import clients

    card = {"name": "Astronaut Sample", "born": "1956-12-30", "language": "en"}
    client = clients.new_client(card, people["reception"])
    _photo(client, portrait.read_bytes(), "smile", timezone.now(), people["practitioner"])
