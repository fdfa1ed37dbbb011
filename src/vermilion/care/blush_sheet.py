"""The practitioner's sheet of a lip tattoo: work, pigment, anaesthetic record, what speaks against.

Public: `BlushSheet`, `blush_sheet`.

The software gives no amount of any anaesthetic: it has lines to record them, and it warns of a
strength above the limit that a source names.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from vermilion.care.findings import Finding, found, sign_findings, wait_findings
from vermilion.errors import UsageError
from vermilion.know.voice import Voice
from vermilion.treat.blush_plan import BlushPlan
from vermilion.treat.check import check_blush, notice

SHAPE = "shape"
"""The `only` of waits that count where a border is drawn."""


@dataclass(frozen=True, slots=True)
class BlushSheet:
    """plan : as entered; entered : the names of its fields that were, the rest stay blank
    batch : the pigment's, "" where none was entered
    blocked : whether a block is left, so that the plan is not to be carried out as it stands"""

    treatment: str
    plan: BlushPlan
    entered: frozenset[str]
    batch: str
    numbing_percents: tuple[float, ...]
    findings: tuple[Finding, ...]
    on: date

    @property
    def blocked(self) -> bool:
        return any(one.severity == "block" for one in self.findings)

    def to_json(self) -> dict[str, Any]:
        return {
            "treatment": self.treatment,
            "on": self.on.isoformat(),
            **{name: getattr(self.plan, name) for name in sorted(self.entered)},
            "batch": self.batch,
            "numbing_percents": list(self.numbing_percents),
            "blocked": self.blocked,
            "findings": [one.to_json() for one in self.findings],
        }


def blush_sheet(
    voice: Voice,
    treatment: str,
    entered: Mapping[str, Any],
    *,
    on: date,
    batch: str = "",
    reason: str = "",
    numbing_percents: Iterable[float] = (),
    had: Iterable[tuple[str, date]] = (),
    conditions: Iterable[str] = (),
    signed: str = "",
) -> BlushSheet:
    """
    Parameters
    ----------
    entered : fields of `BlushPlan` by name, those that the practitioner gave
    numbing_percents : the strength of each anaesthetic product
    had : what was had before, by thing and day
    conditions : keys of the plan file's `sign` rows that are there; signed : who signs for them

    Raises
    ------
    UsageError : a thing or condition that is not known, a strength that makes no sense
    """
    percents = tuple(numbing_percents)
    plan = BlushPlan(**entered, reason=reason)
    topic = voice.shelf.topic(f"plans/{treatment}")
    findings = [found(voice, one) for one in check_blush(plan)]
    most = topic.number("numbing_percent")
    for percent in percents:
        if not math.isfinite(percent) or not 0 < percent <= 100:
            raise UsageError(
                "the anaesthetic has {percent} %",
                "a strength such as {example} is needed",
                percent=percent,
                example=4,
            )
        if percent > most.value:
            findings.append(found(voice, notice("numbing_strength", percent=percent, limit=most)))
    many = topic.number("numbing_products")
    if len(percents) > many.value:
        findings.append(found(voice, notice("numbing_many", count=len(percents), limit=many)))
    if not batch.strip():
        findings.append(found(voice, notice("no_batch")))
    work = (SHAPE,) if plan.border_mm > 0 else ()
    findings += wait_findings(voice, treatment, had, on, plan.reason, work)
    findings += sign_findings(voice, topic.name, conditions, signed)
    return BlushSheet(
        treatment,
        plan,
        frozenset(entered),
        batch.strip(),
        percents,
        tuple(sorted(findings, key=lambda one: one.severity != "block")),
        on,
    )
