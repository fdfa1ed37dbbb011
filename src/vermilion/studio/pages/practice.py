"""Settings of the practice: name, how it is reached, country, prices."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings as django_settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from vermilion.errors import UsageError, VermilionError
from vermilion.studio import audit
from vermilion.studio.access import person_of
from vermilion.studio.record.practice import Settings, read_settings, write_settings
from vermilion.studio.voices import refusal, text, voice_of

COUNTRIES = {"us": "United States", "gb-eng": "England", "es": "Spain"}


def show(request: HttpRequest) -> HttpResponse:
    """The form; what breaks a rule is said, and the old settings stay."""
    now, error = read_settings(django_settings.DATA), ""
    if request.method == "POST":
        try:
            years, age = now.keep_years, now.keep_until_age  # of another page
            now = replace(_said(request.POST), keep_years=years, keep_until_age=age)
            write_settings(django_settings.DATA, now)
        except VermilionError as refused:
            error = refusal(refused)
        else:
            audit.record(person_of(request).username, "change settings", "practice")
            messages.success(request, text("Saved."))
            return redirect("practice")
    treatments = voice_of().shelf.names("steps")
    context = {
        "now": now,
        "countries": COUNTRIES,
        "prices": [(one, *now.prices.get(one, ("", ""))) for one in treatments],
        "error": error,
    }
    return render(request, "studio/practice.html", context, status=422 if error else 200)


def _said(given: QueryDict) -> Settings:
    """
    Raises
    ------
    UsageError : a country or a price that is none
    """
    try:
        prices = {
            one: (float(str(given[f"low.{one}"])), float(str(given[f"high.{one}"])))
            for one in voice_of().shelf.names("steps")
            if given.get(f"low.{one}") and given.get(f"high.{one}")
        }
    except ValueError:
        raise UsageError(
            "one of the prices is no number", "a number such as {example} is needed", example=250
        ) from None
    if given.get("country") not in COUNTRIES:
        raise UsageError(
            "this country is not known", "one of {allowed} is needed", allowed=", ".join(COUNTRIES)
        )
    return Settings(
        given.get("name", "").strip()[:80],
        str(given["country"]),
        prices,
        telephone=given.get("telephone", "").strip()[:32],
        address=given.get("address", "").strip()[:160],
    )
