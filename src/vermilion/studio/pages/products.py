"""Own products: what lies in the cupboard, as its packs say it, and how it is mixed and kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vermilion.errors import VermilionError
from vermilion.know.own_product import OwnProduct
from vermilion.studio.access import person_of
from vermilion.studio.pages.swatches import lab_of
from vermilion.studio.record.own_products import UNITS, add_product, drop_product, toxin_names
from vermilion.studio.record.stock import KINDS
from vermilion.studio.voices import own_rules, refusal, text, voice_of
from vermilion.treat.plan import own_product

ANOTHER = "another"


class ProductForm(forms.Form):
    """A new product. toxin : of the list, or ANOTHER with its name in `substance`"""

    words = forms.CharField(max_length=80, label="Name on the pack")
    maker = forms.CharField(max_length=80, required=False, label="Maker")
    kind = forms.ChoiceField(choices=[(one, one) for one in KINDS], label="Kind")
    toxin = forms.CharField(max_length=48, required=False, label="Which toxin")
    substance = forms.CharField(max_length=40, required=False, label="Its name, if another one")
    amount = forms.DecimalField(
        max_digits=7, decimal_places=2, min_value=0.01, label="One pack holds"
    )
    unit = forms.ChoiceField(choices=[(one, one) for one in UNITS], label="Unit")
    diluent_ml = forms.DecimalField(
        max_digits=4,
        decimal_places=2,
        min_value=0.1,
        required=False,
        label="mL put into a vial here",
        help_text="For toxin alone. It stands ready where a vial is mixed; whoever mixes says so.",
    )
    coloured = forms.BooleanField(required=False, label="Show its colour")
    colour = forms.RegexField(
        r"^#[0-9a-fA-F]{6}$",
        required=False,
        label="Colour of the pigment, drawn thickly on white",
        help_text="A mark to know the bottle by. Nothing is predicted from it.",
        initial="#8e4a4f",
        widget=forms.TextInput({"type": "color", "class": "short"}),
    )
    storage = forms.CharField(max_length=120, required=False, label="How it is kept")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("kind") != "pigment" or not given.get("coloured"):
            given["colour"] = ""
        if given.get("kind") != "toxin":
            return given | {"toxin": "", "diluent_ml": None}
        if given.get("unit") != "U":
            self.add_error("unit", text("Toxin is counted in its own units, U."))
        if given.get("toxin") == ANOTHER:
            try:
                given["toxin"] = own_product(given.get("substance", "")).key
            except VermilionError as refused:
                self.add_error("substance", refusal(refused))
        elif given.get("toxin") not in toxin_names(voice_of()):
            self.add_error("toxin", text("Say which toxin it is: units are not interchangeable."))
        return given


def show(request: HttpRequest) -> HttpResponse:
    """The list; one is added or dropped. Lots and plans keep what they were of."""
    form = ProductForm(request.POST if "drop" not in request.POST and request.POST else None)
    person = person_of(request)
    if "drop" in request.POST:
        drop_product(settings.DATA, request.POST["drop"], person)
        messages.success(request, text("Dropped. Its lots stay as they are."))
        return redirect("products")
    if request.method == "POST" and form.is_valid():
        try:
            add_product(settings.DATA, _made(form.cleaned_data), person)
        except VermilionError as refused:
            form.add_error(None, refusal(refused))
        else:
            messages.success(request, text("Saved."))
            return redirect("products")
    rows = own_rules().products.items()
    names = toxin_names(voice_of())
    context = {
        "rows": [
            (key, one, names.get(one.toxin, ""))
            for key, one in sorted(rows, key=lambda row: row[1].words.casefold())
        ],
        "form": form,
        "kinds": KINDS,
        "toxins": names,
        "another": ANOTHER,
    }
    return render(request, "studio/products.html", context, status=422 if form.errors else 200)


def _made(given: dict[str, Any]) -> OwnProduct:
    diluent = given["diluent_ml"]
    return OwnProduct(
        given["words"].strip(),
        given["kind"],
        float(given["amount"]),
        given["unit"],
        given["toxin"],
        given["maker"].strip(),
        given["storage"].strip(),
        None if diluent is None else float(diluent),
        lab_of(given["colour"]) if given["colour"] else None,
    )
