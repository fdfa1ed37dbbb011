"""Booking, moving and marking a visit: care's dates beside the form, what speaks against a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from vermilion.care.dates.breaches import breaches
from vermilion.care.dates.items import Item
from vermilion.care.dates.reasons import title_of
from vermilion.care.dates.wish import Dated
from vermilion.errors import VermilionError
from vermilion.studio.access import client_for, may, person_of
from vermilion.studio.models import Appointment, Client, Person
from vermilion.studio.pages.banner import banner
from vermilion.studio.record import appointments as record
from vermilion.studio.record import booking
from vermilion.studio.record.hours import usual_minutes
from vermilion.studio.record.treated import treated
from vermilion.studio.roles import CLINICAL, TREATING
from vermilion.studio.voices import refusal, text, voice_of

SEARCHED_DAYS = 21
"""How far after care's day a free time is looked for."""
SHOWN_TIMES = 8
"""Of the free times of a day so many are offered, spread over it."""
BACK = ("today", "week", "day")
"""Pages that a mark leads back to; the record otherwise."""
OTHER_MINUTES = 30
"""What a visit takes that is none of care's steps, until somebody types how long."""


class BookForm(forms.Form):
    """A visit to come. minutes : empty: what the step usually takes"""

    step = forms.ChoiceField(label="What for", required=False)
    purpose = forms.CharField(label="In your words", max_length=120, required=False)
    day = forms.DateField(label="Day", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    clock = forms.TimeField(
        label="Time", widget=forms.TimeInput(attrs={"type": "time", "step": 300})
    )
    minutes = forms.IntegerField(
        label="Minutes",
        help_text="Empty: as long as it usually takes.",
        min_value=5,
        max_value=480,
        required=False,
    )
    person = forms.ModelChoiceField(
        Person.objects.filter(role__in=TREATING, is_active=True), label="With"
    )
    reason = forms.CharField(label="Reason", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        voice = voice_of()
        self.usual = usual_minutes(voice)
        self.titles = {name: title_of(voice, step).plain for name, (step, _) in self.usual.items()}
        field: Any = self.fields["step"]
        field.choices = [("", text("Something else")), *self.titles.items()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("step") and not given.get("purpose", "").strip():
            self.add_error("purpose", text("Say in a few words what it is for."))
        return given

    def place(self) -> booking.Place:
        given = self.cleaned_data
        starts_at = timezone.make_aware(datetime.combine(given["day"], given["clock"]))
        step = given["step"]
        usual = self.usual[step][1] if step else OTHER_MINUTES
        return booking.Place(starts_at, given["minutes"] or usual, given["person"], step)

    def content(self) -> dict[str, Any]:
        given = self.cleaned_data
        step = given["step"]
        told = {"purpose": given["purpose"].strip() or self.titles[step]}
        if step:
            told |= {"step": step}
            if self.usual[step][0].kind in ("treat", "upkeep"):
                told |= {"treatment": step.partition(".")[0]}
        return told


class MoveForm(BookForm):
    """The same without what it is for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["step"], self.fields["purpose"]

    def clean(self) -> dict[str, Any]:
        return forms.Form.clean(self) or {}


@dataclass(frozen=True, slots=True)
class Offer:
    """A date of care's, the day on which somebody is free, and when; later : another than care's"""

    item: Item
    day: date
    times: tuple[Any, ...]
    later: bool


def book(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Book a visit; the dates that care finds for a treatment stand beside the form."""
    client = client_for(request, client_id, "open booking")
    form = BookForm(request.POST or None, initial=_first(request))
    error = ""
    spoken: tuple[booking.Against, ...] = ()
    if request.method == "POST" and form.is_valid():
        place = form.place()
        try:
            spoken = booking.against(voice_of(), client, place)
            kept = _kept(request, form, spoken)
            if not spoken or kept is not None:
                by = person_of(request)
                made = record.book(
                    client, place.starts_at, place.minutes, place.person, form.content(), kept, by
                )
                messages.success(request, text("The visit is booked."))
                return redirect("appointment", client.pk, made.pk)
        except VermilionError as refused:
            error = refusal(refused)
    context = banner(request, client) | _offers(request, client)
    context |= {"form": form, "error": error, "against": _shown(request, spoken)}
    return render(request, "studio/book.html", context, status=422 if error or spoken else 200)


def show(request: HttpRequest, client_id: UUID, appointment_id: UUID) -> HttpResponse:
    """One visit: what it is, its state, and moving it."""
    client = client_for(request, client_id, "open appointment")
    one = _appointment(client, appointment_id)
    begin = timezone.localtime(one.starts_at)
    first = {"day": begin.date(), "clock": begin.time(), "minutes": one.minutes}
    wanted = {key: request.GET[key] for key in ("day", "clock", "person") if key in request.GET}
    form = MoveForm(request.POST or None, initial=first | {"person": one.person_id} | wanted)
    error = ""
    spoken: tuple[booking.Against, ...] = ()
    if request.method == "POST" and form.is_valid():
        place = replace(_moved(form), step=one.content.get("step", ""))
        try:
            spoken = booking.against(voice_of(), client, place, one)
            kept = _kept(request, form, spoken)
            if not spoken or kept is not None:
                edition = _edition(request)
                record.move(one, place, edition, person_of(request), kept)
                messages.success(request, text("The visit is moved."))
                return redirect("appointment", client.pk, one.pk)
        except VermilionError as refused:
            error = refusal(refused)
    context = banner(request, client) | {
        "one": one,
        "what": one.content,
        "ends_at": one.starts_at + timedelta(minutes=one.minutes),
        "form": form,
        "error": error,
        "against": _shown(request, spoken),
        "open": bool(error or spoken or wanted or form.errors),
    }
    return render(
        request, "studio/appointment.html", context, status=422 if error or spoken else 200
    )


@require_POST
def change(request: HttpRequest, client_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Another state: arrived, done, missed, cancelled; each can be taken back."""
    client = client_for(request, client_id, "change appointment")
    one = _appointment(client, appointment_id)
    try:
        record.set_state(one, request.POST.get("state", ""), _edition(request), person_of(request))
    except VermilionError as refused:
        messages.error(request, refusal(refused))
    else:
        messages.success(request, text("Saved."))
    back = request.POST.get("back", "")
    return redirect(back) if back in BACK else redirect("client", client.pk)


def _moved(form: MoveForm) -> booking.Place:
    given = form.cleaned_data
    starts_at = timezone.make_aware(datetime.combine(given["day"], given["clock"]))
    return booking.Place(starts_at, given["minutes"] or OTHER_MINUTES, given["person"])


def _appointment(client: Client, appointment_id: UUID) -> Appointment:
    found = client.appointments.select_related("person").filter(pk=appointment_id).first()
    if found is None:
        raise Http404
    return found


def _edition(request: HttpRequest) -> int:
    given = request.POST.get("edition", "0")
    return int(given) if given.isdigit() else -1


def _kept(
    request: HttpRequest, form: forms.Form, spoken: tuple[booking.Against, ...]
) -> booking.Kept | None:
    """Who books all the same; None where nothing speaks against it or no reason stands there."""
    reason = form.cleaned_data["reason"].strip()
    if not spoken or not reason:
        return None
    words = tuple(one["words"] for one in _shown(request, spoken))
    overlap = any(one.kind == "overlap" for one in spoken)
    return booking.Kept(person_of(request).display, reason, words, overlap)


def _shown(request: HttpRequest, spoken: tuple[booking.Against, ...]) -> list[dict[str, Any]]:
    """What speaks against it; the desk hears that a screening does, not what."""
    clinical = may(request, CLINICAL)
    found: list[dict[str, Any]] = []
    for one in spoken:
        if one.private and not clinical:
            words = text("The screening names a wait that this day breaks. Ask the practitioner.")
            found.append({"words": words, "why": ()})
        else:
            found.append({"words": one.said.plain, "why": one.why if clinical else ()})
    return [one for n, one in enumerate(found) if one not in found[:n]]


def _offers(request: HttpRequest, client: Client) -> dict[str, Any]:
    """Care's dates of the chosen treatment, each with the times at which somebody is free."""
    voice, wanted = voice_of(), request.GET.get("treatment", "")
    people = list(Person.objects.filter(role__in=TREATING, is_active=True).order_by("pk"))
    person = next((one for one in people if str(one.pk) == request.GET.get("with", "")), None)
    if person is None:
        me = person_of(request)
        person = me if me in people else next(iter(people), None)
    context: dict[str, Any] = {"treatment": wanted, "people": people, "with": person}
    if wanted not in voice.shelf.names("steps") or person is None:
        return context | {"treatments": voice.shelf.names("steps")}
    found = record.proposals(client, voice, wanted, timezone.localdate())
    done = [Dated(one.treatment, one.done) for one in treated(client)]
    offers = [_offer(person, item, done) for item in record.at_practice(found)]
    return context | {"treatments": voice.shelf.names("steps"), "found": found, "offers": offers}


def _offer(person: Person, item: Item, done: list[Dated]) -> Offer:
    """The first day from care's on that has a free time and breaks nothing."""
    voice, name = voice_of(), ".".join(item.key.split(".")[:2])
    minutes = item.minutes or OTHER_MINUTES
    for n in range(SEARCHED_DAYS):
        day = item.day + timedelta(days=n)
        times = booking.free_times(voice, person, day, minutes)
        if times and (n == 0 or not breaches(voice, name, day, done)):
            spread = times[:: -(-len(times) // SHOWN_TIMES)]
            return Offer(item, day, spread, n > 0)
    return Offer(item, item.day, (), False)


def _first(request: HttpRequest) -> dict[str, object]:
    """What the form begins with: the time that was chosen among care's."""
    me, given = person_of(request), request.GET
    return {
        "day": given.get("day", ""),
        "clock": given.get("clock", ""),
        "minutes": given.get("minutes", ""),
        "step": given.get("step", ""),
        "purpose": given.get("purpose", ""),
        "person": given.get("with") or (me.pk if me.role in TREATING else None),
    }
