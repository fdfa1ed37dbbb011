"""My login: PIN, devices, factors; locking the screen and lifting the lock; everybody's logins."""

from __future__ import annotations

from django.conf import settings as django_settings
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from vermilion.errors import UsageError, VermilionError
from vermilion.studio import audit, sittings
from vermilion.studio.access import limits, may, person_of
from vermilion.studio.record.practice import read_file, write_file
from vermilion.studio.roles import EVERYBODY, OWNER
from vermilion.studio.voices import refusal, text


def me(request: HttpRequest) -> HttpResponse:
    """My devices and my PIN, and the ways to the rest of my login."""
    person, error = person_of(request), ""
    if request.method == "POST" and "others" in request.POST:
        sittings.end_others(request.session, person)
        audit.record(person.username, "end other logins", f"person:{person.pk}")
        messages.success(request, text("All other devices are logged out."))
        return redirect("me")
    if request.method == "POST":
        pin = request.POST.get("pin", "")
        error = sittings.pin_fault(pin) if pin else ""
        if not person.check_password(request.POST.get("password", "")):
            error = error or "This is not your password."
        if not error:
            person.pin = make_password(pin) if pin else ""
            person.save(update_fields=["pin"])
            audit.record(person.username, "change pin", f"person:{person.pk}")
            messages.success(request, text("Saved."))
            return redirect("me")
    own = [one for one in sittings.sittings(limits()) if one.person == person]
    context = {"rows": own, "mine": _mine(request), "person": person, "error": error}
    return render(request, "studio/me.html", context, status=422 if error else 200)


def everybody(request: HttpRequest) -> HttpResponse:
    """All logins that hold, and their limits."""
    now, error = limits(), ""
    if request.method == "POST":
        try:
            given = {
                key: _count(request.POST.get(key, ""))
                for key in ("lock_minutes", *(f"hours_{role}" for role in sorted(EVERYBODY)))
            }
            sittings.limits_of(given)
            table = {**read_file(django_settings.DATA).get("studio", {}), **given}
            write_file(django_settings.DATA, {"studio": table})
        except VermilionError as refused:
            error = refusal(refused)
        else:
            audit.record(person_of(request).username, "change login limits", "practice")
            messages.success(request, text("Saved."))
            return redirect("logins")
    context = {
        "rows": sittings.sittings(now),
        "mine": _mine(request),
        "lock_minutes": now.lock_minutes,
        "hours": [(f"hours_{role}", role, hours) for role, hours in now.hours.items()],
        "most": (sittings.MOST_LOCK_MINUTES, sittings.MOST_HOURS),
        "error": error,
    }
    return render(request, "studio/logins.html", context, status=422 if error else 200)


@require_POST
def end(request: HttpRequest, sitting_id: str) -> HttpResponse:
    """End one's own login elsewhere; the owner ends anybody's."""
    person = person_of(request)
    all_of_them = may(request, OWNER)
    whose = sittings.end(sitting_id, None if all_of_them else person)
    if whose is not None:
        audit.record(person.username, "end login", f"person:{whose.pk}")
        messages.success(request, text("That device is logged out."))
    return redirect("logins" if "logins" in request.POST else "me")


def lock(request: HttpRequest) -> HttpResponse:
    """Posted: the screen locks. Opened: the form that lifts the lock."""
    if request.method == "POST":
        sittings.lock(request.session)
        audit.record(person_of(request).username, "lock", f"person:{person_of(request).pk}")
        if "quiet" in request.POST:
            return HttpResponse(status=204)
    return _locked(request, request.GET.get("next", ""))


@require_POST
def unlock(request: HttpRequest) -> HttpResponse:
    """Try the PIN or password. Asked by the page itself it answers in a word, else with a page."""
    person, back = person_of(request), request.POST.get("next", "")
    right = sittings.unlock(request.session, person, request.POST.get("words", ""))
    audit.record(person.username, "unlock" if right else "wrong unlock", f"person:{person.pk}")
    over = not right and request.session.is_empty()
    if "quiet" in request.POST:
        return JsonResponse({"right": right, "over": over}, status=200 if right else 403)
    if not right and not over:
        return _locked(request, back, wrong=True)
    if url_has_allowed_host_and_scheme(back, {request.get_host()}):
        return redirect(back)
    return redirect("today")


def _locked(request: HttpRequest, back: str, wrong: bool = False) -> HttpResponse:
    context = {"next": back, "who": person_of(request), "wrong": wrong, "lock_minutes": 0}
    return render(request, "studio/locked.html", context, status=403 if wrong else 200)


def _mine(request: HttpRequest) -> str:
    return sittings.name_of(request.session.session_key)


def _count(given: str) -> int:
    """
    Raises
    ------
    UsageError : no whole number
    """
    if not given.isdecimal():
        raise UsageError("'{given}' came", "a whole number is needed", given=given[:20])
    return int(given)
