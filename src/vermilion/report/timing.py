"""When the visits of a calendar begin, and which export it is.

Public: `Timing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Timing:
    """plan : whose calendar it is, part of every UID; stamp : the moment of this export, in UTC;
    at : time of day of the first visit on a day, None for whole days; zone : of `at`, or floating
    """

    plan: str
    stamp: datetime
    at: time | None = None
    zone: ZoneInfo | None = None
