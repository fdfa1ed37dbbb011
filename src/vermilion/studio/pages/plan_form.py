"""What the plan's form says, as a draft; and what the page shows of one.

Public: `read_form`, `rows_of`, `number`.

The form works without scripts: a button adds a named point or takes one away, and every point is a
row with its place in millimetres and its units. Numbers may have a decimal comma.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from vermilion.care.plan_rows import plan_kind
from vermilion.care.toxin_sheet import Dilution
from vermilion.errors import UsageError
from vermilion.know.voice import Voice
from vermilion.report.lip_outline import LipOutline
from vermilion.report.pages.plan import ml_text
from vermilion.studio.models import Lot
from vermilion.studio.pages import lots_taken
from vermilion.studio.record.plan_drawing import where_words
from vermilion.studio.record.plan_sources import named_point
from vermilion.studio.record.plans import Draft, Point
from vermilion.treat.plan import reference_plan, site

WHOLE = ("passes", "visits")
MOST_POINTS = 24
"""More rows than this are no flip."""


def read_form(voice: Voice, treatment: str, given: QueryDict, outline: LipOutline) -> Draft:
    """The draft that a form says, with what its button adds or takes away.

    Raises
    ------
    UsageError : a number that is none
    """
    if plan_kind(voice, treatment) == "colour":
        return Draft(
            treatment,
            outline,
            given.get("photo", ""),
            blush=_blush(given),
            needle=given.get("needle", ""),
            lots=_lots(given.getlist("lot")),
            reason=given.get("reason", ""),
            remarks=given.get("remarks", ""),
            source=given.get("from", ""),
        )
    return Draft(
        treatment,
        outline,
        given.get("photo", ""),
        given.get("product", ""),
        _added(_points(given), given, outline),
        _mixed(given),
        vial=lots_taken.vial_in(given),
        lots=_lots(given.getlist("lot")),
        reason=given.get("reason", ""),
        remarks=given.get("remarks", ""),
        source=given.get("from", ""),
    )


def rows_of(voice: Voice, draft: Draft) -> list[dict[str, Any]]:
    """The points as the form's rows: number, words, place, units, volume."""
    return [
        {
            "k": k,
            "where": where_words(voice, draft.outline, one),
            "x": f"{one.x_mm:g}",
            "y": f"{one.y_mm:g}",
            "units": "" if one.units is None else f"{one.units:g}",
            "ml": ""
            if draft.dilution is None or one.units is None
            else ml_text(voice, draft.dilution.volume_ml(one.units)),
        }
        for k, one in enumerate(draft.points)
    ]


def number(given: Mapping[str, str], name: str) -> float | None:
    """A number of the form, or None where nothing was typed.

    Raises
    ------
    UsageError : it is none
    """
    typed = given.get(name, "").strip()
    if not typed:
        return None
    try:
        found = float(typed.replace(",", "."))
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise UsageError(
            "'{typed}' came",
            "a number is needed",
            "type one such as {example}",
            typed=typed[:20],
            example=1.5,
        )
    return found


def _points(given: QueryDict) -> tuple[Point, ...]:
    places = sorted(int(key[2:]) for key in given if key.startswith("x.") and key[2:].isdecimal())
    gone = given.get("remove", "")
    found = []
    for k in places[:MOST_POINTS]:
        x, y = number(given, f"x.{k}"), number(given, f"y.{k}")
        if str(k) != gone and x is not None and y is not None:
            found.append(Point(round(x, 1), round(y, 1), number(given, f"u.{k}")))
    return tuple(found)


def _added(points: tuple[Point, ...], given: QueryDict, outline: LipOutline) -> tuple[Point, ...]:
    """The points, and those that a button names; one that stands there already is not doubled."""
    name = given.get("add", "")
    if not name:
        return points
    names = [one.site for one in reference_plan().points] if name == "usual" else [name]
    units = number(given, "tap")
    new = [named_point(outline, site(one).s, units) for one in names]
    there = {(one.x_mm, one.y_mm) for one in points}
    return points + tuple(one for one in new if (one.x_mm, one.y_mm) not in there)


def _blush(given: QueryDict) -> dict[str, Any]:
    chosen: dict[str, Any] = {name: given[name] for name in ("shade", "technique") if name in given}
    for name in ("saturation", "passes", "border_mm", "visits"):
        value = number(given, name)
        if value is not None:
            chosen[name] = round(value) if name in WHOLE else value
    return chosen


def _mixed(given: QueryDict) -> Dilution | None:
    """The mixing of the vial that was chosen, else as it was typed."""
    if lots_taken.vial_in(given):
        return lots_taken.dilution_of(given)
    vial, diluent = number(given, "vial"), number(given, "diluent")
    if (vial is None) != (diluent is None):
        raise UsageError("the mixing is half there", "units in the vial and mL put into it go both")
    return None if vial is None or diluent is None else Dilution(vial, diluent)


def _lots(keys: list[str]) -> tuple[Lot, ...]:
    found = (lots_taken.lot_in({"lot": key}) for key in keys)
    return tuple(one for one in found if one is not None)
