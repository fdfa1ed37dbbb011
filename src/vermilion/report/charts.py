"""Charts as inline SVG: one idea each, labelled on the line, readable in print and on screen.

Colours come from the page's own custom properties with printable fallbacks, so that the same
drawing serves the light page, the dark page and the PDF.
"""

from __future__ import annotations

import math

from vermilion.know.measures import digits_of, quantity
from vermilion.know.voice import Voice
from vermilion.report.drawing import ACCENT, BAND, GRID, INK, MUTED, path, svg, text
from vermilion.report.sheet import MeasureRow, TimeCourse
from vermilion.report.words import day_words

MARK_ROOM_PX = 62
"""Room that the words of a mark on the time axis need."""
ENDS_ROOM_PX = 120
"""Where the ends of an interval are nearer than this, both stand in one label."""


def _nice_step(span: float, parts: int = 4) -> float:
    raw = max(span, 1e-9) / parts
    power = 10.0 ** math.floor(math.log10(raw))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= raw)


def time_chart(
    voice: Voice,
    course: TimeCourse,
    highest: float,
    judged_day: float,
    *,
    width: int = 440,
    height: int = 240,
) -> str:
    """A quantity over days: band shaded, expected line drawn and labelled on the day on which it is
    judged. Fresh pigment is more, and goes.

    The time axis is square-root spaced: the first weeks, where most happens, get most room. The
    other reaches to `highest`, the same for all that are compared.
    """
    left, right, top, bottom = 46, 16, 26, 40
    last = max(course.days[-1], 1.0)
    step = _nice_step(max(highest, 1e-6))
    ceiling = step * math.ceil(highest / step - 1e-9) or step

    def x(day: float) -> float:
        return left + (width - left - right) * math.sqrt(max(day, 0.0) / last)

    def y(value: float) -> float:
        return top + (height - top - bottom) * (1 - value / ceiling)

    body = []
    for k in range(round(ceiling / step) + 1):
        value = k * step
        body.append(
            f"<line x1='{left}' x2='{width - right}' y1='{y(value):.1f}' y2='{y(value):.1f}' "
            f"stroke='{GRID}'/>"
        )
        body.append(text(left - 8, y(value) + 4, voice.number(value), anchor="end"))
    marks = [d for d in (0, 7, 14, 42, 84, 182, 365, 730, 1095, 1826) if d <= last + 1]
    drawn = -99.0
    for day in marks:
        if x(day) - drawn < MARK_ROOM_PX:
            continue
        drawn = x(day)
        anchor = "end" if x(day) > width - right - 30 else "middle"
        body.append(text(x(day), height - bottom + 20, day_words(voice, day), anchor=anchor))
        body.append(
            f"<line x1='{x(day):.1f}' x2='{x(day):.1f}' y1='{height - bottom}' "
            f"y2='{height - bottom + 5}' stroke='{MUTED}'/>"
        )
    upper = [(x(d), y(v)) for d, v in zip(course.days, course.high, strict=True)]
    lower = [(x(d), y(v)) for d, v in zip(course.days, course.low, strict=True)]
    body.append(f"<path d='{path(upper + lower[::-1])}Z' fill='{BAND}'/>")
    line = [(x(d), y(v)) for d, v in zip(course.days, course.expected, strict=True)]
    body.append(f"<path d='{path(line)}' fill='none' stroke='{ACCENT}' stroke-width='2.5'/>")
    judged = min(range(len(line)), key=lambda i: abs(course.days[i] - judged_day))
    px, py = line[judged]
    body.append(f"<circle cx='{px:.1f}' cy='{py:.1f}' r='4' fill='{ACCENT}'/>")
    height_words = quantity(voice, course.expected[judged], course.unit)
    words = f"{height_words}, {day_words(voice, course.days[judged])}"
    anchor = "end" if px > width * 0.7 else "start"
    body.append(text(px + (-8 if anchor == "end" else 8), py - 8, words, INK, anchor))
    body.append(text(0, 14, course.unit))
    return svg(width, height, course.title, body)


def _inward(x: float, width: float) -> str:
    """The anchor that keeps words at `x` inside the drawing."""
    if x < width * 0.2:
        return "start"
    return "end" if x > width * 0.8 else "middle"


def measure_chart(voice: Voice, row: MeasureRow, *, width: int = 300) -> str:
    """The client's value with its 90 % interval above each published distribution (mean, 1 sd)."""
    low_end, high_end = row.interval
    lows = [low_end] + [n.mean - 2 * n.sd for n in row.norms]
    highs = [high_end] + [n.mean + 2 * n.sd for n in row.norms]
    low, high = min(lows), max(highs)
    pad = 0.08 * max(high - low, 1e-6)
    low, high = low - pad, high + pad
    left, right = 14, 14
    height = 50 + 34 * len(row.norms)

    def x(value: float) -> float:
        return left + (width - left - right) * (value - low) / (high - low)

    v, y0 = x(row.value), 26
    body = [
        f"<line x1='{x(low_end):.1f}' x2='{x(high_end):.1f}' y1='{y0}' "
        f"y2='{y0}' stroke='{ACCENT}' stroke-width='3' stroke-linecap='round'/>",
        f"<circle cx='{v:.1f}' cy='{y0}' r='5.5' fill='{ACCENT}'/>",
    ]
    value = quantity(voice, row.value, row.unit)
    words = voice.say("you: {value}", value=value).plain
    body.append(text(v, y0 - 11, words, INK, _inward(v, width)))
    if x(high_end) - x(low_end) < ENDS_ROOM_PX:
        digits = digits_of(row.unit)
        start = voice.number(low_end, digits, digits)
        words = f"{start} – {quantity(voice, high_end, row.unit)}"
        body.append(text(v, y0 + 19, words, anchor=_inward(v, width)))
    else:
        for end in (low_end, high_end):
            words = quantity(voice, end, row.unit)
            body.append(text(x(end), y0 + 19, words, anchor=_inward(x(end), width)))
    for k, norm in enumerate(row.norms):
        y = 62 + 34 * k
        body.append(
            f"<rect x='{x(norm.mean - norm.sd):.1f}' y='{y - 5}' rx='5' height='10' "
            f"width='{x(norm.mean + norm.sd) - x(norm.mean - norm.sd):.1f}' fill='{BAND}'/>"
        )
        body.append(
            f"<line x1='{x(norm.mean):.1f}' x2='{x(norm.mean):.1f}' y1='{y - 7}' y2='{y + 7}' "
            f"stroke='{MUTED}' stroke-width='2'/>"
        )
        count = f" (n = {norm.n})" if norm.n else ""
        body.append(text(left, y + 19, f"{norm.group}{count}"))
    return svg(width, height, f"{row.label}: {value}", body)
