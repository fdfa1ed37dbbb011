"""The steps of a treatment, from the first talk to the next touch-up, as its data file has them.

Public: `Step`, `Course`, `read_course`, `treatments`.

What the kinds of steps mean is told on top of `know/data/steps/flip.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from vermilion.errors import DataError, UsageError
from vermilion.know.shelf import Shelf
from vermilion.know.sourced import Sourced, Topic, origin_of

KINDS = {
    "talk": "before",
    "prepare": "before",
    "treat": "from",
    "look": "from",
    "phase": "from",
    "best": "from",
    "upkeep": "from",
}
"""Each kind, and where a step of it says what its day hangs on."""


@dataclass(frozen=True)
class Step:
    """One step. of : the steps of the same treatment that its day hangs on, first to last;
    days, until, minutes : numbers, None where the kind needs none."""

    key: str
    kind: str
    treatment: str
    home: str
    row: Mapping[str, Any]
    of: tuple[str, ...]
    days: Sourced | None
    until: Sourced | None
    minutes: Sourced | None

    @property
    def name(self) -> str:
        """The step's name over all treatments: "blush.perfecting"."""
        return f"{self.treatment}.{self.key}"

    @property
    def least_days(self) -> int:
        """The days that a talk, a look, an upkeep, a preparation keep."""
        return 0 if self.days is None else round(self.days.value)

    @property
    def last_days(self) -> int:
        """The last day of a phase or of the best days; the first one where it is a single day."""
        return self.least_days if self.until is None else round(self.until.value)

    @property
    def span(self) -> tuple[int, int]:
        """First and last day of a look (from its days on) or of a later treating visit."""
        if self.days is None:
            return 0, 0
        low = self.days.low if self.kind == "treat" else self.days.value
        return round(low), round(self.days.high)

    @property
    def shared(self) -> bool:
        return bool(self.row.get("shared", False))

    @property
    def may_follow(self) -> bool:
        """Whether the step may lie after the event when time is short."""
        return bool(self.row.get("may_follow", False))


@dataclass(frozen=True)
class Course:
    """A treatment's steps in the order of its file; `name` is a text."""

    treatment: str
    name: str
    steps: tuple[Step, ...]

    def of_kind(self, kind: str) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.kind == kind)


def treatments(shelf: Shelf) -> tuple[str, ...]:
    """Everything that can be scheduled."""
    return shelf.names("steps")


@cache
def read_course(shelf: Shelf, treatment: str) -> Course:
    """
    Raises
    ------
    UsageError : no such treatment can be scheduled
    DataError : its file has no treatment, or a step that hangs on nothing
    """
    known = treatments(shelf)
    if treatment not in known:
        raise UsageError(
            "the treatment is '{key}'",
            "one of {allowed} is needed",
            "several are parted by commas",
            key=treatment,
            allowed=", ".join(known),
        )
    topic = shelf.topic(f"steps/{treatment}")
    own = topic.tables.get("treatment")
    if own is None or not {"name", "ask"} <= set(own):
        raise DataError(f"{topic.name}.toml has no [treatment] with name and ask")
    steps: dict[str, Step] = {}
    for key, row in topic.tables.get("step", {}).items():
        steps[key] = _step(shelf, topic, treatment, key, row)
    _check(topic.name, steps)
    return Course(treatment, own["name"], tuple(steps.values()))


def _step(shelf: Shelf, topic: Topic, treatment: str, key: str, row: Mapping[str, Any]) -> Step:
    place = f"{topic.name}.step.{key}"
    kind = row.get("kind", "")
    if kind not in KINDS:
        raise DataError(f"{place} is of kind '{kind}'", f"one of {', '.join(KINDS)} is needed")
    if not {"title", "why"} <= set(row):
        raise DataError(f"{place} has no title or no why")
    origin_of(place, row)
    return Step(
        key,
        kind,
        treatment,
        topic.name,
        row,
        tuple(row.get(KINDS[kind], ())),
        _number(shelf, topic, row, "days", "days"),
        _number(shelf, topic, row, "until", "days"),
        _number(shelf, topic, row, "minutes", "minutes"),
    )


def _number(
    shelf: Shelf, topic: Topic, row: Mapping[str, Any], field: str, unit: str
) -> Sourced | None:
    if field not in row:
        return None
    home, _, key = row[field].rpartition(".")
    number = (shelf.topic(home) if home else topic).number(key)
    if number.unit != unit:
        raise DataError(f"{number.key} is in {number.unit}", f"{unit} are needed")
    return number


def _check(name: str, steps: Mapping[str, Step]) -> None:
    """Every step hangs on a treating one; treating ones hang on each other in one line."""
    line: list[str] = []
    for step in steps.values():
        place = f"{name}.step.{step.key}"
        first = step.kind == "treat" and not line
        if first != (not step.of) or (step.days is None and not first):
            raise DataError(
                f"{place} hangs on {', '.join(step.of) or 'nothing'}",
                "the first treating step hangs on none, every other one on a step, with days",
            )
        strange = [one for one in step.of if one not in steps or steps[one].kind != "treat"]
        if strange or (step.kind == "treat" and line and step.of != (line[-1],)):
            raise DataError(f"{place} hangs on {', '.join(step.of)}", "a treating step is needed")
        if step.kind == "treat":
            line.append(step.key)
    if not line:
        raise DataError(f"{name}.toml has no step of kind 'treat'")
    for kind in ("best", "upkeep"):
        several = [step for step in steps.values() if step.kind == kind]
        if len(several) > 1 or any(len(step.of) != 1 for step in several):
            raise DataError(f"{name}.toml has more than one '{kind}'", "one at most, of one step")
    if any(step.kind == "best" and step.until is None for step in steps.values()):
        raise DataError(f"{name}.toml has a 'best' without `until`")
