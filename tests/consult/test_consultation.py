"""What is charted of a plan: each lip's colour where the lips differ, both together where not."""

from __future__ import annotations

import pytest

from vermilion.colour.difference import delta_e_2000
from vermilion.colour.lips import LipColours
from vermilion.consult.consultation import LOWER_STEP, RISE, STEP, UPPER_STEP, courses
from vermilion.consult.plan import make_plan

EVEN = LipColours((52.0, 22.0, 12.0), (53.0, 22.0, 12.0))
TWO = LipColours((36.0, 17.0, 14.0), (52.0, 22.0, 12.0), 0.4)


def test_lips_of_nearly_one_colour_have_one_course() -> None:
    made = courses(make_plan(flip=True, shade=""), EVEN)
    assert [one.title for one in made] == [RISE, STEP]


def test_lips_of_two_colours_have_one_each_as_it_is_drawn() -> None:
    plan = make_plan(shade="cherry")
    upper, lower = courses(plan, TWO)
    assert (upper.title, lower.title) == (UPPER_STEP, LOWER_STEP)
    assert max(upper.expected) < max(lower.expected)
    for name, bare, course in (("upper", TWO.upper, upper), ("lower", TWO.lower, lower)):
        for day, step in zip(course.days, course.expected, strict=True):
            drawn = plan.blush_on(day, TWO)
            assert drawn is not None
            there = getattr(drawn.expected.colours, name)
            assert step == pytest.approx(float(delta_e_2000(bare, there)))


def test_a_flip_alone_has_no_course_of_colour() -> None:
    assert [one.title for one in courses(make_plan(flip=True), None)] == [RISE]
