"""The plans that a client sees on the own page: drawn on the own lips, with units, in words.

Public: `ShownPlan`, `shown_plans`.

A plan is shown once the practice told the client of it: with a consultation that it shows, or with
a consent that names the plan. Checks, reasons, lots and remarks are the practitioner's and stay
away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from vermilion.know.voice import Voice
from vermilion.studio.models import Client, Entry
from vermilion.studio.record import plans
from vermilion.studio.record.history import history_of
from vermilion.studio.record.plan_drawing import drawn_for_client
from vermilion.studio.record.plan_words import planned_said
from vermilion.studio.record.shared import shared

TREATMENTS = ("flip", "blush")


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """One plan as its client reads it.

    svg : the lips with its points or its colour; alt : what the drawing is; lines : the plan itself
    carried_out : whether a visit followed it, so that it is what was done and no longer what comes
    """

    treatment: str
    made: date
    svg: str
    alt: str
    lines: tuple[str, ...]
    carried_out: bool


def shown_plans(voice: Voice, client: Client) -> tuple[ShownPlan, ...]:
    """The newest plan of each treatment, where its client may see it; voice : the client's"""
    history = history_of(client)
    newest = (plans.latest(history, treatment) for treatment in TREATMENTS)
    return tuple(_shown(voice, one) for one in newest if one is not None and _told_of(one))


def _told_of(plan: Entry) -> bool:
    client = plan.client
    if client.entries.filter(kind="consultation", pk__in=shared(client)).exists():
        return True
    consents = client.entries.filter(kind="consent", at__gte=plan.at)
    return any(client.opened(one.sealed).get("plan") == str(plan.pk) for one in consents)


def _shown(voice: Voice, plan: Entry) -> ShownPlan:
    content = plan.content
    svg, alt = drawn_for_client(voice, content)
    visits = plan.client.entries.filter(kind="visit", at__gt=plan.at)
    return ShownPlan(
        content["treatment"],
        timezone.localtime(plan.at).date(),
        svg,
        alt,
        tuple(said.plain for said in planned_said(voice, content)),
        any(
            plan.client.opened(one.sealed).get("treatment") == content["treatment"]
            for one in visits
        ),
    )
