"""What a client still needs before a treatment: one short word each, none of it skipped silently.

Public: `NEEDS`, `Need`, `needs_of`, `missing`, `overrule`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from vermilion.errors import UsageError
from vermilion.know.voice import Voice
from vermilion.studio.models import Client, Entry, Person
from vermilion.studio.record import consent, entries, plans
from vermilion.studio.record.history import History

NEEDS = {
    "screening": "Screening",
    "order": "Exam and order",
    "patch_test": "Patch test",
    "photo": "Photo",
    "plan": "Plan",
    "consent": "Consent",
}
SCREENING_DAYS, PHOTO_DAYS, PATCH_DAYS = 30, 90, 365
"""The studio's own rules: answers, a first photo, a patch test that are older are asked anew."""
CONFIRMED = "screening_confirmed"
UNCONFIRMED = "the client sent it; nobody has gone through it yet"
RESULTS = ("none", "reaction", "waived")


@dataclass(frozen=True, slots=True)
class Need:
    """key : one of NEEDS; met : whether it is there; why : what stands against it, in words;
    overruled : by whom and why, where somebody decided to go on without it"""

    key: str
    met: bool
    why: str = ""
    overruled: str = ""

    @property
    def words(self) -> str:
        return NEEDS[self.key]


def needs_of(history: History, voice: Voice, treatment: str, on: date) -> tuple[Need, ...]:
    """Everything a treatment asks for, met or not."""
    decided = _overruled(history, treatment, on)
    return tuple(
        Need(key, met, why, decided.get(key, ""))
        for key, met, why in _looked_at(history, voice, treatment, on)
    )


def missing(history: History, voice: Voice, treatment: str, on: date) -> tuple[Need, ...]:
    """What is not met, and what nobody has overruled."""
    return tuple(
        one for one in needs_of(history, voice, treatment, on) if not one.met and not one.overruled
    )


def overrule(
    client: Client, treatment: str, keys: tuple[str, ...], reason: str, by: Person
) -> Entry:
    """Go on without something, by name and with a reason; it holds for this day.

    Raises
    ------
    UsageError : no reason, or something that is no need
    """
    if not reason.strip():
        raise UsageError("no reason was given", "who goes on without something says why")
    if not keys or set(keys) - set(NEEDS):
        raise UsageError("nothing to overrule was named", "", "tick what you go on without")
    content = {
        "treatment": treatment,
        "needs": list(keys),
        "reason": reason.strip()[:1000],
        "on": timezone.localdate().isoformat(),
    }
    return entries.add(client, "overrule", content, by=by)


def _looked_at(
    history: History, voice: Voice, treatment: str, on: date
) -> Iterator[tuple[str, bool, str]]:
    kinds = voice.shelf.topic(f"steps/{treatment}").tables["treatment"].get("kinds", ())
    yield "screening", *_screening(history, treatment, on)
    if "toxin" in kinds:
        yield "order", *_order(history, treatment, on)
    if "tattoo" in kinds:
        yield "patch_test", *_patch_test(history, on)
    yield "photo", _photo(history), ""
    plan, why = plans.standing(history, treatment)
    yield "plan", plan is not None, why
    yield "consent", *_consent(history, plan, treatment)


def _screening(history: History, treatment: str, on: date) -> tuple[bool, str]:
    for entry in history.of("screening"):
        content = entry.content
        if treatment in content["treatments"]:
            if (on - date.fromisoformat(content["on"])).days > SCREENING_DAYS:
                return False, "it is older than a month"
            level = content["each"].get(treatment, content["level"])
            if level != "go":
                return False, "it does not say go"
            seen = entry.by_id is not None or bool(history.following(entry, CONFIRMED))
            return seen, "" if seen else UNCONFIRMED
    return False, ""


def _order(history: History, treatment: str, on: date) -> tuple[bool, str]:
    for entry in history.of("order"):
        content = entry.content
        if content["treatment"] == treatment:
            valid = date.fromisoformat(content["valid_until"]) >= on
            return valid, "" if valid else "it has run out"
    return False, ""


def _patch_test(history: History, on: date) -> tuple[bool, str]:
    newest = history.latest("patch_test")
    if newest is None:
        return False, ""
    content = newest.content
    if (on - date.fromisoformat(content["done_on"])).days > PATCH_DAYS:
        return False, "it is older than a year"
    result = content["result"]
    return result != "reaction", "the skin reacted" if result == "reaction" else ""


def _photo(history: History) -> bool:
    since = timezone.now() - timedelta(days=PHOTO_DAYS)
    usable = (one for one in history.photos if one.view == "rest" and not one.swollen)
    return any(one.taken_at >= since for one in usable)


def _consent(history: History, plan: Entry | None, treatment: str) -> tuple[bool, str]:
    """Consent is to the plan that stands, not to one before it."""
    signed = consent.signed_for(history, treatment)
    if signed is None:
        return False, ""
    if plan is not None and signed.content.get("plan") != str(plan.pk):
        return False, "the plan was changed since"
    return True, ""


def _overruled(history: History, treatment: str, on: date) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in reversed(tuple(history.of("overrule"))):
        content = entry.content
        if content["treatment"] == treatment and content["on"] == on.isoformat():
            name = entry.by.display if entry.by is not None else ""
            found |= dict.fromkeys(content["needs"], f"{name}: {content['reason']}")
    return found
