"""Numbers that cannot exist without their source, and the loader of the data files.

A file `data/<topic>.toml` has an `edition` and tables of two kinds:

    [number.<key>]   value, unit, range = [low, high], source = [...], mark, grade
    [curve.<key>]    days, low, expected, high (equal lengths), unit, source, mark, grade

with `sd` (numbers) and `note` (both) as options.

Marks and grades are those of the evidence files: how a source was read, and what it is worth.
"""

from __future__ import annotations

import tomllib
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from vermilion.errors import DataError
from vermilion.know.sources import refuse_unknown

V = TypeVar("V")

MARKS = (
    "page",
    "abstract",
    "recalled-high",
    "recalled-medium",
    "recalled-low",
    "derived",
    "assumption",
    "unkeyed",
)
GRADES = ("A", "B", "C", "D")
NOT_FOR_CLIENTS = ("recalled-medium", "recalled-low")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a number comes from: source keys ("flip:F128"), how read, how strong, a remark."""

    sources: tuple[str, ...]
    mark: str
    grade: str
    note: str = ""

    @property
    def for_clients(self) -> bool:
        return self.mark not in NOT_FOR_CLIENTS


@dataclass(frozen=True, slots=True)
class Sourced:
    """One number with unit, range and origin; `sd` where the source gives one."""

    key: str
    value: float
    low: float
    high: float
    unit: str
    origin: Origin
    sd: float | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """A quantity over days with a band; between the given days it is interpolated by its user."""

    key: str
    days: tuple[float, ...]
    low: tuple[float, ...]
    expected: tuple[float, ...]
    high: tuple[float, ...]
    unit: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Topic:
    """One loaded file: edition, numbers and curves by key, other tables as written."""

    name: str
    edition: str
    numbers: Mapping[str, Sourced]
    curves: Mapping[str, Curve]
    tables: Mapping[str, Any]

    def number(self, key: str) -> Sourced:
        return _get(self.numbers, key, self.name)

    def curve(self, key: str) -> Curve:
        return _get(self.curves, key, self.name)


@cache
def topic(name: str) -> Topic:
    """Load and check `data/<name>.toml` of this package (once a process).

    Raises
    ------
    DataError : a number without source, mark, grade, unit or range; a band out of order; a source
        that `sources.toml` does not know
    """
    return parse_topic(name, (files("vermilion.know") / "data" / f"{name}.toml").read_text("utf-8"))


def parse_topic(name: str, text: str, known: Container[str] | None = None) -> Topic:
    """A knowledge file's text as a Topic.

    Parameters
    ----------
    known : the keys that may be named as sources; None: those of this package

    Raises
    ------
    DataError : a number without source, grade or range, or a file without an edition
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{name}.toml is not TOML ({error})", "mend it there") from None
    if name != "sources":
        refuse_unknown(name, raw, known)
    edition = raw.pop("edition", None)
    if not edition:
        raise DataError(f"{name}.toml has no edition", "each knowledge file names its edition")
    numbers = {key: _number(f"{name}.{key}", row) for key, row in raw.pop("number", {}).items()}
    curves = {key: _curve(f"{name}.{key}", row) for key, row in raw.pop("curve", {}).items()}
    return Topic(name, edition, numbers, curves, raw)


def _get(table: Mapping[str, V], key: str, name: str) -> V:
    if key not in table:
        raise DataError(f"{name}.toml has no '{key}'", "the program asks for it by that name")
    return table[key]


def origin_of(key: str, row: Mapping[str, Any]) -> Origin:
    """The origin of one row; DataError where source, mark or grade is missing."""
    sources = tuple(row.get("source", ()))
    mark, grade = row.get("mark", ""), row.get("grade", "")
    if not sources and mark != "assumption":
        raise DataError(
            f"{key} has no source", "a number needs a source key or the mark 'assumption'"
        )
    if mark not in MARKS:
        raise DataError(f"{key} has the mark '{mark}'", f"one of {', '.join(MARKS)} is needed")
    if grade not in GRADES:
        raise DataError(f"{key} has the grade '{grade}'", f"one of {', '.join(GRADES)} is needed")
    return Origin(sources, mark, grade, row.get("note", ""))


def _number(key: str, row: Mapping[str, Any]) -> Sourced:
    for field in ("value", "unit", "range"):
        if field not in row:
            raise DataError(f"{key} has no {field}", "a number needs value, unit and range")
    low, high = row["range"]
    if not low <= row["value"] <= high:
        raise DataError(f"{key} = {row['value']} lies outside its range {low} to {high}")
    sd = row.get("sd")
    return Sourced(
        key, float(row["value"]), float(low), float(high), row["unit"], origin_of(key, row), sd
    )


def _curve(key: str, row: Mapping[str, Any]) -> Curve:
    days, low, expected, high = (
        tuple(float(x) for x in row.get(field, ())) for field in ("days", "low", "expected", "high")
    )
    if not days or not len(days) == len(low) == len(expected) == len(high):
        raise DataError(f"{key} has uneven columns", "days, low, expected and high go together")
    if list(days) != sorted(set(days)):
        raise DataError(f"{key} has days out of order")
    if any(not a <= b <= c for a, b, c in zip(low, expected, high, strict=True)):
        raise DataError(f"{key} has a band out of order", "low <= expected <= high is needed")
    return Curve(key, days, low, expected, high, row["unit"], origin_of(key, row))
