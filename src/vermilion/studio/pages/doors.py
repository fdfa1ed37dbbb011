"""The practice's side of a client's door: make a link, show it once, shut it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from vermilion.studio.access import client_for, person_of
from vermilion.studio.pages.banner import banner
from vermilion.studio.pages.sent import attachment
from vermilion.studio.pages.square import square
from vermilion.studio.record import export, links, questionnaire
from vermilion.studio.record.cards import card_of
from vermilion.studio.voices import text


def index(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """A client's links; a new one is shown this once, as words and as a square to scan."""
    client = client_for(request, client_id, "open links")
    made = ""
    if request.method == "POST":
        if not card_of(client).get("born"):
            messages.error(request, text("The card has no birth date: the client's page needs it."))
            return redirect("client_card", client.pk)
        which = request.POST.get("ask", "")
        if which:
            questionnaire.ask_ahead(client, which, person_of(request))
        _, secret = links.make_link(client, person_of(request))
        made = request.build_absolute_uri(reverse("my_door", args=[secret]))
    alive = client.links.filter(revoked_at=None, expires_at__gt=timezone.now())
    context = banner(request, client) | {
        "made": made,
        "which": request.GET.get("ask", ""),
        "square": square(made) if made else "",
        "asked": questionnaire.open_one(client),
        "links": alive.order_by("-made_at"),
    }
    return render(request, "studio/links.html", context)


@require_POST
def shut(request: HttpRequest, client_id: UUID, link_id: UUID) -> HttpResponse:
    """Shut one of the links."""
    client = client_for(request, client_id, "open links")
    link = client.links.filter(pk=link_id).first()
    if link is None:
        raise Http404
    links.revoke(link, person_of(request))
    messages.success(request, text("The link is shut."))
    return redirect("client_links", client.pk)


@require_POST
def download(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The whole record as a ZIP, for the client or another practice."""
    client = client_for(request, client_id, "download record")
    return attachment(export.whole_record(client), "application/zip", "record.zip")
