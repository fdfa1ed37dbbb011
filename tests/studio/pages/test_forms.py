"""A form that is sent back names each field that is wrong, and leads to it (WCAG 3.3.1)."""

from __future__ import annotations

import importlib
import pkgutil
import re
from html import unescape

import pytest
from django import forms
from django.test import Client as Browser
from django.urls import reverse

from tests.studio.conftest import booked
from vermilion.know.catalogue import LANGUAGES
from vermilion.studio import pages
from vermilion.studio.models import Client, Person
from vermilion.studio.pages.before import OrderForm, PatchForm
from vermilion.studio.pages.booking import BookForm, MoveForm
from vermilion.studio.pages.clients import CardForm
from vermilion.studio.pages.people import PersonForm
from vermilion.studio.pages.products import ProductForm
from vermilion.studio.pages.start import OwnerForm
from vermilion.studio.pages.stock import LotForm
from vermilion.studio.voices import voice_of

pytestmark = pytest.mark.django_db
ADDRESSES: dict[type[forms.Form], str] = {
    OwnerForm: "start",
    CardForm: "client_new",
    BookForm: "book",
    MoveForm: "appointment",
    OrderForm: "order",
    PatchForm: "patch_test",
    PersonForm: "person_new",
    LotForm: "lot_new",
    ProductForm: "products",
}
SUMMARY = re.compile(r'<div class="note stop" role="alert" tabindex="-1">(.+?)</div>', re.DOTALL)
LINE = re.compile(r'<a href="#([^"]+)"><strong>([^<]+):</strong> ([^<]+)</a>')


def every_form() -> set[type[forms.Form]]:
    """The forms of all pages that stand for themselves."""
    for module in pkgutil.iter_modules(pages.__path__):
        importlib.import_module(f"{pages.__name__}.{module.name}")
    todo, found = list(forms.Form.__subclasses__()), set()
    while todo:
        one = todo.pop()
        todo += one.__subclasses__()
        if one.__module__.startswith(pages.__name__) and one.__name__ != "LoginForm":
            found.add(one)
    return found


def address(form: type[forms.Form], client: Client, owner: Person) -> str:
    name = ADDRESSES[form]
    if name == "order":
        return reverse(name, args=[client.pk, "flip"])
    if name == "appointment":
        return reverse(name, args=[client.pk, booked(client, owner).pk])
    return reverse(name, args=[client.pk] if name in ("book", "patch_test") else [])


def test_every_form_is_walked() -> None:
    assert every_form() == set(ADDRESSES)


@pytest.mark.parametrize("form", ADDRESSES, ids=lambda one: one.__name__)
def test_every_field_has_a_label(form: type[forms.Form]) -> None:
    for name, field in form.base_fields.items():
        assert field.label or isinstance(field.widget, forms.HiddenInput), name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ADDRESSES, ids=lambda one: one.__name__)
def test_what_is_wrong_is_named_and_linked(
    form: type[forms.Form], language: str, ana: Client, owner: Person, desk: Browser
) -> None:
    where = address(form, ana, owner)
    if form is OwnerForm:
        Person.objects.all().delete()
        desk = Browser()
    page = desk.post(
        where, {"edition": "0"}, headers={"Accept-Language": language}
    ).content.decode()
    (summary,) = SUMMARY.findall(page)
    told = [(target, unescape(label)) for target, label, _ in LINE.findall(summary)]
    empty = form({"edition": "0"})
    wrong = [name for name in empty.errors if name != "__all__"]
    assert len(wrong) > 0
    assert len(told) == summary.count("<li>") >= len(wrong)
    voice = voice_of(language=language)
    labels = {voice.say(str(empty.fields[name].label)).plain for name in wrong}
    assert {label for _, label in told} == labels
    for target, _ in told:
        assert page.count(f'id="{target}"') == 1, target
