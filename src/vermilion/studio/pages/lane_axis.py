"""Lanes as a drawing: days become shares of the width, so that words keep their size on a phone.

Public: `axis_of`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date
from django.urls import reverse

from vermilion.know.voice import Voice
from vermilion.studio.models import Client
from vermilion.studio.record.lanes import Lane, Mark

BACK, ON, MARGIN = timedelta(days=400), timedelta(days=90), timedelta(days=14)
"""How far the axis reaches: back at the most, on at the least, beyond the outermost marks."""
ROOM = 6.0
"""Per cent of the width that the name of a month takes on a desk's screen."""
TOP, LANE = 28, 52
"""px: room for the names of the months, height of a lane."""
KINDS = {"photo": "Photo", "done": "done", "booked": "booked", "due": "to be looked at"}


@dataclass(frozen=True, slots=True)
class _Days:
    first: date
    last: date

    def x(self, day: date) -> float:
        """Per cent of the width, kept inside."""
        share = (day - self.first).days / (self.last - self.first).days
        return 1.5 + 97 * min(max(share, 0.0), 1.0)


def axis_of(
    lanes: Sequence[Lane], photos: Sequence[Mark], client: Client, voice: Voice, today: date
) -> dict[str, Any]:
    """Everything the template draws; {} where nothing lies on any lane.

    Lengths along the axis are texts such as "12.5%", heights are px.
    """
    marks = [one for lane in lanes for one in lane.marks]
    if not marks:
        return {}
    days = _reach([*marks, *photos], today)
    drawn = [(_name(lane, voice), lane.marks, lane.best) for lane in lanes if lane.marks]
    if any(one.day >= days.first for one in photos):
        drawn.append((voice.say("Photos").plain, tuple(photos), ()))
    rows = [
        {
            "name": name,
            "marks": [
                _mark(one, name, days, client, voice) for one in own if one.day >= days.first
            ],
            "best": [_span(days, *span) for span in best if span[1] > days.first],
            "y": TOP + LANE * number + 34,
        }
        for number, (name, own, best) in enumerate(drawn)
    ]
    return {
        "rows": rows,
        "months": list(_months(days, voice)),
        "now": f"{days.x(today):.2f}%",
        "bottom": TOP + LANE * len(rows) + 4,
        "height": TOP + LANE * len(rows) + 24,
    }


def _reach(marks: Sequence[Mark], today: date) -> _Days:
    first, last = min(one.day for one in marks), max(one.day for one in marks)
    return _Days(max(min(first, today) - MARGIN, today - BACK), max(last, today + ON) + MARGIN)


def _name(lane: Lane, voice: Voice) -> str:
    named = voice.shelf.topic(f"steps/{lane.treatment}").tables["treatment"]["name"]
    return voice.say(named).capital.plain


def _mark(one: Mark, name: str, days: _Days, client: Client, voice: Voice) -> dict[str, Any]:
    """One mark, told in words too: "Lip flip, done, May 3, 2026"."""
    what = voice.say(KINDS[one.kind]).plain
    told = what if one.kind == "photo" else f"{name}, {what}"
    where = {
        "done": lambda: reverse("visit", args=[one.id]),
        "due": lambda: reverse("task", args=[one.id]),
        "photo": lambda: reverse("photo_page", args=[one.id]),
        "booked": lambda: reverse("book", args=[client.pk]),
    }[one.kind]()
    return {
        "x": f"{days.x(one.day):.2f}%",
        "kind": one.kind,
        "words": f"{told}, {voice.date(one.day).text}",
        "href": where,
    }


def _span(days: _Days, first: date, last: date) -> dict[str, str]:
    begin, end = days.x(first), days.x(last)
    return {"x": f"{begin:.2f}%", "width": f"{max(end - begin, 0.4):.2f}%"}


def _months(days: _Days, voice: Voice) -> Iterator[dict[str, Any]]:
    """The first of each month; `named` : 2 has room on a phone too, 1 on a desk, 0 nowhere."""
    day = (days.first.replace(day=1) + timedelta(days=32)).replace(day=1)
    wide = narrow = -99.0
    while day < days.last:
        x, named = days.x(day), 0
        if x - wide >= ROOM and x < 97:
            wide, named = x, 1
            if x - narrow >= 3 * ROOM and x < 90:
                narrow, named = x, 2
        pattern = "LLL yy" if day.month == 1 else "LLL"
        words = format_date(day, pattern, locale=voice.locale)
        yield {"x": f"{x:.2f}%", "words": words, "named": named}
        day = (day + timedelta(days=32)).replace(day=1)
