"""Calendars to subscribe to: made, shown once, ended; and the address itself."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from vermilion.errors import UsageError
from vermilion.studio.access import may, person_of
from vermilion.studio.models import Feed, Person
from vermilion.studio.pages.mine import my_client
from vermilion.studio.pages.sent import attachment
from vermilion.studio.pages.square import square
from vermilion.studio.record import feeds as record
from vermilion.studio.record.cards import card_of
from vermilion.studio.roles import OWNER, TREATING
from vermilion.studio.voices import refusal, text, voice_of

KIND = "text/calendar; charset=utf-8"
NOT_FOR_OTHERS = {"Cache-Control": "private, no-cache"}


@require_safe
def read(request: HttpRequest, secret: str) -> HttpResponseBase:
    """What a calendar program fetches; nothing where it has the newest already."""
    feed = record.find_feed(secret)
    if feed is None:
        raise Http404
    language = card_of(feed.client).get("language", "en") if feed.client is not None else ""
    content = record.feed_file(voice_of("client", language), feed)
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    answer = HttpResponse(content, content_type=KIND, headers=NOT_FOR_OTHERS | {"ETag": etag})
    return get_conditional_response(request, etag=etag, response=answer) or answer


def index(request: HttpRequest) -> HttpResponse:
    """One's own addresses, for the owner those of all; a new one is shown this once."""
    me, made, error = person_of(request), "", ""
    whole = may(request, OWNER)
    people = Person.objects.filter(is_active=True, role__in=TREATING).order_by("pk")
    if request.method == "POST":
        whose = people.filter(pk=_number(request.POST.get("person", ""))).first() if whole else me
        try:
            detail = request.POST.get("detail", "")
            if detail not in record.ANYBODY and "known" not in request.POST:
                raise UsageError("names leave the practice with it", "say that you know it")
            _, secret = record.make_feed(detail, me, person=whose or me)
            made = request.build_absolute_uri(reverse("feed", args=[secret]))
        except UsageError as refused:
            error = refusal(refused)
    rows = Feed.objects.select_related("person").filter(revoked_at=None, client=None)
    details = {
        key: words for key, words in record.DETAILS.items() if whole or key in record.ANYBODY
    }
    context = {
        "rows": rows.order_by("-made_at") if whole else rows.filter(person=me),
        "people": people if whole else (),
        "me": me,
        "details": details,
        "told": record.DETAILS,
        **_ways(made),
        "error": error,
    }
    return render(request, "studio/feeds.html", context, status=422 if error else 200)


@require_POST
def end(request: HttpRequest, feed_id: UUID) -> HttpResponse:
    """End one: one's own, for the owner any of the practice's."""
    rows = Feed.objects.filter(client=None)
    found = rows if may(request, OWNER) else rows.filter(person=person_of(request))
    feed = found.filter(pk=feed_id).first()
    if feed is None:
        raise Http404
    record.revoke(feed, person_of(request))
    messages.success(request, text("The address has ended."))
    return redirect("feeds")


def mine(request: HttpRequest) -> HttpResponse:
    """The client's dates: to save once, or an address to subscribe to."""
    client = my_client(request)
    made = ""
    if request.method == "POST" and "end" in request.POST:
        for feed in client.feeds.filter(revoked_at=None):
            record.revoke(feed, None)
        messages.success(request, text("The address has ended."))
        return redirect("my_calendar")
    if request.method == "POST":
        detail = "all" if "words" in request.POST else "appointment"
        if "save" in request.POST:
            visits = client.appointments.all()
            content = record.visits_file(voice_of("client"), visits, detail, own=True)
            return attachment(content, KIND, "appointments.ics")
        _, secret = record.make_feed(detail, None, client=client)
        made = request.build_absolute_uri(reverse("feed", args=[secret]))
    context = {**_ways(made), "feeds": client.feeds.filter(revoked_at=None)}
    return render(request, "studio/my/calendar.html", context)


def _ways(made: str) -> dict[str, str]:
    """The new address as words, as a link that a calendar program takes, as a square to scan."""
    if not made:
        return {}
    link = f"webcal://{made.partition('://')[2]}"
    return {"made": made, "link": link, "square": square(link)}


def _number(given: str) -> int:
    return int(given) if given.isdigit() else 0
