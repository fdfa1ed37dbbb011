"""A plan drawn on its mouth, and where its points lie in words.

Public: `drawn`, `drawn_for_client`, `where_words`.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from vermilion.care.plan_rows import plan_kind
from vermilion.know.voice import Voice
from vermilion.report.lip_diagram import Pin, lip_diagram
from vermilion.report.lip_outline import LipOutline
from vermilion.report.pages.plan import (
    BARE_TOP_MM,
    blush_corners,
    colour_of,
    outline_words,
    sides_of,
)
from vermilion.studio.record.plan_sources import draft_of
from vermilion.studio.record.plans import Draft, Point
from vermilion.treat.blush_plan import BlushPlan
from vermilion.treat.mouth import part_of
from vermilion.treat.plan import site


def drawn(voice: Voice, draft: Draft, handled: bool = False, behind: str = "") -> tuple[str, str]:
    """The drawing as inline SVG, and what it shows in words.

    handled : whether its points can be moved; behind : address of the photo's lips, or ""
    """
    outline = draft.outline
    if plan_kind(voice, draft.treatment) == "points":
        words = outline_words(voice, outline).plain
        pins = [_pin(voice, draft, k, one) for k, one in enumerate(draft.points)]
        spans = [span[:2] for span in outline.mouth.keep_outs()]
        svg = lip_diagram(
            outline,
            (),
            words,
            keep_outs=spans,
            sides=sides_of(voice),
            pins=pins,
            handled=handled,
            behind=behind,
        )
        return svg, words
    words = voice.say("Darker: more pigment. Dashed: the border that is drawn.").plain
    svg = lip_diagram(
        outline,
        (),
        words,
        keep_outs=blush_corners(voice, draft.treatment, outline),
        sides=sides_of(voice),
        colour=colour_of(BlushPlan(**(draft.blush or {}))),
        behind=behind,
        top_mm=BARE_TOP_MM,
    )
    return svg, words


def drawn_for_client(voice: Voice, content: Mapping[str, Any]) -> tuple[str, str]:
    """A kept plan as its client may look at it: inline SVG and its words; voice : the client's"""
    svg, own = drawn(voice, draft_of(content))
    words = voice.say("Your plan, drawn on your lips as somebody sees you who faces you.").plain
    if not content["outline"]["own"]:
        words = voice.say("Your plan, drawn on a template as somebody sees it who faces you.").plain
    if content["form"] == "points":
        key = "The number at a point is its units. Hatched places are usually left out."
        words = f"{words} {voice.say(key).plain}"
    return svg.replace(escape(own, quote=True), escape(words, quote=True)), words


def where_words(voice: Voice, outline: LipOutline, point: Point) -> str:
    """Which part of the lip a point lies in."""
    return voice.say(site(part_of(outline.mouth, point.x_mm)).near).plain


def _pin(voice: Voice, draft: Draft, k: int, one: Point) -> Pin:
    head = "?" if one.units is None else voice.number(one.units)
    name = f"{k + 1}: {head} U, {where_words(voice, draft.outline, one)}"
    return Pin(one.x_mm, one.y_mm, head, name)
