"""The people who log in: the owner makes them, gives a role, closes a login."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth import password_validation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from vermilion.studio import audit
from vermilion.studio.access import person_of
from vermilion.studio.models import Person
from vermilion.studio.roles import EVERYBODY, Role
from vermilion.studio.voices import text


class LoginForm(forms.Form):
    """What every new login needs."""

    name = forms.CharField(label="Name", max_length=80)
    username = forms.RegexField(
        r"^[\w.@+-]+$", label="Login", help_text="Short; you type it each morning.", max_length=60
    )
    password = forms.CharField(
        label="Password",
        help_text="A sentence is good: at least twelve characters.",
        widget=forms.PasswordInput,
        max_length=200,
        strip=False,
    )

    def clean_password(self) -> str:
        given: str = self.cleaned_data["password"]
        password_validation.validate_password(given)
        return given


class PersonForm(LoginForm):
    """A new login, made by the owner."""

    role = forms.ChoiceField(
        label="Role", choices=[(one.value, one.value) for one in Role if one in EVERYBODY]
    )

    def clean_username(self) -> str:
        given: str = self.cleaned_data["username"]
        if Person.objects.filter(username__iexact=given).exists():
            raise forms.ValidationError(text("There is somebody of that login already."))
        return given


def index(request: HttpRequest) -> HttpResponse:
    people = Person.objects.order_by("-is_active", "username")
    return render(request, "studio/people.html", {"people": people, "me": person_of(request)})


def new(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None, initial={"role": Role.PRACTITIONER})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        person = Person(username=given["username"], first_name=given["name"], role=given["role"])
        person.set_password(given["password"])
        person.save()
        audit.record(person_of(request).username, f"new {person.role}", f"person:{person.pk}")
        messages.success(request, text("The login is there."))
        return redirect("people")
    return render(request, "studio/person_form.html", {"form": form})


@require_POST
def active(request: HttpRequest, person_id: int) -> HttpResponse:
    """Close or open a login; one's own stays open, so that an owner is left."""
    person = get_object_or_404(Person, pk=person_id)
    if person == person_of(request):
        messages.error(request, text("Your own login stays open; another owner can close it."))
        return redirect("people")
    person.is_active = not person.is_active
    person.save(update_fields=["is_active"])
    done = "open login" if person.is_active else "close login"
    audit.record(person_of(request).username, done, f"person:{person.pk}")
    messages.success(request, text("Saved."))
    return redirect("people")
