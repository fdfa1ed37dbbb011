"""What every chart is made of: the palette, a line of points, words, the frame. Inline SVG.

Public: `INK`, `MUTED`, `ACCENT`, `BAND`, `GRID`, `svg`, `text`, `path`.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

INK, MUTED, ACCENT, BAND, GRID = "#3a2b2b", "#6b5a58", "#9c4a52", "#e9cfcc", "#e4dad5"
FONT = "font-family='Libertinus Serif, Georgia, serif'"


def svg(
    width: float,
    height: float,
    title: str,
    body: Sequence[str],
    size: int = 13,
    origin: tuple[float, float] = (0, 0),
    role: str = "img",
) -> str:
    """The whole drawing.

    title : the drawing in words, for who does not see it; origin : its upper left corner
    role : "group" where its parts can be handled
    """
    box = f"{origin[0]:.0f} {origin[1]:.0f} {width:.0f} {height:.0f}"
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='{box}' "
        f"role='{role}' aria-label='{escape(title, quote=True)}' {FONT} font-size='{size}'>"
        f"<title>{escape(title)}</title>{''.join(body)}</svg>"
    )


def text(x: float, y: float, words: str, fill: str = MUTED, anchor: str = "start") -> str:
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' fill='{fill}' text-anchor='{anchor}'>{escape(words)}</text>"
    )


def path(points: Sequence[tuple[float, float]]) -> str:
    """Points as the `d` of a path."""
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points)
