"""Plans that tests ask of the models."""

from __future__ import annotations

from vermilion.treat.plan import FlipPlan, InjectionPoint, reference_plan


def evenly(total_units: float) -> FlipPlan:
    """The reference plan's points with so many units evenly between them."""
    plan = reference_plan()
    each = total_units / len(plan.points)
    return FlipPlan(plan.product, tuple(InjectionPoint(one.site, each) for one in plan.points))
