"""Stock: lots with what is left, new ones, recalls with everybody who got something."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from vermilion.errors import UsageError
from vermilion.studio import audit
from vermilion.studio.access import person_of
from vermilion.studio.models import Lot
from vermilion.studio.record import stock
from vermilion.studio.record.search import card_of
from vermilion.studio.voices import text

UNITS = ("U", "mL", "pcs")


class LotForm(forms.Form):
    """A new lot, as its label says."""

    kind = forms.ChoiceField(choices=[(one, one) for one in stock.KINDS])
    product = forms.CharField(max_length=80)
    number = forms.CharField(max_length=40)
    expires_on = forms.DateField(widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    amount = forms.DecimalField(max_digits=9, decimal_places=2, min_value=0)
    unit = forms.ChoiceField(choices=[(one, one) for one in UNITS])


def index(request: HttpRequest) -> HttpResponse:
    """All lots as they stand today."""
    rows = stock.lines(timezone.localdate())
    return render(request, "studio/stock.html", {"rows": rows, "kinds": stock.KINDS})


def new(request: HttpRequest) -> HttpResponse:
    """Add a lot."""
    form = LotForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if given["expires_on"] < timezone.localdate():
            form.add_error("expires_on", text("This lot has expired."))
        else:
            try:
                stock.add_lot(**given, by=person_of(request))
            except UsageError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, text("The lot is in stock."))
                return redirect("stock")
    return render(request, "studio/lot_form.html", {"form": form, "kinds": stock.KINDS})


def lot(request: HttpRequest, lot_id: UUID) -> HttpResponse:
    """One lot and everybody who got something of it."""
    one = get_object_or_404(Lot, pk=lot_id)
    for client, _ in stock.clients_of(one):
        audit.record(person_of(request).username, "read in lot", f"client:{client.pk}")
    rows = [
        {"client": client, "card": card_of(client), "use": use}
        for client, use in stock.clients_of(one)
    ]
    line = stock.line_of(one, timezone.localdate())
    return render(request, "studio/lot.html", {"line": line, "rows": rows})


@require_POST
def recall(request: HttpRequest, lot_id: UUID) -> HttpResponse:
    """Bar a lot for good."""
    stock.recall(get_object_or_404(Lot, pk=lot_id), person_of(request))
    messages.success(request, text("The lot is barred. Below is everybody who got it."))
    return redirect("lot", lot_id)
