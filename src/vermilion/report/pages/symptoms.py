"""A symptom check as a page: what to do first, then why, then what a doctor wants to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vermilion.care.symptoms import Check, Sign
from vermilion.know.said import Said, given
from vermilion.know.sourced import origin_of
from vermilion.know.voice import Voice
from vermilion.report.page import Block, Bullets, Heading, Page, Paragraph, Table
from vermilion.report.pages.whom_to_call import whom_to_call

TONES = {"emergency": "stop", "same_day": "stop", "call": "warn", "expected": "good", "": "good"}


@dataclass(frozen=True, slots=True)
class Record:
    """What the practice knows of the treatment, for the doctor; empty where it is not known."""

    product: str = ""
    lot: str = ""
    units: str = ""


def symptoms_page(voice: Voice, found: Check, name: Said, record: Record) -> Page:
    """name : the treatment as people call it"""
    blocks: list[Block] = [Paragraph(_answer(voice, found.level), TONES[found.level])]
    done_once: set[str] = set()
    for one in found.named:
        if one.do.plain not in done_once:
            done_once.add(one.do.plain)
            tone = "stop" if one.level == "emergency" else ""
            blocks.append(Paragraph(one.do, tone))
    blocks += whom_to_call(voice)
    if found.level in ("", "expected", "call"):
        blocks.append(
            Paragraph(voice.say("If it gets worse or something new comes, check again at once."))
        )
    if found.level in ("emergency", "same_day", "call"):
        reporting = voice.country.texts["reporting"]
        said = voice.say(reporting["text"], origin=origin_of("countries", reporting))
        blocks.append(Paragraph(said, "muted"))
    blocks += [Heading(voice.say("For the doctor")), _record(voice, found, name, record)]
    blocks += [Heading(voice.say("Signs named"), 3), _listed(voice, found.named)]
    blocks += [Heading(voice.say("Signs asked and denied"), 3), _listed(voice, found.denied)]
    return Page(
        voice,
        voice.say("Symptom check: {treatment}", treatment=name),
        tuple(blocks),
        voice.say(
            "{date}, day {day} after the treatment", date=voice.date(found.on), day=found.day
        ),
    )


def _answer(voice: Voice, level: str) -> Said:
    if level == "emergency":
        return voice.say("Emergency: call {country.emergency} now.")
    if level == "same_day":
        return voice.say("See a doctor today.")
    if level == "call":
        return voice.say("Call the practice.")
    if level == "expected":
        return voice.say("What you describe is expected on this day.")
    return voice.say("You named no sign. If something worries you, call the practice.")


def _record(voice: Voice, found: Check, name: Said, record: Record) -> Table:
    unknown = voice.say("not known")
    rows = (
        (voice.say("Treatment"), name),
        (voice.say("Date of treatment"), Said((voice.date(found.done),))),
        (voice.say("Day"), given(found.day)),
        (voice.say("Product"), given(record.product) if record.product else unknown),
        (voice.say("Lot"), given(record.lot) if record.lot else unknown),
        (voice.say("Units"), given(record.units) if record.units else unknown),
    )
    return Table((voice.say("item"), voice.say("value")), rows)


def _listed(voice: Voice, signs: Sequence[Sign]) -> Bullets:
    """The doctor's phrasing, which stands last, where there are several."""
    return Bullets(tuple(one.ask[-1] for one in signs) or (voice.say("none"),))
