"""Time: sourced curves between their days, and what all models ask of a day.

Public: `Course`, `course`, `checked_day`, `MOST_DAYS`.

Interpolation is monotone (F. N. Fritsch, R. E. Carlson, "Monotone piecewise cubic interpolation",
SIAM J. Numer. Anal. 17 (1980) 238-246): between two days a curve never leaves their values, so it
neither overshoots nor dips below nothing. Outside its days it keeps its first or last value.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from vermilion.errors import PlanError
from vermilion.know.sourced import Curve, topic
from vermilion.units import Band

MOST_DAYS = 1_000_000
"""Far beyond any life; what is larger was mistyped."""


@dataclass(frozen=True, slots=True)
class Course:
    """A sourced curve that can be asked for any day."""

    curve: Curve
    slopes: Band[tuple[float, ...]]

    def at(self, day: float) -> Band[float]:
        """Low, expected and high on `day`; always in this order."""
        c, m = self.curve, self.slopes
        low = _value(c.days, c.low, m.low, day)
        expected = _value(c.days, c.expected, m.expected, day)
        high = _value(c.days, c.high, m.high, day)
        return Band(min(low, expected), expected, max(expected, high))

    @property
    def last_day(self) -> float:
        return self.curve.days[-1]


@cache
def course(topic_name: str, key: str) -> Course:
    """The curve `key` of the knowledge file `topic_name`."""
    c = topic(topic_name).curve(key)
    return Course(
        c, Band(_slopes(c.days, c.low), _slopes(c.days, c.expected), _slopes(c.days, c.high))
    )


def checked_day(day: float) -> float:
    """`day` if it is one.

    Raises
    ------
    PlanError : a day before the visit, beyond MOST_DAYS, or none
    """
    if not 0 <= day <= MOST_DAYS:
        raise PlanError(
            "day {day} was asked for",
            "days are counted from the visit on, 0 to {most}",
            "give a day such as {example}",
            day=day,
            most=MOST_DAYS,
            example=14,
        )
    return float(day)


def _slopes(x: Sequence[float], y: Sequence[float]) -> tuple[float, ...]:
    """Slopes at the knots: harmonic means of the neighbouring secants, 0 at turns and ends."""
    h = [b - a for a, b in pairwise(x)]
    d = [(b - a) / step for (a, b), step in zip(pairwise(y), h, strict=True)]
    inner = []
    for i in range(1, len(d)):
        before, after = d[i - 1], d[i]
        if before * after <= 0:
            inner.append(0.0)
            continue
        w_1, w_2 = 2 * h[i] + h[i - 1], h[i] + 2 * h[i - 1]
        inner.append((w_1 + w_2) / (w_1 / before + w_2 / after))
    return (0.0, *inner, 0.0) if len(x) > 1 else (0.0,)


def _value(x: Sequence[float], y: Sequence[float], m: Sequence[float], at: float) -> float:
    if at <= x[0]:
        return y[0]
    if at >= x[-1]:
        return y[-1]
    i = bisect_right(x, at) - 1
    h = x[i + 1] - x[i]
    t = (at - x[i]) / h
    if y[i] == y[i + 1]:
        return y[i]
    value = (
        (1 + 2 * t) * (1 - t) ** 2 * y[i]
        + t * (1 - t) ** 2 * h * m[i]
        + t * t * (3 - 2 * t) * y[i + 1]
        + t * t * (t - 1) * h * m[i + 1]
    )
    return min(max(value, min(y[i], y[i + 1])), max(y[i], y[i + 1]))
