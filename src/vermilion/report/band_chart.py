"""A curve of the knowledge files with its band, as inline SVG in the reader's language."""

from __future__ import annotations

import math
from html import escape

from vermilion.know.sourced import Curve
from vermilion.know.voice import Voice

WIDTH, HEIGHT = 660, 240
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 18, 34
INK, MUTED, ACCENT, BAND, GRID = "#3a2b2b", "#6b5a58", "#8f3f48", "#e9cfcc", "#e4dad5"
MARKS = (0, 3, 7, 14, 28, 42, 56, 84, 112, 182, 365, 730)
ROOM_PX = 68
"""Room that a mark's words need."""


def band_chart(voice: Voice, curve: Curve, title: str) -> str:
    """Shares in per cent over days; the first weeks get most room (square-root axis)."""
    last = curve.days[-1]
    ceiling = max(1.0, math.ceil(max(curve.high) * 5) / 5)

    def x(day: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * math.sqrt(day / last)

    def y(value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / ceiling)

    body = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        body.append(
            f"<line x1='{LEFT}' x2='{WIDTH - RIGHT}' y1='{y(share):.1f}' y2='{y(share):.1f}' "
            f"stroke='{GRID}'/>{_text(LEFT - 8, y(share) + 4, f'{share * 100:.0f} %', 'end')}"
        )
    upper = [(x(d), y(v)) for d, v in zip(curve.days, curve.high, strict=True)]
    lower = [(x(d), y(v)) for d, v in zip(curve.days, curve.low, strict=True)]
    line = [(x(d), y(v)) for d, v in zip(curve.days, curve.expected, strict=True)]
    body.append(f"<path d='{_path(upper + lower[::-1])}Z' fill='{BAND}'/>")
    body.append(f"<path d='{_path(line)}' fill='none' stroke='{ACCENT}' stroke-width='2.5'/>")
    drawn = -math.inf
    for day in (mark for mark in MARKS if mark <= last):
        if x(day) - drawn >= (1.5 * ROOM_PX if day == last else ROOM_PX):
            drawn = x(day)
            anchor = {0: "start", last: "end"}.get(day, "middle")
            body.append(_text(drawn, HEIGHT - BOTTOM + 20, day_words(voice, day), anchor))
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}' role='img' "
        f"aria-label='{escape(title, quote=True)}' font-family='Libertinus Serif, Georgia, serif' "
        f"font-size='13'><title>{escape(title)}</title>{''.join(body)}</svg>"
    )


def day_words(voice: Voice, day: int) -> str:
    """A day as people say it: "day 4", "week 6", "year 2"."""
    if day >= 365:
        return voice.say("year {year}", year=round(day / 365.25)).plain
    if day >= 14 and day % 7 == 0:
        return voice.say("week {week}", week=day // 7).plain
    return voice.say("day {day}", day=day).plain


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' fill='{MUTED}' text-anchor='{anchor}'>"
        f"{escape(words)}</text>"
    )


def _path(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points)
