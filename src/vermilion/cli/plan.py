"""`vermilion plan`: the practitioner's sheet of a lip flip or a lip blush, checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vermilion.cli.care_options import (
    care_options,
    day_of,
    emit,
    on_option,
    output_option,
    today_of,
    voice_of,
)
from vermilion.errors import PlanError, UsageError

if TYPE_CHECKING:
    from vermilion.know.voice import Voice
    from vermilion.report.page import Page
    from vermilion.treat.plan import FlipPlan

POINTS = ("product", "at", "vial", "diluent", "mouth_width")
COLOUR = ("shade", "technique", "passes", "border", "batch", "numbing")


@click.command("plan")
@click.argument("treatment")
@click.option("--product", metavar="NAME", help="Flip: ona, abo, inco, praba or daxi.")
@click.option("--at", multiple=True, metavar="SITE=UNITS", help="Flip: units at one point.")
@click.option("--vial", type=float, metavar="UNITS", help="Flip: units in the vial.")
@click.option("--diluent", type=float, metavar="ML", help="Flip: mL put into the vial.")
@click.option("--mouth-width", type=float, metavar="MM", help="Flip: corner to corner, measured.")
@click.option("--shade", metavar="NAME", help="Blush: a shade of the palette.")
@click.option("--technique", metavar="NAME", help="Blush: full, ombre, liner or powder.")
@click.option("--passes", type=int, help="Blush: passes in this visit.")
@click.option("--border", type=float, metavar="MM", help="Blush: beyond the natural border.")
@click.option("--batch", metavar="NUMBER", help="Blush: batch of the pigment.")
@click.option("--numbing", type=float, multiple=True, metavar="PERCENT", help="Blush: strength.")
@click.option("--had", multiple=True, metavar="THING:DATE", help="What was had before.")
@click.option("--condition", multiple=True, metavar="NAME", help="What has to be signed for.")
@click.option("--signed", default="", metavar="NAME", help="Who signs for the conditions.")
@click.option("--reason", default="", metavar="TEXT", help="Why a rule is set aside.")
@output_option
@on_option
@care_options
def command(
    treatment: str,
    had: tuple[str, ...],
    condition: tuple[str, ...],
    signed: str,
    reason: str,
    output: Path | None,
    on: str | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Write the practitioner's sheet: points or passes, volumes, checks, consent, record.

    The program doses nothing: every unit is yours, and without any the sheet has blanks. A plan
    that is blocked is still written, with the block on top, and ends with exit code 6.
    Points of a flip: paramedian_left, paramedian_right, lateral_left, lateral_right; the midline
    and corner_left, corner_right are blocked without a --reason. Left is the client's.

    \b
    Examples:
      vermilion plan flip -o sheet.pdf
      vermilion plan flip --product ona --at paramedian_left=1 --at paramedian_right=1 \\
                     --vial 100 --diluent 2.5 --had flip:2026-08-01
      vermilion plan blush --shade rose --technique powder --passes 2 --batch A17 --numbing 4
    """
    from vermilion.care.plan_rows import plan_kind

    voice = replace(voice_of(options), audience="practitioner")
    kind = plan_kind(voice, treatment)
    _refuse(options, COLOUR if kind == "points" else POINTS, treatment)
    shared: dict[str, Any] = {
        "on": today_of(on),
        "had": tuple(_had(one) for one in had),
        "conditions": condition,
        "signed": signed,
    }
    make = _points if kind == "points" else _colour
    page, result, blocked = make(voice, treatment, options, reason, shared)
    emit(page, result, as_json, output)
    if blocked:
        raise PlanError(
            "the plan is blocked", "see the checks on the sheet", "change it, or give a reason"
        )


def _points(
    voice: Voice, treatment: str, options: dict[str, Any], reason: str, shared: dict[str, Any]
) -> tuple[Page, dict[str, Any], bool]:
    from vermilion.care.toxin_sheet import Dilution, toxin_sheet
    from vermilion.report.pages.plan import toxin_page

    vial, diluent = options["vial"], options["diluent"]
    if (vial is None) != (diluent is None):
        raise UsageError(
            "only half of the mixing came", "--vial and --diluent go together", "give both"
        )
    sheet = toxin_sheet(
        voice,
        treatment,
        _flip(options["product"], options["at"], reason),
        dilution=None if vial is None else Dilution(vial, diluent),
        mouth_width_mm=options["mouth_width"],
        reason=reason,
        **shared,
    )
    return toxin_page(voice, sheet), sheet.to_json(), sheet.blocked


def _flip(product: str | None, at: tuple[str, ...], reason: str) -> FlipPlan | None:
    from vermilion.treat.plan import FlipPlan, InjectionPoint

    if not at:
        if product is not None:
            raise UsageError(
                "a product came without units", "the practitioner enters them", "give --at too"
            )
        return None
    if product is None:
        raise UsageError(
            "units came without a product", "units are those of one product", "give --product too"
        )
    points = []
    for one in at:
        name, _, units = one.partition("=")
        try:
            points.append(InjectionPoint(name, float(units)))
        except ValueError:
            raise UsageError(f"--at is '{one}'", "SITE=UNITS is needed") from None
    return FlipPlan(product, tuple(points), reason)


def _colour(
    voice: Voice, treatment: str, options: dict[str, Any], reason: str, shared: dict[str, Any]
) -> tuple[Page, dict[str, Any], bool]:
    from vermilion.care.blush_sheet import blush_sheet
    from vermilion.report.pages.plan import blush_page
    from vermilion.treat.blush_plan import shade

    given: dict[str, Any] = {
        name: options[name] for name in ("technique", "passes") if options[name] is not None
    }
    if options["shade"] is not None:
        given["shade"] = shade(options["shade"]).key
    if options["border"] is not None:
        given["border_mm"] = options["border"]
    sheet = blush_sheet(
        voice,
        treatment,
        given,
        reason=reason,
        batch=options["batch"] or "",
        numbing_percents=options["numbing"],
        **shared,
    )
    return blush_page(voice, sheet), sheet.to_json(), sheet.blocked


def _refuse(options: dict[str, Any], names: tuple[str, ...], treatment: str) -> None:
    for name in names:
        if options[name] not in (None, ()):
            raise UsageError(
                f"--{name.replace('_', '-')} came for '{treatment}'",
                "it belongs to another treatment",
                "leave it out",
            )


def _had(text: str) -> tuple[str, date]:
    thing, _, day = text.partition(":")
    return thing, day_of(day, "--had")
