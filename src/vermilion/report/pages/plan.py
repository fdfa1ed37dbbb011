"""A practitioner's plan as a page to work from: drawing, table, checks, lines to fill in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from vermilion.care.blush_sheet import BlushSheet
from vermilion.care.findings import Finding
from vermilion.care.plan_rows import field_rows, minute_rows, plan_title, said_rows
from vermilion.care.toxin_sheet import PointLine, ToxinSheet
from vermilion.colour.spaces import lab_to_linear, linear_to_srgb
from vermilion.know.catalogue import translated
from vermilion.know.said import Given, Said, given
from vermilion.know.voice import Voice
from vermilion.render.coverage import Technique as Zones
from vermilion.report.lip_diagram import Mark, lip_diagram
from vermilion.report.lip_outline import LipOutline, template
from vermilion.report.lip_zones import Colour
from vermilion.report.page import Block, Bullets, Chart, Heading, Page, Paragraph, Table
from vermilion.treat.blush_plan import BlushPlan, shade, technique
from vermilion.treat.plan import product

BLANK = "________"
BOX = "☐ "
BARE_TOP_MM = 4.0
"""Room above a drawing without words in it."""


def toxin_page(voice: Voice, sheet: ToxinSheet, outline: LipOutline | None = None) -> Page:
    """voice : a practitioner's; outline : the client's mouth, where a photo tells it"""
    name = sheet.treatment
    blocks: list[Block] = [*_checks(voice, sheet.findings, sheet.blocked, sheet.entered)]
    blocks.append(Heading(voice.say("Points")))
    blocks.append(_points_drawn(voice, sheet, outline))
    blocks.append(_points_table(voice, sheet))
    blocks.append(Bullets(tuple(_mixing(voice, sheet))))
    blocks.append(Bullets(tuple(said_rows(voice, name, "place").values())))
    blocks.append(Heading(voice.say("What sources state, as a spread")))
    blocks.append(
        Paragraph(
            voice.say(
                "Not a recommendation. The program checks what you enter and doses nothing by "
                "itself. Units of different products are never converted."
            ),
            "warn",
        )
    )
    blocks.append(Bullets(tuple(said_rows(voice, name, "dose").values())))
    blocks += _end(voice, name)
    return Page(voice, plan_title(voice, name), tuple(blocks), _subtitle(voice, sheet.on))


def blush_page(voice: Voice, sheet: BlushSheet, own: LipOutline | None = None) -> Page:
    """voice : a practitioner's; own : the client's mouth, where a photo tells it"""
    name, plan = sheet.treatment, sheet.plan
    blocks: list[Block] = [*_checks(voice, sheet.findings, sheet.blocked, True)]
    blocks.append(Heading(voice.say("Plan")))
    blocks.append(_lips_drawn(voice, sheet, own))
    told = {
        "shade": _told(voice, shade(plan.shade).words),
        "technique": _told(voice, technique(plan.technique).words),
        "passes": given(plan.passes),
        "border_mm": given(voice.number(plan.border_mm)),
    }
    shown = {key: told[key] if key in sheet.entered else given(BLANK) for key in told}
    known = [
        (voice.say("shade"), shown["shade"]),
        (voice.say("technique"), shown["technique"]),
        (voice.say("passes in this visit"), shown["passes"]),
        (voice.say("beyond the natural border, mm"), shown["border_mm"]),
        (voice.say("batch of the pigment"), given(sheet.batch or BLANK)),
        (
            voice.say("anaesthetics, %"),
            given(", ".join(voice.number(one) for one in sheet.numbing_percents) or BLANK),
        ),
    ]
    blocks.append(Table((voice.say("What"), voice.say("as entered")), tuple(known)))
    blocks.append(Heading(voice.say("Needles and passes")))
    blocks.append(Bullets(tuple(said_rows(voice, name, "work").values())))
    blocks.append(Bullets(tuple(said_rows(voice, name, "place").values())))
    blocks.append(Heading(voice.say("Numbing")))
    blocks.append(Bullets(tuple(said_rows(voice, name, "numb").values())))
    blocks += _end(voice, name)
    return Page(voice, plan_title(voice, name), tuple(blocks), _subtitle(voice, sheet.on))


def _subtitle(voice: Voice, on: date) -> Said:
    return voice.say(
        "For practitioners. Visit on {date}. Screening comes before this sheet.",
        date=voice.date(on),
    )


def _checks(
    voice: Voice, findings: tuple[Finding, ...], blocked: bool, entered: bool
) -> Iterable[Block]:
    yield Heading(voice.say("Checks"))
    if blocked:
        yield Paragraph(voice.say("Blocked: not to be carried out as it stands."), "stop")
    elif not entered:
        yield Paragraph(voice.say("No units were entered: no dose is checked."), "warn")
    elif not findings:
        yield Paragraph(voice.say("Nothing that was entered breaks a rule."), "good")
    for one in findings:
        tone = "stop" if one.severity == "block" else "warn"
        yield Paragraph(one.said, tone)
        if one.why:
            yield Bullets(one.why)


def _points_drawn(voice: Voice, sheet: ToxinSheet, own: LipOutline | None) -> Chart:
    outline = own or template(sheet.mouth_width_mm)
    words = _flip_words(voice, own, sheet)
    svg = lip_diagram(
        outline,
        [
            Mark(one.x_mm, outline.border_mm(one.x_mm) - one.above_mm, _mark_words(voice, one))
            for one in sheet.points
        ],
        words.plain,
        keep_outs=[span[:2] for span in outline.mouth.keep_outs()],
        sides=sides_of(voice),
    )
    return Chart(svg, words)


def _flip_words(voice: Voice, own: LipOutline | None, sheet: ToxinSheet) -> Said:
    width = voice.number(round(sheet.mouth_width_mm, 1))
    if own is not None:
        return outline_words(voice, own)
    if sheet.measured:
        return voice.say(
            "The client faces you. Hatched: keep out. Widths are those of the measured mouth, "
            "{width} mm; heights are a sketch.",
            width=width,
        )
    return voice.say(
        "The client faces you. Hatched: keep out. A sketch with a nominal mouth of {width} mm: "
        "measure the client's.",
        width=width,
    )


def outline_words(voice: Voice, outline: LipOutline) -> Said:
    """What a drawing of points shows, and how far it can be trusted."""
    width = voice.number(round(outline.mouth.width_mm, 1))
    if not outline.own:
        return voice.say(
            "The client faces you. Hatched: keep out. A template, not the client's lips; its mouth "
            "is {width} mm wide.",
            width=width,
        )
    if not outline.measured:
        return voice.say(
            "The client faces you. Hatched: keep out. The client's own lips, drawn {width} mm "
            "wide: the photo tells no millimetres, so lengths are a sketch.",
            width=width,
        )
    return voice.say(
        "The client faces you. Hatched: keep out. The client's own lips from the photo, {width} "
        "mm wide.",
        width=width,
    )


def _lips_drawn(voice: Voice, sheet: BlushSheet, own: LipOutline | None) -> Chart:
    outline = own or template()
    words = voice.say(
        "The client faces you. Hatched: nothing beyond the border at the corners. Darker: more "
        "pigment. A sketch, not the client's lip."
    )
    if own is not None:
        words = voice.say(
            "The client faces you. Hatched: nothing beyond the border at the corners. Darker: more "
            "pigment. The client's own lips."
        )
    svg = lip_diagram(
        outline,
        (),
        words.plain,
        keep_outs=blush_corners(voice, sheet.treatment, outline),
        sides=sides_of(voice),
        colour=colour_of(sheet.plan) if "technique" in sheet.entered else None,
        top_mm=BARE_TOP_MM,
    )
    return Chart(svg, words)


def blush_corners(
    voice: Voice, treatment: str, outline: LipOutline
) -> tuple[tuple[float, float], ...]:
    """Where a border is not to be drawn outward."""
    inward = voice.shelf.topic(f"plans/{treatment}").number("corner_inward").value
    mouth = outline.mouth
    return tuple((at - inward, at + inward) for at in (mouth.corner_right, mouth.corner_left))


def colour_of(plan: BlushPlan) -> Colour:
    """A plan's technique and border in its pigment's own colour."""
    how = technique(plan.technique)
    shape = Zones(how.edge, how.centre, how.corner, how.softness_mm, plan.border_mm)
    linear = lab_to_linear(np.array(shade(plan.shade).masstone, np.float32))
    red, green, blue = (round(255 * float(v)) for v in np.clip(linear_to_srgb(linear), 0, 1))
    return Colour(shape, (red, green, blue))


def sides_of(voice: Voice) -> tuple[str, str]:
    return voice.say("client's right").plain, voice.say("client's left").plain


def _mark_words(voice: Voice, one: PointLine) -> tuple[str, ...]:
    if one.units is None:
        return ("____ U",)
    units = f"{voice.number(one.units)} U"
    return (units,) if one.volume_ml is None else (units, f"{ml_text(voice, one.volume_ml)} mL")


def _points_table(voice: Voice, sheet: ToxinSheet) -> Table:
    corner = sheet.mouth_width_mm / 2
    rows = [
        (
            _told(voice, one.words),
            given(BLANK if one.units is None else voice.number(one.units)),
            given(BLANK if one.volume_ml is None else ml_text(voice, one.volume_ml)),
            given(voice.number(round(abs(one.x_mm), 1))),
            given(voice.number(round(corner - abs(one.x_mm), 1))),
        )
        for one in sheet.points
    ]
    volume = None if sheet.dilution is None else sheet.dilution.volume_ml(sheet.total_units)
    rows.append(
        (
            voice.say("in all"),
            given(voice.number(sheet.total_units) if sheet.entered else BLANK),
            given(ml_text(voice, volume) if volume is not None and sheet.entered else BLANK),
            given(""),
            given(""),
        )
    )
    return Table(
        (
            voice.say("Point"),
            voice.say("units"),
            voice.say("mL"),
            voice.say("mm from the middle"),
            voice.say("mm from the corner"),
        ),
        tuple(rows),
        voice.say("{product}; left and right are the client's", product=_product(sheet)),
    )


def _mixing(voice: Voice, sheet: ToxinSheet) -> Iterable[Said]:
    dilution = sheet.dilution
    if dilution is None:
        yield voice.say(
            "Mixing: ______ U in ______ mL. Give the vial's units and the millilitres to have the "
            "volumes worked out."
        )
    else:
        yield voice.say(
            "Mixing: {vial} U in {ml} mL gives {tenth} U in each {step} mL. Of one vial {waste} U "
            "are left.",
            vial=voice.number(dilution.vial_units),
            ml=voice.number(dilution.diluent_ml),
            tenth=voice.number(dilution.units_per_tenth_ml),
            step=voice.number(0.1),
            waste=voice.number(sheet.waste_units or 0.0),
        )
    known = said_rows(voice, sheet.treatment, "handling")
    yield known.get(
        sheet.product_key,
        voice.say("No label text on mixed product is at hand: read the product's leaflet."),
    )


def _end(voice: Voice, name: str) -> list[Block]:
    signs = tuple(
        Said((BOX, *said.parts), said.origin) for said in said_rows(voice, name, "sign").values()
    )
    rows = tuple(
        (label, voice.say("{range} min", range=voice.figure(number, "range")))
        for label, number in minute_rows(voice, name)
    )
    return [
        Heading(voice.say("Tick what applies; sign before going on")),
        Bullets(signs),
        Paragraph(voice.say("Signed: ____________________  Date: ____________")),
        Heading(voice.say("Consent")),
        Bullets(tuple(said_rows(voice, name, "consent").values())),
        Heading(voice.say("Minutes")),
        Table((voice.say("Step"), voice.say("minutes")), rows),
        Heading(voice.say("To record")),
        Table(
            (voice.say("What"), voice.say("as done")),
            tuple((label, given(BLANK * 3)) for label in field_rows(voice, name).values()),
        ),
    ]


def _product(sheet: ToxinSheet) -> Given:
    return Given(product(sheet.product_key).name if sheet.product_key else BLANK)


def _told(voice: Voice, words: str) -> Said:
    text = translated(voice.shelf, voice.language, words)
    return given(text[:1].upper() + text[1:])


def ml_text(voice: Voice, value: float) -> str:
    """Millilitres as a syringe is read: three digits, a fourth where it is one."""
    from babel.numbers import format_decimal

    return format_decimal(value, format="0.000#", locale=voice.locale)
