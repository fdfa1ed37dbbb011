"""How quick care answers: the solver on schedules of all kinds, and whole commands from cold."""

from __future__ import annotations

import subprocess  # it times this program, run as its own process  # nosec B404
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from vermilion.bench.table import Table, Tables
from vermilion.care.dates.find_days import (
    Found,
    Knowledge,
    find_conflict,
    find_days,
    find_later,
    find_part,
)
from vermilion.care.dates.schedule import make_schedule
from vermilion.care.dates.waits import EVENT
from vermilion.care.dates.wish import Dated, Wish
from vermilion.know.practice import Practice
from vermilion.know.shelf import packaged
from vermilion.know.voice import Voice

TODAY = date(2026, 11, 23)
RUNS = 9
COLD_RUNS = 5
WORKING_DAYS = frozenset(range(5))
TWO_YEARS = timedelta(days=731)
HAD = (Dated("filler", TODAY - timedelta(days=13)), Dated("toxin", TODAY - timedelta(days=40)))

WISH = Wish(("flip", "blush"), TODAY, TODAY + timedelta(days=1), had=HAD)
WISHES = {
    "backward from an event": replace(WISH, event=date(2027, 6, 19)),
    "forward, two years": replace(WISH, until=TODAY + TWO_YEARS),
    "backward, then two years": replace(
        WISH, event=date(2027, 6, 19), until=date(2027, 6, 19) + TWO_YEARS
    ),
}
TOO_SOON = replace(WISH, event=date(2027, 2, 20))

COMMANDS = {
    "schedule, backward": ["schedule", "--treat", "flip,blush", "--event", "2027-06-19"],
    "schedule, two years": ["schedule", "--treat", "flip,blush", "--until", "2028-11-23"],
    "schedule, impossible": ["schedule", "--treat", "flip,blush", "--event", "2027-02-20"],
    "schedule -o dates.ics": [
        *("schedule", "--treat", "flip,blush", "--event", "2027-06-19"),
        *("--at", "10:00", "--tz", "Europe/Madrid", "-o", "dates.ics"),
    ],
}


def care() -> Tables:
    """All tables, for `vermilion bench care`."""
    return _solver(), _commands()


def _solver() -> Table:
    practice = Practice(open_weekdays=WORKING_DAYS)
    knowledge = Knowledge.of(packaged(), practice, WISH.treatments)
    rows = []
    for name, wish in WISHES.items():
        found, ms = _timed(lambda wish=wish: find_days(wish, knowledge))  # type: ignore[misc]
        rows.append((name, _visits(found), f"{ms:.2f}", "50"))
    for name, work in (
        ("too soon: the fewest rules in conflict", find_conflict),
        ("too soon: the nearest later event", find_later),
        ("too soon: the part that fits", find_part),
    ):
        found, ms = _timed(lambda work=work: work(TOO_SOON, knowledge))  # type: ignore[misc]
        rows.append((name, _visits(found), f"{ms:.2f}", ""))
    voice = Voice(practice=practice)
    wish = WISHES["backward, then two years"]
    _, ms = _timed(lambda: make_schedule(voice, wish))
    rows.append(("the same with every date's reason in words", "", f"{ms:.1f}", ""))
    return Table("Schedules", ("what", "visits", "ms", "bar"), rows)


def _visits(found: object) -> str:
    if not isinstance(found, Found):
        return ""
    return str(sum(visit.kind != EVENT for visit in found.layout.visits))


def _timed(work: Callable[[], object]) -> tuple[object, float]:
    """What came out, and the median milliseconds of some runs."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        result = work()
        times.append(1000 * (time.perf_counter() - began))
    return result, median(times)


def _commands() -> Table:
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, arguments in COMMANDS.items():
            seconds = median(_cold(arguments, Path(folder)) for _ in range(COLD_RUNS))
            rows.append((name, f"{seconds:.2f}", "0.5"))
    return Table("Whole commands, from cold", ("what", "seconds", "bar"), rows)


def _cold(arguments: list[str], folder: Path) -> float:
    """Seconds of one run in a process of its own; it writes into `folder`."""
    arguments = [str(folder / one) if one.endswith(".ics") else one for one in arguments]
    began = time.perf_counter()
    run = subprocess.run(  # a list of words, no shell  # nosec B603
        [sys.executable, "-m", "vermilion", *arguments, "--on", TODAY.isoformat()],
        capture_output=True,
    )
    seconds = time.perf_counter() - began
    return seconds if run.returncode in (0, 6) else float("nan")
