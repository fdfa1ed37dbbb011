"""The code on a pack, read from a live frame, a dropped picture or typed; nothing of it is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from vermilion.errors import VermilionError
from vermilion.photo.open import open_photo
from vermilion.studio.models import Lot
from vermilion.studio.record import labels, stock
from vermilion.studio.record.labels import Label
from vermilion.studio.uploads import photo_in
from vermilion.studio.voices import refusal, text, voice_of


@require_POST
def read(request: HttpRequest) -> JsonResponse:
    """What the code says, what the practice knows of it, and words for the reader.

    Gives {"found": false, "words": ...} or gtin, number, expires_on, serial, `known` (kind,
    product, toxin, amount, unit of this GTIN, or null) and `lot` (its id where it is in stock).
    """
    try:
        label = label_in(request)
    except VermilionError as error:
        return JsonResponse({"found": False, "words": refusal(error)}, status=error.http_status)
    if label is None:
        return JsonResponse({"found": False, "words": text("No code is seen yet.")})
    return JsonResponse({"found": True, "words": words_of(label), **fields_of(label)})


def label_in(request: HttpRequest) -> Label | None:
    """The code of a posted picture or text; None where a picture shows none.

    Raises
    ------
    PhotoError, UsageError : no picture and no text, or a text that is no such code
    """
    typed = request.POST.get("code", "")
    if typed.strip():
        return labels.read_text(typed)
    return labels.read_picture(open_photo(photo_in(request, "frame")).pixels)


def fields_of(label: Label) -> dict[str, Any]:
    """A label with what is known here of its product and its lot."""
    item = stock.item_of(label.gtin)
    lot = Lot.objects.filter(gtin=label.gtin, number=label.number).first()
    known = None
    if item is not None:
        known = {name: getattr(item, name) for name in ("kind", "product", "toxin", "unit")}
        known["amount"] = str(item.amount)
    return {
        "gtin": label.gtin,
        "number": label.number,
        "expires_on": "" if label.expires_on is None else label.expires_on.isoformat(),
        "serial": label.serial,
        "known": known,
        "lot": "" if lot is None else str(lot.pk),
    }


def words_of(label: Label) -> str:
    """One or two sentences: what was read, and what is asked now."""
    voice, item = voice_of(), stock.item_of(label.gtin)
    if label.expires_on is not None and label.expires_on < timezone.localdate():
        return text("This pack has expired: {day}.", day=voice.date(label.expires_on).text)
    if item is None:
        return text("The code is read. The product is new here: say once what it is.")
    return text("The code is read: {product}, lot {lot}.", product=item.product, lot=label.number)
