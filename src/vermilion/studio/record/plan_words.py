"""A kept plan in its client's words, for a consent.

Public: `planned_said`, `risks_said`.
"""

from __future__ import annotations

from typing import Any

from vermilion.care.plan_told import (
    PlannedPoint,
    colour_risks,
    planned_colour,
    planned_points,
    points_risks,
)
from vermilion.know.said import Said
from vermilion.know.voice import Voice
from vermilion.treat.blush_plan import BlushPlan
from vermilion.treat.plan import site


def planned_said(voice: Voice, content: dict[str, Any]) -> tuple[Said, ...]:
    """What is planned, line by line."""
    treatment = content["treatment"]
    if content["form"] == "points":
        return planned_points(voice, treatment, content["product"], _points(content))
    pigments = [
        f"{one['product']}, {one['number']}" for one in content["lots"] if one["kind"] == "pigment"
    ]
    return planned_colour(voice, BlushPlan(**content["blush"], reason=content["reason"]), pigments)


def risks_said(voice: Voice, content: dict[str, Any]) -> tuple[Said, ...]:
    """What this plan adds to the risks that everybody has."""
    treatment, found = content["treatment"], [one["key"] for one in content["findings"]]
    if content["form"] == "points":
        return points_risks(voice, treatment, content["product"], _points(content), found)
    return colour_risks(voice, treatment, BlushPlan(**content["blush"]), found)


def _points(content: dict[str, Any]) -> list[PlannedPoint]:
    return [
        PlannedPoint(site(one["site"]).near, one["x_mm"], one["units"]) for one in content["points"]
    ]
