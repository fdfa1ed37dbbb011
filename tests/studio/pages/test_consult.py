"""The consultation: what cannot be drawn is said and not kept; what is kept prints again."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tests.rendered import rendered
from tests.treat.test_pigment import seen_in
from vermilion.colour.lips import LipColours
from vermilion.consult.draw import encode_jpeg
from vermilion.know.claims import claim
from vermilion.phantom.scenes import SCENES
from vermilion.studio import looks
from vermilion.studio.models import Client, Entry, Person, Photo
from vermilion.studio.pages.swatches import swatches
from vermilion.studio.record import photos

pytestmark = pytest.mark.django_db
BLUSH = {"blush": "1", "shade": "coral", "saturation": "0.6", "day": "42", "band": "expected"}
FLIP = {"flip": "1", "by": "rise", "rise": "0.8", "day": "14", "band": "expected"}


@pytest.fixture(scope="module")
def face() -> bytes:
    return encode_jpeg(rendered(SCENES["frontal"].sized(720, 960)).pixels)


@pytest.fixture(scope="module")
def smile() -> bytes:
    return encode_jpeg(rendered(SCENES["smile"].sized(600, 800)).pixels)


@pytest.fixture
def photo(ana: Client, owner: Person, face: bytes) -> Photo:
    return photos.add_photo(ana, face, "rest", timezone.now(), by=owner)


def frame(desk: Browser, photo: Photo, given: dict[str, str]) -> tuple[int, bytes]:
    answer = desk.post(reverse("consult_frame", args=[photo.pk]), given)
    return answer.status_code, answer.content


def test_a_plan_changes_the_patch_and_no_plan_does_not(desk: Browser, photo: Photo) -> None:
    status, bare = frame(desk, photo, {"day": "14"})
    assert status == 200
    status, drawn = frame(desk, photo, FLIP)
    assert status == 200
    one, other = (np.asarray(Image.open(io.BytesIO(c)), int) for c in (bare, drawn))
    assert one.shape == other.shape
    assert np.abs(one - other).max() > 40
    assert b"imulation" in drawn[:300]


@pytest.mark.parametrize(
    "wrong",
    [
        {"rise": "9"},
        {"rise": "nan"},
        {"day": "soon"},
        {"day": "nan"},
        {"band": "best"},
        {"by": "units", "units": "50"},
        {"blush": "1", "shade": "white", "saturation": "0.6"},
        {"blush": "1", "shade": "", "saturation": "0.6", "border": "2.5"},
        {"blush": "1", "shade": "", "saturation": "0.6", "passes": "9"},
    ],
    ids=str,
)
def test_what_cannot_be_drawn_is_said_and_not_kept(
    desk: Browser, photo: Photo, wrong: dict[str, str]
) -> None:
    status, content = frame(desk, photo, FLIP | wrong)
    assert 400 <= status < 500
    assert b"error" in content
    answer = desk.post(reverse("consult_save", args=[photo.pk]), FLIP | wrong)
    assert 400 <= answer.status_code < 500
    assert not Entry.objects.filter(kind="consultation").exists()


def test_a_kept_one_shows_what_was_looked_at_and_prints(
    desk: Browser, photo: Photo, tmp_path: Path
) -> None:
    desk.post(reverse("consult_save", args=[photo.pk]), FLIP)
    entry = Entry.objects.get(kind="consultation")
    assert entry.content["editions"]["flip"]
    page = desk.get(reverse("consultation", args=[entry.pk])).content.decode()
    assert "week 2" in page
    assert "Mouth width" in page
    for form, start in (("pdf", b"%PDF"), ("html", b"<!doctype")):
        made = desk.post(reverse("consult_report", args=[entry.pk]), {"form": form})
        assert made.content[:9].lower().startswith(start.lower())
        assert made.headers["Cache-Control"] == "no-store, private"


def test_the_picture_says_where_on_the_face_it_lies(desk: Browser, photo: Photo) -> None:
    answer = desk.post(reverse("consult_frame", args=[photo.pk]), FLIP)
    left, top, width, height = map(float, answer.headers["X-Place"].split(","))
    assert 0 < left < left + width < 1
    assert 0.4 < top < top + height < 1


def test_numbers_and_lost_function_stand_beside_a_flip(desk: Browser, photo: Photo) -> None:
    page = desk.post(reverse("consult_beside", args=[photo.pk]), FLIP).content.decode()
    assert "Upper border rises by" in page
    assert "Expect the mouth to work less well" in page
    assert "Gum" not in page


def test_that_bare_lips_are_needed_stands_beside_a_blush_alone(desk: Browser, photo: Photo) -> None:
    beside = reverse("consult_beside", args=[photo.pk])
    said = claim("blush_bare_lips").words.template
    assert said in desk.post(beside, BLUSH).content.decode()
    assert said not in desk.post(beside, FLIP).content.decode()


@pytest.mark.parametrize(
    ("upper", "rows"),
    [
        ((36.0, 16.0, 14.0), ["Colour step of the upper lip", "Colour step of the lower lip"]),
        ((53.0, 22.0, 12.0), ["Colour step from the bare lip"]),
    ],
)
def test_each_lips_colour_stands_beside_a_blush_where_they_differ(
    desk: Browser,
    photo: Photo,
    monkeypatch: pytest.MonkeyPatch,
    upper: tuple[float, float, float],
    rows: list[str],
) -> None:
    lips = LipColours(upper, (54.0, 22.0, 12.0))
    monkeypatch.setattr(looks.Look, "bare_lips", lambda *_: lips)
    told = {"blush": "1", "shade": "coral", "saturation": "0.6", "day": "42", "band": "expected"}
    page = desk.post(reverse("consult_beside", args=[photo.pk]), told).content.decode()
    assert all(words in page for words in rows)
    assert page.count("Colour step") == len(rows)


def test_what_speaks_against_a_plan_stands_beside_it(desk: Browser, photo: Photo) -> None:
    told = FLIP | {"by": "units", "units": "2"}
    page = desk.post(reverse("consult_beside", args=[photo.pk]), told).content.decode()
    assert "note small care" in page
    assert "8 U are planned in the upper lip" in page


def test_a_smile_is_drawn_and_its_gum_told(
    desk: Browser, photo: Photo, ana: Client, owner: Person, smile: bytes
) -> None:
    second = photos.add_photo(ana, smile, "smile", timezone.now(), by=owner)
    told = FLIP | {"smile": str(second.pk), "on": "smile", "smiled": "1"}
    _, drawn = frame(desk, photo, told)
    _, plain = frame(desk, photo, FLIP)
    assert Image.open(io.BytesIO(drawn)).size != Image.open(io.BytesIO(plain)).size
    page = desk.post(reverse("consult_beside", args=[photo.pk]), told).content.decode()
    assert "Gum shown with the flip" in page
    desk.post(reverse("consult_save", args=[photo.pk]), told)
    content = Entry.objects.get(kind="consultation").content
    assert content["smile"] == str(second.pk)
    assert content["smile_measures"]["gum_show"]["unit"] == "mm"


def test_the_smile_of_somebody_else_is_not_found(
    desk: Browser, photo: Photo, beth: Client, owner: Person, smile: bytes
) -> None:
    hers = photos.add_photo(beth, smile, "smile", timezone.now(), by=owner)
    told = FLIP | {"smile": str(hers.pk), "on": "smile", "smiled": "1"}
    for page in ("consult_frame", "consult_beside", "consult_save"):
        assert desk.post(reverse(page, args=[photo.pk]), told).status_code == 404


def test_each_shade_is_shown_healed_on_each_lip(desk: Browser, photo: Photo) -> None:
    page = desk.get(reverse("consult", args=[photo.pk])).content.decode()
    found = swatches(looks.look_at(photo).reading.lips)
    for lip in (0, 1):
        fills = {one.healed[lip] for one in found}
        assert len(fills) > 5
        assert all(f'fill="{one}"' in page for one in {*fills, found[0].bare[lip]})
        assert fills.isdisjoint(one.fill for one in swatches())


def test_on_which_lip_a_shade_cannot_be_had_is_said() -> None:
    pale = (49.0, 22.0, 12.0)
    found = {one.key: one for one in swatches(LipColours(seen_in(pale, 1.0, 0.4), pale))}
    assert found["peach"].missed == "not reachable on the upper lip"
    assert found["natural_rose"].missed == ""


def test_a_dark_lip_is_told_what_it_cannot_have() -> None:
    found = swatches(LipColours((38.0, 16.0, 8.0), (38.0, 16.0, 8.0)))
    assert any(one.missed for one in found)
    assert not all(one.missed for one in found)
    assert all(one.nearest != one.words for one in found if one.missed)


def test_a_photo_without_a_face_says_what_would_mend_it(
    desk: Browser, ana: Client, owner: Person
) -> None:
    wall = encode_jpeg(np.full((400, 400, 3), 150, np.uint8))
    photo = photos.add_photo(ana, wall, "rest", timezone.now(), by=owner)
    answer = desk.get(reverse("consult", args=[photo.pk]))
    assert answer.status_code == 422
    assert "no face was found" in answer.content.decode()


def test_a_blush_is_not_offered_on_a_photo_without_colour_nor_drawn_nor_kept(
    desk: Browser, ana: Client, owner: Person, face: bytes
) -> None:
    colours = np.asarray(Image.open(io.BytesIO(face)).convert("RGB"))
    grey = np.repeat(colours.mean(axis=2, keepdims=True), 3, axis=2).astype(np.uint8)
    photo = photos.add_photo(ana, encode_jpeg(grey), "rest", timezone.now(), by=owner)
    page = desk.get(reverse("consult", args=[photo.pk])).content.decode()
    assert "This photo is black and white or toned" in page
    assert 'name="blush" value="1" disabled' in page
    status, said = frame(desk, photo, BLUSH)
    assert status == 422
    assert "take a colour photo" in said.decode()
    assert desk.post(reverse("consult_save", args=[photo.pk]), BLUSH).status_code == 422
    assert not Entry.objects.filter(kind="consultation").exists()
    assert frame(desk, photo, FLIP)[0] == 200


def test_a_blush_is_offered_on_a_photo_in_colour(desk: Browser, photo: Photo) -> None:
    page = desk.get(reverse("consult", args=[photo.pk])).content.decode()
    assert "black and white" not in page
    assert 'name="blush" value="1" disabled' not in page


def test_an_erased_client_is_gone_from_memory_too(
    desk: Browser, ana: Client, owner: Person, photo: Photo
) -> None:
    looks.look_at(photo)
    where = reverse("client_erase", args=[ana.pk])
    desk.post(where, {"name": "Ana García", "why": "asked"})
    assert photo.pk not in looks._looks
    with pytest.raises(Exception, match="erased"):
        looks.look_at(Photo.objects.get(pk=photo.pk))
