"""Which rules cannot all hold: the smallest set, and proof that it is one.

Public: `smallest_conflict`.

A set of rules is a conflict when no days keep all of it. It is minimal when leaving out any one
rule helps, and smallest when no conflict has fewer rules. The method is the hitting-set duality of
M. H. Liffiton and K. A. Sakallah, "Algorithms for computing minimal unsatisfiable subsets of
constraints", J. Automated Reasoning 40 (2008) 1-33, in the order of A. Ignatiev, A. Previti,
M. Liffiton, J. Marques-Silva, "Smallest MUS extraction with minimal hitting set dualization", CP
2015: every conflict takes something out of every set of rules whose absence makes room, so a
smallest set that does so, once it is a conflict itself, is a smallest conflict.
"""

from __future__ import annotations

from collections.abc import Sequence

from vermilion.care.dates.solve import Problem, possible


def smallest_conflict(problem: Problem) -> tuple[str, ...] | None:
    """The names of the fewest rules that cannot all hold, in the problem's order.

    Returns
    -------
    None where all rules can hold; () where the facts alone leave no days
    """
    rules = problem.rules
    if possible(problem):
        return None
    if not possible(problem, rules):
        return ()
    makes_room: list[frozenset[str]] = []
    while True:
        chosen = _smallest_hit(makes_room, rules)
        kept = set(chosen)
        if not possible(problem, set(rules) - kept):
            return tuple(rule for rule in rules if rule in kept)
        for rule in rules:
            if rule not in kept and possible(problem, set(rules) - kept - {rule}):
                kept.add(rule)
        makes_room.append(frozenset(rules) - kept)


def _smallest_hit(sets: Sequence[frozenset[str]], rules: Sequence[str]) -> frozenset[str]:
    """A smallest set of rules that has one in common with each of `sets`."""
    for size in range(len(rules) + 1):
        found = _hit(sets, size, frozenset(), rules)
        if found is not None:
            return found
    raise AssertionError("every set has a rule in it")


def _hit(
    sets: Sequence[frozenset[str]], left: int, chosen: frozenset[str], rules: Sequence[str]
) -> frozenset[str] | None:
    missed = min((one for one in sets if not one & chosen), key=len, default=None)
    if missed is None:
        return chosen
    if left == 0:
        return None
    for rule in rules:
        if rule in missed:
            found = _hit(sets, left - 1, chosen | {rule}, rules)
            if found is not None:
                return found
    return None
