"""Days for visits that must keep their distances: the exact optimum, not a good guess.

Public: `Slot`, `Gap`, `Pair`, `Problem`, `Solution`, `solve`, `possible`.

A slot is a visit whose day is sought. Two kinds of rules tie slots together:

    Gap    `then` is at least `days` after `first` (negative: at most so many days before it)
    Pair   whichever of two comes first, the other keeps the distance that counts in that order;
           they never share a day

and each slot has masks of the days it may take (bit n = day n). Every rule has a name, so that a
problem can be asked again `without` some of them; the name "" is a fact that always counts.

The optimum, exactly: of all days that keep every rule, those

    1. with the least sum of days between each late slot and the horizon (as late as possible),
    2. among them with the least sum of days of the early slots (as early as possible), weighted,
    3. among them the latest first late slot, the next one, and so on (there never is a choice left
       within one order of visits: see below; this only settles draws between orders).

Once the order of every pair is chosen, all rules are differences between two days or sets of days,
and for these the day-by-day maximum (and minimum) of two solutions is a solution again. So there is
one latest day for every late slot at once, found by pushing bounds until nothing moves, and then
one earliest day for every early slot. What remains is the order of pairs: branch and bound over the
pairs that the relaxed optimum breaks, which is exact because adding rules never betters an optimum.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property

FACT = ""
Rules = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One visit.

    late : as late as possible, else as early as possible
    allowed : (rules, mask) - the mask counts while all of its rules do
    weight : of its days in the sum
    """

    name: str
    late: bool
    allowed: tuple[tuple[tuple[str, ...], int], ...]
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Gap:
    """day[then] - day[first] >= days."""

    rule: str
    first: int
    then: int
    days: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Either `other` after `one` by all of `forth`, or `one` after `other` by all of `back`; each a
    list of (rule, days). A direction without a rule asks for another day, no more."""

    one: int
    other: int
    forth: Rules
    back: Rules


@dataclass(frozen=True)
class Problem:
    """Slots and rules over the days 0 .. horizon."""

    slots: tuple[Slot, ...]
    gaps: tuple[Gap, ...]
    pairs: tuple[Pair, ...]
    horizon: int

    @cached_property
    def rules(self) -> tuple[str, ...]:
        """The names of all rules, in order of appearance."""
        names = [rule for slot in self.slots for rules, _ in slot.allowed for rule in rules]
        names += [gap.rule for gap in self.gaps]
        names += [rule for pair in self.pairs for rule, _ in (*pair.forth, *pair.back)]
        return tuple(dict.fromkeys(name for name in names if name != FACT))


@dataclass(frozen=True, slots=True)
class Solution:
    """days : of each slot; first : the earliest day of each while the others may move too, in the
    same order of visits; last : the latest; gaps : all distances that were kept, pairs among them
    """

    days: tuple[int, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]
    gaps: tuple[Gap, ...]


def solve(problem: Problem, without: Collection[str] = ()) -> Solution | None:
    """The optimum; None where no days keep all rules."""
    return _Search(problem, without).best()


def possible(problem: Problem, without: Collection[str] = ()) -> bool:
    """Whether any days keep all rules."""
    return next(_Search(problem, without).leaves(), None) is not None


def next_allowed(mask: int, day: int) -> int | None:
    """The first day of a mask from `day` on."""
    rest = mask >> max(day, 0)
    return None if not rest else max(day, 0) + (rest & -rest).bit_length() - 1


def last_allowed(mask: int, day: int) -> int | None:
    """The last day of a mask up to `day`."""
    rest = mask & ((1 << (day + 1)) - 1) if day >= 0 else 0
    return rest.bit_length() - 1 if rest else None


Edge = tuple[str, int, int, int]
Key = tuple[int, int, tuple[int, ...], tuple[int, ...]]


@dataclass(slots=True)
class _State:
    """Bounds of all slots under the edges chosen so far."""

    low: list[int]
    high: list[int]
    edges: list[Edge]
    open_pairs: list[tuple[Edge, Edge]]


@dataclass
class _Search:
    problem: Problem
    without: Collection[str]
    masks: list[int] = field(init=False)
    found: tuple[Key, Solution] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        everything = (1 << (self.problem.horizon + 1)) - 1
        self.masks = []
        for slot in self.problem.slots:
            mask = everything
            for rules, days in slot.allowed:
                if not any(rule in self.without for rule in rules):
                    mask &= days
            self.masks.append(mask)

    def best(self) -> Solution | None:
        for key, solution in self.leaves():
            self.found = (key, solution)
        return self.found[1] if self.found else None

    def leaves(self) -> Iterator[tuple[Key, Solution]]:
        """Solutions, each better than the one before."""
        start = self._start()
        waiting = [start] if start is not None else []
        while waiting:
            state = waiting.pop()
            if not self._tighten(state):
                continue
            days = self._extreme(state)
            key = self._key(days)
            if self.found is not None and key >= self.found[0]:
                continue
            broken = next((pair for pair in state.open_pairs if _breaks(pair, days)), None)
            if broken is None:
                gaps = tuple(Gap(*edge) for edge in state.edges)
                yield key, Solution(tuple(days), tuple(state.low), tuple(state.high), gaps)
                continue
            rest = [pair for pair in state.open_pairs if pair is not broken]
            near, far = sorted(broken, key=lambda edge: _misses(edge, days))
            for edge in (far, near):  # the nearer one lies on top and is tried first
                waiting.append(_State(state.low[:], state.high[:], [*state.edges, edge], rest))

    def _start(self) -> _State | None:
        if not all(self.masks):
            return None
        problem = self.problem
        edges = [
            (gap.rule, gap.first, gap.then, gap.days)
            for gap in problem.gaps
            if gap.rule not in self.without
        ]
        pairs = []
        for pair in problem.pairs:
            forth = [(days, rule) for rule, days in pair.forth if rule not in self.without]
            back = [(days, rule) for rule, days in pair.back if rule not in self.without]
            if forth or back:
                days, rule = max(forth, default=(1, FACT))
                days_back, rule_back = max(back, default=(1, FACT))
                pairs.append(
                    (
                        (rule, pair.one, pair.other, max(days, 1)),
                        (rule_back, pair.other, pair.one, max(days_back, 1)),
                    )
                )
        low = [(mask & -mask).bit_length() - 1 for mask in self.masks]
        high = [mask.bit_length() - 1 for mask in self.masks]
        return _State(low, high, edges, pairs)

    def _tighten(self, state: _State) -> bool:
        """Push all bounds and settle the pairs of which one order is out; False: no solution."""
        while True:
            if not (self._push_up(state.low, state) and self._push_down(state)):
                return False
            rest = []
            for pair in state.open_pairs:
                fits = [edge for edge in pair if _fits(edge, state)]
                if not fits:
                    return False
                if len(fits) == 1:
                    state.edges.append(fits[0])
                else:
                    rest.append(pair)
            if len(rest) == len(state.open_pairs):
                return True
            state.open_pairs = rest

    def _push_up(self, low: list[int], state: _State) -> bool:
        """Raise `low` until all edges hold on it."""
        masks, high = self.masks, state.high
        moved = True
        while moved:
            moved = False
            for _, first, then, days in state.edges:
                wanted = low[first] + days
                if wanted > low[then]:
                    day = next_allowed(masks[then], wanted)
                    if day is None or day > high[then]:
                        return False
                    low[then] = day
                    moved = True
        return True

    def _push_down(self, state: _State) -> bool:
        """Lower `high` until all edges hold on it."""
        masks, low, high = self.masks, state.low, state.high
        moved = True
        while moved:
            moved = False
            for _, first, then, days in state.edges:
                wanted = high[then] - days
                if wanted < high[first]:
                    day = last_allowed(masks[first], wanted)
                    if day is None or day < low[first]:
                        return False
                    high[first] = day
                    moved = True
        return True

    def _extreme(self, state: _State) -> list[int]:
        """The late slots at their latest, then the early ones at their earliest."""
        slots = self.problem.slots
        if not any(slot.late for slot in slots):
            return state.low[:]
        days = [state.high[n] if slot.late else state.low[n] for n, slot in enumerate(slots)]
        self._push_up(days, state)
        return days

    def _key(self, days: list[int]) -> Key:
        slots, horizon = self.problem.slots, self.problem.horizon
        pairs = list(zip(days, slots, strict=True))
        waited = sum(slot.weight * (horizon - day) for day, slot in pairs if slot.late)
        gone = sum(slot.weight * day for day, slot in pairs if not slot.late)
        late = tuple(-day for day, slot in pairs if slot.late)
        return waited, gone, late, tuple(day for day, slot in pairs if not slot.late)


def _fits(edge: Edge, state: _State) -> bool:
    _, first, then, days = edge
    return state.low[first] + days <= state.high[then]


def _misses(edge: Edge, days: list[int]) -> int:
    _, first, then, wanted = edge
    return max(0, days[first] + wanted - days[then])


def _breaks(pair: tuple[Edge, Edge], days: list[int]) -> bool:
    return all(_misses(edge, days) for edge in pair)
