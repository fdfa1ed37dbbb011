"""Keys to the API: made, shown once, ended; and what the API offers, as OpenAPI."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from vermilion.errors import UsageError
from vermilion.studio.access import person_of
from vermilion.studio.models import Token
from vermilion.studio.record import tokens as record
from vermilion.studio.voices import refusal, text


def index(request: HttpRequest) -> HttpResponse:
    """All keys; a new one is shown this once."""
    secret, error = "", ""
    me = person_of(request)
    if request.method == "POST":
        try:
            scopes = request.POST.getlist("scope")
            _, secret = record.make_token(me, request.POST.get("name", ""), scopes, me)
        except UsageError as refused:
            error = refusal(refused)
    rows = Token.objects.select_related("person").filter(revoked_at=None).order_by("-made_at")
    context = {"rows": rows, "scopes": record.SCOPES, "secret": secret, "error": error}
    return render(request, "studio/tokens.html", context, status=422 if error else 200)


@require_POST
def revoke(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """End a key."""
    record.revoke(get_object_or_404(Token, pk=token_id), person_of(request))
    messages.success(request, text("The key has ended."))
    return redirect("tokens")


def schema(request: HttpRequest) -> HttpResponse:
    """What the API offers, as OpenAPI."""
    from vermilion.studio.api import api  # two libraries that no other page needs

    return JsonResponse(api.get_openapi_schema(path_prefix="/api/v1/"))
