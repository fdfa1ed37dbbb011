"""A screening's verdict as a page."""

from __future__ import annotations

from datetime import date

from vermilion.care.verdict import Reason, Verdict
from vermilion.know.said import Said, given
from vermilion.know.voice import Voice
from vermilion.report.page import Block, Bullets, Heading, Page, Paragraph

TONES = {"go": "good", "doctor": "warn", "wait": "warn", "not_now": "stop"}


def screen_page(voice: Voice, verdict: Verdict, names: tuple[Said, ...]) -> Page:
    """names : the treatments as people call them"""
    urgent = [one for one in verdict.reasons if one.urgent]
    blocks: list[Block] = [
        Paragraph(said, "stop") for one in urgent for said in (one.text, *one.do)
    ]
    blocks.append(Paragraph(_verdict(voice, verdict.level, verdict.until), TONES[verdict.level]))
    if len(set(verdict.each.values())) > 1:
        apart = [
            voice.say("{treatment}: {verdict}", treatment=name, verdict=_verdict(voice, *one))
            for name, one in zip(names, verdict.each.values(), strict=True)
        ]
        blocks.append(Bullets(tuple(apart)))
    missing = sum(one.unknown for one in verdict.reasons)
    if missing:
        blocks.append(
            Paragraph(
                voice.say(
                    "Answers that are not known yet: {count}. Find them out, and ask again.",
                    count=missing,
                ),
                "warn",
            )
        )
    if verdict.level == "go":
        blocks.append(
            Paragraph(
                voice.say(
                    "This is what your answers say today. Your practitioner still examines you "
                    "and decides with you."
                )
            )
        )
    parts = (
        ("not_now", voice.say("What speaks against it now")),
        ("wait", voice.say("What to wait for")),
        ("doctor", voice.say("What to ask a doctor first")),
        ("talk", voice.say("What to talk about with your practitioner")),
    )
    for level, title in parts:
        reasons = [one for one in verdict.reasons if one.level == level and not one.urgent]
        if reasons:
            blocks.append(Heading(title))
            for reason in reasons:
                blocks += _reason(voice, reason, _concerned(verdict, reason, names))
    title = voice.say(
        "Screening: {treatments}", treatments=given(", ".join(name.plain for name in names))
    )
    subtitle = voice.say(
        "{date}. {count} questions. An answer that is not known never counts as no.",
        date=voice.date(verdict.on),
        count=verdict.asked,
    )
    return Page(voice, title, tuple(blocks), subtitle)


def _verdict(voice: Voice, level: str, until: date | None) -> Said:
    if level == "go":
        return voice.say("Go: nothing in your answers speaks against it.")
    if level == "doctor":
        return voice.say("Ask a doctor first.")
    if level == "not_now":
        return voice.say("Not for you now.")
    if until is None:
        return voice.say("Wait until it has healed.")
    return voice.say("Wait until {date}.", date=voice.date(until))


def _concerned(verdict: Verdict, reason: Reason, names: tuple[Said, ...]) -> str:
    """Whom a reason concerns, by name; nothing where it concerns all that was asked for."""
    if set(reason.treatments) == set(verdict.treatments):
        return ""
    pairs = zip(verdict.treatments, names, strict=True)
    return ", ".join(name.plain for one, name in pairs if one in reason.treatments)


def _reason(voice: Voice, reason: Reason, concerned: str) -> list[Block]:
    blocks: list[Block] = [Paragraph(reason.text), Bullets(reason.do)]
    if reason.softened is not None:
        blocks.append(
            Paragraph(
                voice.say(
                    "This practice made the rule milder: {reason} ({by}).",
                    reason=reason.softened.reason,
                    by=reason.softened.by,
                ),
                "warn",
            )
        )
    rule = voice.say("Rule: {rule}", rule=reason.rule)
    if concerned:
        rule = voice.say("Rule: {rule}; for: {treatments}", rule=reason.rule, treatments=concerned)
    blocks.append(Paragraph(rule, "muted"))
    return blocks
