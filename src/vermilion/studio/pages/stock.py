"""Stock: lots with what is left, new ones, recalls with everybody who got something."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from vermilion.errors import UsageError, VermilionError
from vermilion.studio import audit
from vermilion.studio.access import may, person_of
from vermilion.studio.models import Lot
from vermilion.studio.pages import lot_code
from vermilion.studio.pages.lot_begun import begun, offers
from vermilion.studio.record import stock, vials
from vermilion.studio.record.cards import card_of
from vermilion.studio.record.labels import Label
from vermilion.studio.record.own_products import UNITS, like_lot, toxin_names
from vermilion.studio.roles import OWNER
from vermilion.studio.voices import own_rules, refusal, text, voice_of


class LotForm(forms.Form):
    """A new lot, as its label says. gtin, serial : from the code, where it was read"""

    kind = forms.ChoiceField(label="Kind", choices=[(one, one) for one in stock.KINDS])
    toxin = forms.CharField(
        label="Which toxin",
        help_text="For toxin alone: its units and its time after mixing hang on it.",
        max_length=48,
        required=False,
    )
    product = forms.CharField(label="Product", max_length=80)
    number = forms.CharField(label="Lot number", max_length=40)
    expires_on = forms.DateField(
        label="Expires on", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    amount = forms.DecimalField(label="Amount", max_digits=9, decimal_places=2, min_value=0)
    unit = forms.ChoiceField(label="Unit", choices=[(one, one) for one in UNITS])
    gtin = forms.RegexField(r"^\d{14}$", required=False, widget=forms.HiddenInput)
    serial = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("kind") != "toxin":
            given["toxin"] = ""
        elif given.get("toxin") not in toxin_names(voice_of()):
            self.add_error("toxin", text("Say which toxin it is: units are not interchangeable."))
        expires = given.get("expires_on")
        if expires is not None and expires < timezone.localdate():
            self.add_error("expires_on", text("This lot has expired."))
        return given


def index(request: HttpRequest) -> HttpResponse:
    """Mixed vials, and all lots as they stand today."""
    context = {
        "rows": stock.lines(timezone.localdate()),
        "vials": vials.open_vials(timezone.now()),
        "kinds": stock.KINDS,
    }
    return render(request, "studio/stock.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """Add a lot, typed or from the code on its pack."""
    form, read, error = LotForm(request.POST or None, initial=begun(request.GET)), "", ""
    if "read" in request.POST:
        try:
            label = lot_code.label_in(request)
        except VermilionError as refused:
            form, error = LotForm(), refusal(refused)
        else:
            form, read = _from_code(label)
    elif request.method == "POST" and form.is_valid():
        try:
            stock.add_lot(**form.cleaned_data, by=person_of(request))
        except UsageError as refused:
            form.add_error(None, refusal(refused))
        else:
            messages.success(request, text("The lot is in stock."))
            return redirect("stock")
    context = {
        "form": form,
        "kinds": stock.KINDS,
        "toxins": toxin_names(voice_of()),
        "offers": offers(),
        "read": read,
        "error": error,
    }
    return render(request, "studio/lot_form.html", context)


def _from_code(label: Label | None) -> tuple[LotForm, str]:
    """The form with what a code said, and the words to it."""
    if label is None:
        return LotForm(), text("No code is seen in this picture.")
    told = lot_code.fields_of(label)
    return LotForm(initial=told | (told["known"] or {})), lot_code.words_of(label)


def lot(request: HttpRequest, lot_id: UUID) -> HttpResponse:
    """One lot, its mixed vials, and everybody who got something of it; of a record that is only
    kept the owner alone sees whose it is."""
    one = get_object_or_404(Lot.objects.select_related("thrown_by"), pk=lot_id)
    rows: list[dict[str, object]] = []
    for client, use in stock.clients_of(one):
        named = client.restricted_at is None or may(request, OWNER)
        rows.append({"client": client, "card": card_of(client) if named else {}, "use": use})
        if named:
            audit.record(person_of(request).username, "read in lot", f"client:{client.pk}")
    now = timezone.now()
    context = {
        "line": (line := stock.line_of(one, timezone.localdate())),
        "to_throw": line.barred in stock.RESTS and line.left > 0,
        "own": like_lot(own_rules(), one),
        "vials": [vials.line_of(vial, now) for vial in one.vials.order_by("-mixed_at")],
        "rows": rows,
    }
    return render(request, "studio/lot.html", context)


@require_POST
def more(request: HttpRequest, lot_id: UUID) -> HttpResponse:
    """More of a lot came in."""
    one = get_object_or_404(Lot, pk=lot_id)
    try:
        amount = Decimal(request.POST.get("amount", "").replace(",", "."))
        if not amount.is_finite() or amount >= 10**6:
            raise InvalidOperation
        stock.add_more(one, round(amount, 2), person_of(request))
    except InvalidOperation:
        messages.error(request, text("A number is needed."))
    except UsageError as refused:
        messages.error(request, refusal(refused))
    else:
        messages.success(request, text("It is in stock."))
    return redirect("lot", lot_id)


@require_POST
def throw_away(request: HttpRequest, lot_id: UUID) -> HttpResponse:
    """What is left of a lot that may not be used any more goes."""
    one = get_object_or_404(Lot, pk=lot_id)
    try:
        stock.throw_away(one, request.POST.get("why", ""), person_of(request), timezone.localdate())
    except UsageError as refused:
        messages.error(request, refusal(refused))
    else:
        messages.success(request, text("It is written down, and out of stock."))
    return redirect("lot", lot_id)


@require_POST
def recall(request: HttpRequest, lot_id: UUID) -> HttpResponse:
    """Bar a lot for good."""
    stock.recall(get_object_or_404(Lot, pk=lot_id), person_of(request))
    messages.success(request, text("The lot is barred. Below is everybody who got it."))
    return redirect("lot", lot_id)
