"""A mouth drawn from its measures, as it faces the practitioner: points, and where to keep out.

Public: `Mark`, `lip_diagram`, `upper_border_mm`.

The client's right is at the left of the drawing. The widths are true to scale; the heights are
those of a plain schematic lip. Keep-outs are hatched, so that a grey print shows them too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from vermilion.report.drawing import ACCENT, INK, MUTED, path, svg, text

PX_PER_MM = 8.0
SIDE_MM, TOP_MM, BOTTOM_MM = 18.0, 19.0, 15.0
PEAK_MM, DIP_MM, LOWER_MM = 8.0, 6.4, 10.0
"""Heights above and below the line between the lips, in a schematic lip."""
LIP, STOP = "#f3dfdc", "#7a1f1f"


@dataclass(frozen=True, slots=True)
class Mark:
    """A point on the upper border: millimetres from the middle (the client's left positive), and
    the words above it, in lines."""

    x_mm: float
    words: tuple[str, ...]


def upper_border_mm(x_mm: float, peak_mm: float, corner_mm: float) -> float:
    """The height of the upper border above the line between the lips."""
    way = abs(x_mm)
    if way <= peak_mm:
        return DIP_MM + (PEAK_MM - DIP_MM) * (1 - math.cos(math.pi * way / peak_mm)) / 2
    t = min(1.0, (way - peak_mm) / (corner_mm - peak_mm))
    return PEAK_MM * (1.0 - math.pow(t, 1.7))


def lip_diagram(
    marks: Sequence[Mark],
    title: str,
    *,
    peak_mm: float,
    corner_mm: float,
    keep_outs: Sequence[tuple[float, float]],
    sides: tuple[str, str],
    inner_line: bool = False,
) -> str:
    """Inline SVG.

    Parameters
    ----------
    title : the drawing in words
    peak_mm, corner_mm : of a peak of the bow and of a corner from the middle
    keep_outs : spans of millimetres from the middle that are hatched on the upper lip
    sides : words for the client's right (at the left) and left
    inner_line : whether the wet line is drawn, toward which colour fades
    """
    width, height = (2 * (corner_mm + SIDE_MM)) * PX_PER_MM, (TOP_MM + BOTTOM_MM) * PX_PER_MM

    def at(x: float, y: float) -> tuple[float, float]:
        return width / 2 + x * PX_PER_MM, (TOP_MM - y) * PX_PER_MM

    steps = [corner_mm * k / 60 for k in range(-60, 61)]
    top = [at(x, upper_border_mm(x, peak_mm, corner_mm)) for x in steps]
    seam = [at(x, -0.5 * math.cos(math.pi * x / corner_mm / 2)) for x in steps]
    low = [at(x, -LOWER_MM * (1 - abs(x / corner_mm) ** 2.2)) for x in steps]
    body = [
        "<defs><pattern id='keep' width='6' height='6' patternUnits='userSpaceOnUse' "
        f"patternTransform='rotate(45)'><line x1='0' x2='0' y1='0' y2='6' stroke='{STOP}' "
        "stroke-width='1.6'/></pattern></defs>",
        f"<path d='{path([*top, *low[::-1]])}Z' fill='{LIP}' stroke='{ACCENT}' stroke-width='2'/>",
        f"<path d='{path(seam)}' fill='none' stroke='{ACCENT}' stroke-width='1.5'/>",
    ]
    if inner_line:
        inner = [at(x, -LOWER_MM * 0.45 * (1 - abs(x / corner_mm) ** 2.2)) for x in steps]
        body.append(
            f"<path d='{path(inner)}' fill='none' stroke='{MUTED}' stroke-dasharray='3 4'/>"
        )
    for start, end in keep_outs:
        (x0, y0), (x1, y1) = at(start, PEAK_MM + 3), at(end, -1.5)
        body.append(
            f"<rect x='{x0:.1f}' y='{y0:.1f}' width='{x1 - x0:.1f}' height='{y1 - y0:.1f}' "
            f"fill='url(#keep)' stroke='{STOP}' stroke-dasharray='4 3'/>"
        )
    for mark in marks:
        body.append(_mark(mark, at(mark.x_mm, upper_border_mm(mark.x_mm, peak_mm, corner_mm))))
    y = height - 6
    body.append(text(6, y, sides[0]))
    body.append(text(width - 6, y, sides[1], anchor="end"))
    return svg(width, height, title, body, 12)


def _mark(mark: Mark, place: tuple[float, float]) -> str:
    x, y = place
    lead = (TOP_MM - PEAK_MM - 4.5) * PX_PER_MM
    lines = "".join(
        text(x, lead - 14 * (len(mark.words) - 1 - k), words, INK, "middle")
        for k, words in enumerate(mark.words)
    )
    return (
        f"<line x1='{x:.1f}' x2='{x:.1f}' y1='{lead + 4:.1f}' y2='{y - 6:.1f}' stroke='{MUTED}'/>"
        f"<circle cx='{x:.1f}' cy='{y:.1f}' r='6' fill='#fff' stroke='{INK}' stroke-width='2.5'/>"
        f"{lines}"
    )
