"""What is said beside the pictures: claims of the knowledge files, notices of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from vermilion import __version__
from vermilion.colour.lips import LipColours
from vermilion.consult.plan import Plan
from vermilion.errors import PlanError
from vermilion.know.claims import claims
from vermilion.know.said import Phrase, Said, phrase
from vermilion.know.shelf import packaged
from vermilion.know.sourced import Origin
from vermilion.know.sources import sources
from vermilion.know.voice import Voice
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
    "guide/flip",
    "guide/blush",
)
"""The knowledge files that a consultation rests on."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a consultation, said in somebody's language.

    kind : "usual", "limit", "function", "claim", "warning" or "quality"
    treatment : empty where it holds for all. A sentence of the model carries its label in the text.
    """

    kind: str
    said: Said
    treatment: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "text": self.said.plain,
            "grade": self.said.grade,
            "sources": list(dict.fromkeys(k for one in self.said.origins for k in one.sources)),
            "treatment": self.treatment,
        }


def described(
    plan: Plan, day: float | None, band: str, voice: Voice | None = None
) -> Mapping[str, str]:
    """The words inside a simulated picture's file; the first is always English, so that a program
    can look for it."""
    voice = voice or Voice()
    if day is None:
        when = phrase("each treatment on the day it is judged")
    else:
        when = phrase("day {day}", day=float(day))
    told = phrase("{plan}; {when}; {band}", plan=plan.words, when=when, band=band_words(band))
    return {
        "Comment": SIMULATED,
        "Description": voice.tell(told).plain,
        "Software": f"vermilion {__version__}",
    }


def band_words(band: str) -> Phrase:
    """How people respond, in words: "low", "expected" or "high"."""
    return {
        "low": phrase("weak response"),
        "expected": phrase("expected response"),
        "high": phrase("strong response"),
    }[band]


def notices_of(plan: Plan, bare: LipColours | None = None) -> tuple[Notice, ...]:
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
        found += check_blush(plan.blush, bare)
        if plan.has_flip:
            found += check_wait(plan.first, plan.wait_days, plan.blush)
    blocks = [notice for notice in found if notice.severity == "block"]
    if blocks:
        raise PlanError(
            blocks[0].words,
            phrase("the evidence speaks against it"),
            phrase("change the plan, or give the practitioner's reason")
            if blocks[0].lifted_by_reason
            else phrase("change the plan"),
        )
    return tuple(found)


def sentences(
    plan: Plan, notices: Iterable[Notice], quality: Iterable[Phrase], voice: Voice
) -> tuple[Sentence, ...]:
    """Everything that a report says to the voice's audience, in its order."""
    said = [
        Sentence("warning", voice.tell(replace(_ended(one.words), origin=one.origin)).capital)
        for one in notices
    ]
    told = {
        claim.key: claim
        for treatment in plan.treatments
        for claim in claims(treatment, audience=voice.audience)
        if claim.kind != "simulation"
    }
    said += [Sentence(one.kind, voice.tell(one.labelled), one.treatment) for one in told.values()]
    said += [Sentence("quality", voice.tell(one).capital) for one in quality]
    return tuple(said)


def _ended(words: Phrase) -> Phrase:
    return phrase("{words}.", words=words)


def named_sources(said: Iterable[Sentence], more: Iterable[Origin] = ()) -> Mapping[str, str]:
    """The text of every source key that is named."""
    origins = [*(origin for one in said for origin in one.said.origins), *more]
    keys = {key for origin in origins for key in origin.sources}
    known = sources()
    return {key: known[key].text for key in sorted(keys) if key in known}


def editions() -> Mapping[str, str]:
    """The edition of each knowledge file, by name."""
    return {name: packaged().topic(name).edition for name in EDITIONS}
