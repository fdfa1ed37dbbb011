"""What the studio's tests share: keys, the people of a practice, and two clients."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.test import Client as Browser
from django.test.client import ClientHandler
from django.utils import timezone, translation

from vermilion.consult.reading import Reading
from vermilion.photo.photo import Photo
from vermilion.report.lip_outline import template
from vermilion.studio import looks, vault
from vermilion.studio.models import Appointment, Client, Entry, Lot, Person, Vial
from vermilion.studio.record import (
    appointments,
    clients,
    consent,
    entries,
    links,
    needs,
    plans,
    screening,
    screening_form,
    stock,
    vials,
)
from vermilion.studio.record.plan_sources import named_point
from vermilion.studio.roles import EVERYBODY, Role
from vermilion.studio.voices import voice_of
from vermilion.treat.plan import reference_plan


class QuickArgon2(Argon2PasswordHasher):
    """The same way of hashing without its price, which is a quarter of a second each."""

    time_cost, memory_cost, parallelism = 1, 8, 1


settings.PASSWORD_HASHERS = [f"{__name__}.QuickArgon2"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file, as a practice has it: several threads cannot share one in memory."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        folder = tmp_path_factory.mktemp("tables")
        database.setdefault("TEST", {})["NAME"] = str(folder / "studio.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def one_middleware() -> Iterator[None]:
    """Every browser of the tests goes through the same middleware, as all people of a practice do:
    to make it anew for each takes a quarter of a small test."""
    first: list[ClientHandler] = []
    load = ClientHandler.load_middleware

    def loaded(handler: ClientHandler, is_async: bool = False) -> None:
        if not first:
            load(handler, is_async)
            first.append(handler)
        handler._middleware_chain = first[0]._middleware_chain

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClientHandler, "load_middleware", loaded)
        yield


@pytest.fixture(scope="session", autouse=True)
def each_photo_read_once() -> Iterator[None]:
    """Many tests keep the same photo as one of their own: its face is found for the first alone.
    That the same photo gives the same face is proved where faces are found."""
    readings: dict[tuple[object, ...], Reading] = {}
    read = looks.read_photo

    def once(photo: Photo) -> Reading:
        pixels = photo.pixels
        key = (photo.format, photo.colour, pixels.shape, sha256(pixels.tobytes()).digest())
        if key not in readings:
            readings[key] = read(photo)
        return replace(readings[key], photo=photo)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(looks, "read_photo", once)
        yield


@pytest.fixture(autouse=True)
def keys(tmp_path: Path) -> Iterator[vault.Vault]:
    """Keys and a data folder of this test's own."""
    before = settings.DATA
    settings.DATA = tmp_path / "studio"
    settings.DATA.mkdir()
    made = vault.new_vault(settings.DATA / "vault.key")
    vault.unlock(made)
    yield made
    settings.DATA = before


@pytest.fixture(autouse=True)
def no_tries_counted() -> None:
    """Logins are limited by the minute and counted in the cache: a test begins without tries."""
    cache.clear()


@pytest.fixture(autouse=True)
def english_first() -> None:
    """A request leaves its language with the thread: a test begins without one."""
    translation.deactivate()


@pytest.fixture
def people(db: None) -> dict[Role, Person]:
    """One person of each role."""
    return {role: Person.objects.create(username=role.value, role=role.value) for role in EVERYBODY}


@pytest.fixture
def owner(people: dict[Role, Person]) -> Person:
    return people[Role.OWNER]


@pytest.fixture
def ana(owner: Person) -> Client:
    """A fictional client."""
    card = {"name": "Ana García", "born": "1990-02-03", "phone": "600 11 22 33", "language": "es"}
    return clients.new_client(card, owner)


@pytest.fixture
def beth(owner: Person) -> Client:
    """Another fictional client."""
    card = {"name": "Beth Johnson", "born": "1985-12-31", "phone": "", "language": "en"}
    return clients.new_client(card, owner)


@pytest.fixture
def desk(owner: Person) -> Browser:
    """A browser in which the owner is logged in."""
    browser = Browser()
    browser.force_login(owner)
    return browser


@pytest.fixture
def flip_done(ana: Client, people: dict[Role, Person]) -> Entry:
    """Ana had a lip flip four days ago."""
    day = timezone.localdate() - timedelta(days=4)
    content = {"treatment": "flip", "day": day.isoformat(), "product": "Botox", "units": 4}
    return entries.add(ana, "visit", content, by=people[Role.PRACTITIONER])


@pytest.fixture
def phone(ana: Client, owner: Person) -> Browser:
    """Ana's phone, after her link and her birth date."""
    browser = Browser()
    _, secret = links.make_link(ana, owner)
    browser.post(f"/my/{secret}/", {"born": "1990-02-03"})
    return browser


def screened(client: Client, by: Person, **answers: str) -> Entry:
    """A screening of both treatments in which all is denied but what is named."""
    voice, today = voice_of(), timezone.localdate()
    both = ("flip", "blush")
    given = {
        field.name: "no"
        for group in screening_form.groups_for(voice, both, {})
        for field in ([group.gate] if group.gate else list(group.fields))
    }
    raw = screening_form.raw_answers(voice, both, client, given | answers, today)
    entry, _ = screening.save(client, voice, both, raw, today, by)
    return entry


def lot(by: Person, number: str = "A1", kind: str = "toxin", amount: int = 100) -> Lot:
    """A lot that may be used for a year."""
    expires = timezone.localdate() + timedelta(days=365)
    return stock.add_lot(kind, "Botox", number, expires, Decimal(amount), "U", by)


def vial(by: Person, of: Lot) -> Vial:
    """A vial of a lot, mixed now, to be used within two hours."""
    now = timezone.now()
    mixing = vials.Mixing(Decimal(50), Decimal(1), now, now + timedelta(hours=2))
    return vials.mix(of, mixing, voice_of(), by)


def booked(client: Client, person: Person, days: int = 1) -> Appointment:
    """An appointment at ten, some days ahead."""
    day = timezone.localdate() + timedelta(days=days)
    starts_at = timezone.make_aware(datetime.combine(day, time(10)))
    return appointments.book(client, starts_at, 45, person, {"purpose": "Talk"})


def planned(client: Client, treatment: str, by: Person, **changes: Any) -> Entry:
    """A kept plan on the template face: the four usual points with a unit each, or a full blush.

    reason : a flip shortly before is a block that only a reason lifts
    """
    outline = template()
    if treatment == "flip":
        usual = reference_plan()
        points = tuple(named_point(outline, point.s, 1.0) for point in usual.points)
        draft = plans.Draft("flip", outline, product=usual.product, points=points)
    else:
        draft = plans.Draft(treatment, outline, blush={"technique": "full", "passes": 2})
    draft = replace(draft, reason="the test wants it", **changes)
    return plans.keep(client, voice_of(), draft, by, timezone.localdate())


def ready_for(client: Client, treatment: str, by: Person) -> None:
    """Everything that a treatment asks for."""
    screened(client, by)
    until = (timezone.localdate() + timedelta(days=30)).isoformat()
    entries.add(client, "order", {"treatment": treatment, "valid_until": until}, by=by)
    today = timezone.localdate().isoformat()
    entries.add(client, "patch_test", {"result": "none", "done_on": today}, by=by)
    planned(client, treatment, by)
    consent.sign(consent.make_consent(client, voice_of("client"), treatment, by), "Ana", "")
    needs.overrule(client, treatment, ("photo",), "a template face", by)
