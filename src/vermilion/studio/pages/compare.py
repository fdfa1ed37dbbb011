"""Before and after: two photos under one slider, what changed, and whether the pair is fair."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from vermilion.consult.plan import Plan
from vermilion.errors import VermilionError
from vermilion.studio.access import client_for, photo_for
from vermilion.studio.looks import look_at
from vermilion.studio.models import Client, Photo
from vermilion.studio.pages.banner import banner
from vermilion.studio.pages.measured import DIGITS, MEASURES, UNITS
from vermilion.studio.record import entries
from vermilion.studio.record.compare import Change, changes, unfair
from vermilion.studio.record.treated import treated
from vermilion.studio.voices import text

PEAKS = {
    "upper_vermilion_height_right_peak": "Upper lip at the right peak",
    "upper_vermilion_height_left_peak": "Upper lip at the left peak",
}


def show(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The first and the newest photo at rest, unless others are chosen."""
    client = client_for(request, client_id, "compare photos")
    photos = list(client.photos.exclude(wrapped_key=b"").order_by("taken_at"))
    context = banner(request, client) | {"photos": photos, "error": ""}
    first, second = _chosen(request, photos)
    if first is None or second is None:
        return render(request, "studio/compare.html", context)
    context |= {"first": first, "second": second}
    try:
        before, after = (
            look_at(photo_for(request, one.pk, "compare photo")) for one in (first, second)
        )
    except VermilionError as error:
        context["error"] = str(error)
        return render(request, "studio/compare.html", context, status=error.http_status)
    context |= {
        "why_not": [text(one) for one in unfair(first, second, before.reading, after.reading)],
        "rows": [_row(one) for one in changes(before.reading, after.reading)],
        "expected": _expected(client, second),
    }
    return render(request, "studio/compare.html", context)


def _chosen(request: HttpRequest, photos: list[Photo]) -> tuple[Photo | None, Photo | None]:
    by_id = {str(one.pk): one for one in photos}
    wanted = [request.GET.get(name, "") for name in ("first", "second")]
    if any(one and one not in by_id for one in wanted):
        raise Http404
    rest = [one for one in photos if one.view == "rest" and not one.swollen]
    usual = (rest[0], rest[-1]) if len(rest) > 1 else (None, None)
    return by_id.get(wanted[0], usual[0]), by_id.get(wanted[1], usual[1])


def _row(change: Change) -> dict[str, Any]:
    digits, unit = DIGITS.get(change.unit, 2), UNITS.get(change.unit, "")
    words = MEASURES.get(change.name) or PEAKS[change.name]
    return {
        "words": text(words),
        "before": f"{change.before:.{digits}f} {unit}".strip(),
        "after": f"{change.after:.{digits}f} {unit}".strip(),
        "difference": f"{change.difference:+.{digits}f} ± {change.sd:.{digits}f} {unit}".strip(),
        "shown": change.shown,
    }


def _expected(client: Client, after: Photo) -> str:
    """What the kept consultation foretold for the day of the later photo: rise of the border."""
    kept = entries.latest(client, "consultation")
    flip = next((one for one in treated(client) if one.treatment == "flip"), None)
    if kept is None or flip is None or after.taken_at.date() < flip.done:
        return ""
    found = Plan.from_json(client.opened(kept.sealed)["plan"])
    days = (after.taken_at.date() - flip.done).days
    foretold = found.flip_on(found.begins("flip") + days) if found.has_flip else None
    if foretold is None:
        return ""
    low, expected, high = (foretold.pick(band).rise_mm for band in ("low", "expected", "high"))
    return f"{expected:.1f} mm ({low:.1f}–{high:.1f})"
