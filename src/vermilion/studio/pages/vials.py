"""A vial of toxin: mixed, used, thrown away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from vermilion.errors import UsageError
from vermilion.studio.access import person_of
from vermilion.studio.models import Lot, Vial
from vermilion.studio.pages.lots_taken import mixing_in
from vermilion.studio.record import stock, vials
from vermilion.studio.record.own_products import like_lot
from vermilion.studio.voices import own_rules, refusal, text, voice_of


def mix(request: HttpRequest, lot_id: UUID) -> HttpResponse:
    """Mix a vial of a lot: how strong it is and until when it may be used follow from that."""
    lot = get_object_or_404(Lot, pk=lot_id, kind="toxin")
    voice, error = voice_of(), ""
    given = request.POST.dict() or _as_here(lot)
    if request.method == "POST":
        try:
            vial = vials.mix(lot, mixing_in(given), voice, person_of(request))
        except UsageError as refused:
            error = refusal(refused)
        else:
            messages.success(request, text("The vial is written down."))
            return redirect("vial", vial.pk)
    hours = vials.label_hours(voice, lot.toxin)
    context = {
        "line": stock.line_of(lot, timezone.localdate()),
        "hours": None if hours is None else f"{hours:g}",
        "given": given,
        "now": f"{timezone.localtime():%Y-%m-%dT%H:%M}",
        "error": error,
    }
    return render(request, "studio/vial_mix.html", context, status=422 if error else 200)


def _as_here(lot: Lot) -> dict[str, str]:
    """How the practice mixes this product, where it said so; it is seen before it is written."""
    own = like_lot(own_rules(), lot)
    if own is None or own.diluent_ml is None:
        return {}
    return {"vial": f"{own.amount:g}", "diluent": f"{own.diluent_ml:g}"}


def show(request: HttpRequest, vial_id: UUID) -> HttpResponse:
    """One vial; what is left of it can be thrown away."""
    vial = get_object_or_404(Vial.objects.select_related("lot", "mixed_by"), pk=vial_id)
    if request.method == "POST":
        try:
            vials.throw_away(vial, person_of(request))
        except UsageError as refused:
            messages.error(request, refusal(refused))
        else:
            messages.success(request, text("The rest is written down as waste."))
        return redirect("lot", vial.lot_id)
    return render(request, "studio/vial.html", {"line": vials.line_of(vial, timezone.now())})
