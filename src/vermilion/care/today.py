"""What one day is like: what is normal, what to do and avoid, what comes next, when to call.

Public: `FIRST_DAY`, `LAST_DAY`, `Phase`, `Today`, `phases`, `today`.

Days count from the day of the treatment, which is day 0. The files say from which day to which
each sentence holds; every day from FIRST_DAY to LAST_DAY has its phase.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from vermilion.errors import DataError, UsageError
from vermilion.know.said import Said
from vermilion.know.voice import Voice

FIRST_DAY, LAST_DAY = -14, 1825
KINDS = ("normal", "do", "avoid", "call")


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of days with a name; both ends included."""

    id: str
    title: Said
    from_day: int
    to_day: int


@dataclass(frozen=True, slots=True)
class Today:
    """One day of a treatment.

    day : since the treatment, negative before it; phases : all of them, for a drawing
    phase : the one of today; after : the next one, or None in the last
    """

    treatment: str
    done: date
    on: date
    day: int
    phase: Phase
    after: Phase | None
    phases: tuple[Phase, ...]
    normal: tuple[Said, ...]
    do: tuple[Said, ...]
    avoid: tuple[Said, ...]
    call: tuple[Said, ...]
    edition: str

    def to_json(self) -> dict[str, Any]:
        return {
            "edition": self.edition,
            "treatment": self.treatment,
            "done": self.done.isoformat(),
            "on": self.on.isoformat(),
            "day": self.day,
            "phase": self.phase.title.plain,
            **{kind: [_one(said) for said in getattr(self, kind)] for kind in KINDS},
            "next": None
            if self.after is None
            else {
                "phase": self.after.title.plain,
                "day": self.after.from_day,
                "date": (self.done + timedelta(days=self.after.from_day)).isoformat(),
            },
        }


def phases(voice: Voice, treatment: str) -> tuple[Phase, ...]:
    """The phases of a treatment in order.

    Raises
    ------
    UsageError : there are no days known of this treatment
    DataError : a day between the first and the last has no phase, or two
    """
    known = voice.shelf.names("care_days")
    if treatment not in known:
        raise UsageError(
            "there are no days known of '{treatment}'",
            "one of {allowed} is needed",
            treatment=treatment,
            allowed=", ".join(known),
        )
    name = f"care_days/{treatment}"
    found = sorted(
        (
            Phase(key, voice.row(name, row, "title"), row["from_day"], row["to_day"])
            for key, row in voice.shelf.topic(name).tables.get("phase", {}).items()
        ),
        key=lambda phase: phase.from_day,
    )
    expected = FIRST_DAY
    for phase in found:
        if phase.from_day != expected or phase.to_day < phase.from_day:
            raise DataError(
                f"{name}.toml: the phase {phase.id} begins on day {phase.from_day}",
                f"day {expected} is where the one before ended",
            )
        expected = phase.to_day + 1
    if expected != LAST_DAY + 1:
        raise DataError(f"{name}.toml ends on day {expected - 1}", f"day {LAST_DAY} is the last")
    return tuple(found)


def today(voice: Voice, treatment: str, done: date, on: date) -> Today:
    """The day `on` of a treatment that was, or will be, done on a date.

    Raises
    ------
    UsageError : a treatment without days; a day too early or too late to say anything of
    """
    all_phases = phases(voice, treatment)
    day = (on - done).days
    if not FIRST_DAY <= day <= LAST_DAY:
        raise UsageError(
            "{on} is {days} days before the treatment of {done}"
            if day < FIRST_DAY
            else "{on} is {days} days after the treatment of {done}",
            "days from {first} before it to {last} after it are known",
            "check both dates",
            on=on,
            days=abs(day),
            done=done,
            first=-FIRST_DAY,
            last=LAST_DAY,
        )
    at = next(k for k, phase in enumerate(all_phases) if phase.from_day <= day <= phase.to_day)
    name = f"care_days/{treatment}"
    topic = voice.shelf.topic(name)
    said: dict[str, list[Said]] = {kind: [] for kind in KINDS}
    for key, row in topic.tables.get("care", {}).items():
        if row.get("kind") not in KINDS:
            raise DataError(f"{name}.{key} is of the kind '{row.get('kind')}'", ", ".join(KINDS))
        if row["from_day"] <= day <= row["to_day"] and voice.may_hear(row):
            said[row["kind"]].append(voice.row(name, row))
    return Today(
        treatment,
        done,
        on,
        day,
        all_phases[at],
        all_phases[at + 1] if at + 1 < len(all_phases) else None,
        all_phases,
        tuple(said["normal"]),
        tuple(said["do"]),
        tuple(said["avoid"]),
        tuple(said["call"]),
        topic.edition,
    )


def _one(said: Said) -> Mapping[str, Any]:
    sources = [] if said.origin is None else list(said.origin.sources)
    return {"text": said.plain, "sources": sources}
