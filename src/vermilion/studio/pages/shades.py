"""The practice's own shades: a name and a colour, usable wherever the palette is."""

from __future__ import annotations

import re
import secrets
from typing import Any

from django.conf import settings as django_settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vermilion.colour.lips import Lab
from vermilion.errors import UsageError, VermilionError
from vermilion.studio import audit
from vermilion.studio.access import person_of
from vermilion.studio.pages.swatches import fill, lab_of
from vermilion.studio.record.practice import read_file, write_file
from vermilion.studio.voices import refusal, text
from vermilion.treat.blush_plan import own_shade, shade

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
MOST = 60


def show(request: HttpRequest) -> HttpResponse:
    """The list; one is added or dropped. A plan that was kept keeps its shade."""
    table: dict[str, Any] = read_file(django_settings.DATA).get("shade", {})
    error = ""
    if request.method == "POST":
        try:
            changed = _changed(table, request.POST)
            write_file(django_settings.DATA, {"shade": changed})
        except VermilionError as refused:
            error = refusal(refused)
        else:
            audit.record(person_of(request).username, "change shades", "practice")
            messages.success(request, text("Saved."))
            return redirect("shades")
    rows = [
        {"key": key, "fill": fill(tuple(row["lab"])), **row}
        for key, row in sorted(table.items(), key=lambda pair: str(pair[1]["words"]))
    ]
    context = {"rows": rows, "given": request.POST, "error": error}
    return render(request, "studio/shades.html", context, status=422 if error else 200)


def _changed(table: dict[str, Any], given: Any) -> dict[str, Any]:
    """
    Raises
    ------
    UsageError, PlanError : no name or colour, a name that stands there, too many
    """
    if "drop" in given:
        return {key: row for key, row in table.items() if key != given["drop"]}
    made = own_shade(given.get("words", ""), _lab(given))
    names = {str(row["words"]).casefold() for row in table.values()}
    if made.words.casefold() in names or _in_palette(made.words):
        raise UsageError(
            "there is a shade '{words}' already", "each has a name of its own", words=made.words
        )
    if len(table) >= MOST:
        raise UsageError("there are {most} shades already", "", "drop one first", most=MOST)
    row: dict[str, Any] = {"words": made.words, "lab": list(made.masstone)}
    maker = given.get("maker", "").strip()[:80]
    return {**table, secrets.token_hex(4): row | ({"maker": maker} if maker else {})}


def _lab(given: Any) -> Lab:
    """L*, a*, b* as they were typed; where none was, of the colour that was picked."""
    typed = [given.get(name, "").strip().replace(",", ".") for name in ("l", "a", "b")]
    if any(typed):
        try:
            lightness, a, b = (float(value) for value in typed)
        except ValueError:
            raise UsageError("these are no three numbers", "L*, a* and b* are needed") from None
        return lightness, a, b
    picked = given.get("colour", "")
    if not COLOUR.fullmatch(picked):
        raise UsageError("no colour came", "pick one, or type L*, a* and b*")
    return lab_of(picked)


def _in_palette(words: str) -> bool:
    try:
        shade(words)
    except VermilionError:
        return False
    return True
