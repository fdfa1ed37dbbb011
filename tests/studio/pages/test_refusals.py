"""What a page refuses is said in the reader's language."""

from __future__ import annotations

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests.studio.conftest import lot
from vermilion.studio.models import Client, Entry, Person

pytestmark = pytest.mark.django_db
SPANISH = {"Accept-Language": "es"}


@pytest.mark.parametrize(
    ("page", "given", "said"),
    [
        ("keeping", {"years": "many"}, "llegó «many»; hace falta un número entero de años"),
        ("shades", {"words": "Rosa"}, "no llegó ningún color; elige uno"),
        ("tokens", {"name": ""}, "esta clave no está completa"),
        ("clients_import", {}, "no llegó ninguna tabla"),
        ("client_erase", {"name": "Somebody"}, "ese no es el nombre de esta ficha"),
        ("visit", {"words": ""}, "no llegó ningún texto; di qué hay que añadir"),
        ("lot_more", {"amount": "-2"}, "no se pueden añadir -2 del lote A1"),
    ],
)
def test_a_refusal_follows_the_reader(
    page: str,
    given: dict[str, str],
    said: str,
    desk: Browser,
    ana: Client,
    owner: Person,
    flip_done: Entry,
) -> None:
    keys = {"client_erase": ana.pk, "visit": flip_done.pk}
    if page == "lot_more":
        keys[page] = lot(owner).pk
    where = reverse(page, args=[keys[page]] if page in keys else [])
    answer = desk.post(where, given, headers=SPANISH, follow=True)
    assert said in answer.content.decode()
