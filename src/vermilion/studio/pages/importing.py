"""Taking over clients from a table: first a look at what would come of it, then the deed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vermilion.errors import UsageError
from vermilion.studio.access import clients_of, person_of
from vermilion.studio.record import importing as record
from vermilion.studio.voices import refusal, text

SHOWN = 200


def show(request: HttpRequest) -> HttpResponse:
    """Nothing is made by looking; the file is sent again with the confirmation."""
    context: dict[str, object] = {"lines": [], "error": "", "good": 0, "bad": 0}
    upload = request.FILES.get("table")
    if request.method == "POST":
        try:
            if upload is None:
                raise UsageError("no table came", "a CSV file is needed", "choose one")
            known, american = list(clients_of(request)), "american" in request.POST
            lines = record.read_table(upload.read(), known, american)
            if "take" in request.POST:
                count = record.take_over(lines, person_of(request))
                messages.success(request, text("Taken over: {count}.", count=count))
                return redirect("clients")
            bad = [line for line in lines if line.fault]
            context |= {
                "lines": lines[:SHOWN],
                "good": len(lines) - len(bad),
                "bad": len(bad),
                "american": american,
            }
        except UsageError as refused:
            context["error"] = refusal(refused)
    status = 422 if context["error"] else 200
    return render(request, "studio/importing.html", context, status=status)
