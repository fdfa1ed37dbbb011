"""A client's treatments side by side through time: what was done, what is booked, what is due.

Public: `Mark`, `Lane`, `lanes_of`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from django.utils import timezone

from vermilion.care.dates.steps import read_course, treatments
from vermilion.know.voice import Voice
from vermilion.studio.models import Appointment, Task
from vermilion.studio.record.history import History

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Mark:
    """One day on a lane.

    kind : "done" (a treatment), "booked" (an appointment), "due" (a task), "photo"
    id : of the entry, the appointment, the task or the photo
    """

    day: date
    kind: str
    id: UUID


@dataclass(frozen=True, slots=True)
class Lane:
    """One treatment. best : the days on which its result is at its best, first and last"""

    treatment: str
    marks: tuple[Mark, ...]
    best: tuple[Span, ...]

    @property
    def done(self) -> date | None:
        """The day of the newest treatment."""
        return max((one.day for one in self.marks if one.kind == "done"), default=None)


def lanes_of(
    history: History, visits: Iterable[Appointment], tasks: Iterable[Task], voice: Voice
) -> tuple[Lane, ...]:
    """A lane for each treatment that there is, empty ones too.

    Parameters
    ----------
    visits : all appointments; tasks : the open ones with their entries
    """
    marks: dict[str, list[Mark]] = {name: [] for name in treatments(voice.shelf)}
    for treatment, mark in _marks(history, visits, tasks):
        if treatment in marks:
            marks[treatment].append(mark)
    return tuple(
        Lane(name, tuple(sorted(own, key=lambda one: one.day)), _best(voice, name, own))
        for name, own in marks.items()
    )


def _marks(
    history: History, visits: Iterable[Appointment], tasks: Iterable[Task]
) -> Iterator[tuple[str, Mark]]:
    for entry in history.of("visit"):
        content = entry.content
        done = Mark(date.fromisoformat(content["day"]), "done", entry.pk)
        yield content.get("treatment", ""), done
    for one in visits:
        if one.state in ("planned", "arrived"):
            day = timezone.localtime(one.starts_at).date()
            yield one.content.get("treatment", ""), Mark(day, "booked", one.pk)
    for task in tasks:
        if task.entry is not None and task.entry.kind == "visit":
            treatment = history.client.opened(task.entry.sealed).get("treatment", "")
            yield treatment, Mark(task.due_on, "due", task.pk)


def _best(voice: Voice, treatment: str, marks: Sequence[Mark]) -> tuple[Span, ...]:
    """The best days after each visit, as the treatment's steps have them; the next visit ends
    them."""
    days = sorted({one.day for one in marks if one.kind == "done"})
    found = []
    for step in read_course(voice.shelf, treatment).of_kind("best"):
        for day, following in pairwise([*days, date.max]):
            first = day + timedelta(step.least_days)
            last = min(day + timedelta(step.last_days), following - timedelta(1))
            if first < last:
                found.append((first, last))
    return tuple(found)
