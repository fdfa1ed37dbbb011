"""A mouth as it faces the practitioner: its borders, points, where to keep out, where colour goes.

Public: `Mark`, `Pin`, `lip_diagram`.

The client's right is at the left of the drawing. One millimetre is ten units of the drawing, whose
origin is that of the lips' axes: what is drawn at (x, y) lies at (x / 10, y / 10) mm. Keep-outs
are hatched, so that a grey print shows them too. Parts bear classes, for pages with a dark side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from vermilion.consult.lip_view import SHAPE_PX, WIDE_MM, WIDE_MOUTHS
from vermilion.report.drawing import ACCENT, INK, MUTED, path, svg, text
from vermilion.report.lip_outline import Line, LipOutline
from vermilion.report.lip_zones import LIP, UNITS_PER_MM, Colour, drawn_borders, points_of, zones

SIDE_MM, TOP_MM, BOTTOM_MM = 9.0, 11.0, 5.0
"""Room beside the corners, above the highest and below the lowest border."""
KEEP_ABOVE_MM = 4.0
STOP = "#7a1f1f"
SIZE, RADIUS = 18, 9
STEM, HEAD = 50, 26
"""A pin in the drawing's units: what is read stands beside what it points at."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A point in mm, and the words above it, in lines."""

    x_mm: float
    y_mm: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pin:
    """A point as it is handled on a screen: its tip in mm, the number in its head, and its name."""

    x_mm: float
    y_mm: float
    head: str
    name: str


def lip_diagram(
    outline: LipOutline,
    marks: Sequence[Mark],
    title: str,
    *,
    keep_outs: Sequence[tuple[float, float]],
    sides: tuple[str, str],
    colour: Colour | None = None,
    pins: Sequence[Pin] = (),
    handled: bool = False,
    behind: str = "",
    top_mm: float = TOP_MM,
) -> str:
    """Inline SVG.

    Parameters
    ----------
    title : the drawing in words
    keep_outs : spans of mm along the lips' axis that are hatched on the upper lip
    sides : words for the client's right (at the left) and left
    colour : where pigment goes, and the border that is drawn
    handled : whether pins can be moved: then each can have the focus, and a blank one stands ready
    behind : address of the client's lips as `consult.lip_view` shows them, laid under the drawing
    top_mm : room above the lips: marks with words need it
    """
    k, mouth = UNITS_PER_MM, outline.mouth
    left, right = mouth.corner_right - SIDE_MM, mouth.corner_left + SIDE_MM
    top, bottom = min(outline.upper_outer) - top_mm, max(outline.lower_outer) + BOTTOM_MM
    body = [
        _hatch(),
        _photo(outline, behind) if behind else "",
        _shape(outline.x_mm, outline.upper_outer, outline.lower_outer, LIP),
    ]
    if colour is not None:
        body += zones(outline, colour)
    body += [
        _open_line(outline.x_mm, outline.upper_outer, "border", ACCENT, 2.5),
        _open_line(outline.x_mm, outline.lower_outer, "border", ACCENT, 2.5),
        _shape(outline.x_mm, outline.upper_inner, outline.lower_inner, "#fff", "gap"),
    ]
    if colour is not None and colour.technique.border_mm > 0:
        body += [
            _open_line(outline.x_mm, line, "drawn", INK, 2, "7 5")
            for line in drawn_borders(outline, colour.technique)
        ]
    for start, end in keep_outs:
        body.append(_keep_out(outline, max(start, left), min(end, right)))
    body += [_mark(mark, top) for mark in marks]
    low = bottom * k - 8
    body.append(text(left * k + 6, low, sides[0]))
    body.append(text(right * k - 6, low, sides[1], anchor="end"))
    if handled:
        body.append(f"<defs>{_pin(Pin(0, 0, '', ''), False)}</defs>")
    body.append(f"<g class='pins'>{''.join(_pin(pin, handled) for pin in pins)}</g>")
    width, height, role = (right - left) * k, (bottom - top) * k, "group" if handled else "img"
    return svg(width, height, title, body, SIZE, (left * k, top * k), role)


def _pin(pin: Pin, handled: bool) -> str:
    x, y = pin.x_mm * UNITS_PER_MM, pin.y_mm * UNITS_PER_MM
    name = f"tabindex='0' role='button' aria-label='{escape(pin.name, quote=True)}'"
    return (
        f"<g class='pin' transform='translate({x:.1f} {y:.1f})' {name if handled else ''}>"
        f"<line y1='-{STEM}' y2='0' stroke='{INK}' stroke-width='4'/>"
        f"<circle class='tip' r='5' fill='{INK}'/>"
        f"<circle class='head' cy='-{STEM}' r='{HEAD}' fill='#fff' stroke='{INK}' "
        f"stroke-width='3'/><text y='-{STEM - 9}' text-anchor='middle' font-size='26' "
        f"font-weight='700' fill='{INK}'>{escape(pin.head)}</text></g>"
    )


def _photo(outline: LipOutline, address: str) -> str:
    high, wide = SHAPE_PX
    mm = WIDE_MM if outline.measured else WIDE_MOUTHS * outline.mouth.width_mm
    width = mm * UNITS_PER_MM
    height = width * high / wide
    return (
        f"<image class='behind' href='{escape(address, quote=True)}' x='{-width / 2:.0f}' "
        f"y='{-height / 2:.0f}' width='{width:.0f}' height='{height:.0f}'/>"
    )


def _hatch() -> str:
    return (
        "<defs><pattern id='keep' width='9' height='9' patternUnits='userSpaceOnUse' "
        f"patternTransform='rotate(45)'><line class='hatch' x1='0' x2='0' y1='0' y2='9' "
        f"stroke='{STOP}' stroke-width='2'/></pattern></defs>"
    )


def _shape(x: Line, upper: Line, lower: Line, fill: str, name: str = "lip") -> str:
    ring = [*points_of(x, upper), *points_of(x, lower)[::-1]]
    line = f" stroke='{ACCENT}' stroke-width='1.8'" if name == "gap" else ""
    return f"<path class='{name}' d='{path(ring)}Z' fill='{fill}'{line}/>"


def _open_line(x: Line, y: Line, name: str, stroke: str, width: float, dash: str = "") -> str:
    dashes = f" stroke-dasharray='{dash}'" if dash else ""
    return (
        f"<path class='{name}' d='{path(points_of(x, y))}' fill='none' stroke='{stroke}' "
        f"stroke-width='{width}'{dashes}/>"
    )


def _keep_out(outline: LipOutline, start: float, end: float) -> str:
    """From a little above the upper border down to the line between the lips."""
    at = np.linspace(start, end, 12)
    upper = np.interp(at, outline.x_mm, outline.upper_outer) - KEEP_ABOVE_MM
    lower = np.interp(at, outline.x_mm, outline.upper_inner) + 1.0
    ring = points_of(tuple(at), tuple(upper)) + points_of(tuple(at), tuple(lower))[::-1]
    return (
        f"<path class='keep' d='{path(ring)}Z' fill='url(#keep)' stroke='{STOP}' "
        "stroke-width='1.5' stroke-dasharray='6 4'/>"
    )


def _mark(mark: Mark, top: float) -> str:
    k = UNITS_PER_MM
    x, y = mark.x_mm * k, mark.y_mm * k
    lead = top * k + 22 * len(mark.words)
    lines = "".join(
        text(x, lead - 22 * (len(mark.words) - 1 - i), words, INK, "middle")
        for i, words in enumerate(mark.words)
    )
    return (
        f"<line x1='{x:.1f}' x2='{x:.1f}' y1='{lead + 6:.1f}' y2='{y - RADIUS:.1f}' "
        f"stroke='{MUTED}'/>"
        f"<circle class='dot' cx='{x:.1f}' cy='{y:.1f}' r='{RADIUS}' fill='#fff' stroke='{INK}' "
        f"stroke-width='3'/>{lines}"
    )
