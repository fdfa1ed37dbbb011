"""The practice's own waits and least ages, each beside care's."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from vermilion.errors import UsageError, VermilionError
from vermilion.studio.access import person_of
from vermilion.studio.record.own_rules import Group, Rule, groups, save_rules
from vermilion.studio.voices import refusal, text, voice_of


def show(request: HttpRequest) -> HttpResponse:
    """The form; a number that is milder than care's is refused, and the old ones stay."""
    found, error = groups(voice_of()), ""
    if request.method == "POST":
        try:
            wanted = {
                (rule.kind, rule.key): _number(request.POST, rule)
                for group in found
                for rule in group.rules
            }
            save_rules(settings.DATA, voice_of(), wanted, person_of(request))
        except VermilionError as refused:
            error = refusal(refused)
        else:
            messages.success(request, text("Saved."))
            return redirect("rules")
    context = {"groups": [_shown(one, request.POST) for one in found], "error": error}
    return render(request, "studio/rules.html", context, status=422 if error else 200)


def _shown(group: Group, given: QueryDict) -> dict[str, object]:
    """The group with what stands in each field: as it was typed, else as it holds."""
    rows = [(one, given.get(one.field, "" if one.own is None else one.own)) for one in group.rules]
    mended = any(value != "" or one.milder for one, value in rows)
    opened = mended or group.unit == "years"
    return {"title": group.title, "unit": group.unit, "rows": rows, "open": opened}


def _number(given: QueryDict, rule: Rule) -> int | None:
    """
    Raises
    ------
    UsageError : it is no whole number
    """
    typed = given.get(rule.field, "").strip()
    if not typed:
        return None
    if not typed.isdecimal() or len(typed) > 4:
        raise UsageError(
            "{title}: '{typed}' came",
            "a whole number is needed",
            title=rule.title,
            typed=typed[:20],
        )
    return int(typed)
