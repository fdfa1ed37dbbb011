"""What is said beside the pictures: claims of the knowledge files, notices of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vermilion import __version__
from vermilion.consult.plan import Lab, Plan
from vermilion.errors import PlanError
from vermilion.know.claims import claims
from vermilion.know.sourced import Origin, topic
from vermilion.know.sources import sources
from vermilion.treat.check import Notice, check_blush, check_flip, check_rise, check_wait

SIMULATED = "simulation: an illustration, not a prediction"
"""What every simulated picture carries inside."""

EDITIONS = (
    "flip",
    "blush",
    "looks",
    "shades",
    "products",
    "claims",
    "notices",
    "scale",
    "quality",
    "norms",
)
"""The knowledge files that a consultation rests on."""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence with its grade and source keys.

    kind : "usual", "limit", "function", "claim", "warning" or "quality"

    treatment : empty where it holds for all. A sentence of the model carries its label in the text.
    """

    kind: str
    text: str
    grade: str = ""
    sources: tuple[str, ...] = ()
    treatment: str = ""


def described(plan: Plan, day: float | None, band: str) -> Mapping[str, str]:
    """The words inside a simulated picture's file."""
    when = "each treatment on the day it is judged" if day is None else f"day {day:g}"
    return {
        "Comment": SIMULATED,
        "Description": f"{plan.in_words()}; {when}; {band} response",
        "Software": f"vermilion {__version__}",
    }


def notices_of(plan: Plan, bare_lab: Lab | None = None) -> tuple[Notice, ...]:
    """What speaks against a plan.

    Raises
    ------
    PlanError : a block that no practitioner's reason lifts
    """
    found: list[Notice] = []
    if plan.flip is not None:
        found += check_flip(plan.flip)
    if plan.rise_mm is not None:
        found += check_rise(plan.rise_mm)
    if plan.blush is not None:
        found += check_blush(plan.blush, bare_lab)
        if plan.has_flip:
            found += check_wait(plan.first, plan.wait_days, plan.blush)
    blocks = [notice for notice in found if notice.severity == "block"]
    if blocks:
        raise PlanError(
            blocks[0].text, "the evidence speaks against it", "change the plan or give a --reason"
        )
    return tuple(found)


def sentences(plan: Plan, notices: Iterable[Notice], quality: Iterable[str]) -> tuple[Said, ...]:
    """Everything that a report says, in its order."""
    said = [Said("warning", _sentence(n.text), n.origin.grade, n.origin.sources) for n in notices]
    seen: set[str] = set()
    for treatment in plan.treatments:
        for claim in claims(treatment):
            if claim.key not in seen and claim.kind != "simulation":
                seen.add(claim.key)
                origin = claim.origin
                said.append(
                    Said(claim.kind, claim.labelled, origin.grade, origin.sources, claim.treatment)
                )
    said += [Said("quality", text) for text in quality]
    return tuple(said)


def named_sources(said: Iterable[Said], more: Iterable[Origin] = ()) -> Mapping[str, str]:
    """The text of every source key that is named."""
    keys = {key for sentence in said for key in sentence.sources}
    keys |= {key for origin in more for key in origin.sources}
    known = sources()
    return {key: known[key].text for key in sorted(keys) if key in known}


def editions() -> Mapping[str, str]:
    """The edition of each knowledge file, by name."""
    return {name: topic(name).edition for name in EDITIONS}


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
