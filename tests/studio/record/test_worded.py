"""What the program wrote is told in the reader's language; what somebody typed stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from tests.studio.conftest import planned
from vermilion.care.dates.reasons import title_of
from vermilion.consult.plan import make_plan
from vermilion.know.voice import Voice
from vermilion.studio.models import Client, Entry, Person
from vermilion.studio.record import entries, plans
from vermilion.studio.record.hours import usual_minutes
from vermilion.studio.record.plans import sheet_of
from vermilion.studio.record.worded import findings_of, purpose_of, words_of

pytestmark = pytest.mark.django_db
ENGLISH = Voice(audience="practitioner")
SPANISH = Voice(language="es", audience="practitioner", country_key="es")


def test_a_purpose_that_is_a_steps_title_follows_the_reader() -> None:
    for name, (step, _) in usual_minutes(ENGLISH).items():
        content = {"purpose": title_of(ENGLISH, step).plain, "step": name}
        assert purpose_of(SPANISH, content) == title_of(SPANISH, step).plain
    assert purpose_of(SPANISH, content | {"purpose": "As Ana likes it"}) == "As Ana likes it"
    assert purpose_of(SPANISH, {"purpose": "Talk"}) == "Talk"


def test_a_plan_and_a_consultation_follow_the_reader(ana: Client, owner: Person) -> None:
    plan = planned(ana, "flip", owner)
    assert words_of(SPANISH, plan.content).endswith("4 U en 4 puntos")
    looked_at = make_plan(flip=True)
    content = {"plan": looked_at.to_json(), "words": looked_at.in_words()}
    assert words_of(ENGLISH, content) == content["words"]
    assert words_of(SPANISH, content) == looked_at.in_words(SPANISH) != content["words"]
    assert words_of(SPANISH, {"words": "as typed", "plan": ""}) == "as typed"


def test_a_plan_can_be_printed_after_it_was_carried_out(
    ana: Client, owner: Person, desk: Browser
) -> None:
    plan = planned(ana, "flip", owner)
    Entry.objects.filter(pk=plan.pk).update(at=timezone.now() - timedelta(days=9))
    today = timezone.localdate().isoformat()
    entries.add(ana, "visit", {"treatment": "flip", "day": today, "units": 4}, by=owner)
    answer = desk.get(reverse("plan_pdf", args=[plan.pk]))
    assert answer.content.startswith(b"%PDF")


def test_what_spoke_against_a_plan_follows_the_reader(
    ana: Client, flip_done: Entry, owner: Person
) -> None:
    kept = planned(ana, "flip", owner)
    first = kept.content["findings"][0]["text"]
    assert "only with the practitioner's reason" in first
    here = replace(SPANISH, country_key="us")
    assert findings_of(here, kept)[0] != first
    assert "motivo" in findings_of(here, kept)[0]
    assert "the test wants it" in findings_of(here, kept)[0]
    assert first in findings_of(replace(ENGLISH, country_key="us"), kept)
    told = dict(kept.content) | {"findings": [{"text": "said otherwise then"}]}
    kept.content = told
    assert findings_of(here, kept) == ("said otherwise then",)


def test_a_kept_plan_is_checked_again_only_for_a_reader_of_another_language(
    ana: Client, flip_done: Entry, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = planned(ana, "flip", owner)
    checks: list[str] = []

    def counted(voice: Voice, *given: Any) -> Any:
        checks.append(voice.language)
        return sheet_of(voice, *given)

    monkeypatch.setattr(plans, "sheet_of", counted)
    assert kept.content["language"] == "en"
    assert findings_of(ENGLISH, kept) == tuple(one["text"] for one in kept.content["findings"])
    assert checks == []
    findings_of(SPANISH, kept)
    assert checks == ["es", "en"]
    kept.content = {name: value for name, value in kept.content.items() if name != "language"}
    assert "motivo" in findings_of(replace(SPANISH, country_key="us"), kept)[0]
