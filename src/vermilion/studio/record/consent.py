"""Consent: the exact text, who signs for whom, and every state it goes through.

Public: `State`, `consent_page`, `make_consent`, `state_of`, `view`, `sign`, `withdraw`,
`signed_for`, `page_of`.

The text is the plan in the client's words and what the guide says of the treatment, in the client's
language, as it was on that day; it is kept word for word with its digest. States follow as entries,
never as changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import Any

from django.utils import timezone

from vermilion.care.guide import guide
from vermilion.errors import UsageError
from vermilion.know.said import Said, given, phrase
from vermilion.know.voice import Voice
from vermilion.report.page import Block, Bullets, Chart, Heading, Page, Paragraph
from vermilion.report.page_text import write_text
from vermilion.studio.models import Client, Entry, Person
from vermilion.studio.record import entries, plans
from vermilion.studio.record.cards import card_of
from vermilion.studio.record.history import History, history_of
from vermilion.studio.record.plan_words import planned_said, risks_said

PARTS = ("what", "not_for", "results", "risks", "alternatives")
"""The guide's sections that somebody must know before they agree."""
RISKS = "risks"
VALID_DAYS = 90
"""The studio's own rule: a consent that is older is asked anew. No law names a number."""
SIGNATURE_BYTES = 200_000
STATES = ("sent", "viewed", "signed", "withdrawn")
SHUT = {"signed": "signed", "withdrawn": "withdrawn", "expired": "too old"}


@dataclass(frozen=True, slots=True)
class State:
    """name : one of STATES or "expired"; signer : who signed; signature : PNG as a data address,
    empty where the name was typed"""

    name: str
    at: datetime
    signer: str = ""
    signature: str = ""


def consent_page(voice: Voice, client: Client, treatment: str, plan: Entry | None = None) -> Page:
    """What is agreed to, in the client's words: the plan itself, where there is one."""
    found = guide(voice, treatment)
    blocks: list[Block] = []
    if plan is not None:
        day = voice.date(timezone.localtime(plan.at).date())
        blocks.append(Heading(voice.say("What is planned for you, {day}", day=day)))
        blocks.append(Bullets(planned_said(voice, plan.content)))
    for section in found.sections:
        if section.id in PARTS:
            blocks.append(Heading(section.title))
            own = risks_said(voice, plan.content) if plan and section.id == RISKS else ()
            blocks.append(Bullets((*own, *(line.text for line in section.lines))))
    blocks.append(Heading(voice.say("What I agree to")))
    blocks.append(
        Bullets(
            (
                voice.say(
                    "I have read this, or had it read to me, and my questions were answered."
                ),
                voice.say("I agree to this treatment. I may change my mind before and during it."),
                voice.say("Photos of me are for my record alone; any other use is asked apart."),
            )
        )
    )
    card = card_of(client)
    title = voice.say("Consent: {treatment}", treatment=found.name)
    return Page(voice, title, tuple(blocks), given(f"{card['name']}, {card.get('born', '')}"))


def make_consent(client: Client, voice: Voice, treatment: str, by: Person) -> Entry:
    """Write down the text of today, with the plan that stands, and mark it as sent."""
    plan, _ = plans.standing(history_of(client), treatment)
    text = write_text(consent_page(voice, client, treatment, plan))
    content = {
        "treatment": treatment,
        "language": voice.language,
        "text": text,
        "digest": hashlib.sha256(text.encode()).hexdigest(),
        "plan": "" if plan is None else str(plan.pk),
    }
    entry = entries.add(client, "consent", content, by=by)
    entries.add(client, "consent_state", {"state": "sent"}, by=by, about=entry)
    return entry


def state_of(consent: Entry) -> State:
    """Where a consent stands now."""
    return _state(consent, entries.following(consent, ("consent_state",)))


def _state(consent: Entry, rows: Iterable[Entry]) -> State:
    """rows : its states, oldest first"""
    found = State("sent", consent.at)
    for row in rows:
        content = consent.client.opened(row.sealed)
        found = State(
            content["state"], row.at, content.get("signer", ""), content.get("signature", "")
        )
    if found.name == "withdrawn":
        return found
    if timezone.now() - consent.at > timedelta(days=VALID_DAYS):
        return State("expired", consent.at + timedelta(days=VALID_DAYS), found.signer)
    return found


def view(consent: Entry) -> None:
    """Remember that the client has opened it, once."""
    if state_of(consent).name == "sent":
        entries.add(consent.client, "consent_state", {"state": "viewed"}, about=consent)


def sign(
    consent: Entry, signer: str, signature: str, role: str = "self", by: Person | None = None
) -> Entry:
    """Seal the consent: the digest of its text, who signed, for whom, and how.

    Parameters
    ----------
    signature : a drawn name as a PNG data address; empty: `signer` typed their name
    role : "self", or who somebody is that signs for the client
    by : at whose desk; None on the client's own page

    Raises
    ------
    UsageError : no name, no picture of a signature, or a consent that is signed, ended, withdrawn
    """
    state = state_of(consent).name
    if state not in ("sent", "viewed"):
        raise UsageError(
            "this consent is {state}",
            "only an open one can be signed",
            "make anew",
            state=phrase(SHUT[state]),
        )
    if not signer.strip():
        raise UsageError("nobody's name stands there", "who signs is needed", "type your name")
    if signature and not signature.startswith("data:image/png;base64,"):
        raise UsageError("this is no drawn signature", "a picture of it is needed", "draw it again")
    if len(signature) > SIGNATURE_BYTES:
        raise UsageError("this signature is too large", "", "draw it again")
    kept = consent.content
    if hashlib.sha256(kept["text"].encode()).hexdigest() != kept["digest"]:
        raise UsageError("this text is not the one that was made", "", "make the consent anew")
    content = {
        "state": "signed",
        "signer": signer.strip()[:120],
        "role": role[:60],
        "signature": signature,
        "digest": kept["digest"],
    }
    return entries.add(consent.client, "consent_state", content, by=by, about=consent)


def withdraw(consent: Entry, by: Person | None = None) -> Entry:
    """The client takes it back; possible at any time.

    Raises
    ------
    UsageError : it was withdrawn before
    """
    if state_of(consent).name == "withdrawn":
        raise UsageError("this consent was withdrawn before")
    return entries.add(
        consent.client, "consent_state", {"state": "withdrawn"}, by=by, about=consent
    )


def signed_for(history: History, treatment: str) -> Entry | None:
    """The newest consent for a treatment that is signed and holds. One that lies open beside it
    changes nothing; one that was withdrawn ends all before it."""
    for entry in history.of("consent"):
        if entry.content["treatment"] == treatment:
            state = _state(entry, history.following(entry, "consent_state")).name
            if state == "signed":
                return entry
            if state == "withdrawn":
                return None
    return None


def page_of(voice: Voice, consent: Entry) -> Page:
    """The kept text and its signature, to show or print."""
    content, state = consent.content, state_of(consent)
    lines = [line for line in content["text"].splitlines() if line.strip()]
    blocks: list[Block] = [Paragraph(given(line)) for line in lines[1:]]
    if state.name == "signed":
        when = timezone.localtime(state.at).strftime("%Y-%m-%d %H:%M")
        words = voice.say("Signed by {name}, {when}.", name=state.signer, when=when)
        blocks.append(Paragraph(words, "good"))
        if state.signature:
            blocks.append(Chart(_drawn(state.signature, words), words))
    blocks.append(Paragraph(given(f"SHA-256 {content['digest']}"), "muted"))
    return Page(voice, given(lines[0]), tuple(blocks))


def _drawn(signature: str, words: Said) -> str:
    return (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 600 200' role='img' "
        f"aria-label='{escape(words.plain, quote=True)}'>"
        f"<image href='{escape(signature, quote=True)}' width='600' height='200'/></svg>"
    )


def as_row(consent: Entry) -> dict[str, Any]:
    """A consent for a list."""
    content = consent.content
    return {"entry": consent, "treatment": content["treatment"], "state": state_of(consent)}
