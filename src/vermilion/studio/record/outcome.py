"""What a treatment did, measured, beside what the kept consultation had foretold for that day.

Public: `Outcome`, `outcomes`, `at_work`, `AT_WORK`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from vermilion.consult.foretold import Foretold, foretold
from vermilion.consult.plan import Plan
from vermilion.consult.reading import Reading
from vermilion.errors import PlanError
from vermilion.studio.models import Client, Photo
from vermilion.studio.record.compare import SURE, colour_step, rise
from vermilion.studio.record.treated import Treated, treated
from vermilion.treat.blush import lips_apart
from vermilion.treat.flip import flip_duration_days
from vermilion.units import Band, Measured

LIPS = ("upper", "lower")
AT_WORK = "An earlier flip was still at work in the first of them."


@dataclass(frozen=True, slots=True)
class Outcome:
    """One treatment between two photos.

    days : from the treatment to the later photo
    measured : rise of the border (mm) or step of the colour (dE2000); None: no millimetres
    foretold : the same as the kept consultation had it for that day; None: none was kept
    lip : "upper" or "lower" where each lip's colour is spoken of by itself
    """

    treatment: str
    days: int
    measured: Measured | None
    foretold: Band[float] | None
    lip: str = ""

    @property
    def verdict(self) -> str:
        """ "within", "less" or "more" than foretold, beyond the error of measuring; "" unknown."""
        if self.measured is None or self.foretold is None:
            return ""
        room = SURE * self.measured.sd
        if self.measured.value + room < self.foretold.low:
            return "less"
        return "more" if self.measured.value - room > self.foretold.high else "within"

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"verdict": self.verdict}


def outcomes(
    client: Client, first: Photo, second: Photo, before: Reading, after: Reading
) -> tuple[Outcome, ...]:
    """One for each treatment that was done between the two photos, as it was last done; of a blush
    one for each lip where the lips' own colours differ."""
    begin, end = (timezone.localtime(one.taken_at).date() for one in (first, second))
    found = []
    for done in treated(client):
        if done.treatment not in ("flip", "blush") or not begin <= done.done <= end:
            continue
        days = (end - done.done).days
        told = _foretold(client, done, days, before)
        if done.treatment == "flip":
            band = None if told is None else told.rise_mm
            found.append(Outcome("flip", days, rise(before, after), band))
            continue
        for lip in LIPS if lips_apart(before.lips) else ("",):
            step = colour_step(before, after, lip)
            found.append(Outcome("blush", days, step, _colour(told, lip), lip))
    return tuple(found)


def _colour(told: Foretold | None, lip: str) -> Band[float] | None:
    if told is None or told.lips_de is None or not lip:
        return None if told is None else told.colour_de
    return told.lips_de[LIPS.index(lip)]


def at_work(client: Client, photo: Photo) -> bool:
    """Whether a flip may still have shown when the photo was taken: no lip as it was before."""
    day = timezone.localtime(photo.taken_at).date()
    longest = flip_duration_days().high
    visits = (client.opened(one.sealed) for one in client.entries.filter(kind="visit"))
    flips = (date.fromisoformat(one["day"]) for one in visits if one.get("treatment") == "flip")
    return any(0 < (day - done).days < longest for done in flips)


def _foretold(client: Client, done: Treated, days: int, before: Reading) -> Foretold | None:
    """By the newest consultation that was kept up to the treatment and plans it."""
    for entry in client.entries.filter(kind="consultation").order_by("-at"):
        plan = Plan.from_json(client.opened(entry.sealed)["plan"])
        planned = plan.has_flip if done.treatment == "flip" else plan.blush is not None
        if planned and timezone.localtime(entry.at).date() <= done.done:
            try:
                return foretold(plan, plan.begins(done.treatment) + days, before.lips)
            except PlanError:
                return None
    return None
