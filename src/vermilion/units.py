"""Values that know their unit and how sure they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Measured:
    """One measured quantity: `value` +- `sd` (one standard deviation, same unit)."""

    value: float
    sd: float
    unit: str


@dataclass(frozen=True, slots=True)
class Band(Generic[T]):
    """What most people get (`expected`) between a weak and a strong response."""

    low: T
    expected: T
    high: T

    def map(self, change: Callable[[T], U]) -> Band[U]:
        return Band(change(self.low), change(self.expected), change(self.high))

    def pick(self, name: str) -> T:
        """`low`, `expected` or `high` by name."""
        return {"low": self.low, "expected": self.expected, "high": self.high}[name]
