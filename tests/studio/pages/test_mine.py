"""The client's page: today in their language, warning signs first, their own data and no other."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from html import escape
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.utils import timezone
from PIL import Image

from vermilion.care.symptoms import signs
from vermilion.studio.models import Client, Entry, Person, Photo, Task
from vermilion.studio.record import appointments, entries, links, questionnaire
from vermilion.studio.record.practice import Settings, write_settings
from vermilion.studio.roles import Role
from vermilion.studio.voices import voice_of

pytestmark = pytest.mark.django_db


def all_no(day: int) -> dict[str, str]:
    return {one.id: "no" for one in signs(voice_of("client"), "flip", day)}


def test_the_secret_is_not_in_the_address_afterwards(ana: Client, owner: Person) -> None:
    browser = Browser()
    _, secret = links.make_link(ana, owner)
    answer = browser.post(f"/my/{secret}/", {"born": "1990-02-03"})
    assert answer.headers["Location"] == "/my/"
    assert browser.get("/my/").status_code == 200


def test_a_wrong_birth_date_opens_nothing(ana: Client, owner: Person) -> None:
    browser = Browser()
    _, secret = links.make_link(ana, owner)
    assert browser.post(f"/my/{secret}/", {"born": "1991-02-03"}).status_code == 403
    assert browser.get("/my/").status_code == 403


def test_an_unknown_secret_is_not_found() -> None:
    assert Browser().get("/my/made-up/").status_code == 404


def test_today_is_told_in_the_clients_language(phone: Browser, flip_done: Entry) -> None:
    page = phone.get("/my/", headers={"accept-language": "en"}).content.decode()
    assert "Hola, Ana García" in page
    assert "Día 4" in page
    assert "Llega el efecto" in page


def test_the_whole_day_has_its_sources(phone: Browser, flip_done: Entry) -> None:
    page = phone.get("/my/day/flip/").content.decode()
    assert "Qué es normal hoy" in page
    assert "flip:F27" in page


def test_a_treatment_that_was_not_done_is_not_found(phone: Browser, flip_done: Entry) -> None:
    assert phone.get("/my/day/blush/").status_code == 404


def test_one_warning_sign_alone_leads_to_the_emergency_number(
    phone: Browser, flip_done: Entry, people: dict[Role, Person]
) -> None:
    page = phone.post("/my/signs/flip/", {"droop": "yes"}).content.decode()
    assert "911" in page
    task = Task.objects.get()
    assert (task.urgency, task.person) == ("emergency", people[Role.PRACTITIONER])
    assert task.entry is not None
    assert task.entry.about == flip_done


def test_not_sure_counts_as_yes(phone: Browser, flip_done: Entry) -> None:
    phone.post("/my/signs/flip/", all_no(4) | {"swallow": "unknown"})
    assert Task.objects.get().urgency == "emergency"


def test_warning_signs_must_be_answered_and_what_was_said_stays(
    phone: Browser, flip_done: Entry
) -> None:
    answer = phone.post("/my/signs/flip/", {"swallow": "no"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'name="swallow" value="no" checked' in page
    assert not Task.objects.exists()
    left = [one for one in signs(voice_of("client", "es"), "flip", 4) if one.usual == "emergency"]
    first = next(one for one in left if one.id != "swallow")
    assert f'<a href="#s-{first.id}">{escape(first.ask[0].plain)}</a>' in page
    for one in left:
        assert page.count(f'aria-describedby="e-{one.id}"') == (one.id != "swallow")
    said = re.search(r"<(p|li)[^>]*>[^<]*\b(droop|swallow|limb)\b", page)
    assert not said, "no key of the program"


def test_no_to_what_is_still_open_is_shown_to_be_changed_and_sends_nothing(
    phone: Browser, flip_done: Entry
) -> None:
    given = {"swallow": "unknown", "all_no": "emergency"}
    page = phone.post("/my/signs/flip/", given).content.decode()
    for one in signs(voice_of("client", "es"), "flip", 4):
        said = "unknown" if one.id == "swallow" else "no"
        stands = f'name="{one.id}" value="{said}" checked' in page
        assert stands == (one.usual == "emergency")
        assert (f'name="{one.id}" value=' in page.split('<details id="others"')[0]) == (
            one.usual in ("emergency", "same_day")
        )
    assert not Entry.objects.filter(kind="report").exists()
    assert not Task.objects.exists()


def test_all_denied_is_kept_but_troubles_nobody(phone: Browser, flip_done: Entry) -> None:
    assert phone.post("/my/signs/flip/", all_no(4)).status_code == 200
    assert Entry.objects.filter(kind="report", by=None).count() == 1
    assert not Task.objects.exists()


@pytest.mark.parametrize("where", ["/my/", "/my/signs/flip/", "/my/day/flip/", "/my/data/"])
def test_whom_to_call_stands_on_every_page(where: str, phone: Browser, flip_done: Entry) -> None:
    write_settings(settings.DATA, Settings("Lip Room", "es", {}, telephone="+34 (0) 611-22"))
    page = phone.get(where).content.decode()
    assert 'href="tel:+3461122"' in page
    assert "Llamar a la consulta" in page


def test_a_date_says_what_it_is_for_in_the_clients_language(
    phone: Browser, ana: Client, owner: Person
) -> None:
    told = {"purpose": "Lip blush: first visit", "step": "blush.visit"}
    tomorrow = timezone.now() + timedelta(days=1)
    appointments.book(ana, tomorrow, 60, owner, told)
    page = phone.get("/my/").content.decode()
    assert "primera visita" in page.lower()
    assert "first visit" not in page


def test_a_photo_from_home_comes_without_an_author(phone: Browser, ana: Client) -> None:
    out = BytesIO()
    Image.new("RGB", (300, 300), (200, 140, 140)).save(out, "JPEG")
    upload = SimpleUploadedFile("me.jpg", out.getvalue())
    assert phone.post("/my/photo/", {"photo": upload, "view": "rest"}).status_code == 302
    photo = Photo.objects.get()
    assert (photo.client, photo.by) == (ana, None)
    assert "No se puede medir nada en ella" in phone.get("/my/").content.decode()


def test_my_data_hold_all_of_mine_and_nothing_of_others(
    phone: Browser, ana: Client, beth: Client, owner: Person, flip_done: Entry
) -> None:
    entries.add(beth, "note", {"words": "a secret of Beth's"}, by=owner)
    answer = phone.post("/my/data/", {"take": "1"})
    with ZipFile(BytesIO(answer.content)) as file:
        card = json.loads(file.read("card.json"))
        record = file.read("record.json").decode()
    assert card["name"] == "Ana García"
    assert "Botox" in record
    assert "Beth" not in record


def test_answers_begun_at_home_and_not_sent_are_mine_too(
    phone: Browser, ana: Client, beth: Client, owner: Person
) -> None:
    begun = [questionnaire.ask_ahead(one, "flip", owner) for one in (ana, beth)]
    voice = voice_of("client")
    asked = next(q for q in questionnaire.questions_of(voice, begun[0]) if q.field.name != "age")
    for one in begun:
        questionnaire.answer(voice, one, asked, {"answer": "no"}, one.edition)
    with ZipFile(BytesIO(phone.post("/my/data/", {"take": "1"}).content)) as file:
        (unsent,) = json.loads(file.read("answers_not_sent.json"))
    assert unsent["given"] == {asked.field.name: "no"}
    assert (unsent["treatments"], unsent["asked_by"]) == (["flip"], owner.display)


def test_the_wish_to_be_erased_lands_on_the_owners_list_once(
    phone: Browser, people: dict[Role, Person]
) -> None:
    phone.post("/my/data/", {"erase": "1"})
    phone.post("/my/data/", {"erase": "1"})
    task = Task.objects.get()
    assert (task.kind, task.person) == ("erasure", people[Role.OWNER])
    assert task.due_on > date(2026, 1, 1)


def test_after_leaving_the_door_is_shut(phone: Browser) -> None:
    phone.post("/my/leave/")
    assert phone.get("/my/").status_code == 403


def test_a_link_that_is_shut_meanwhile_ends_the_visit(
    phone: Browser, ana: Client, owner: Person
) -> None:
    for link in ana.links.all():
        links.revoke(link, owner)
    assert phone.get("/my/").status_code == 403
