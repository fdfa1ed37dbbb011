"""Own products: kept, offered where lots, vials and plans begin, and never converted."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from tests.studio.conftest import planned, ready_for
from vermilion.errors import UsageError
from vermilion.know.own_product import OwnProduct
from vermilion.studio.models import AuditEntry, Client, Lot, Person
from vermilion.studio.record import consent, stock, vials, visits
from vermilion.studio.record.own_products import add_product, like_lot, mixed_here, toxin_names
from vermilion.studio.record.practice import read_file
from vermilion.studio.voices import own_rules, voice_of

pytestmark = pytest.mark.django_db
BOX = {
    "words": "Toxin box",
    "kind": "toxin",
    "toxin": "ona",
    "amount": "100",
    "unit": "U",
    "diluent_ml": "2.5",
    "storage": "2 to 8 °C",
    "maker": "A maker",
}
OTHER = BOX | {"words": "Other box", "toxin": "another", "substance": "letibotulinumtoxinA"}
OTHER_KEY = "own:letibotulinumtoxinA"


def keys() -> dict[str, str]:
    return {one.words: key for key, one in own_rules().products.items()}


def lot_of(by: Person, words: str, toxin: str) -> Lot:
    expires = timezone.localdate() + timedelta(days=300)
    return stock.add_lot("toxin", words, "T1", expires, Decimal(100), "U", by, toxin=toxin)


def test_a_product_is_kept_with_all_that_was_said_of_it(desk: Browser) -> None:
    assert desk.post("/settings/products/", BOX).status_code == 302
    (one,) = own_rules().products.values()
    assert one == OwnProduct(
        "Toxin box", "toxin", 100.0, "U", "ona", "A maker", "2 to 8 °C", diluent_ml=2.5
    )
    assert AuditEntry.objects.filter(action="change products").count() == 1
    page = desk.get("/settings/products/").content.decode()
    assert "onabotulinumtoxinA" in page
    assert "in 2.5 mL" in page


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("words", " "),
        ("amount", "0"),
        ("amount", "much"),
        ("unit", "mL"),
        ("toxin", ""),
        ("toxin", "botox"),
        ("kind", "pills"),
        ("diluent_ml", "-1"),
        ("words", "TOXIN BOX"),
    ],
)
def test_what_is_wrong_changes_nothing_and_is_named(desk: Browser, field: str, wrong: str) -> None:
    desk.post("/settings/products/", BOX)
    answer = desk.post("/settings/products/", BOX | {"words": "Second"} | {field: wrong})
    assert answer.status_code == 422
    assert list(keys()) == ["Toxin box"]


def test_a_toxin_of_the_list_is_not_renamed_to_slip_past_its_checks(desk: Browser) -> None:
    for name in ("onabotulinumtoxinA", "ONA", "x{y}", "a:b", ""):
        answer = desk.post("/settings/products/", OTHER | {"substance": name})
        assert answer.status_code == 422, name
    assert keys() == {}


def test_only_a_toxin_has_a_toxin_and_a_dilution(desk: Browser) -> None:
    desk.post("/settings/products/", BOX | {"kind": "needle", "unit": "pcs"})
    (one,) = own_rules().products.values()
    assert (one.toxin, one.diluent_ml) == ("", None)
    assert mixed_here(own_rules()) == []


def test_a_new_lot_begins_with_it_and_keeps_its_storage_in_sight(
    desk: Browser, owner: Person
) -> None:
    desk.post("/settings/products/", BOX)
    address = f"/stock/new/?own={keys()['Toxin box']}"
    assert address.removeprefix("/stock/new/") in desk.get("/stock/new/").content.decode()
    page = desk.get(address).content.decode()
    for part in ('value="Toxin box"', 'value="ona" selected', 'value="100"'):
        assert part in page
    lot = lot_of(owner, "toxin BOX", "ona")
    assert "2 to 8 °C" in desk.get(f"/stock/{lot.pk}/").content.decode()


def test_a_shade_of_ones_own_is_offered_as_a_pigment(desk: Browser) -> None:
    shade = {"words": "Rosa 12", "maker": "Inkworks", "l": "44", "a": "30", "b": "17"}
    desk.post("/settings/shades/", shade)
    assert "Inkworks" in desk.get("/settings/shades/").content.decode()
    (key,) = own_rules().shades
    page = desk.get(f"/stock/new/?shade={key}").content.decode()
    assert 'value="Rosa 12"' in page
    assert 'value="pigment" selected' in page


def test_a_vial_is_mixed_as_here_unless_somebody_types_otherwise(
    desk: Browser, owner: Person
) -> None:
    desk.post("/settings/products/", BOX)
    lot = lot_of(owner, "Toxin box", "ona")
    page = desk.get(f"/stock/{lot.pk}/mix/").content.decode()
    assert 'name="diluent" inputmode="decimal" required value="2.5"' in page
    answer = desk.post(f"/stock/{lot.pk}/mix/", {"vial": "100", "diluent": ""})
    assert answer.status_code == 422, "an emptied field is not filled behind somebody's back"
    lot_other = stock.add_lot(
        "toxin", "Nameless", "T2", lot.expires_on, Decimal(50), "U", owner, toxin="ona"
    )
    assert like_lot(own_rules(), lot_other) is None
    assert 'value="2.5"' not in desk.get(f"/stock/{lot_other.pk}/mix/").content.decode()


def test_another_toxin_is_planned_mixed_and_given_in_its_own_units(
    desk: Browser, ana: Client, owner: Person
) -> None:
    desk.post("/settings/products/", OTHER)
    assert toxin_names(voice_of())[OTHER_KEY] == "letibotulinumtoxinA"
    form = desk.get(reverse("plan_new", args=[ana.pk, "flip"])).content.decode()
    assert f'value="{OTHER_KEY}"' in form
    assert "Other box, 100 units in 2.5 mL" in form
    ready_for(ana, "flip", owner)
    plan = planned(ana, "flip", owner, product=OTHER_KEY)
    assert plan.content["lip_data"] is False
    assert "flip_units_other" in [one["key"] for one in plan.content["findings"]]
    agreed = consent.make_consent(ana, voice_of("client", "en"), "flip", owner)
    assert "letibotulinumtoxinA" in agreed.content["text"]
    consent.sign(agreed, "Ana", "")
    lot, now = lot_of(owner, "Other box", OTHER_KEY), timezone.now()
    assert vials.label_hours(voice_of(), OTHER_KEY) is None
    mixing = vials.Mixing(Decimal(100), Decimal("2.5"), now, now + timedelta(hours=4))
    vial = vials.mix(lot, mixing, voice_of(), owner)
    taken = [visits.Taken(lot, Decimal(4), Decimal(0), vial)]
    with pytest.raises(
        UsageError, match="lot T1 is letibotulinumtoxinA, the plan says onabotulinumtoxinA"
    ):
        _chart(ana, owner, taken, {"product": "ona"})
    _chart(ana, owner, taken, {"product": OTHER_KEY})
    assert stock.left_in(vial) == 96


def _chart(client: Client, by: Person, taken: list[Any], content: dict[str, Any]) -> None:
    visits.chart(client, voice_of(), "flip", timezone.localdate(), content, taken, by)


def test_it_is_dropped_and_its_lots_stay(desk: Browser, owner: Person) -> None:
    desk.post("/settings/products/", BOX)
    lot = lot_of(owner, "Toxin box", "ona")
    desk.post("/settings/products/", {"drop": keys()["Toxin box"]})
    assert read_file(settings.DATA).get("product", {}) == {}
    assert desk.get(f"/stock/{lot.pk}/").status_code == 200
    desk.post("/settings/keeping/", {"years": "9"})
    assert keys() == {}


def test_other_settings_leave_them_alone_and_a_second_of_a_name_is_refused(
    desk: Browser, owner: Person
) -> None:
    desk.post("/settings/products/", BOX)
    desk.post("/settings/keeping/", {"years": "9"})
    assert list(keys()) == ["Toxin box"]
    with pytest.raises(UsageError, match="already"):
        add_product(settings.DATA, OwnProduct("toxin box", "needle", 10, "pcs"), owner)


def test_it_is_read_in_spanish(desk: Browser) -> None:
    desk.cookies["django_language"] = "es"
    page = desk.post("/settings/products/", OTHER | {"substance": "ona"}).content.decode()
    assert "ya está en la lista" in page
    assert "Su nombre, si es otra" in page


def test_a_pigments_own_colour_marks_its_lots_and_predicts_nothing(
    desk: Browser, owner: Person
) -> None:
    bottle = {"words": "Rosa 12", "kind": "pigment", "amount": "15", "unit": "mL"}
    where = reverse("products")
    desk.post(where, bottle | {"words": "Plain", "colour": "#8e4a4f"})
    desk.post(where, bottle | {"coloured": "on", "colour": "#ff0000"})
    kept = {one.words: one.lab for one in own_rules().products.values()}
    assert kept["Plain"] is None, "a colour that nobody ticked is none"
    assert kept["Rosa 12"] == pytest.approx((53.2, 80.1, 67.2), abs=0.2)
    assert not own_rules().shades, "it is no shade that a consultation could draw"
    expires = timezone.localdate() + timedelta(days=300)
    made = [
        stock.add_lot("pigment", words, "P1", expires, Decimal(15), "mL", owner)
        for words in ("Rosa 12", "Plain")
    ]
    mark = 'class="dot"'
    assert desk.get(reverse("stock")).content.decode().count(mark) == 1
    assert [
        desk.get(reverse("lot", args=[one.pk])).content.decode().count(mark) for one in made
    ] == [
        1,
        0,
    ]
    assert 'fill="rgb(255,0,0)"' in desk.get(where).content.decode()
    toxin = BOX | {"coloured": "on", "colour": "#8e4a4f"}
    desk.post(where, toxin)
    assert {one.words: one.lab for one in own_rules().products.values()}["Toxin box"] is None
