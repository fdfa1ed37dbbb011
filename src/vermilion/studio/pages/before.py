"""Before a treatment: what is there and what is missing, and where each is written down."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from vermilion.care.dates.waits import read_waits
from vermilion.errors import UsageError
from vermilion.studio.access import client_for, person_of
from vermilion.studio.models import Client
from vermilion.studio.pages.banner import banner
from vermilion.studio.record import consent, entries, needs, plans
from vermilion.studio.record.history import history_of
from vermilion.studio.voices import refusal, text, voice_of


class OrderForm(forms.Form):
    """The prescriber's exam or order."""

    prescriber = forms.CharField(
        label="Who prescribes", help_text="Name and licence.", max_length=120
    )
    how = forms.ChoiceField(label="How", choices=[("in_person", "in_person"), ("video", "video")])
    examined_on = forms.DateField(
        label="Examined on", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    valid_until = forms.DateField(
        label="Valid until", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    order = forms.CharField(label="What was ordered", max_length=400, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        seen, until = given.get("examined_on"), given.get("valid_until")
        if seen and seen > timezone.localdate():
            self.add_error("examined_on", text("This day lies ahead."))
        if seen and until and until < seen:
            self.add_error("valid_until", text("This day lies before the exam."))
        return given


class PatchForm(forms.Form):
    """The patch test or its waiver."""

    result = forms.ChoiceField(label="Result", choices=[(one, one) for one in needs.RESULTS])
    done_on = forms.DateField(label="On", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    words = forms.CharField(
        label="What was seen, or why it was waived", max_length=400, required=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("done_on") and given["done_on"] > timezone.localdate():
            self.add_error("done_on", text("This day lies ahead."))
        if given.get("result") == "waived" and not given.get("words"):
            self.add_error("words", text("A waiver needs words: who decided it, and why."))
        return given


def index(request: HttpRequest, client_id: UUID, treatment: str) -> HttpResponse:
    """The list of needs; what is missing can be overruled by name, with a reason."""
    client = client_for(request, client_id, "open needs")
    voice, today = voice_of(), timezone.localdate()
    _known(treatment)
    history, error = history_of(client), ""
    if request.method == "POST":
        keys = tuple(one.key for one in needs.missing(history, voice, treatment, today))
        chosen = tuple(key for key in request.POST.getlist("need") if key in keys)
        try:
            reason = request.POST.get("reason", "")
            needs.overrule(client, treatment, chosen, reason, person_of(request))
        except UsageError as refused:
            error = refusal(refused)
        else:
            return redirect("before", client.pk, treatment)
    found = needs.needs_of(history, voice, treatment, today)
    context = _context(request, client, treatment) | {
        "needs": found,
        "open": [one for one in found if not one.met and not one.overruled],
        "consents": [consent.as_row(one) for one in history.of("consent")],
        "plan": plans.latest(history, treatment),
        "error": error,
    }
    return render(request, "studio/before.html", context, status=422 if error else 200)


def order(request: HttpRequest, client_id: UUID, treatment: str) -> HttpResponse:
    """Write down the prescriber's exam or order."""
    client = client_for(request, client_id, "open order")
    _known(treatment)
    form = OrderForm(request.POST or None, initial={"examined_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        content = {key: _plain(value) for key, value in form.cleaned_data.items()}
        entries.add(client, "order", content | {"treatment": treatment}, by=person_of(request))
        messages.success(request, text("It is in the record."))
        return redirect("before", client.pk, treatment)
    context = _context(request, client, treatment) | {"form": form}
    return render(request, "studio/order.html", context)


def patch_test(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Write down the patch test, its result or its waiver."""
    client = client_for(request, client_id, "open patch test")
    form = PatchForm(request.POST or None, initial={"done_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        content = {key: _plain(value) for key, value in form.cleaned_data.items()}
        entries.add(client, "patch_test", content, by=person_of(request))
        messages.success(request, text("It is in the record."))
        return redirect("before", client.pk, "blush")
    context = _context(request, client, "blush") | {"form": form}
    return render(request, "studio/patch_test.html", context)


def _known(treatment: str) -> None:
    if treatment not in voice_of().shelf.names("steps"):
        raise Http404


def _context(request: HttpRequest, client: Client, treatment: str) -> dict[str, Any]:
    voice = voice_of()
    thing = read_waits(voice.shelf, voice.practice).thing(treatment)
    name = voice.say(thing.name).capital.plain
    return banner(request, client) | {"treatment": treatment, "treatment_name": name}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
