"""What treatments cost over the years, as one small drawing each, all on the same scale.

Public: `CostPanel`, `cost_chart`.

The band runs from the cheapest to the dearest way. It is told by its outline, not by its colour
alone, so that a grey print says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from vermilion.report.drawing import ACCENT, BAND, GRID, INK, MUTED, path, svg, text

ACROSS = 2
WIDTH, PANEL_HEIGHT, TITLE = 640, 112, 22
LEFT, RIGHT, BOTTOM = 12, 112, 22


@dataclass(frozen=True, slots=True)
class CostPanel:
    """One treatment: its name, (low, high) for 0 years = the first visit, 1, 2, ... years, and
    the last span in words."""

    name: str
    spans: tuple[tuple[float, float], ...]
    last: tuple[str, str]


def cost_chart(panels: Sequence[CostPanel], title: str, axis: tuple[str, ...]) -> str:
    """Inline SVG.

    Parameters
    ----------
    panels : all in one currency, all with as many spans
    title : the drawing in words, for who does not see it
    axis : a label under each span
    """
    most = max((high for panel in panels for _, high in panel.spans), default=0) or 1
    height = PANEL_HEIGHT * -(-len(panels) // ACROSS)
    body = [
        _panel(panel, k % ACROSS * WIDTH / ACROSS, k // ACROSS * PANEL_HEIGHT, most, axis)
        for k, panel in enumerate(panels)
    ]
    return svg(WIDTH, height, title, body, 11)


def _panel(panel: CostPanel, x0: float, y0: float, most: float, axis: tuple[str, ...]) -> str:
    width = WIDTH / ACROSS - LEFT - RIGHT
    floor, room = y0 + PANEL_HEIGHT - BOTTOM, PANEL_HEIGHT - BOTTOM - TITLE
    step = width / max(len(panel.spans) - 1, 1)

    def x(k: int) -> float:
        return x0 + LEFT + k * step

    def y(value: float) -> float:
        return floor - room * value / most

    lows = [(x(k), y(low)) for k, (low, _) in enumerate(panel.spans)]
    highs = [(x(k), y(high)) for k, (_, high) in enumerate(panel.spans)]
    end = x(len(panel.spans) - 1)
    parts = [
        f"<text x='{x0 + LEFT:.1f}' y='{y0 + 14:.1f}' fill='{INK}' font-size='13' "
        f"font-weight='bold'>{escape(panel.name)}</text>",
        f"<path d='{path([*highs, *lows[::-1]])}Z' fill='{BAND}'/>",
        f"<path d='{path(highs)}' fill='none' stroke='{ACCENT}' stroke-width='2'/>",
        f"<path d='{path(lows)}' fill='none' stroke='{ACCENT}' stroke-width='2' "
        "stroke-dasharray='4 3'/>",
        f"<line x1='{x0 + LEFT:.1f}' x2='{end:.1f}' y1='{floor:.1f}' y2='{floor:.1f}' "
        f"stroke='{GRID}'/>",
    ]
    low_y, high_y = lows[-1][1], highs[-1][1]
    if panel.last[0] == panel.last[1]:
        parts.append(text(end + 6, high_y + 4, panel.last[0], INK))
    else:
        apart = max(0.0, 13 - (low_y - high_y))
        parts.append(text(end + 6, high_y + 4 - apart, panel.last[1], INK))
        parts.append(text(end + 6, low_y + 4, panel.last[0], INK))
    for k, label in enumerate(axis):
        parts.append(text(x(k), floor + 14, label, MUTED, "middle" if k else "start"))
    return "".join(parts)
