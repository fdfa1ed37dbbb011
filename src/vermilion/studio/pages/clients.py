"""Clients: the list that forgives spelling, a new record, its card, a note, its end."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vermilion.know.catalogue import LANGUAGES
from vermilion.studio.access import client_for, clients_of, person_of
from vermilion.studio.models import Client
from vermilion.studio.pages.banner import banner
from vermilion.studio.record import clients as record
from vermilion.studio.record import entries
from vermilion.studio.record.cards import card_of
from vermilion.studio.record.search import find
from vermilion.studio.voices import text

NAMES = {"en": "English", "es": "Español"}


class CardForm(forms.Form):
    """A client's card. edition : which edition the form shows"""

    name = forms.CharField(label="Name", max_length=120)
    born = forms.DateField(
        label="Birth date",
        help_text="It decides the age limit, and opens the client's own page.",
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        required=False,
    )
    phone = forms.CharField(label="Telephone", max_length=40, required=False)
    email = forms.EmailField(label="E-mail", required=False)
    language = forms.ChoiceField(
        label="Language", choices=[(one, NAMES.get(one, one)) for one in LANGUAGES]
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def clean_born(self) -> date | None:
        born: date | None = self.cleaned_data["born"]
        if born is not None and not record.may_be_born(born):
            raise forms.ValidationError(text("This birth date cannot be. Look at the year."))
        return born

    def card(self) -> dict[str, Any]:
        """As it is kept."""
        given = dict(self.cleaned_data)
        given.pop("edition")
        return given | {"born": given["born"].isoformat() if given["born"] else ""}


def index(request: HttpRequest) -> HttpResponse:
    """All clients, or those a few letters may mean."""
    words = request.GET.get("q", "")[:80]
    found = find(clients_of(request), words)
    rows = [{"client": client, "card": card_of(client)} for client in found]
    part = "studio/clients_found.html" if request.headers.get("HX-Request") else ""
    return render(request, part or "studio/clients.html", {"rows": rows, "q": words})


def new(request: HttpRequest) -> HttpResponse:
    """A new record. Somebody of that name and birth date is pointed out first."""
    form = CardForm(request.POST or None, initial={"language": "en", "edition": 0})
    twins: list[Client] = []
    if request.method == "POST" and form.is_valid():
        card = form.card()
        same = (card["name"].casefold(), card["born"])
        twins = [
            one
            for one in clients_of(request)
            if (card_of(one).get("name", "").casefold(), card_of(one).get("born")) == same
        ]
        if not twins or "anyway" in request.POST:
            client = record.new_client(card, person_of(request))
            messages.success(request, text("The record is there."))
            return redirect("client", client.pk)
    return render(request, "studio/client_form.html", {"form": form, "twins": twins})


def card(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Change the card. Two people at once: the second sees both versions, nothing typed is lost."""
    client = client_for(request, client_id, "open card")
    shown = card_of(client) | {"edition": client.edition}
    form = CardForm(request.POST or None, initial=shown)
    theirs: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            record.change_card(
                client, form.card(), form.cleaned_data["edition"], person_of(request)
            )
        except record.EditedMeanwhileError as error:
            form.add_error(None, text(str(error.came)))
            theirs = card_of(client)
            form.data = {**request.POST.dict(), "edition": client.edition}
        else:
            messages.success(request, text("Saved."))
            return redirect("client", client.pk)
    context = banner(request, client) | {"form": form, "theirs": theirs}
    status = 409 if theirs else 200
    return render(request, "studio/client_form.html", context, status=status)


def note(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Add a note; it stays as it is, a correction follows as another."""
    client = client_for(request, client_id, "open note")
    words = request.POST.get("words", "").strip()[:8000]
    if request.method == "POST" and words:
        entries.add(client, "note", {"words": words}, by=person_of(request))
        messages.success(request, text("The note is in the record."))
        return redirect("client", client.pk)
    return render(request, "studio/note.html", banner(request, client) | {"words": words})
