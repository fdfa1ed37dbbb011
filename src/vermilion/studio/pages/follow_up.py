"""The follow-up of a treatment: before and after, foretold and come, a touch-up decided."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from vermilion.errors import UsageError, VermilionError
from vermilion.studio.access import entry_for, person_of, photo_for
from vermilion.studio.looks import look_at
from vermilion.studio.models import Entry, Photo
from vermilion.studio.pages.banner import banner
from vermilion.studio.pages.compare import outcome_row, why_unfair
from vermilion.studio.record.follow_up import DECISIONS, decide
from vermilion.studio.record.outcome import Outcome, at_work, outcomes
from vermilion.studio.voices import refusal, text


def show(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The newest photo at rest from before the visit, without an earlier flip at work where there
    is one, and the newest after it; the decision."""
    visit = entry_for(request, entry_id, "visit", "open follow-up")
    pair = _pair(visit)
    context = banner(request, visit.client) | {
        "visit": visit,
        "content": visit.content,
        "decisions": DECISIONS,
        "given": request.POST.dict(),
    }
    found: tuple[Outcome, ...] = ()
    if pair is not None:
        told, found = _looked(request, visit, pair)
        context |= told
    if request.method == "POST":
        given = request.POST
        try:
            fair = found if not context.get("why_not") else ()
            entry = decide(
                visit,
                given.get("decision", ""),
                _day(given.get("on", "")),
                given.get("why", ""),
                person_of(request),
                photos=pair,
                found=fair,
            )
        except UsageError as refused:
            context["refused"] = refusal(refused)
        else:
            messages.success(request, text("The decision is in the record."))
            if entry.content["decision"] == "no":
                return redirect("visit", visit.pk)
            return redirect(_booking(visit, entry.content["on"]))
    status = 422 if context.get("refused") else 200
    return render(request, "studio/follow_up.html", context, status=status)


def _looked(
    request: HttpRequest, visit: Entry, pair: tuple[Photo, Photo]
) -> tuple[dict[str, Any], tuple[Outcome, ...]]:
    """What the pair tells of this visit's treatment; what cannot be measured is said."""
    told: dict[str, Any] = {"first": pair[0], "second": pair[1]}
    try:
        before, after = (
            look_at(photo_for(request, one.pk, "compare photo")).reading for one in pair
        )
    except VermilionError as error:
        return told | {"error": refusal(error)}, ()
    found = tuple(
        one
        for one in outcomes(visit.client, *pair, before, after)
        if one.treatment == visit.content["treatment"]
    )
    told |= {
        "why_not": [text(one) for one in why_unfair(visit.client, *pair, before, after)],
        "outcomes": [outcome_row(one) for one in found],
    }
    return told, found


def _pair(visit: Entry) -> tuple[Photo, Photo] | None:
    done = date.fromisoformat(visit.content["day"])
    rest = visit.client.photos.filter(view="rest", swollen=False).exclude(wrapped_key=b"")
    days = [(timezone.localtime(one.taken_at).date(), one) for one in rest.order_by("taken_at")]
    before = [one for day, one in days if day <= done]
    before = [one for one in before if not at_work(visit.client, one)] or before
    after = [one for day, one in days if day > done]
    return (before[-1], after[-1]) if before and after else None


def _day(given: str) -> date | None:
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise UsageError(
            "'{given}' came",
            "a day such as {example} is needed",
            given=given[:20],
            example="2027-03-14",
        ) from None


def _booking(visit: Entry, on: str) -> str:
    from django.urls import reverse

    treatment = visit.content["treatment"]
    return f"{reverse('book', args=[visit.client_id])}?treatment={treatment}&day={on}"
