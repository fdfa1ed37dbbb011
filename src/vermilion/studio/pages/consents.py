"""Consents at the desk and on the client's page: read, signed on glass, withdrawn, printed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from vermilion.errors import UsageError
from vermilion.report.page_pdf import write_pdf
from vermilion.studio.access import client_for, entry_for, person_of
from vermilion.studio.models import Entry, Person
from vermilion.studio.pages.banner import banner
from vermilion.studio.pages.mine import my_client
from vermilion.studio.pages.sent import attachment
from vermilion.studio.record import consent as record
from vermilion.studio.record import plans
from vermilion.studio.record.cards import card_of
from vermilion.studio.record.plan_drawing import drawn_for_client
from vermilion.studio.voices import refusal, text, voice_of


@require_POST
def make(request: HttpRequest, client_id: UUID, treatment: str) -> HttpResponse:
    """Write down today's text, in the client's language, ready to be read and signed."""
    client = client_for(request, client_id, "make consent")
    voice = voice_of("client", card_of(client).get("language", ""))
    if treatment not in voice.shelf.names("guide"):
        raise Http404
    entry = record.make_consent(client, voice, treatment, person_of(request))
    messages.success(request, text("The text is there: read it together, or on the client's page."))
    return redirect("consent", entry.pk)


def show(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """The text, its state, and the field to sign in."""
    entry = entry_for(request, consent_id, "consent")
    error = ""
    if request.method == "POST":
        error = _act(request, entry, person_of(request))
        if not error:
            return redirect("consent", entry.pk)
    context = banner(request, entry.client) | {
        "entry": entry,
        "content": entry.content,
        "state": record.state_of(entry),
        "error": error,
        "signer": request.POST.get("signer", ""),
        "drawing": _drawing(entry),
    }
    return render(request, "studio/consent.html", context, status=422 if error else 200)


def pdf(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """The copy to give away."""
    return _pdf(entry_for(request, consent_id, "consent", "print consent"))


def mine(request: HttpRequest) -> HttpResponse:
    """The client's own consents."""
    client = my_client(request)
    found = client.entries.filter(kind="consent").order_by("-at")
    return render(
        request, "studio/my/consents.html", {"consents": [record.as_row(one) for one in found]}
    )


def mine_one(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """One of them: read, sign, withdraw."""
    entry = _own(request, consent_id)
    error = ""
    if request.method == "POST":
        error = _act(request, entry, None)
        if not error:
            return redirect("my_consent", entry.pk)
    else:
        record.view(entry)
    context = {
        "entry": entry,
        "content": entry.content,
        "state": record.state_of(entry),
        "error": error,
        "signer": request.POST.get("signer", ""),
        "drawing": _drawing(entry),
    }
    return render(request, "studio/my/consent.html", context, status=422 if error else 200)


def mine_pdf(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    return _pdf(_own(request, consent_id))


def _act(request: HttpRequest, entry: Entry, by: Person | None) -> str:
    """Sign or withdraw; gives the words of a refusal."""
    try:
        if "withdraw" in request.POST:
            record.withdraw(entry, by)
        else:
            given = request.POST
            record.sign(
                entry,
                given.get("signer", ""),
                given.get("signature", ""),
                given.get("role", "") or "self",
                by,
            )
    except UsageError as refused:
        return refusal(refused)
    return ""


def _drawing(entry: Entry) -> tuple[str, str] | None:
    """The plan that a consent is to, drawn; None where it names none."""
    plan = plans.named_in(entry.content)
    if plan is None:
        return None
    return drawn_for_client(voice_of("client", entry.content["language"]), plan.content)


def _own(request: HttpRequest, consent_id: UUID) -> Entry:
    entry = my_client(request).entries.filter(pk=consent_id, kind="consent").first()
    if entry is None:
        raise Http404
    return entry


def _pdf(entry: Entry) -> HttpResponse:
    voice = voice_of("client", entry.content["language"])
    return attachment(write_pdf(record.page_of(voice, entry)), "application/pdf", "consent.pdf")
