"""A practice's own shade is drawn like any other, marked, and lifts no check."""

from __future__ import annotations

import pytest

from vermilion.colour.lips import LipColours
from vermilion.errors import PlanError
from vermilion.treat.blush import blush_outcome
from vermilion.treat.blush_plan import BlushPlan, own_shade, shade, shades
from vermilion.treat.check import check_blush

FAIR, DEEP = (LipColours(lab, lab) for lab in ((49.0, 22.0, 12.0), (33.0, 17.0, 13.0)))


def test_its_key_says_all_of_it() -> None:
    made = own_shade("Rosa 12", (44.04, 30, -17.25))
    assert shade(made.key) == made
    assert (made.words, made.masstone, made.own) == ("Rosa 12", (44.0, 30.0, -17.2), True)
    assert not any(one.own for one in shades())


def test_it_heals_like_a_shade_of_the_palette_of_that_colour() -> None:
    brick = shade("brick")
    twin = own_shade("Twin", brick.masstone)
    for day in (0, 40, 400):
        theirs = blush_outcome(BlushPlan(brick.key), FAIR, day).expected.mean_lab
        assert blush_outcome(BlushPlan(twin.key), FAIR, day).expected.mean_lab == pytest.approx(
            theirs
        )


def test_every_check_counts_for_it_and_it_is_said_to_be_own() -> None:
    for one in shades():
        if one.follows_lip:
            continue
        twin = own_shade("Twin", one.masstone)
        for lip in (FAIR, DEEP):
            theirs = {(n.key, n.severity) for n in check_blush(BlushPlan(one.key), lip)}
            own = {(n.key, n.severity) for n in check_blush(BlushPlan(twin.key), lip)}
            assert own == theirs | {("blush_own_shade", "warn")}


@pytest.mark.parametrize(
    "key",
    ["own:", "own:x", "own:x@101,0,0", "own:x@50,129,0", "own:x@50,0", "own:@50,0,0",
     "own:{a.b}@50,0,0", "own:<b>@50,0,0", "own:x@nan,0,0", "own:White 1@95,0,0",
     "own:" + "x" * 41 + "@50,0,0"],
)  # fmt: skip
def test_what_is_no_shade_or_an_opaque_one_is_refused(key: str) -> None:
    with pytest.raises(PlanError):
        BlushPlan(key)
