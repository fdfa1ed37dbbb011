"""Lots by the code on their pack, several lots in one visit, vials mixed and thrown away."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tests.studio.conftest import lot, ready_for, vial
from tests.studio.record.test_labels import LABEL, PRINTED, scene
from vermilion.studio.models import AuditEntry, Client, Entry, Lot, LotUse, Person, Photo, Vial
from vermilion.studio.record import stock

pytestmark = pytest.mark.django_db
READ = "/stock/read/"


def picture() -> SimpleUploadedFile:
    out = BytesIO()
    Image.fromarray(scene(23, 1.0)).save(out, "JPEG", quality=85)
    return SimpleUploadedFile("frame.jpg", out.getvalue(), "image/jpeg")


def test_a_frame_is_read_and_nothing_of_it_is_kept(desk: Browser) -> None:
    before = AuditEntry.objects.count()
    found = desk.post(READ, {"frame": picture()}).json()
    assert found["found"]
    assert (found["number"], found["expires_on"]) == (LABEL.number, "2027-07-04")
    assert found["known"] is None
    assert "say once what it is" in found["words"]
    assert not Photo.objects.exists()
    assert AuditEntry.objects.count() == before


def test_a_frame_without_a_code_is_no_error(desk: Browser) -> None:
    out = BytesIO()
    Image.new("RGB", (640, 480), (90, 90, 90)).save(out, "JPEG")
    answer = desk.post(READ, {"frame": SimpleUploadedFile("f.jpg", out.getvalue())})
    assert (answer.status_code, answer.json()["found"]) == (200, False)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"code": "hello"}, "is no code of a pack"),
        ({}, "no photo came"),
        ({"frame": SimpleUploadedFile("x.jpg", b"GIF89a cut off")}, ""),
    ],
    ids=["words", "nothing", "no picture"],
)
def test_what_cannot_be_read_is_said(desk: Browser, given: dict[str, object], words: str) -> None:
    answer = desk.post(READ, given)
    assert 400 <= answer.status_code < 500
    assert not answer.json()["found"]
    assert words in answer.json()["words"]


def test_a_product_is_asked_once_and_then_known(desk: Browser) -> None:
    told = desk.post(reverse("lot_new"), {"read": "1", "code": PRINTED}).content.decode()
    assert 'value="AB-123"' in told
    assert 'value="2027-07-04"' in told
    given = {
        "kind": "toxin",
        "toxin": "ona",
        "product": "Sample toxin",
        "number": LABEL.number,
        "expires_on": "2027-07-04",
        "amount": "100",
        "unit": "U",
        "gtin": LABEL.gtin,
        "serial": LABEL.serial,
        "save": "1",
    }
    assert desk.post(reverse("lot_new"), given).status_code == 302
    found = desk.post(READ, {"code": PRINTED}).json()
    assert found["known"] == {
        "kind": "toxin", "product": "Sample toxin", "toxin": "ona", "unit": "U", "amount": "100.00"
    }  # fmt: skip
    assert found["lot"] == str(Lot.objects.get().pk)
    again = desk.post(reverse("lot_new"), given)
    assert "is in stock already" in again.content.decode()
    assert Lot.objects.get().amount == 100


def test_an_expired_pack_is_named(desk: Browser) -> None:
    found = desk.post(READ, {"code": "(01)09501101530003(17)200101(10)OLD"}).json()
    assert "has expired" in found["words"]


def test_toxin_says_which_one_it_is(desk: Browser) -> None:
    given = {"kind": "toxin", "product": "X", "number": "1", "amount": "9", "unit": "U"}
    answer = desk.post(reverse("lot_new"), given | {"expires_on": "2090-01-01"})
    assert "units are not interchangeable" in answer.content.decode()
    assert not Lot.objects.exists()


def test_one_visit_takes_toxin_needles_and_cream_each_from_its_lot(
    desk: Browser, ana: Client, owner: Person
) -> None:
    ready_for(ana, "flip", owner)
    toxin, needle, cream = (
        lot(owner, "A1"),
        lot(owner, "N1", "needle"),
        lot(owner, "C1", "numbing"),
    )
    mixed = vial(owner, toxin)
    given = {"product": "ona", "at.paramedian_left": "2", "at.paramedian_right": "2", "chart": "1"}
    given |= {"lot": f"vial:{mixed.pk.hex}", "used": "4", "wasted": "0,5"}
    given |= {"lot.1": str(needle.pk), "used.1": "1", "lot.2": str(cream.pk), "used.2": "0.2"}
    answer = desk.post(reverse("visit_new", args=[ana.pk, "flip"]), given)
    assert answer.status_code == 302, answer.content.decode()
    content = Entry.objects.get(kind="visit").content
    assert [one["number"] for one in content["lots"]] == ["A1", "N1", "C1"]
    assert content["sheet"]["units_per_0.1_ml"] == pytest.approx(5.0)
    left = {one.number: stock.line_of(one, timezone.localdate()).left for one in Lot.objects.all()}
    assert left == {"A1": Decimal("95.5"), "N1": 99, "C1": Decimal("99.8")}
    shown = desk.get(answer.headers["Location"]).content.decode()
    assert "N1" in shown
    assert "1.00 mL" in shown


def test_a_new_vial_is_mixed_in_the_visit_or_not_at_all(
    desk: Browser, ana: Client, owner: Person
) -> None:
    ready_for(ana, "flip", owner)
    toxin = lot(owner)
    Lot.objects.update(toxin="ona")
    given = {"product": "ona", "at.paramedian_left": "2", "at.paramedian_right": "2", "chart": "1"}
    given |= {"lot": str(toxin.pk), "vial": "50", "diluent": "1.25"}
    where = reverse("visit_new", args=[ana.pk, "flip"])
    refused = desk.post(where, given | {"used": "3"})
    assert "4 U stand at the points and 3" in refused.content.decode()
    assert not Vial.objects.exists()
    assert not LotUse.objects.exists()
    assert desk.post(where, given | {"used": "4"}).status_code == 302
    made = Vial.objects.get()
    assert made.discard_at - made.mixed_at == timedelta(hours=24)
    assert LotUse.objects.get().vial_id == made.pk


def test_a_line_without_an_amount_is_said_and_one_more_line_keeps_what_was_typed(
    desk: Browser, ana: Client, owner: Person
) -> None:
    ready_for(ana, "flip", owner)
    needle = lot(owner, "N1", "needle")
    mixed = vial(owner, lot(owner))
    given = {"product": "ona", "at.paramedian_left": "2", "at.paramedian_right": "2"}
    given |= {"lot": f"vial:{mixed.pk.hex}", "used": "4", "lot.2": str(needle.pk)}
    where = reverse("visit_new", args=[ana.pk, "flip"])
    answer = desk.post(where, given | {"chart": "1"})
    assert answer.status_code == 422
    assert "a number is needed" in answer.content.decode()
    more = desk.post(where, given | {"more": "1"}).content.decode()
    assert 'name="lot.3"' in more
    assert f'<option value="{needle.pk}" selected' in more
    assert not Entry.objects.filter(kind="visit").exists()


def test_a_vial_is_mixed_shown_and_thrown_away(desk: Browser, owner: Person) -> None:
    toxin = lot(owner)
    Lot.objects.update(toxin="ona")
    where = reverse("vial_mix", args=[toxin.pk])
    assert "24 hours" in desk.get(where).content.decode()
    assert desk.post(where, {"vial": "500", "diluent": "1"}).status_code == 422
    answer = desk.post(where, {"vial": "100", "diluent": "2.5"})
    shown = desk.get(answer.headers["Location"]).content.decode()
    assert "4 U / 0.1 mL" in shown
    assert "4 U/0.1 mL" in desk.get(reverse("stock")).content.decode()
    desk.post(answer.headers["Location"])
    assert Vial.objects.get().thrown == 100
    assert "4 U/0.1 mL" not in desk.get(reverse("stock")).content.decode()


@pytest.mark.parametrize(
    ("amount", "whole"), [("5", 105), ("1,5", Decimal("101.5")), ("x", 100), ("NaN", 100)]
)
def test_more_of_a_lot_comes_in(desk: Browser, owner: Person, amount: str, whole: Decimal) -> None:
    one = lot(owner)
    assert desk.post(reverse("lot_more", args=[one.pk]), {"amount": amount}).status_code == 302
    one.refresh_from_db()
    assert one.amount == whole


def test_an_empty_stock_leads_to_the_first_lot(desk: Browser, owner: Person) -> None:
    page = desk.get("/stock/").content.decode()
    assert page.count('href="/stock/new/"') == 1
    assert 'href="/settings/products/"' in page
    lot(owner)
    page = desk.get("/stock/").content.decode()
    assert page.count('href="/stock/new/"') == 1
    assert 'href="/settings/products/"' not in page
