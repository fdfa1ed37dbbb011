"""Every page at three sizes in both themes: axe finds nothing, nothing is asked of others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone

from tests.studio.browser.conftest import log_in
from tests.studio.conftest import booked, lot, planned, ready_for, screened, vial
from vermilion.studio.models import Person, Task
from vermilion.studio.record import (
    clients,
    consent,
    entries,
    joining,
    links,
    photos,
    questionnaire,
    reports,
    visits,
)
from vermilion.studio.record.shared import share
from vermilion.studio.roles import BY_LINK
from vermilion.studio.routes import PAGES, Page
from vermilion.studio.voices import voice_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = {"phone": (320, 720), "tablet": (820, 1180), "desk": (1440, 900)}
POSTED_OR_FILES = {
    "account_login", "account_logout", "account_reauthenticate", "api_schema",
    "appointment_change", "capture_frame", "client_download", "client_link_shut", "client_restrict",
    "consent_make", "consent_pdf", "consult_beside", "consult_face", "consult_frame",
    "consult_report", "consult_picture", "consult_share", "my_picture", "my_shown_photo",
    "consult_save", "document", "feed", "feed_end", "healthy", "lip_view", "login_end", "lot_more",
    "lot_read", "lot_recall", "lot_throw",
    "mfa_authenticate",
    "mfa_deactivate_totp", "mfa_download_recovery_codes", "mfa_edit_webauthn",
    "mfa_generate_recovery_codes", "mfa_reauthenticate", "mfa_remove_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes", "mirror_frame", "my_consent_pdf", "my_leave", "person_active",
    "photo", "photo_small", "plan_check", "plan_pdf", "screening_confirm", "set_language",
    "start", "token_revoke", "unlock", "visit_handout",
}  # fmt: skip
"""Pages that answer a post, send a file, or need a state of their own."""
COLOURS = "runOnly: ['color-contrast', 'link-in-text-block']"
"""The rules of WCAG's AA that a theme can break."""
PARTS = 3
"""So that two cores share the work."""


@pytest.fixture
def ids(practitioner: Person, phantom_jpeg: Path) -> dict[str, object]:
    """A practice in which every page has something to show."""
    from decimal import Decimal

    by = practitioner
    card = {"name": "Ana Sample", "born": "1990-02-03", "phone": "600", "language": "en"}
    card["email"] = "ana.sample.of.an.address.without.a.gap@example.com"
    ana = clients.new_client(card, by)
    photo = photos.add_photo(ana, phantom_jpeg.read_bytes(), "rest", timezone.now(), by=by)
    screening = screened(ana, by, pregnant="yes")
    ready_for(ana, "flip", by)
    botox, today = lot(by), timezone.localdate()
    visit = visits.chart(
        ana, voice_of(), "flip", today, {"words": "fine"}, [visits.Taken(botox, Decimal(4))], by
    )
    appointment = booked(ana, by)
    reports.ask_erasure(ana, today)
    lines = planned(ana, "flip", by)
    plan = {"photo": str(photo.pk), "words": "flip", "plan": {"rise_mm": 0.8}}
    kept = entries.add(ana, "consultation", plan, by=by)
    questionnaire.ask_ahead(ana, "both", by)
    share(kept, True, by)
    share(photo, True, by)
    paper = consent.make_consent(ana, voice_of("client"), "blush", by)
    twin = clients.new_client(card | {"phone": "601"}, by)
    joined = joining.join(ana, clients.new_client({"name": "Anna"}, by), ana.card, (0, 0), by)
    link, secret = links.make_link(ana, by)
    return {
        "client_id": ana.pk, "photo_id": photo.pk, "appointment_id": appointment.pk,
        "lot_id": botox.pk, "vial_id": vial(by, botox).pk,
        "task_id": Task.objects.filter(kind="erasure").get().pk,
        "consent_id": paper.pk, "link_id": link.pk, "secret": secret, "treatment": "flip",
        "which": "both", "screening": screening.pk, "visit": visit.pk,
        "follow_up": visit.pk, "consultation": kept.pk,
        "plan": lines.pk, "pk": 1, "person_id": practitioner.pk, "other_id": twin.pk,
        "merge": joined.pk, "number": 2,
    }  # fmt: skip


def address(page: Page, ids: dict[str, object]) -> str:
    patterns = get_resolver().url_patterns
    (pattern,) = [one for one in patterns if getattr(one, "name", "") == page.name]
    names = pattern.pattern.converters
    given = {name: ids.get(page.name if name == "entry_id" else name) for name in names}
    return reverse(page.name, kwargs=given)


def faults(tab: Tab, where: str, which: str = "") -> list[str]:
    """What axe finds on the page as it is now; which : options of axe, written as JavaScript."""
    run = f"axe.run({{resultTypes: ['violations'], {which}}}).then(found => found.violations)"
    return [
        f"{where}: {one['id']}: {node['target']} {node['html'][:100]}"
        for one in tab.evaluate(run)
        for node in one["nodes"]
    ]


def looked_at(tab: Tab, where: str) -> list[str]:
    """The open page at three sizes: everything in the light, what colours can spoil in the dark."""
    from axe_playwright_python.sync_playwright import Axe

    tab.evaluate(Axe().axe_script)
    found: list[str] = []
    for size, (width, height) in SIZES.items():
        tab.set_viewport_size({"width": width, "height": height})
        tab.emulate_media(color_scheme="light")
        found += faults(tab, f"{where}, {size}")
        if tab.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
            found.append(f"{where}, {size}: scrolls sideways")
        tab.emulate_media(color_scheme="dark")
        found += faults(tab, f"{where}, {size}, dark", COLOURS)
    return found


@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_on_any_page(
    part: int, browser: Browser, live_server: object, ids: dict[str, object]
) -> None:
    context = browser.new_context(
        bypass_csp=True,  # axe brings a script of its own
        reduced_motion="reduce",
    )
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    tab, phone = context.new_page(), context.new_page()
    phone.goto(f"{live_server}/my/{ids['secret']}/")
    found = [] if part else looked_at(phone, "my_door")
    phone.fill("#born", "1990-02-03")
    with phone.expect_navigation():
        phone.press("#born", "Enter")
    tab.goto(f"{live_server}/login/")
    found += [] if part else looked_at(tab, "login")
    log_in(tab, live_server)
    pages = [page for page in PAGES if page.name not in {"my_door", *POSTED_OR_FILES}][part::PARTS]
    for page in pages:
        at = phone if page.roles == BY_LINK else tab
        at.goto(f"{live_server}{address(page, ids)}")
        found += looked_at(at, page.name)
    context.close()
    assert len(pages) > 15
    assert not found, "\n".join(found)
    assert {url for url in asked if not url.startswith((str(live_server), "blob:"))} == set()
