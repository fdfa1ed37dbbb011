"""Whom a client calls: the practice's own name, telephone and address on what is taken home.

Public: `whom_to_call`.
"""

from __future__ import annotations

from vermilion.know.voice import Voice
from vermilion.report.page import Paragraph

NO_BREAK = "\N{NO-BREAK SPACE}"
"""A number that goes on in the next line is dialled wrong."""


def whom_to_call(voice: Voice) -> tuple[Paragraph, ...]:
    """The practice in one line, as its file has it; nothing for practitioners, and nothing where
    no telephone stands there."""
    own = voice.practice
    telephone = own.telephone.replace(" ", NO_BREAK)
    if voice.audience != "client" or not own.telephone:
        return ()
    reached = " · ".join(part for part in (own.name, telephone, own.address) if part)
    return (Paragraph(voice.say("Whom to call: {reached}", reached=reached), "good"),)
