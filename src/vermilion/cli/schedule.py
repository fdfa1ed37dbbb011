"""`vermilion schedule`: all dates, backward from an event or forward from today."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vermilion.cli.care_options import (
    care_options,
    day_of,
    emit,
    on_option,
    today_of,
    voice_of,
)
from vermilion.errors import PlanError, UsageError

if TYPE_CHECKING:
    from vermilion.care.dates.schedule import Schedule
    from vermilion.care.dates.wish import Dated
    from vermilion.know.voice import Voice
    from vermilion.report.timing import Timing

MOST_CLOSED_DAYS = 366


@click.command("schedule")
@click.option("--treat", required=True, metavar="NAME,…", help="What to plan: flip, blush, …")
@click.option("--event", metavar="DATE", help="The day to look well on: dates are found backward.")
@click.option("--from", "start", metavar="DATE", help="The first day to use (tomorrow).")
@click.option("--until", metavar="DATE", help="Plan upkeep up to here (else one visit of each).")
@click.option("--had", multiple=True, metavar="THING:DATE", help="What was had, also visits.")
@click.option("--booked", multiple=True, metavar="THING:DATE", help="What is booked already.")
@click.option("--work", multiple=True, metavar="shape", help="What the blush is to do.")
@click.option(
    "--closed", multiple=True, metavar="DATE[..DATE]", help="Days on which you cannot be seen."
)
@click.option(
    "--instead",
    type=click.Choice(["later", "part"]),
    help="If the event is too soon: the nearest later one, or the part that fits.",
)
@click.option("--at", metavar="HH:MM", help="Time of day of the visits, for .ics.")
@click.option("--tz", metavar="ZONE", help="Time zone of --at, such as Europe/Madrid.")
@click.option("--name", default="vermilion", show_default=True, help="Name of the calendar.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a file instead: .ics, .pdf, .html, .md or .txt.",
)
@on_option
@care_options
def command(
    treat: str,
    event: str | None,
    instead: str | None,
    name: str,
    output: Path | None,
    as_json: bool,
    **options: Any,
) -> int:
    """Find the dates for a treatment: all waits kept, on open days, each date with its reason.

    With --event they are found backward: as late as the rules allow, with the event in the best
    days. Without, forward from tomorrow. When it cannot be done, the fewest rules in each other's
    way are named, with the nearest dates that can (exit code 6).

    \b
    Examples:
      vermilion schedule --treat flip,blush --event 2027-06-19
      vermilion schedule --treat blush --had filler:2026-11-10 --closed 2026-12-24..2027-01-06
      vermilion schedule --treat blush --had blush.visit:2026-11-02
      vermilion schedule --treat flip --until 2028-11-23 -o flip.ics --at 10:00 --tz Europe/Madrid
    """
    from vermilion.care.dates.schedule import make_schedule
    from vermilion.care.dates.wish import Wish
    from vermilion.report.pages.schedule import schedule_page

    voice = _voice(options)
    today = today_of(options["on"])
    wish = Wish(
        tuple(part.strip() for part in treat.split(",") if part.strip()),
        today,
        _day(options["start"], "--from") or today + timedelta(days=1),
        _day(event, "--event"),
        _day(options["until"], "--until"),
        tuple(_dated(one, "--had") for one in options["had"]),
        tuple(_dated(one, "--booked") for one in options["booked"]),
        frozenset(options["work"]),
    )
    timing = _timing(name, options["at"], options["tz"])
    schedule = _chosen(make_schedule(voice, wish), instead)
    if output is not None and output.suffix.lower() == ".ics":
        _write_ics(schedule, timing, output)
        if not as_json:
            click.echo(str(output))
            return 0
        output = None
    emit(schedule_page(voice, schedule), schedule.to_json(), as_json, output)
    if schedule.possible:
        return 0
    if schedule.later or schedule.part:
        click.echo("For one of these plans in full, add --instead later or part.", err=True)
    return PlanError.exit_code


def _voice(options: dict[str, Any]) -> Voice:
    """The voice, with the days of --closed among the practice's own."""
    from dataclasses import replace

    voice = voice_of(options)
    closed = frozenset(day for one in options["closed"] for day in _span(one))
    practice = replace(voice.practice, closed=voice.practice.closed | closed)
    return replace(voice, practice=practice)


def _chosen(schedule: Schedule, instead: str | None) -> Schedule:
    if schedule.possible or instead is None:
        return schedule
    chosen = schedule.later if instead == "later" else schedule.part
    if chosen is None:
        raise PlanError(
            f"there is no plan with --instead {instead} either",
            "other dates are needed",
            "leave --instead away to see what stands in the way",
        )
    return chosen


def _write_ics(schedule: Schedule, timing: Timing, output: Path) -> None:
    from vermilion.report.calendar import write_calendar
    from vermilion.whole_file import save_bytes, say_why_not

    if not schedule.possible:
        raise PlanError(
            "these wishes cannot all be met, so nothing was written",
            "a plan that keeps the rules is needed",
            "leave -o away to see why, or add --instead later or --instead part",
        )
    before = None
    if output.is_file():
        with say_why_not(output):
            before = output.read_bytes()
    save_bytes(output, write_calendar(schedule, timing, before))


def _timing(name: str, at: str | None, zone: str | None) -> Timing:
    """When the calendar's visits begin; the calendar's library is not needed for it."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    from vermilion.report.timing import Timing

    clock = there = None
    if at is not None:
        try:
            clock = time.fromisoformat(at)
        except ValueError:
            clock = None
        if clock is None or clock.tzinfo is not None:
            raise UsageError(f"--at is '{at}'", "a time of day is needed, such as 10:00")
    if zone is not None:
        if clock is None:
            raise UsageError("--tz is given without --at", "a time of day goes with it")
        try:
            there = ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise UsageError(
                f"the time zone is '{zone}'", "a name such as Europe/Madrid is needed"
            ) from None
    return Timing(name, datetime.now(UTC).replace(microsecond=0), clock, there)


def _day(text: str | None, option: str) -> date | None:
    return None if text is None else day_of(text, option)


def _dated(text: str, option: str) -> Dated:
    from vermilion.care.dates.wish import Dated

    thing, colon, day = text.partition(":")
    if not (thing and colon):
        raise UsageError(f"{option} is '{text}'", "THING:DATE is needed, such as filler:2027-01-10")
    return Dated(thing.strip(), day_of(day.strip(), option))


def _span(text: str) -> list[date]:
    """The days of "2026-12-24" or "2026-12-24..2027-01-06"."""
    first, dots, last = text.partition("..")
    start = day_of(first.strip(), "--closed")
    end = day_of(last.strip(), "--closed") if dots else start
    days = (end - start).days
    if not 0 <= days <= MOST_CLOSED_DAYS:
        raise UsageError(
            f"--closed is '{text}'", "the last day comes after the first, within a year"
        )
    return [start + timedelta(days=n) for n in range(days + 1)]
