"""Sets of days as masks: bit n is the n-th day from the first one that may be used.

Public: `OpenDays`, `OPEN`, `CLOSED`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from vermilion.know.practice import Practice

OPEN, CLOSED = "open", "closed"
"""Names of the two rules: weekdays on which the practice sees clients, single closed days."""
Allowed = tuple[tuple[tuple[str, ...], int], ...]


@dataclass(frozen=True)
class OpenDays:
    """The days 0 .. horizon from `start` on, as one practice works."""

    start: date
    horizon: int
    practice: Practice

    @cached_property
    def everything(self) -> int:
        return (1 << (self.horizon + 1)) - 1

    @cached_property
    def weekdays(self) -> int:
        first = self.start.weekday()
        week = sum(1 << n for n in range(7) if (first + n) % 7 in self.practice.open_weekdays)
        weeks = self.horizon // 7 + 1
        return week * (((1 << (7 * weeks)) - 1) // 127) & self.everything

    @cached_property
    def not_closed(self) -> int:
        offsets = ((day - self.start).days for day in self.practice.closed)
        return self.everything & ~sum(1 << n for n in offsets if 0 <= n <= self.horizon)

    @cached_property
    def both(self) -> int:
        return self.weekdays & self.not_closed

    def rules(self) -> Allowed:
        """As two rules, each with the days it leaves."""
        return (((OPEN,), self.weekdays), ((CLOSED,), self.not_closed))

    def since(self, n: int) -> int:
        """The n-th day and all later ones."""
        return self.everything & ~((1 << max(n, 0)) - 1)

    def for_looks(self, event: date | None) -> int:
        """The open days without the event's own: nobody comes for a look on that day."""
        n = -1 if event is None else (event - self.start).days
        return self.both & ~(1 << n) if n >= 0 else self.both

    def with_look(self, low: int, high: int, event: date | None) -> int:
        """The days that have a day for a look between `low` and `high` days later."""
        found = 0
        for days in range(low, high + 1):
            found |= self.for_looks(event) >> days
        return found
