"""The plan in the visit's form: what was planned stands in the fields and beside what is given.

Public: `first_given`, `point_fields`, `points_given`, `outline_of_plan`, `beside`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from vermilion.know.voice import Voice
from vermilion.report.lip_outline import LipOutline
from vermilion.studio.models import Entry, Vial
from vermilion.studio.pages.lots_taken import VIAL
from vermilion.studio.pages.plan_form import number
from vermilion.studio.record.visits import GOES_IN
from vermilion.treat.plan import InjectionPoint, Place, reference_plan, site

FIELD = "at."
SAME_MM = 0.2
"""Rounding moves a point less than this; two points lie further apart."""
PLANNED = "p"
"""A field of a planned point is "at.p0"; one of a named site bears the site's name."""


def first_given(plan: Entry | None) -> dict[str, str]:
    """What stands in the form before anything was typed: the plan's own choices."""
    if plan is None:
        return {}
    content = plan.content
    given = _lots(content["lots"])
    if content["form"] == "colour":
        blush = content["blush"]
        return given | {name: str(blush[name]) for name in ("shade", "technique", "passes")}
    given |= {"product": content["product"], "used": f"{content['total_units']:g}"}
    given |= {f"{FIELD}{PLANNED}{k}": f"{p['units']:g}" for k, p in enumerate(content["points"])}
    mixed, vial = content["dilution"], content.get("vial", "")
    if vial and Vial.objects.filter(pk=vial, closed_at=None).exists():
        given["lot"] = f"{VIAL}{UUID(vial).hex}"
    elif mixed is not None:
        given |= {"vial": f"{mixed['vial_units']:g}", "diluent": f"{mixed['diluent_ml']:g}"}
    return given


def _lots(lots: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """What goes into the client is the form's first row; all else follows in rows of its own."""
    first = next((one for one in lots if one["kind"] in GOES_IN.values()), None)
    given = {"lot": first["id"]} if first is not None else {}
    rest = [one for one in lots if one is not first]
    return given | {f"lot.{k}": one["id"] for k, one in enumerate(rest, 1)}


def point_fields(plan: Entry | None) -> list[tuple[str, str, str]]:
    """(name, words, units planned) of each point; without a plan the usual sites."""
    if plan is None:
        return [(one.site, one.words, "") for one in reference_plan().points]
    return [
        (f"{PLANNED}{k}", site(one["site"]).near, f"{one['units']:g}")
        for k, one in enumerate(plan.content["points"])
    ]


def points_given(plan: Entry | None, given: Mapping[str, str]) -> tuple[InjectionPoint, ...]:
    """The points as they were given: those of the plan where it put them, others at their sites.

    Raises
    ------
    UsageError, PlanError : units that are no number; a site that is not known
    """
    planned = plan.content["points"] if plan is not None else []
    found = []
    for key in given:
        units = number(given, key) if key.startswith(FIELD) else None
        if units is None:
            continue
        name = key.removeprefix(FIELD)
        k = name.removeprefix(PLANNED)
        if name.startswith(PLANNED) and k.isdecimal() and int(k) < len(planned):
            row = planned[int(k)]
            found.append(InjectionPoint(row["site"], units, Place(row["s"], row["above_mm"])))
        else:
            found.append(InjectionPoint(name, units))
    return tuple(found)


def outline_of_plan(plan: Entry | None) -> LipOutline | None:
    """The mouth on which the plan was made, where it is the client's own."""
    outline = None if plan is None else LipOutline.from_json(plan.content["outline"])
    return outline if outline is not None and outline.own else None


def beside(voice: Voice, plan: Entry | None, sheet: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Planned and given, point by point, for the visit's page; nothing without a plan."""
    if plan is None or plan.content["form"] != "points":
        return []
    given = list(sheet.get("points", ()))
    rows = []
    for one in plan.content["points"]:
        got = next((g for g in given if abs(g["x_mm"] - one["x_mm"]) < SAME_MM), None)
        if got is not None:
            given.remove(got)
        rows.append(
            {
                "where": voice.say(site(one["site"]).near).plain,
                "planned": voice.number(one["units"]),
                "given": voice.number(got["units"]) if got else "–",
                "differs": got is None or got["units"] != one["units"],
            }
        )
    rows += [
        {
            "where": voice.say(site(one["site"]).words).plain,
            "planned": "–",
            "given": voice.number(one["units"]),
            "differs": True,
        }
        for one in given
    ]
    return rows
