"""The client's own screening: one question a screen, kept as it grows, never false comfort."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from tests.studio.conftest import booked
from vermilion.studio.models import Client, Entry, Person, Questionnaire, Task
from vermilion.studio.record import clients, needs
from vermilion.studio.record import questionnaire as record
from vermilion.studio.record.history import history_of
from vermilion.studio.roles import Role
from vermilion.studio.voices import voice_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(ana: Client, owner: Person) -> Questionnaire:
    return record.ask_ahead(ana, "flip", owner)


def go_through(phone: Browser, ana: Client, answers: dict[str, dict[str, str]]) -> None:
    """Answer every question; no where nothing else is said."""
    for number in range(1, 200):
        one = record.open_one(ana)
        assert one is not None
        rows = record.questions_of(voice_of("client", "es"), one)
        if number > len(rows):
            return
        field = rows[number - 1].field
        given = answers.get(field.name, {"answer": "no"})
        where = reverse("my_question", args=[number])
        assert phone.get(where).status_code == 200
        answer = phone.post(where, {"edition": str(one.edition)} | given)
        assert answer.status_code in (200, 302), answer.content.decode()[-1500:]


def test_the_link_is_made_with_the_questions_and_home_leads_to_them(
    desk: Browser, ana: Client, owner: Person, phone: Browser
) -> None:
    assert "Antes de tu visita" not in phone.get("/my/").content.decode()
    desk.post(reverse("client_links", args=[ana.pk]), {"ask": "both"})
    page = phone.get("/my/").content.decode()
    assert "Antes de tu visita" in page
    assert reverse("my_screening") in page


def test_all_denied_is_kept_waits_to_be_confirmed_and_never_sounds_like_a_yes(
    phone: Browser, desk: Browser, ana: Client, owner: Person, asked: Questionnaire
) -> None:
    go_through(phone, ana, {})
    page = phone.post(reverse("my_screening"), follow=True).content.decode()
    assert "Todavía no es un sí" in page
    assert "Adelante" not in page
    entry = Entry.objects.get(kind="screening")
    assert entry.by is None
    assert entry.content["level"] == "go"
    assert not Task.objects.exists()
    fresh = Questionnaire.objects.get()
    assert bytes(fresh.sealed) == b"", "the draft is gone once it is in the record"
    today = timezone.localdate()
    (first, *_) = needs.missing(history_of(ana), voice_of(), "flip", today)
    assert (first.key, first.why) == ("screening", needs.UNCONFIRMED)
    where = reverse("screening_confirm", args=[entry.pk])
    assert desk.post(where, {"words": "all still so"}).status_code == 302
    assert record.confirmed_by(entry).by == owner  # type: ignore[union-attr]
    assert "screening" not in [
        one.key for one in needs.missing(history_of(ana), voice_of(), "flip", today)
    ]
    assert "Se repasaron contigo" in phone.get(reverse("my_screening")).content.decode()


def test_an_assistant_reads_it_but_does_not_confirm_it(
    phone: Browser, ana: Client, people: dict[Role, Person], asked: Questionnaire
) -> None:
    record.send(voice_of("client"), asked)
    entry = Entry.objects.get(kind="screening")
    browser = Browser()
    browser.force_login(people[Role.ASSISTANT])
    assert browser.get(reverse("screening", args=[entry.pk])).status_code == 200
    assert browser.post(reverse("screening_confirm", args=[entry.pk])).status_code == 403


def test_what_speaks_against_it_is_the_task_of_who_sees_the_client_next(
    phone: Browser, ana: Client, people: dict[Role, Person], asked: Questionnaire
) -> None:
    booked(ana, people[Role.PRACTITIONER])
    go_through(phone, ana, {"pregnant": {"answer": "yes"}})
    page = phone.post(reverse("my_screening"), follow=True).content.decode()
    assert "Alguien de tu centro lo lee y te llama" in page
    task = Task.objects.get()
    assert task.person == people[Role.PRACTITIONER]
    assert task.urgency == "call"
    record.confirm(Entry.objects.get(kind="screening"), "she told us", people[Role.OWNER])
    task.refresh_from_db()
    assert task.closed_at is not None


def test_what_needs_help_at_once_is_asked_first_and_told_at_once_even_if_never_sent(
    phone: Browser, ana: Client, owner: Person, asked: Questionnaire
) -> None:
    rows = record.questions_of(voice_of("client"), asked)
    assert rows[0].urgent
    assert rows[0].field.name == "sudden_droop"
    given = {"edition": "0", "answer": "yes"}
    page = phone.post(reverse("my_question", args=[1]), given).content.decode()
    assert "Tu centro está avisado" in page
    assert "911" in page or "112" in page
    task = Task.objects.get()
    assert (task.urgency, task.person) == ("emergency", owner)
    given = {"edition": "1", "answer": "yes"}
    phone.post(reverse("my_question", args=[1]), given)
    assert Task.objects.count() == 1


def test_going_back_changes_an_answer_and_stopping_loses_none(
    phone: Browser, ana: Client, asked: Questionnaire
) -> None:
    phone.post(reverse("my_question", args=[1]), {"edition": "0", "answer": "no"})
    phone.post(reverse("my_question", args=[2]), {"edition": "1", "answer": "yes"})
    phone.post(reverse("my_question", args=[2]), {"edition": "2", "answer": "unknown"})
    page = phone.get(reverse("my_screening"))
    assert page.context["answered"] == 2
    assert page.context["next"] == 3
    _, given = record.answers_of(Questionnaire.objects.get())
    assert list(given.values()) == ["no", "unknown"]


def test_an_answer_out_of_an_old_window_changes_nothing(
    phone: Browser, ana: Client, asked: Questionnaire
) -> None:
    phone.post(reverse("my_question", args=[1]), {"edition": "0", "answer": "no"})
    late = phone.post(reverse("my_question", args=[1]), {"edition": "0", "answer": "yes"})
    assert late.status_code == 422
    assert record.answers_of(Questionnaire.objects.get())[1] == {"sudden_droop": "no"}


@pytest.mark.parametrize("given", [{}, {"answer": "maybe"}, {"answer": "", "day": "x"}])
def test_an_answer_that_is_none_is_refused(
    phone: Browser, ana: Client, asked: Questionnaire, given: dict[str, str]
) -> None:
    where = reverse("my_question", args=[1])
    assert phone.post(where, {"edition": "0"} | given).status_code == 422


def test_a_gate_opens_the_questions_behind_it_and_a_no_closes_them(
    phone: Browser, ana: Client, asked: Questionnaire
) -> None:
    voice = voice_of("client")
    rows = record.questions_of(voice, asked)
    gate = next(row for row in rows if row.gate)
    opened = record.answer(voice, asked, gate, {"answer": "yes"}, 0)
    longer = record.questions_of(voice, opened)
    assert len(longer) > len(rows)
    assert longer[gate.number].field.kind == "had"
    shut = record.answer(voice, opened, gate, {"answer": "no"}, 1)
    assert len(record.questions_of(voice, shut)) == len(rows)


def test_a_thing_that_was_had_is_kept_with_its_day_and_makes_it_wait(
    phone: Browser, ana: Client, asked: Questionnaire
) -> None:
    day = (timezone.localdate() - timedelta(days=3)).isoformat()
    answers = {
        "gate.treated": {"answer": "yes"},
        "had.toxin": {"answer": "yes", "day": day},
        "event": {"answer": "unknown"},
    }
    go_through(phone, ana, answers)
    phone.post(reverse("my_screening"))
    content = Entry.objects.get(kind="screening").content
    assert content["answers"]["had"]["toxin"] == day
    assert content["answers"]["answers"]["event"] == "unknown"
    assert content["level"] == "wait"
    assert content["until"]


def test_a_medicine_of_no_list_is_asked_about_and_then_kept_in_the_clients_words(
    phone: Browser, desk: Browser, ana: Client, asked: Questionnaire
) -> None:
    rows = record.questions_of(voice_of("client"), asked)
    number = next(row.number for row in rows if row.field.name == "medicines")
    where, typed = reverse("my_question", args=[number]), "warfarine, Zzyx 20 mg"
    given = {"edition": "0", "answer": "", "medicines": typed}
    page = phone.post(where, given)
    assert page.status_code == 422
    assert "warfarin" in page.content.decode()
    assert phone.post(where, given | {"as_written": "1"}).status_code == 302
    record.send(voice_of("client"), Questionnaire.objects.get())
    entry = Entry.objects.get(kind="screening")
    assert entry.content["typed"] == typed
    assert entry.content["answers"]["answers"]["medicines"] == ["other"]
    assert entry.content["level"] != "go"
    assert "Zzyx" in desk.get(reverse("screening", args=[entry.pk])).content.decode()


def test_what_was_not_answered_is_not_known(
    phone: Browser, ana: Client, asked: Questionnaire
) -> None:
    phone.post(reverse("my_screening"))
    assert Entry.objects.get(kind="screening").content["level"] != "go"


def test_without_a_question_asked_there_is_nothing_to_answer(phone: Browser, ana: Client) -> None:
    page = phone.get(reverse("my_screening")).content.decode()
    assert "No hay preguntas para ti" in page
    assert phone.get(reverse("my_question", args=[1])).status_code == 302


def test_no_address_tells_what_is_asked_and_erasing_takes_the_draft(
    phone: Browser, ana: Client, owner: Person, asked: Questionnaire
) -> None:
    for row in record.questions_of(voice_of("client"), asked):
        assert row.field.name not in reverse("my_question", args=[row.number])
    clients.erase(ana, owner, "asked")
    assert not Questionnaire.objects.exists()


def test_how_far_one_is_is_said_by_parts_and_what_cannot_wait_comes_first(
    phone: Browser, asked: Questionnaire
) -> None:
    rows = record.questions_of(voice_of("client"), asked)
    parts = record.parts_of(rows)
    assert [one for part in parts.values() for one in part] == list(rows)
    assert next(iter(parts)) == record.FIRST
    assert {one.field.name for one in parts[record.FIRST]} == {
        one.field.name for one in rows if one.urgent
    }
    second = parts[record.FIRST][-1].number + 2
    say = voice_of("client", "es").say
    page = phone.get(reverse("my_question", args=[second])).content.decode()
    words = "{part}, question {number} of {count}"
    count = len(parts["About you"])
    assert say(words, part=say("About you").plain, number=2, count=count).plain in page
    assert say("{left} left in all", left=len(rows)).plain in page
    posted = {"edition": str(asked.edition), "answer": "no"}
    phone.post(reverse("my_question", args=[rows[0].number]), posted)
    page = phone.get(reverse("my_screening")).content.decode()
    far = say("{done} of {count} answered", done=1, count=len(parts[record.FIRST])).plain
    assert far in page.partition(f"{say(record.FIRST).plain}</h3>")[2][:80]
    assert f"{say('Allergies').plain}</h3>" not in page, "nothing of it is answered yet"
