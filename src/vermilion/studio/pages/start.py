"""Before anybody can log in: the first start, and a sign of life."""

from __future__ import annotations

import secrets

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vermilion.studio import audit
from vermilion.studio.models import Person
from vermilion.studio.pages.people import LoginForm
from vermilion.studio.roles import Role
from vermilion.studio.voices import text

CODE_FILE = "first-start.code"


class OwnerForm(LoginForm):
    """Who owns the practice's studio."""

    field_order = ("code", "name", "username", "password")
    code = forms.CharField(
        label="Code",
        help_text="The terminal in which you started the studio shows it.",
        max_length=40,
    )

    def clean_code(self) -> str:
        given: str = self.cleaned_data["code"]
        path = settings.DATA / CODE_FILE
        known = path.read_text("ascii") if path.exists() else ""
        if not known or not secrets.compare_digest(given.strip().encode(), known.encode()):
            raise forms.ValidationError(text("This is not the code that the terminal shows."))
        return given


def start(request: HttpRequest) -> HttpResponse:
    """The owner's login, made with the one-time code of the terminal; then this page is gone."""
    if Person.objects.exists():
        raise Http404
    form = OwnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        owner = Person(username=given["username"], first_name=given["name"], role=Role.OWNER)
        owner.set_password(given["password"])
        owner.save()
        (settings.DATA / CODE_FILE).unlink(missing_ok=True)
        audit.record(owner.username, "first start", f"person:{owner.pk}")
        login(request, owner, backend=settings.AUTHENTICATION_BACKENDS[-1])
        return redirect("today")
    return render(request, "studio/start.html", {"form": form})


def healthy(request: HttpRequest) -> HttpResponse:
    """Alive, for who watches the process; says nothing else."""
    return HttpResponse("ok", content_type="text/plain")
