"""Where a technique lays how much pigment, drawn on a mouth: the renderer's own gradient.

Public: `Colour`, `zones`, `drawn_borders`, `points_of`, `LIP`, `UNITS_PER_MM`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vermilion.render.coverage import Technique, gradient, outward
from vermilion.report.drawing import path
from vermilion.report.lip_outline import Line, LipOutline

UNITS_PER_MM = 10.0
LIP = "#f3dfdc"
ACROSS, ALONG = 6, 4
"""Steps of the zones from border to wet line; samples of the outline that a zone is wide."""

Fill = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Colour:
    """A technique in a colour (sRGB, 0..255), and the border that it draws."""

    technique: Technique
    fill: Fill


def points_of(x: Line, y: Line) -> list[tuple[float, float]]:
    """Millimetres as points of the drawing."""
    return [(UNITS_PER_MM * one, UNITS_PER_MM * other) for one, other in zip(x, y, strict=True)]


def zones(outline: LipOutline, colour: Colour) -> list[str]:
    """Small quads whose colour is the lip's, mixed with the pigment's by the technique's amount."""
    x = np.array(outline.x_mm)[::ALONG]
    s = np.array([outline.mouth.s_of(float(one)) for one in x], np.float32)
    across = np.linspace(0, 1, ACROSS + 1)
    grown = outward(colour.technique.border_mm, s) if colour.technique.border_mm > 0 else 0 * s
    found = []
    for outer, inner, side in (
        (outline.upper_outer, outline.upper_inner, -1.0),
        (outline.lower_outer, outline.lower_inner, 1.0),
    ):
        edge, wet = np.array(outer)[::ALONG] + side * grown, np.array(inner)[::ALONG]
        rows = [edge + (wet - edge) * t for t in across]
        for k in range(ACROSS):
            middle = np.full_like(s, (across[k] + across[k + 1]) / 2)
            amount = gradient(colour.technique, s, middle)
            for i in range(len(x) - 1):
                ring = [
                    (float(x[j]) * UNITS_PER_MM, float(row[j]) * UNITS_PER_MM)
                    for j, row in (
                        (i, rows[k]),
                        (i + 1, rows[k]),
                        (i + 1, rows[k + 1]),
                        (i, rows[k + 1]),
                    )
                ]
                fill = _mixed(colour.fill, float(amount[i] + amount[i + 1]) / 2)
                found.append(
                    f"<path d='{path(ring)}Z' fill='{fill}' stroke='{fill}' stroke-width='.8'/>"
                )
    return found


def drawn_borders(outline: LipOutline, technique: Technique) -> tuple[Line, Line]:
    """The upper and the lower border that are to be drawn beyond the natural ones, y in mm."""
    s = np.array([outline.mouth.s_of(one) for one in outline.x_mm], np.float32)
    grown = outward(technique.border_mm, s)
    upper, lower = np.array(outline.upper_outer) - grown, np.array(outline.lower_outer) + grown
    return tuple(map(float, upper)), tuple(map(float, lower))


def _mixed(fill: Fill, amount: float) -> str:
    lip = tuple(int(LIP[i : i + 2], 16) for i in (1, 3, 5))
    share = min(1.0, max(0.0, amount * 0.75))
    return "#" + "".join(
        f"{round(a + (b - a) * share):02x}" for a, b in zip(lip, fill, strict=True)
    )
