"""Before and after: two photos under one slider or side by side, what changed, and whether the
pair is fair."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from vermilion.consult.reading import Reading
from vermilion.errors import VermilionError
from vermilion.studio.access import client_for, photo_for
from vermilion.studio.looks import look_at
from vermilion.studio.models import Client, Photo
from vermilion.studio.pages.banner import banner
from vermilion.studio.pages.measured import DIGITS, MEASURES, UNITS, band_words, number
from vermilion.studio.record.compare import Change, changes, unfair
from vermilion.studio.record.outcome import AT_WORK, Outcome, at_work, outcomes
from vermilion.studio.voices import refusal, text

PEAKS = {
    "upper_vermilion_height_right_peak": "Upper lip at the right peak",
    "upper_vermilion_height_left_peak": "Upper lip at the left peak",
}
COLOUR = {
    "": "Colour moved by",
    "upper": "Colour of the upper lip moved by",
    "lower": "Colour of the lower lip moved by",
}
VERDICTS = {
    "within": "as foretold",
    "less": "less than foretold",
    "more": "more than foretold",
    "": "nothing was foretold",
}


def show(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The first and the newest photo at rest, unless others are chosen. Swollen ones are left out
    unless somebody asks for them."""
    client = client_for(request, client_id, "compare photos")
    photos = list(client.photos.exclude(wrapped_key=b"").order_by("taken_at"))
    first, second = _chosen(request, photos)
    with_swollen = "swollen" in request.GET
    context = banner(request, client) | {
        "photos": [
            one for one in photos if with_swollen or not one.swollen or one in (first, second)
        ],
        "hidden": 0 if with_swollen else sum(one.swollen for one in photos),
        "error": "",
    }
    if first is None or second is None:
        return render(request, "studio/compare.html", context)
    context |= {"first": first, "second": second}
    try:
        before, after = (
            look_at(photo_for(request, one.pk, "compare photo")).reading for one in (first, second)
        )
    except VermilionError as error:
        context["error"] = refusal(error)
        return render(request, "studio/compare.html", context, status=error.http_status)
    context |= {
        "why_not": [text(one) for one in why_unfair(client, first, second, before, after)],
        "rows": [_row(one) for one in changes(before, after)],
        "outcomes": [outcome_row(one) for one in outcomes(client, first, second, before, after)],
    }
    return render(request, "studio/compare.html", context)


def why_unfair(
    client: Client, first: Photo, second: Photo, before: Reading, after: Reading
) -> list[str]:
    """Why the pair tells nothing of what was done between its photos; empty where it does."""
    found = list(unfair(first, second, before, after))
    flips = any(one.treatment == "flip" for one in outcomes(client, first, second, before, after))
    return [*found, AT_WORK] if flips and at_work(client, first) else found


def outcome_row(one: Outcome) -> dict[str, Any]:
    """A treatment's outcome in words; dates and names are the template's."""
    unit = "mm" if one.treatment == "flip" else "dE2000"
    measured = ""
    if one.measured is not None:
        measured = f"{number(one.measured.value, 1)} {unit} ± {number(one.measured.sd, 1)}"
    return {
        "treatment": one.treatment,
        "days": one.days,
        "what": text("Upper border risen by" if unit == "mm" else COLOUR[one.lip]),
        "measured": measured,
        "foretold": "" if one.foretold is None else band_words(one.foretold, unit),
        "verdict": text(VERDICTS[one.verdict]),
        "tone": {"within": "fine", "": ""}.get(one.verdict, "care"),
    }


def _chosen(request: HttpRequest, photos: list[Photo]) -> tuple[Photo | None, Photo | None]:
    by_id = {str(one.pk): one for one in photos}
    wanted = [request.GET.get(name, "") for name in ("first", "second")]
    if any(one and one not in by_id for one in wanted):
        raise Http404
    fixed = [by_id.get(one) for one in wanted]
    view = next((one.view for one in fixed if one is not None), "rest")
    rest = [one for one in photos if one.view == view and not one.swollen and one not in fixed]
    first = fixed[0] or (rest[0] if rest else None)
    second = fixed[1] or next((one for one in reversed(rest) if one != first), None)
    return first, second


def _row(change: Change) -> dict[str, Any]:
    digits, unit = DIGITS.get(change.unit, 2), UNITS.get(change.unit, "")
    words = MEASURES.get(change.name) or PEAKS[change.name]
    sign = "+" if change.difference > 0 else ""
    return {
        "words": text(words),
        "before": f"{number(change.before, digits)} {unit}".strip(),
        "after": f"{number(change.after, digits)} {unit}".strip(),
        "difference": f"{sign}{number(change.difference, digits)} "
        f"± {number(change.sd, digits)} {unit}".strip(),
        "shown": change.shown,
    }
