"""A curve of the knowledge files with its band, as inline SVG in the reader's language."""

from __future__ import annotations

import math

from vermilion.know.sourced import Curve
from vermilion.know.voice import Voice
from vermilion.report.drawing import ACCENT, BAND, GRID, INK, path, svg, text
from vermilion.report.words import day_words

WIDTH, HEIGHT = 660, 240
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 18, 34
MARKS = (0, 3, 7, 14, 28, 42, 56, 84, 112, 182, 365, 730, 1095, 1461, 1826)
YEAR_DAYS = 365
ROOM_PX = 68
"""Room that a mark's words need."""


def band_chart(
    voice: Voice, curve: Curve, title: str, *, wide: int = WIDTH, here: float | None = None
) -> str:
    """Shares in per cent over days; the first weeks get most room, the more so over years.

    Parameters
    ----------
    wide : width in the drawing's own pixels; narrow on a phone, so that words stay readable
    here : the day that somebody is at, marked; beyond the curve it is left out
    """
    last = curve.days[-1]
    bend = 0.5 if last < YEAR_DAYS else 0.32
    ceiling = max(1.0, math.ceil(max(curve.high) * 5) / 5)

    def x(day: float) -> float:
        return LEFT + (wide - LEFT - RIGHT) * math.pow(day / last, bend)

    def y(value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / ceiling)

    body = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        body.append(
            f"<line x1='{LEFT}' x2='{wide - RIGHT}' y1='{y(share):.1f}' y2='{y(share):.1f}' "
            f"stroke='{GRID}'/>{text(LEFT - 8, y(share) + 4, f'{share * 100:.0f} %', anchor='end')}"
        )
    upper = [(x(d), y(v)) for d, v in zip(curve.days, curve.high, strict=True)]
    lower = [(x(d), y(v)) for d, v in zip(curve.days, curve.low, strict=True)]
    line = [(x(d), y(v)) for d, v in zip(curve.days, curve.expected, strict=True)]
    body.append(f"<path d='{path(upper + lower[::-1])}Z' fill='{BAND}'/>")
    body.append(f"<path d='{path(line)}' fill='none' stroke='{ACCENT}' stroke-width='2.5'/>")
    drawn = -math.inf
    for day in (mark for mark in MARKS if mark <= last):
        if x(day) - drawn >= (1.5 * ROOM_PX if day == last else ROOM_PX):
            drawn = x(day)
            anchor = {0: "start", last: "end"}.get(day, "middle")
            body.append(text(drawn, HEIGHT - BOTTOM + 20, day_words(voice, day), anchor=anchor))
    if here is not None and 0 <= here <= last:
        foot, words = HEIGHT - BOTTOM, voice.say("you are here").plain
        body.append(
            f"<line x1='{x(here):.1f}' x2='{x(here):.1f}' y1='{TOP}' y2='{foot}' stroke='{INK}' "
            "stroke-width='2' stroke-dasharray='4 3'/>"
        )
        side, gap = ("end", -6) if x(here) > wide / 2 else ("start", 6)
        body.append(text(x(here) + gap, TOP - 6, words, INK, side))
    return svg(wide, HEIGHT, title, body)
