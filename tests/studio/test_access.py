"""Every address, every role, own and foreign objects: the table of the routes is all there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from PIL import Image

from tests.studio.conftest import booked, lot, screened, vial
from vermilion.studio.models import AuditEntry, Client, Person
from vermilion.studio.record import clients, consent, feeds, links, photos, reports, tokens
from vermilion.studio.roles import BY_LINK, EVERYBODY, WITHOUT_LOGIN, Role
from vermilion.studio.routes import PAGES, ROLES, Page
from vermilion.studio.voices import voice_of

pytestmark = pytest.mark.django_db
REFUSED = 403


class Made(dict[str, object]):
    """An object for each kind of id in an address, made when an address first names it."""

    def __init__(self, makers: dict[str, Callable[[], object]]) -> None:
        super().__init__()
        self.makers = makers

    def __missing__(self, name: str) -> object:
        self[name] = made = self.makers[name]()
        return made


@pytest.fixture
def ids(ana: Client, people: dict[Role, Person], png: bytes) -> Made:
    """Objects of Ana's, and of the practice's."""
    owner = people[Role.OWNER]
    return Made(
        {
            "client_id": lambda: ana.pk,
            "other_id": lambda: clients.new_client({"name": "Other"}, owner).pk,
            "photo_id": lambda: photos.add_photo(ana, png, "rest", timezone.now()).pk,
            "person_id": lambda: people[Role.AUDITOR].pk,
            "pk": lambda: 1,
            "number": lambda: 1,
            "token_id": lambda: tokens.make_token(owner, "test", ["core"], owner)[0].pk,
            "feed_id": lambda: feeds.make_feed("initials", owner, person=owner)[0].pk,
            "link_id": lambda: links.make_link(ana, owner)[0].pk,
            "secret": lambda: links.make_link(ana, owner)[1],
            "treatment": lambda: "flip",
            "sitting_id": lambda: "0123456789abcdef",
            "which": lambda: "both",
            "appointment_id": lambda: booked(ana, owner).pk,
            "lot_id": lambda: lot(owner).pk,
            "vial_id": lambda: vial(owner, lot(owner, "V1")).pk,
            "task_id": lambda: reports.ask_erasure(ana, timezone.localdate()).pk,
            "consent_id": lambda: consent.make_consent(ana, voice_of("client"), "flip", owner).pk,
            "entry_id": lambda: screened(ana, owner).pk,
        }
    )


def names_in(page: Page) -> list[str]:
    """What the address of a page names."""
    patterns = get_resolver().url_patterns
    (pattern,) = [one for one in patterns if getattr(one, "name", "") == page.name]
    return list(pattern.pattern.converters)


def address(page: Page, ids: Mapping[str, object]) -> str:
    return reverse(page.name, kwargs={name: ids[name] for name in names_in(page)})


def get(browser: Browser, where: str) -> HttpResponse:
    return browser.get(where)  # type: ignore[return-value]


def test_every_address_of_the_program_is_in_the_table() -> None:
    *patterns, rest = get_resolver().url_patterns
    assert str(rest.pattern) == "api/v1/<path:operation>", "test_api looks at these"
    assert all(isinstance(one, URLPattern) for one in patterns), "an include hides addresses"
    assert [one.name for one in patterns] == [page.name for page in PAGES]
    assert len(ROLES) == len(PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_who_is_not_logged_in_sees_the_door_alone(page: Page, ids: Made) -> None:
    answer = get(Browser(), address(page, ids))
    if page.roles == BY_LINK:
        assert answer.status_code == REFUSED
    elif page.roles == WITHOUT_LOGIN:
        assert "login/?next" not in answer.headers.get("Location", "")
    else:
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/login/?next=")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_opens_to_the_roles_it_names_and_to_no_other(
    page: Page, ids: Made, people: dict[Role, Person]
) -> None:
    where = address(page, ids)
    wrong = {}
    for role in sorted(EVERYBODY):
        with transaction.atomic():  # what one role's look leaves behind is gone before the next's
            browser = Browser()
            browser.force_login(people[role])
            status = get(browser, where).status_code
            transaction.set_rollback(True)
        if page.roles == WITHOUT_LOGIN or role in page.roles:
            right = status != REFUSED and status < 500
        else:
            right = status == REFUSED
        if not right:
            wrong[role] = status
    assert wrong == {}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_an_object_that_is_not_there_is_not_found(page: Page, people: dict[Role, Person]) -> None:
    named = names_in(page)
    if not named or page.name.startswith("mfa") or page.roles == BY_LINK:
        return
    gone = {name: uuid4() if f"<uuid:{name}>" in page.path else 10**6 for name in named}
    browser = Browser()
    browser.force_login(people[Role.OWNER])
    status = get(browser, address(page, gone)).status_code
    assert status in (404, 405)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_an_erased_client_is_not_found_either(
    page: Page, ids: Made, ana: Client, owner: Person, desk: Browser
) -> None:
    if (
        "<uuid:" not in page.path
        or "lot_id" in page.path
        or "vial_id" in page.path
        or "token_id" in page.path
        or "feed_id" in page.path
        or page.roles == BY_LINK
    ):
        return
    where = address(page, ids)
    clients.erase(ana, owner, "mistake")
    status = get(desk, where).status_code
    if status == 405:
        status = desk.post(where).status_code
    assert status == 404


def test_a_closed_login_opens_nothing(people: dict[Role, Person]) -> None:
    browser = Browser()
    browser.force_login(people[Role.PRACTITIONER])
    people[Role.PRACTITIONER].is_active = False
    people[Role.PRACTITIONER].save()
    assert get(browser, "/").status_code == 302


def test_each_look_at_a_client_or_a_photo_is_a_line_of_the_log(ids: Made, desk: Browser) -> None:
    assert ids["photo_id"]
    before = AuditEntry.objects.count()
    get(desk, reverse("client", args=[ids["client_id"]]))
    get(desk, reverse("photo", args=[ids["photo_id"]]))
    new = AuditEntry.objects.order_by("number")[before:]
    assert [line.what for line in new] == [f"client:{ids['client_id']}", f"photo:{ids['photo_id']}"]


def test_some_page_is_open_to_each_role() -> None:
    assert frozenset().union(*ROLES.values()) >= EVERYBODY


@pytest.fixture
def png() -> bytes:
    from io import BytesIO

    out = BytesIO()
    Image.new("RGB", (200, 200), (200, 150, 140)).save(out, "PNG")
    return out.getvalue()
