"""The plan's page: this client's own lips, checked while it is made; it works without scripts."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from tests.rendered import rendered
from tests.studio.conftest import lot, planned, ready_for, vial
from vermilion.consult.draw import encode_jpeg
from vermilion.phantom.scenes import SCENES
from vermilion.studio.models import Client, Entry, Lot, Person, Photo
from vermilion.studio.record import consent, entries, photos
from vermilion.studio.voices import voice_of

pytestmark = pytest.mark.django_db
FLIP = {
    "photo": "template", "product": "ona", "vial": "100", "diluent": "2,5",
    "x.0": "-6", "y.0": "-8", "u.0": "1", "x.1": "6", "y.1": "-8", "u.1": "1.5",
}  # fmt: skip


@pytest.fixture(scope="module")
def face() -> bytes:
    return encode_jpeg(rendered(SCENES["frontal"].sized(720, 960)).pixels)


@pytest.fixture
def photo(ana: Client, owner: Person, face: bytes) -> Photo:
    return photos.add_photo(ana, face, "rest", timezone.now(), by=owner)


def where(client: Client, treatment: str = "flip") -> str:
    return reverse("plan_new", args=[client.pk, treatment])


def test_it_is_drawn_on_the_client_s_own_lips_or_says_that_it_is_a_template(
    desk: Browser, ana: Client, owner: Person, face: bytes
) -> None:
    without = desk.get(where(ana)).content.decode()
    assert "There is no photo at rest yet." in without
    assert "A template, not the client" in without
    photo = photos.add_photo(ana, face, "rest", timezone.now(), by=owner)
    own = desk.get(where(ana)).content.decode()
    assert "own lips from the photo" in own
    assert reverse("lip_view", args=[photo.pk]) in own
    chosen = desk.get(where(ana) + "?photo=template").content.decode()
    assert "A template, not the client" in chosen


def test_a_photo_of_somebody_else_is_never_drawn(desk: Browser, beth: Client, photo: Photo) -> None:
    page = desk.get(f"{where(beth)}?photo={photo.pk}").content.decode()
    assert str(photo.pk) not in page


def test_without_scripts_points_are_added_and_taken_away_by_buttons(
    desk: Browser, ana: Client
) -> None:
    page = desk.post(where(ana), {"photo": "template", "add": "usual"}).content.decode()
    rows = page[: page.index("<template")]
    assert len(re.findall(r'name="x\.\d"', rows)) == 4
    assert 'name="u.0" inputmode="decimal" aria-label="units" value=""' in rows, "no dose is given"
    less = desk.post(where(ana), FLIP | {"remove": "0"}).content.decode()
    assert len(re.findall(r'name="x\.\d"', less[: less.index("<template")])) == 1
    more = desk.post(where(ana), FLIP | {"add": "lateral_left"}).content.decode()
    assert len(re.findall(r'name="x\.\d"', more[: more.index("<template")])) == 3


def test_the_check_says_total_volumes_and_what_blocks(desk: Browser, ana: Client) -> None:
    check = reverse("plan_check", args=[ana.pk, "flip"])
    told = json.loads(desk.post(check, FLIP).content)
    assert told["ml"] == ["0.025", "0.0375"]
    assert "2.5 U" in told["html"]
    assert "Consider:" in told["html"], "left and right are uneven"
    assert "data-blocked" not in told["html"]
    blocked = json.loads(desk.post(check, FLIP | {"x.1": "0"}).content)["html"]
    assert "data-blocked" in blocked
    assert "data-liftable" in blocked
    wrong = json.loads(desk.post(check, FLIP | {"u.0": "many"}).content)["html"]
    assert "a number is needed" in wrong
    assert not Entry.objects.filter(kind="plan").exists()


def test_a_blocked_plan_is_not_kept_and_nothing_typed_is_lost(desk: Browser, ana: Client) -> None:
    middle = FLIP | {"x.1": "0", "keep": "1", "remarks": "scar in the middle"}
    refused = desk.post(where(ana), middle)
    assert refused.status_code == 422
    assert "scar in the middle" in refused.content.decode()
    assert not Entry.objects.filter(kind="plan").exists()
    kept = desk.post(where(ana), middle | {"reason": "evens the scar"})
    assert kept.status_code == 302
    page = desk.get(kept.headers["Location"]).content.decode()
    assert "evens the scar" in page
    assert "Off-label" in page


def test_a_blush_is_drawn_by_technique_and_border(desk: Browser, ana: Client) -> None:
    check = reverse("plan_check", args=[ana.pk, "blush"])
    given = {"photo": "template", "shade": "mauve", "technique": "liner", "border_mm": "0,4"}
    told = json.loads(desk.post(check, given).content)
    assert "class='drawn'" in told["drawing"]
    plain = json.loads(desk.post(check, given | {"border_mm": "0"}).content)
    assert "class='drawn'" not in plain["drawing"]
    full = json.loads(desk.post(check, given | {"technique": "full"}).content)
    assert full["drawing"] != told["drawing"]
    over = json.loads(desk.post(check, given | {"border_mm": "2.5"}).content)["html"]
    assert "data-blocked" in over
    assert "data-liftable" not in over


def test_a_consultation_is_carried_into_the_plan_by_one_link(
    desk: Browser, ana: Client, owner: Person, photo: Photo
) -> None:
    points = [{"site": "paramedian_left", "units": 0.75}]
    content = {"photo": str(photo.pk), "plan": {"flip": {"product": "ona", "points": points}}}
    kept = entries.add(ana, "consultation", content, by=owner)
    link = f"{where(ana)}?from={kept.pk}"
    assert link in desk.get(reverse("consultation", args=[kept.pk])).content.decode()
    assert 'value="0.75"' in desk.get(link).content.decode()
    assert 'value="0.75"' not in desk.get(where(ana)).content.decode()


def test_the_visit_is_filled_in_from_the_plan_and_shows_both(
    desk: Browser, ana: Client, owner: Person
) -> None:
    botox = lot(owner)
    ready_for(ana, "flip", owner)
    visit = reverse("visit_new", args=[ana.pk, "flip"])
    form = desk.get(visit).content.decode()
    assert form.count("planned:") == 4
    assert 'name="at.p0" inputmode="decimal" value="1"' in form
    given = {f"at.p{k}": "1" for k in range(3)} | {"at.p3": "1.5", "product": "ona"}
    more = {"vial": "100", "diluent": "2.5", "lot": str(botox.pk), "used": "4.5", "chart": "1"}
    more["discard_at"] = f"{timezone.localtime() + timedelta(hours=20):%Y-%m-%dT%H:%M}"
    done = desk.post(visit, given | more)
    assert done.status_code == 302, done.context["error"]
    page = desk.get(done.headers["Location"]).content.decode()
    assert "Planned and given" in page
    assert "<strong>1.5</strong>" in page
    assert page.count('<td class="num">1</td><td class="num">1</td>') == 3


def test_the_sheet_can_be_printed(desk: Browser, ana: Client, owner: Person) -> None:
    for treatment in ("flip", "blush"):
        plan = planned(ana, treatment, owner)
        printed = desk.get(reverse("plan_pdf", args=[plan.pk]))
        assert printed.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "corner; units: 1."), ("es", "comisura; unidades: 1.")]
)
def test_the_consent_names_the_plan_s_own_points_and_risks(
    ana: Client, owner: Person, language: str, words: str
) -> None:
    planned(ana, "flip", owner)
    made = consent.make_consent(ana, voice_of("client", language), "flip", owner)
    text = " ".join(made.content["text"].split())
    assert words in text
    assert "onabotulinumtoxinA" in text
    assert text.count("off-label" if language == "en" else "fuera de ficha") >= 2
    assert "as many as in that study" in text or "las mismas que en ese estudio" in text


def test_the_consent_is_read_beside_the_drawing_of_its_plan(
    desk: Browser, phone: Browser, ana: Client, owner: Person
) -> None:
    without = consent.make_consent(ana, voice_of("client"), "flip", owner)
    planned(ana, "flip", owner)
    made = consent.make_consent(ana, voice_of("client", "es"), "flip", owner)
    shown = desk.get(reverse("consent", args=[made.pk])).content.decode()
    mine = phone.get(reverse("my_consent", args=[made.pk])).content.decode()
    for page in (shown, mine):
        assert page.count("class='pin'") == 4
        assert "Tu plan, dibujado" in page
    assert "class='pin'" not in desk.get(reverse("consent", args=[without.pk])).content.decode()


def test_an_open_vial_tells_the_volumes_and_is_chosen_again_at_the_visit(
    desk: Browser, ana: Client, owner: Person
) -> None:
    ready_for(ana, "flip", owner)
    open_vial = vial(owner, lot(owner))  # 50 U in 1 mL
    key = f"vial:{open_vial.pk.hex}"
    given = FLIP | {"vial": "", "diluent": "", "lot": key}
    check = reverse("plan_check", args=[ana.pk, "flip"])
    assert json.loads(desk.post(check, given).content)["ml"] == ["0.020", "0.030"]
    assert desk.post(where(ana), given | {"keep": "1"}).status_code == 302
    form = desk.get(reverse("visit_new", args=[ana.pk, "flip"]))
    assert form.context["given"]["lot"] == key
    assert "vial" not in form.context["given"]


def test_a_lot_of_another_product_is_refused_while_planning(
    desk: Browser, ana: Client, owner: Person
) -> None:
    other = lot(owner)
    Lot.objects.filter(pk=other.pk).update(toxin="abo")
    check = reverse("plan_check", args=[ana.pk, "flip"])
    told = json.loads(desk.post(check, FLIP | {"lot": str(other.pk)}).content)["html"]
    assert "lot A1 is abobotulinumtoxinA" in told
