"""The solver against every choice of days, on problems of all shapes."""

from __future__ import annotations

import sys
from itertools import combinations, product
from random import Random
from types import FrameType

import pytest

from vermilion.care.dates.conflict import smallest_conflict
from vermilion.care.dates.solve import (
    Gap,
    Pair,
    Problem,
    Slot,
    last_allowed,
    next_allowed,
    possible,
    solve,
)

RULES = tuple(f"r{n}" for n in range(6))


def some_problem(rng: Random) -> Problem:
    count, horizon = rng.randint(2, 3), rng.randint(5, 9)
    slots = tuple(
        Slot(f"s{n}", rng.random() < 0.5, tuple(_some_mask(rng, horizon) for _ in range(2)))
        for n in range(count)
    )
    pairs_of_slots = list(combinations(range(count), 2))
    gaps = tuple(
        Gap(rng.choice((*RULES, "")), *rng.sample(range(count), 2), rng.randint(-5, 5))
        for _ in range(rng.randint(0, 3))
    )
    pairs = tuple(
        Pair(*rng.choice(pairs_of_slots), _some_rules(rng), _some_rules(rng))
        for _ in range(rng.randint(0, 3))
    )
    return Problem(slots, gaps, pairs, horizon)


def _some_mask(rng: Random, horizon: int) -> tuple[tuple[str, ...], int]:
    rules = tuple(rng.sample(RULES, rng.randint(1, 2))) if rng.random() < 0.8 else ("",)
    return rules, rng.getrandbits(horizon + 1) | rng.getrandbits(horizon + 1)


def _some_rules(rng: Random) -> tuple[tuple[str, int], ...]:
    return tuple((rng.choice(RULES), rng.randint(0, 5)) for _ in range(rng.randint(0, 2)))


def keeps(problem: Problem, days: tuple[int, ...]) -> bool:
    """Every rule, read one by one."""
    for day, slot in zip(days, problem.slots, strict=True):
        if any(not mask >> day & 1 for _, mask in slot.allowed):
            return False
    if any(days[gap.then] - days[gap.first] < gap.days for gap in problem.gaps):
        return False
    for pair in problem.pairs:
        apart = days[pair.other] - days[pair.one]
        forth = [max(1, need) for _, need in pair.forth]
        back = [max(1, need) for _, need in pair.back]
        ways = (apart >= max(forth, default=1), -apart >= max(back, default=1))
        if (forth or back) and not any(ways):
            return False
    return True


def worth(problem: Problem, days: tuple[int, ...]) -> tuple[int, int]:
    both = list(zip(days, problem.slots, strict=True))
    late = sum(problem.horizon - day for day, slot in both if slot.late)
    return late, sum(day for day, slot in both if not slot.late)


def test_the_optimum_of_random_problems_is_that_of_all_choices() -> None:
    rng = Random("problems")
    found = 0
    for _ in range(600):
        problem = some_problem(rng)
        every = product(range(problem.horizon + 1), repeat=len(problem.slots))
        good = [days for days in every if keeps(problem, days)]
        solution = solve(problem)
        assert (solution is not None) == bool(good) == possible(problem)
        if solution is not None:
            found += 1
            assert solution.days in good
            assert worth(problem, solution.days) == min(worth(problem, days) for days in good)
            for first, day, last in zip(solution.first, solution.days, solution.last, strict=True):
                assert first <= day <= last
    assert 200 < found < 590


def test_the_smallest_conflict_is_the_smallest_of_all_sets_of_rules() -> None:
    rng = Random("conflicts")
    seen = set()
    for _ in range(1200):
        problem = some_problem(rng)
        conflict = smallest_conflict(problem)
        if conflict is None:
            assert possible(problem)
            continue
        rules = problem.rules
        sets = (one for size in range(len(rules) + 1) for one in combinations(rules, size))
        least = next(one for one in sets if not possible(problem, set(rules) - set(one)))
        assert len(conflict) == len(least)
        assert not possible(problem, set(rules) - set(conflict))
        for rule in conflict:
            assert possible(problem, set(rules) - set(conflict) | {rule})
        seen.add(len(conflict))
    assert seen >= {0, 1, 2, 3}


def test_a_pair_without_rules_may_share_a_day() -> None:
    slots = (Slot("a", False, ()), Slot("b", False, ()))
    solution = solve(Problem(slots, (), (Pair(0, 1, (), ()),), 5))
    assert solution is not None
    assert solution.days == (0, 0)


def test_a_rule_one_way_forbids_the_same_day_both_ways() -> None:
    slots = (Slot("a", False, ()), Slot("b", False, ()))
    solution = solve(Problem(slots, (), (Pair(0, 1, (("r", 4),), ()),), 5))
    assert solution is not None
    assert solution.days == (1, 0)


def test_two_rules_at_odds_by_a_day_cost_a_few_steps_a_day_and_no_more() -> None:
    days, calls = 5000, 0
    slots = (Slot("a", True, ()), Slot("b", True, ()))
    problem = Problem(slots, (Gap("r", 0, 1, 10), Gap("q", 1, 0, -9)), (), days)

    def count(_frame: FrameType, event: str, _of: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        found = smallest_conflict(problem)
    finally:
        sys.setprofile(None)
    assert found == ("r", "q")
    assert calls < 20 * days


@pytest.mark.parametrize(("day", "after", "before"), [(-3, 2, None), (2, 2, 2), (3, 5, 2)])
def test_the_nearest_days_of_a_mask(day: int, after: int, before: int | None) -> None:
    assert next_allowed(0b100100, day) == after
    assert last_allowed(0b100100, day) == before


def test_beyond_the_last_day_of_a_mask_there_is_none() -> None:
    assert next_allowed(0b100100, 6) is None
    assert last_allowed(0, 9) is None
