"""How long records are kept, whose time is over, and erasing, restricting, opening again."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.conf import settings as django_settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from vermilion.errors import UsageError, VermilionError
from vermilion.know.retention import Period, period_of
from vermilion.studio import audit, looks
from vermilion.studio.access import client_for, person_of
from vermilion.studio.pages.banner import banner
from vermilion.studio.record import retention
from vermilion.studio.record.cards import card_of
from vermilion.studio.record.practice import read_settings, write_settings
from vermilion.studio.voices import refusal, text, voice_of


def show(request: HttpRequest) -> HttpResponse:
    """The time that counts here and who says so; whose time is over; what is only kept."""
    error = ""
    if request.method == "POST":
        try:
            now = read_settings(django_settings.DATA)
            years = _years(request.POST.get("years", ""))
            age = _years(request.POST.get("until_age", ""))
            said = replace(now, keep_years=years, keep_until_age=age)
            write_settings(django_settings.DATA, said)
        except VermilionError as refused:
            error = refusal(refused)
        else:
            audit.record(person_of(request).username, "change keeping", "practice")
            messages.success(request, text("Saved."))
            return redirect("keeping")
    period = _period()
    over, kept = retention.over(period, timezone.localdate()), retention.kept_only(period)
    context = {
        "period": period,
        "own": period.years if period.own else "",
        "given": request.POST.get("years", ""),
        "given_age": request.POST.get("until_age", ""),
        "over": [(one, card_of(one.client)) for one in over],
        "kept": [(one, card_of(one.client)) for one in kept],
        "error": error,
    }
    return render(request, "studio/keeping.html", context, status=422 if error else 200)


def erase(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Where the record stands, and what can be done: erased, or restricted until its day."""
    client = client_for(request, client_id, "open erase")
    name, period, today = card_of(client).get("name", ""), _period(), timezone.localdate()
    now = retention.standing(client, period)
    error = ""
    if request.method == "POST":
        pictures = [*client.photos.values_list("pk", flat=True)]
        try:
            if request.POST.get("name", "").strip() != name:
                raise UsageError(
                    "that is not the name of this record", "", "type it as it stands above"
                )
            why = request.POST.get("why", "")
            retention.erase(client, why, person_of(request), period, today)
        except UsageError as refused:
            error = refusal(refused)
        else:
            for photo_id in pictures:
                looks.forget(photo_id)
            messages.success(request, text("The record is erased; its keys are destroyed."))
            return redirect("clients")
    context = banner(request, client) | {
        "now": now,
        "period": period,
        "must_stay": now.must_stay(today),
        "whys": retention.WHYS,
        "why": request.POST.get("why", ""),
        "error": error,
    }
    return render(request, "studio/erase.html", context, status=422 if error else 200)


@require_POST
def restrict(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Only keep a record, with words; or open it again."""
    client = client_for(request, client_id, "open restrict")
    words, by = request.POST.get("words", ""), person_of(request)
    try:
        if "open" in request.POST:
            retention.release(client, words, by)
            messages.success(request, text("The record is open again."))
            return redirect("client", client.pk)
        retention.restrict(client, words, by, _period(), timezone.localdate())
    except UsageError as refused:
        messages.error(request, refusal(refused))
        return redirect("client_erase", client.pk)
    messages.success(request, text("The record is only kept now; the client's page says so."))
    return redirect("keeping")


def _period() -> Period:
    return period_of(voice_of())


def _years(given: str) -> int | None:
    """
    Raises
    ------
    UsageError : no whole number
    """
    if not given.strip():
        return None
    if not given.strip().isdecimal():
        raise UsageError(
            "'{given}' came", "a whole number of years is needed, or nothing", given=given[:20]
        )
    return int(given)
