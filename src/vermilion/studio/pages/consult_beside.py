"""What stands beside the consultation's picture: numbers of the day, notices, loss of function.

Public: `words_of`, `smile_measures`.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from vermilion.care.findings import found
from vermilion.colour.lips import LipColours
from vermilion.consult.foretold import Foretold, foretold, gum_after
from vermilion.consult.plan import Plan
from vermilion.consult.reading import Reading, smile_of
from vermilion.consult.words import notices_of
from vermilion.know.claims import claim, claims
from vermilion.know.sourced import topic
from vermilion.studio.pages.measured import band_words
from vermilion.studio.voices import text, voice_of
from vermilion.units import Measured

BARE = "blush_bare_lips"
"""Always said of a blush: no reading was found that tells lipstick from a red lip."""
FIRST = 1
"""Sentences on lost function that stand there at once; the rest is one tap below."""


def words_of(
    plan: Plan, day: float, rest: Reading, lips: LipColours | None, smile: Reading | None
) -> dict[str, Any]:
    """numbers : (words, value); basis : what they hold for; notices : findings, blocks first;
    losses : sentences

    Parameters
    ----------
    lips : those that a blush is drawn on

    Raises
    ------
    PlanError : the evidence blocks the plan
    """
    voice = voice_of()
    told = foretold(plan, day, lips)
    losses = [
        voice.row("claims", topic("claims").tables["claim"][one.key]).plain
        for treatment in ("flip", "blush")
        if (plan.has_flip if treatment == "flip" else plan.blush is not None)
        for one in claims(treatment, "function")
    ]
    return {
        "numbers": [*_numbers(told), *_smiling(told, rest, smile)],
        "basis": [] if plan.blush is None else [voice.tell(claim(BARE).labelled).plain],
        "notices": [found(voice, one) for one in notices_of(plan, lips)],
        "losses": losses[:FIRST],
        "more_losses": losses[FIRST:],
    }


def smile_measures(rest: Reading, smile: Reading) -> dict[str, Any]:
    """What the smile itself does, plain."""
    return {name: asdict(one) for name, one in smile_of(rest, smile).measures.items()}


def _numbers(told: Foretold) -> list[tuple[str, str]]:
    rows = []
    if told.rise_mm is not None:
        rows.append((text("Upper border rises by"), band_words(told.rise_mm)))
    if told.lips_de is not None:
        upper, lower = (band_words(one, "dE2000") for one in told.lips_de)
        rows.append((text("Colour step of the upper lip"), upper))
        rows.append((text("Colour step of the lower lip"), lower))
    elif told.colour_de is not None:
        rows.append((text("Colour step from the bare lip"), band_words(told.colour_de, "dE2000")))
    return rows


def _smiling(told: Foretold, rest: Reading, smile: Reading | None) -> list[tuple[str, str]]:
    if smile is None:
        return []
    now = smile_of(rest, smile).measures
    rows = []
    lost = now.get("upper_vermilion_loss")
    if lost is not None:
        rows.append((text("Red of the upper lip lost in this smile"), _with_error(lost)))
    if told.fall_mm is not None:
        rows.append((text("In a smile the upper lip hangs lower by"), band_words(told.fall_mm)))
    gum = now.get("gum_show")
    if gum is not None and gum.unit == "mm":
        rows.append((text("Gum shown in this smile"), _with_error(gum)))
        if told.fall_mm is not None:
            then = band_words(gum_after(gum, told.fall_mm))
            rows.append((text("Gum shown with the flip"), then))
    return rows


def _with_error(one: Measured) -> str:
    unit = "mm" if one.unit == "mm" else ""
    return f"{one.value:.1f} {unit} ± {one.sd:.1f}"
