"""The parts that pages are made of, on one page, in both themes: for whoever makes a new one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from vermilion.know.sourced import topic
from vermilion.report.band_chart import band_chart
from vermilion.studio.pages.clients import CardForm
from vermilion.studio.voices import text, voice_of

CHART_PX = 520


def show(request: HttpRequest) -> HttpResponse:
    """Each part with real words; the form is a real one with real mistakes."""
    curve = next(iter(topic("flip").curves.values()))
    sides = []
    for key, words, theme in (("light", "Light", "as-light"), ("dark", "Dark", "as-dark")):
        form = CardForm({f"{key}-email": "ana"}, prefix=key)
        form.is_valid()
        sides.append({"key": key, "words": words, "theme": theme, "form": form})
    context = {
        "sides": sides,
        "now": timezone.now(),
        "chart": band_chart(voice_of(), curve, text("A curve with its band"), wide=CHART_PX),
    }
    return render(request, "studio/parts.html", context)
