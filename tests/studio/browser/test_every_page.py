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
    "consult_save", "feed", "feed_end", "healthy", "lip_view", "login_end", "lot_more",
    "lot_read", "lot_recall", "lot_throw",
    "mfa_authenticate",
    "mfa_deactivate_totp", "mfa_download_recovery_codes", "mfa_edit_webauthn",
    "mfa_generate_recovery_codes", "mfa_reauthenticate", "mfa_remove_webauthn",
    "mfa_view_recovery_codes", "mirror_frame", "my_consent_pdf", "my_leave", "person_active",
    "photo", "photo_small", "plan_check", "plan_pdf", "screening_confirm", "set_language",
    "start", "token_revoke", "unlock", "visit_handout",
}  # fmt: skip
"""Pages that answer a post, send a file, or need a state of their own."""


@pytest.fixture
def ids(practitioner: Person, phantom_jpeg: Path) -> dict[str, object]:
    """A practice in which every page has something to show."""
    from decimal import Decimal

    by = practitioner
    card = {"name": "Ana Sample", "born": "1990-02-03", "phone": "600", "language": "en"}
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


def faults(tab: Tab, where: str) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(tab).response["violations"]
    return [
        f"{where}: {one['id']}: {node['target']} {node['html'][:100]}"
        for one in found
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_on_any_page(
    size: str, theme: str, browser: Browser, live_server: object, ids: dict[str, object]
) -> None:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=theme,  # type: ignore[arg-type]
        bypass_csp=True,  # axe brings a script of its own
        reduced_motion="reduce",
    )
    tab, asked, found, wide = context.new_page(), [], [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{live_server}/login/")
    found += faults(tab, "login")
    log_in(tab, live_server)
    phone = context.new_page()
    seen = 0
    for page in PAGES:
        if page.name in POSTED_OR_FILES:
            continue
        mine = page.roles == BY_LINK or page.name == "my_door"
        at = tab
        if mine:
            at = phone
        where = f"{live_server}{address(page, ids)}"
        if page.name == "my":
            at.goto(f"{live_server}/my/{ids['secret']}/")
            at.fill("#born", "1990-02-03")
            with at.expect_navigation():
                at.press("#born", "Enter")
        at.goto(where)
        seen += 1
        found += faults(at, page.name)
        if at.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
            wide.append(page.name)
    context.close()
    assert seen > 25
    assert not found, "\n".join(found)
    assert wide == [], "pages that scroll sideways"
    assert {url for url in asked if not url.startswith((str(live_server), "blob:"))} == set()
