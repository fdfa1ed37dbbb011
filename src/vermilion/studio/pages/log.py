"""The log: who opened or changed what; no clinical word stands in it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vermilion.studio import audit
from vermilion.studio.models import AuditEntry

A_PAGE = 100


def index(request: HttpRequest) -> HttpResponse:
    """The newest lines, and whether the chain holds."""
    lines = Paginator(AuditEntry.objects.order_by("-number"), A_PAGE)
    context = {"page": lines.get_page(request.GET.get("page")), "broken_at": audit.broken_at()}
    return render(request, "studio/log.html", context)
