"""A schedule as a drawing: a lane for each treatment, dots for visits, bars for the best days.

Public: `date_strip`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from vermilion.care.dates.items import Item
from vermilion.care.dates.schedule import Schedule
from vermilion.know.voice import Voice
from vermilion.report.drawing import ACCENT, BAND, GRID, INK, MUTED, svg, text

WIDTH, LANE, TOP, LEFT, RIGHT, FOOT = 720, 58, 30, 16, 28, 30
TEXT_ROOM_PX = 54.0
RADII = {"treat": 7.0, "look": 4.5, "talk": 4.5}
"""Visits by kind; the treating ones are filled."""
AFTER = timedelta(days=14)


class _Axis:
    """Days to pixels, from the first entry to a little after the last one that counts."""

    def __init__(self, items: Sequence[Item]) -> None:
        drawn = [item.day for item in items if item.kind in RADII or item.kind == "event"]
        drawn = drawn or [item.day for item in items]
        best = [item.day for item in items if item.kind == "best"]
        self.first, self.last = min([*drawn, *best]), max([*drawn, *best]) + AFTER

    def x(self, day: date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return LEFT + 8 + (WIDTH - LEFT - RIGHT - 8) * min(max(share, 0.0), 1.0)


def date_strip(voice: Voice, schedule: Schedule, title: str) -> str:
    """The drawing as SVG; upkeep, which lies far ahead, is left to the table."""
    axis = _Axis(schedule.items)
    bottom = TOP + LANE * len(schedule.names)
    body = list(_months(voice, axis, bottom))
    for lane, (treatment, name) in enumerate(schedule.names):
        y = TOP + LANE * lane + 26
        body.append(text(LEFT, y - 16, name.plain, INK))
        own = [item for item in schedule.items if item.treatment == treatment]
        body += _lane(voice, axis, own, y)
    for item in schedule.items:
        if item.kind == "event":
            x = axis.x(item.day)
            body.append(
                f"<line x1='{x:.1f}' x2='{x:.1f}' y1='18' y2='{bottom}' stroke='{INK}' "
                "stroke-width='2' stroke-dasharray='5 3'/>"
            )
            words = f"{item.title.plain}, {_short(voice, item.day)}"
            body.append(text(x, 13, words, INK, "end" if x > WIDTH * 0.6 else "start"))
    return svg(WIDTH, bottom + FOOT, title, body)


def _lane(voice: Voice, axis: _Axis, items: Sequence[Item], y: float) -> Iterator[str]:
    yield (
        f"<line x1='{axis.x(axis.first):.1f}' x2='{axis.x(axis.last):.1f}' y1='{y}' y2='{y}' "
        f"stroke='{GRID}' stroke-width='2'/>"
    )
    for item in items:
        if item.kind == "best" and item.day < axis.last:
            x = axis.x(item.day)
            width = axis.x(item.last or item.day) - x
            yield (
                f"<rect x='{x:.1f}' y='{y - 7}' width='{max(width, 3):.1f}' height='14' rx='7' "
                f"fill='{BAND}'/>"
            )
    room_from = -TEXT_ROOM_PX
    for item in sorted(items, key=lambda one: one.day):
        if item.kind in RADII:
            x = axis.x(item.day)
            fill = ACCENT if item.kind == "treat" else "#fffdfa"
            yield (
                f"<circle cx='{x:.1f}' cy='{y}' r='{RADII[item.kind]}' fill='{fill}' "
                f"stroke='{ACCENT}' stroke-width='2'/>"
            )
            if item.kind == "treat" and x - room_from >= TEXT_ROOM_PX:
                room_from = x
                yield text(x, y + 23, _short(voice, item.day), MUTED, "middle")


def _months(voice: Voice, axis: _Axis, bottom: float) -> Iterator[str]:
    """A line on the first of every month, with its name where there is room."""
    from babel.dates import format_date

    day = (axis.first.replace(day=1) + timedelta(days=32)).replace(day=1)
    room_from = -TEXT_ROOM_PX
    while day < axis.last:
        x = axis.x(day)
        yield f"<line x1='{x:.1f}' x2='{x:.1f}' y1='18' y2='{bottom}' stroke='{GRID}'/>"
        if x - room_from >= TEXT_ROOM_PX and x < WIDTH - RIGHT:
            room_from = x
            pattern = "LLL yyyy" if day.month == 1 else "LLL"
            yield text(
                x, bottom + 18, format_date(day, pattern, locale=voice.locale), anchor="middle"
            )
        day = (day + timedelta(days=32)).replace(day=1)


def _short(voice: Voice, day: date) -> str:
    from babel.dates import format_skeleton

    return format_skeleton("MMMd", day, locale=voice.locale)
