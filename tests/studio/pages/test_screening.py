"""Screening at the desk: care's verdict, kept with its answers, and nothing lost on a mistake."""

from __future__ import annotations

import re
from datetime import timedelta
from html import escape

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from tests.studio.conftest import screened
from vermilion.care.questions import questions
from vermilion.studio.models import Client, Entry, Person
from vermilion.studio.record import screening_form
from vermilion.studio.voices import voice_of

pytestmark = pytest.mark.django_db


def denied() -> dict[str, str]:
    groups = screening_form.groups_for(voice_of(), ("flip",), {})
    return {
        field.name: "no"
        for group in groups
        for field in ([group.gate] if group.gate else group.fields)
    }


def ask(desk: Browser, client: Client, given: dict[str, str]) -> str:
    where = reverse("screening_ask", args=[client.pk, "flip"])
    return desk.post(where, given, follow=True).content.decode()


def test_all_denied_is_a_go_and_the_age_comes_from_the_card(desk: Browser, ana: Client) -> None:
    ask(desk, ana, denied())
    content = Entry.objects.get(kind="screening").content
    assert content["level"] == "go"
    assert content["answers"]["answers"]["age"] == 36


def test_a_reason_is_told_and_shown_in_the_banner(desk: Browser, ana: Client) -> None:
    page = ask(desk, ana, denied() | {"allergy_toxin": "yes"})
    assert "An allergy to botulinum toxin rules the injection out." in page
    assert "Screening: not now" in page
    assert "Allergy" in page


def test_what_was_not_answered_is_not_known(desk: Browser, ana: Client) -> None:
    page = ask(desk, ana, {})
    assert Entry.objects.get(kind="screening").content["level"] != "go"
    assert "not known" in page


def test_a_gates_no_denies_all_behind_it_and_its_yes_needs_the_days(
    desk: Browser, ana: Client
) -> None:
    ask(desk, ana, denied())
    assert Entry.objects.get(kind="screening").content["answers"]["had"]["toxin"] == "no"
    gate = next(g for g in screening_form.groups_for(voice_of(), ("flip",), {}) if g.gate)
    assert gate.gate is not None
    behind = [field.name for field in gate.fields]
    assert "had.toxin" in behind
    ask(desk, ana, denied() | {gate.gate.name: "yes", "had.toxin.day": "2026-11-20"})
    newest = Entry.objects.filter(kind="screening").order_by("-at")[0].content
    assert newest["answers"]["had"]["toxin"] == "2026-11-20"
    assert "gummy" not in newest["answers"]["had"], "what was not answered is not known"
    assert newest["level"] != "go"


def test_a_day_and_a_no_together_are_refused(desk: Browser, ana: Client) -> None:
    where = reverse("screening_ask", args=[ana.pk, "flip"])
    for given in (
        {"event": "2027-03-01", "event.none": "no"},
        {"had.toxin": "no", "had.toxin.day": "2026-10-01"},
    ):
        answer = desk.post(where, denied() | {"event": ""} | given)
        assert answer.status_code == 422
        assert "has a day and a no" in answer.content.decode()
    assert not Entry.objects.filter(kind="screening").exists()


def test_a_day_of_an_event_counts(desk: Browser, ana: Client) -> None:
    soon = (timezone.localdate() + timedelta(days=3)).isoformat()
    ask(desk, ana, denied() | {"event": soon})
    assert Entry.objects.get(kind="screening").content["level"] == "wait"


def test_what_cannot_be_read_is_said_and_all_that_was_typed_stays(
    desk: Browser, ana: Client
) -> None:
    where = reverse("screening_ask", args=[ana.pk, "flip"])
    answer = desk.post(where, denied() | {"medicines": "warfarine"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "did you mean warfarin" in page
    assert 'value="warfarine"' in page
    assert not Entry.objects.filter(kind="screening").exists()


def test_all_screenings_stay(desk: Browser, ana: Client, owner: Person) -> None:
    first = screened(ana, owner)
    screened(ana, owner, pregnant="yes")
    page = desk.get(reverse("screening", args=[first.pk])).content.decode()
    assert "Screening: go" in page
    assert "Screening: not now" in page


def test_one_tap_denies_all_that_is_open_in_a_group_and_changes_no_answer(
    desk: Browser, ana: Client
) -> None:
    where = reverse("screening_ask", args=[ana.pk, "flip"])
    given = {"pregnant": "yes", "all_no": "1_about_you"}
    page = desk.post(where, given)
    fields = {f.name: f for part in page.context["parts"] for f in part["group"].fields}
    assert page.status_code == 200
    assert fields["pregnant"].given == "yes"
    assert fields["breastfeeding"].given == "no"
    assert fields["allergy_toxin"].given == "", "another group"
    assert not Entry.objects.filter(kind="screening").exists(), "nothing is kept by it"


def test_flags_are_shown_before_anything_is_kept(desk: Browser, ana: Client) -> None:
    where = reverse("screening_ask", args=[ana.pk, "flip"])
    given = {"allergy_toxin": "yes", "medicines": "warfarine"}
    part = desk.post(where, given, headers={"HX-Request": "true"}).content.decode()
    assert "An allergy to botulinum toxin rules the injection out." in part
    assert "not known" not in part, "what is not answered yet is no flag"
    assert "<form" not in part
    assert not Entry.objects.filter(kind="screening").exists()


def test_every_fault_stands_on_top_with_a_way_to_its_question(desk: Browser, ana: Client) -> None:
    where = reverse("screening_ask", args=[ana.pk, "flip"])
    wrong = {"medicines": "warfarine", "event": "2020-01-01", "had.toxin.day": "2030-01-01"}
    answer = desk.post(where, denied() | {"had.toxin": "yes", "gate.treated": "yes"} | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    for name in ("medicines", "event", "had.toxin"):
        assert f'href="#q-{name}"' in page
        assert f'id="q-{name}"' in page
        assert f'id="e-{name}"' in page


def test_each_question_stands_in_one_group(desk: Browser) -> None:
    voice = voice_of()
    groups = screening_form.groups_for(voice, ("flip", "blush"), {})
    names = [field.name for group in groups for field in group.fields]
    assert len(names) == len(set(names))
    assert {one.id for one in questions(voice, ("flip", "blush"))} == set(names)
    assert len({group.key for group in groups}) == len(groups)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_refusal_names_questions_and_answers_as_the_form_does(
    desk: Browser, ana: Client, language: str
) -> None:
    where = reverse("screening_ask", args=[ana.pk, "flip"])
    voice = voice_of("practitioner", language)
    asks = {one.id: escape(one.ask.plain) for one in questions(voice, ("flip",))}
    headers = {"Accept-Language": language}

    def page(**changed: str) -> str:
        return desk.post(where, denied() | changed, headers=headers).content.decode()

    wrong = page(pregnant="maybe", event="2020-01-31")
    not_sure = escape({"en": "Yes, No or Not sure is", "es": "Sí, No o No estoy seguro"}[language])
    assert not_sure in wrong
    past = {"en": "is January 31, 2020, which is past", "es": "es 31 de enero de 2020, que ya"}
    assert past[language] in wrong
    apart = page(cold_sore_now="yes", cold_sore_ever="no")
    assert "exclude each other" in apart or "se excluyen" in apart
    for found, name in ((wrong, "pregnant"), (wrong, "event")):
        faults = re.findall(r'class="errors"[^>]*>([^<]*)', found)
        assert any(asks[name] in fault for fault in faults)
        assert not any(f"{name}\N{APOSTROPHE}" in fault for fault in faults)
    (alert,) = re.findall(r">([^<]*(?:exclude each|se excluyen)[^<]*)", apart)
    assert asks["cold_sore_now"] in alert
    assert asks["cold_sore_ever"] in alert
    assert "cold_sore" not in alert


def test_the_first_part_that_is_not_through_stands_open_and_each_with_a_fault(
    desk: Browser, ana: Client
) -> None:
    where = reverse("screening_ask", args=[ana.pk, "flip"])
    parts = desk.get(where).context["parts"]
    assert [part["open"] for part in parts] == [True, *(False for _ in parts[1:])]
    assert parts[0]["next"] is parts[1]["group"]
    assert parts[-1]["next"] is None
    first = {field.name: "no" for field in parts[0]["group"].fields}
    told = desk.post(where, first | {"medicines": "warfarine"})
    opened = [one["group"].key for one in told.context["parts"] if one["open"]]
    assert opened == [parts[1]["group"].key, "4_medicines"]
    page = told.content.decode()
    assert f"{len(first)} of {len(first)} answered" in page
    assert f"0 of {len(parts[1]['group'].fields)} answered" in page


def test_only_what_stands_behind_a_gate_waits_for_an_answer_all_else_is_asked() -> None:
    """No answer of another question ever takes a question away."""
    voice = voice_of()
    bare = screening_form.groups_for(voice, ("flip", "blush"), {})
    plain = {one.name for group in bare if group.gate is None for one in group.asked}
    gates = {group.gate.name: group for group in bare if group.gate is not None}
    every = {one.id for one in questions(voice, ("flip", "blush"))}
    assert plain | {one.name for group in gates.values() for one in group.fields} >= every
    for value in ("yes", "no", "unknown"):
        given = dict.fromkeys([*plain, *gates], value)
        groups = screening_form.groups_for(voice, ("flip", "blush"), given)
        assert {one.name for group in groups if not group.gate for one in group.asked} == plain
        for group in groups:
            if group.gate is not None:
                wanted = len(group.fields) + 1 if value == "yes" else 1
                assert len(group.asked) == wanted
