"""The calendar: a week of appointments, booking with care's dates beside it, moving, cancelling."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from vermilion.errors import VermilionError
from vermilion.studio.access import client_for, person_of, visible
from vermilion.studio.models import Appointment, Person
from vermilion.studio.pages.banner import banner
from vermilion.studio.record import appointments as record
from vermilion.studio.record.search import card_of
from vermilion.studio.roles import TREATING
from vermilion.studio.voices import text, voice_of


class BookForm(forms.Form):
    """A visit to come."""

    day = forms.DateField(widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    clock = forms.TimeField(widget=forms.TimeInput(attrs={"type": "time", "step": 300}))
    minutes = forms.IntegerField(min_value=5, max_value=480, initial=45)
    person = forms.ModelChoiceField(Person.objects.filter(role__in=TREATING, is_active=True))
    purpose = forms.CharField(max_length=120)

    def starts_at(self) -> datetime:
        given = self.cleaned_data
        return timezone.make_aware(datetime.combine(given["day"], given["clock"]))


def week(request: HttpRequest) -> HttpResponse:
    """Seven days, one column each; an empty day says so."""
    try:
        wanted = date.fromisoformat(request.GET.get("from", ""))
    except ValueError:
        wanted = timezone.localdate()
    monday = wanted - timedelta(days=wanted.weekday())
    begin = timezone.make_aware(datetime.combine(monday, time.min))
    found = visible(request, Appointment.objects.select_related("client", "person")).filter(
        starts_at__gte=begin, starts_at__lt=begin + timedelta(days=7)
    )
    rows = [
        {"at": one, "card": card_of(one.client), "what": one.content}
        for one in found.exclude(state="cancelled").order_by("starts_at")
    ]
    days = [
        {
            "day": monday + timedelta(days=k),
            "rows": [
                row
                for row in rows
                if timezone.localtime(row["at"].starts_at).date() == monday + timedelta(days=k)  # type: ignore[attr-defined]
            ],
        }
        for k in range(7)
    ]
    context = {
        "days": days,
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "today": timezone.localdate(),
    }
    return render(request, "studio/week.html", context)


def book(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Book a visit; the dates that care finds for a treatment stand beside the form."""
    client = client_for(request, client_id, "open booking")
    form = BookForm(request.POST or None, initial=_first(request))
    error = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            content = {"purpose": given["purpose"]}
            record.book(client, form.starts_at(), given["minutes"], given["person"], content)
        except VermilionError as refused:
            error = str(refused)
        else:
            messages.success(request, text("The visit is booked."))
            return redirect("client", client.pk)
    voice = voice_of()
    wanted = request.GET.get("treatment", "")
    found = None
    if wanted in voice.shelf.names("steps"):
        found = record.proposals(client, voice, wanted, timezone.localdate())
    context = banner(request, client) | {
        "form": form,
        "error": error,
        "treatment": wanted,
        "found": found,
        "items": record.at_practice(found) if found is not None else [],
    }
    return render(request, "studio/book.html", context, status=422 if error else 200)


@require_POST
def change(request: HttpRequest, client_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Another state: arrived, done, missed, cancelled; a cancelled one can be taken back."""
    client = client_for(request, client_id, "change appointment")
    appointment = client.appointments.filter(pk=appointment_id).first()
    if appointment is None:
        raise Http404
    given = request.POST
    edition = int(given.get("edition", "0")) if given.get("edition", "0").isdigit() else -1
    try:
        record.set_state(appointment, given.get("state", ""), edition, person_of(request))
    except VermilionError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, text("Saved."))
    return redirect("client", client.pk)


def _first(request: HttpRequest) -> dict[str, object]:
    """What the form begins with: the day that was chosen among care's."""
    me = person_of(request)
    return {
        "day": request.GET.get("day", ""),
        "minutes": request.GET.get("minutes", "45"),
        "purpose": request.GET.get("purpose", ""),
        "clock": "10:00",
        "person": me.pk if me.role in TREATING else None,
    }
