"""Own shades: added, shown where the palette is, marked, dropped."""

from __future__ import annotations

import pytest
from django.test import Client as Browser

from vermilion.colour.lips import LipColours
from vermilion.studio.pages.swatches import own_shades, swatches

pytestmark = pytest.mark.django_db
ROSA = {"words": "Rosa 12", "l": "44", "a": "30", "b": "17"}


def test_a_shade_stands_beside_the_palette_and_is_marked(desk: Browser) -> None:
    assert desk.post("/settings/shades/", ROSA).status_code == 302
    (one,) = own_shades()
    assert one.masstone == (44.0, 30.0, 17.0)
    bare = (49.0, 22.0, 12.0)
    for found in (swatches(), swatches(LipColours(bare, bare))):
        assert [(row.words, row.own) for row in found][-1] == ("Rosa 12", True)
    assert "no evidence" in desk.get("/mirror/").content.decode()


def test_a_picked_colour_becomes_its_lab(desk: Browser) -> None:
    desk.post("/settings/shades/", {"words": "Picked", "colour": "#ff0000"})
    assert own_shades()[0].masstone == pytest.approx((53.2, 80.1, 67.2), abs=0.1)


def test_it_is_dropped_by_its_key(desk: Browser) -> None:
    desk.post("/settings/shades/", ROSA)
    page = desk.get("/settings/shades/").content.decode()
    key = page.split('name="drop" value="')[1].split('"')[0]
    desk.post("/settings/shades/", {"drop": key})
    assert own_shades() == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": ""},
        {"words": "white 3"},
        {"words": "berry"},
        {"words": "ROSA 12"},
        {"words": "x{y}"},
        {"words": "x", "l": "101"},
        {"words": "x", "a": "red"},
        {"words": "x", "l": "", "a": "", "b": "", "colour": "red"},
    ],
)
def test_what_is_wrong_changes_nothing(desk: Browser, wrong: dict[str, str]) -> None:
    desk.post("/settings/shades/", ROSA)
    assert desk.post("/settings/shades/", ROSA | {"words": "Other"} | wrong).status_code == 422
    assert [one.words for one in own_shades()] == ["Rosa 12"]


def test_other_settings_leave_them_alone(desk: Browser) -> None:
    desk.post("/settings/shades/", ROSA)
    desk.post("/settings/keeping/", {"years": "9"})
    assert [one.words for one in own_shades()] == ["Rosa 12"]
