"""A screening in the record: what was answered, and the verdict that came of it.

Public: `save`, `chip`, `FLAGS`.

The questions, rules and verdicts are care's; the form is in `screening_form`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from vermilion.care.answers import Answers
from vermilion.care.questions import checked_answers, rows_of
from vermilion.care.screen import screen
from vermilion.care.verdict import Verdict
from vermilion.know.voice import Voice
from vermilion.studio.models import Client, Entry, Person
from vermilion.studio.record import entries

FLAGS = {
    "2_allergies": "Allergy",
    "3_health": "Health",
    "4_medicines": "Medicine",
    "5_lips": "Lips",
    "8_feelings": "Well-being",
}
"""By file of rules: what the banner says where one of them weighs."""
VERDICT_WORDS = {
    "go": ("Screening: go", "fine"),
    "doctor": ("Screening: ask a doctor first", "care"),
    "wait": ("Screening: wait", "care"),
    "not_now": ("Screening: not now", "stop"),
}


def save(
    client: Client,
    voice: Voice,
    treatments: tuple[str, ...],
    raw: Mapping[str, Any],
    on: date,
    by: Person | None,
    told: Mapping[str, Any] | None = None,
) -> tuple[Entry, Verdict]:
    """Check the answers, screen, and keep both.

    Parameters
    ----------
    by : at whose desk; None: the client, at home
    told : what else was said and is kept beside the answers

    Raises
    ------
    UsageError : answers that cannot be read or contradict each other; nothing is kept
    """
    answers: Answers = checked_answers(voice, raw, on)
    verdict = screen(voice, treatments, answers, on)
    content: dict[str, Any] = {
        "treatments": list(treatments),
        "answers": answers.to_json(),
        "on": on.isoformat(),
        "level": verdict.level,
        "until": verdict.until.isoformat() if verdict.until else "",
        "each": {one: level for one, (level, _) in verdict.each.items()},
        "flags": _flags(voice, verdict),
    }
    content |= told or {}
    return entries.add(client, "screening", content, by=by), verdict


def chip(content: Mapping[str, Any]) -> tuple[str, str]:
    """A verdict as words and a tone, for the banner."""
    return VERDICT_WORDS.get(content.get("level", ""), ("", ""))


def _flags(voice: Voice, verdict: Verdict) -> list[str]:
    homes = {key: home.partition("/")[2] for home, key, _ in rows_of(voice, "rules", "rule")}
    weighty = {
        homes.get(one.rule, "")
        for one in verdict.reasons
        if one.level != "talk" and not one.unknown
    }
    return [home for home in FLAGS if home in weighty]
