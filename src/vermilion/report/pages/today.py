"""One day of a treatment as a page."""

from __future__ import annotations

from datetime import timedelta

from vermilion.care.today import Today
from vermilion.know.said import Said
from vermilion.know.voice import Voice
from vermilion.report.page import Block, Bullets, Chart, Heading, Page, Paragraph
from vermilion.report.pages.whom_to_call import whom_to_call
from vermilion.report.timeline import timeline


def today_page(voice: Voice, found: Today, name: Said) -> Page:
    """name : the treatment as people call it"""
    line = voice.say(
        "A line of days from before the treatment to its end: you are at {phase}.",
        phase=found.phase.title,
    )
    drawing = timeline(found, voice.say("you are here").plain, line.plain)
    blocks: list[Block] = [*whom_to_call(voice), Chart(drawing, line)]
    for title, said in (
        (voice.say("What is normal today"), found.normal),
        (voice.say("What to do today"), found.do),
        (voice.say("What to avoid today"), found.avoid),
    ):
        if said:
            blocks += [Heading(title), Bullets(said)]
    blocks += [Heading(voice.say("What comes next")), Paragraph(_next(voice, found))]
    blocks += [Heading(voice.say("When to call"))]
    blocks += [Paragraph(said, "stop" if k == 0 else "") for k, said in enumerate(found.call)]
    when = voice.date(found.on)
    if found.day < 0:
        subtitle = voice.say("{date}, {days} days before", date=when, days=-found.day)
    else:
        subtitle = voice.say("{date}, day {day}", date=when, day=found.day)
    return Page(voice, voice.say("Today: {treatment}", treatment=name), tuple(blocks), subtitle)


def _next(voice: Voice, found: Today) -> Said:
    if found.after is None:
        return voice.say("Nothing new: this phase is the last one.")
    day = found.done + timedelta(days=found.after.from_day)
    return voice.say(
        "{title}: from {date} (day {day})",
        title=found.after.title,
        date=voice.date(day),
        day=found.after.from_day,
    )
