"""The days of 2,000 small wishes against every other choice of days."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from tests.care.dates.small_cases import DAYS, Judge, some_case
from vermilion.care.dates.conflict import smallest_conflict
from vermilion.care.dates.find_days import find_conflict, find_days, find_later
from vermilion.care.dates.solve import possible


@pytest.fixture(scope="module", params=range(4))
def cases(request: pytest.FixtureRequest) -> list:
    rng = Random(f"small wishes {request.param}")
    return [some_case(rng) for _ in range(500)]


def test_the_days_found_are_the_best_of_all_and_break_no_rule(cases):
    found_some = compared = 0
    for wish, knowledge in cases:
        judge = Judge(wish, knowledge)
        best, found = judge.best(), find_days(wish, knowledge)
        if wish.event is not None:
            assert (found is None) == (best is None), (wish, knowledge)
        if found is None:
            assert best is None
            continue
        found_some += 1
        if max(found.solution.days) < DAYS:
            compared += 1
            assert judge.keeps(found)
            assert judge.total(found) == best
        else:  # forward, beyond the days that the judge looks at
            assert best is None or judge.total(found) <= best
    assert compared > 0.4 * len(cases)
    assert compared < len(cases), "some cases must be impossible"


def test_the_rules_named_for_an_impossible_wish_are_the_fewest_and_each_is_needed(cases):
    named = 0
    for wish, knowledge in cases:
        if find_days(wish, knowledge) is not None:
            continue
        layout, rules = find_conflict(wish, knowledge)
        problem = layout.problem
        others = set(problem.rules) - set(rules)
        assert not possible(problem, others)
        for rule in rules:
            assert possible(problem, others | {rule})
        named += bool(rules)
    assert named > 20


def test_no_event_before_the_later_one_is_possible(cases):
    seen = 0
    for wish, knowledge in cases[:250]:
        if wish.event is None or find_days(wish, knowledge) is not None:
            continue
        found = find_later(wish, knowledge)
        if found is None:
            continue
        seen += 1
        event = wish.event
        while event < found.wish.event:
            assert find_days(replace(wish, event=event), knowledge) is None
            event += timedelta(days=1)
    assert seen > 20


def test_a_possible_wish_has_no_conflict(cases):
    for wish, knowledge in cases[:50]:
        found = find_days(wish, knowledge)
        if found is not None:
            assert smallest_conflict(found.layout.problem) is None
