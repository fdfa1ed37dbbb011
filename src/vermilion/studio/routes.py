"""Every page on one page: its name, its address, its view, and the roles that may open it.

A page that is not here does not exist; one that names no role opens to nobody. Views are named and
not imported: a page's module, and what it draws or measures with, is loaded when it is first
opened, so that the studio stands at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import path
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt

from vermilion.studio.roles import (
    BY_LINK,
    CLINICAL,
    EVERYBODY,
    LOG_READERS,
    OWNER,
    STAFF,
    TREATING,
    WITHOUT_LOGIN,
    Roles,
)


@dataclass(frozen=True, slots=True)
class Page:
    """One address.

    name : as `reverse` takes it
    path : as `django.urls.path` takes it
    view : a function of `vermilion.studio.pages`, or another package's by its whole name
    """

    name: str
    path: str
    view: str
    roles: Roles

    def open(self, request: HttpRequest, **given: object) -> HttpResponseBase:
        """Answer with the page."""
        answer: HttpResponseBase = self.loaded()(request, **given)
        return answer

    def loaded(self) -> Callable[..., Any]:
        """The view itself; its module is loaded with the first that asks."""
        ours = not self.view.startswith(("allauth.", "django."))
        view: Callable[..., Any] = import_string(
            f"vermilion.studio.pages.{self.view}" if ours else self.view
        )
        return view


PAGES: tuple[Page, ...] = (
    Page("today", "", "home.today", STAFF),
    Page("start", "start/", "start.start", WITHOUT_LOGIN),
    Page("healthy", "healthy/", "start.healthy", WITHOUT_LOGIN),
    Page("set_language", "language/", "django.views.i18n.set_language", WITHOUT_LOGIN),
    Page("clients", "clients/", "clients.index", STAFF),
    Page("clients_import", "clients/import/", "importing.show", OWNER),
    Page("old_photos", "clients/photos/", "old_photos.show", TREATING),
    Page("doubles", "clients/doubles/", "doubles.index", TREATING),
    Page(
        "join",
        "clients/<uuid:client_id>/join/<uuid:other_id>/",
        "doubles.compare",
        TREATING,
    ),
    Page("merge", "joins/<uuid:entry_id>/", "doubles.joined", CLINICAL),
    Page("client_new", "clients/new/", "clients.new", STAFF),
    Page("client", "clients/<uuid:client_id>/", "client.show", STAFF),
    Page("client_card", "clients/<uuid:client_id>/card/", "clients.card", STAFF),
    Page("client_note", "clients/<uuid:client_id>/note/", "clients.note", CLINICAL),
    Page("documents", "clients/<uuid:client_id>/files/", "documents.index", CLINICAL),
    Page("document", "files/<uuid:entry_id>/", "documents.show", CLINICAL),
    Page("client_erase", "clients/<uuid:client_id>/erase/", "keeping.erase", OWNER),
    Page("client_restrict", "clients/<uuid:client_id>/restrict/", "keeping.restrict", OWNER),
    Page("client_links", "clients/<uuid:client_id>/links/", "doors.index", STAFF),
    Page(
        "client_link_shut",
        "clients/<uuid:client_id>/links/<uuid:link_id>/shut/",
        "doors.shut",
        STAFF,
    ),
    Page("client_download", "clients/<uuid:client_id>/download/", "doors.download", TREATING),
    Page(
        "screening_ask",
        "clients/<uuid:client_id>/screening/<slug:which>/",
        "screening.ask",
        CLINICAL,
    ),
    Page("screening", "screenings/<uuid:entry_id>/", "screening.show", CLINICAL),
    Page("screening_confirm", "screenings/<uuid:entry_id>/confirm/", "screening.confirm", TREATING),
    Page("before", "clients/<uuid:client_id>/before/<slug:treatment>/", "before.index", CLINICAL),
    Page("order", "clients/<uuid:client_id>/order/<slug:treatment>/", "before.order", TREATING),
    Page("patch_test", "clients/<uuid:client_id>/patch-test/", "before.patch_test", CLINICAL),
    Page("plan_new", "clients/<uuid:client_id>/plan/<slug:treatment>/", "plans.new", TREATING),
    Page(
        "plan_check",
        "clients/<uuid:client_id>/plan/<slug:treatment>/check/",
        "plans.check",
        TREATING,
    ),
    Page("plan", "plans/<uuid:entry_id>/", "plans.show", CLINICAL),
    Page("plan_pdf", "plans/<uuid:entry_id>/pdf/", "plans.pdf", CLINICAL),
    Page(
        "consent_make",
        "clients/<uuid:client_id>/consent/<slug:treatment>/",
        "consents.make",
        CLINICAL,
    ),
    Page("consent", "consents/<uuid:consent_id>/", "consents.show", CLINICAL),
    Page("consent_pdf", "consents/<uuid:consent_id>/pdf/", "consents.pdf", CLINICAL),
    Page("book", "clients/<uuid:client_id>/book/", "booking.book", STAFF),
    Page(
        "appointment",
        "clients/<uuid:client_id>/appointments/<uuid:appointment_id>/",
        "booking.show",
        STAFF,
    ),
    Page(
        "appointment_change",
        "clients/<uuid:client_id>/appointments/<uuid:appointment_id>/state/",
        "booking.change",
        STAFF,
    ),
    Page("visit_new", "clients/<uuid:client_id>/visit/<slug:treatment>/", "visits.new", TREATING),
    Page("visit", "visits/<uuid:entry_id>/", "visits.show", CLINICAL),
    Page("follow_up", "visits/<uuid:entry_id>/follow-up/", "follow_up.show", TREATING),
    Page("visit_handout", "visits/<uuid:entry_id>/handout/", "visits.handout", CLINICAL),
    Page("task", "tasks/<uuid:task_id>/", "tasks.show", CLINICAL),
    Page("week", "calendar/", "calendar.week", STAFF),
    Page("day", "calendar/day/", "calendar.day", STAFF),
    Page("feeds", "calendar/feeds/", "feeds.index", STAFF),
    Page("feed_end", "calendar/feeds/<uuid:feed_id>/end/", "feeds.end", STAFF),
    Page("feed", "feeds/<str:secret>.ics", "feeds.read", WITHOUT_LOGIN),
    Page("mirror", "mirror/", "mirror.show", CLINICAL),
    Page("mirror_frame", "mirror/frame/", "mirror.frame", CLINICAL),
    Page("stock", "stock/", "stock.index", CLINICAL),
    Page("lot_new", "stock/new/", "stock.new", CLINICAL),
    Page("lot_read", "stock/read/", "lot_code.read", CLINICAL),
    Page("lot", "stock/<uuid:lot_id>/", "stock.lot", CLINICAL),
    Page("vial_mix", "stock/<uuid:lot_id>/mix/", "vials.mix", CLINICAL),
    Page("vial", "stock/vials/<uuid:vial_id>/", "vials.show", CLINICAL),
    Page("lot_more", "stock/<uuid:lot_id>/more/", "stock.more", CLINICAL),
    Page("lot_throw", "stock/<uuid:lot_id>/throw/", "stock.throw_away", CLINICAL),
    Page("lot_recall", "stock/<uuid:lot_id>/recall/", "stock.recall", TREATING),
    Page("capture", "clients/<uuid:client_id>/camera/", "capture.show", CLINICAL),
    Page("capture_frame", "camera/frame/", "capture.frame", CLINICAL),
    Page("compare", "clients/<uuid:client_id>/compare/", "compare.show", CLINICAL),
    Page("photo_use", "clients/<uuid:client_id>/photo-use/", "photo_use.desk", CLINICAL),
    Page("photo_add", "clients/<uuid:client_id>/photos/add/", "photos.add", CLINICAL),
    Page("photo", "photos/<uuid:photo_id>/", "photos.show", CLINICAL),
    Page("photo_page", "photos/<uuid:photo_id>/look/", "photo.show", CLINICAL),
    Page("consult", "photos/<uuid:photo_id>/consult/", "consult.show", CLINICAL),
    Page("consult_face", "photos/<uuid:photo_id>/consult/face/", "consult.face", CLINICAL),
    Page("lip_view", "photos/<uuid:photo_id>/lips/", "consult.lips", CLINICAL),
    Page("consult_frame", "photos/<uuid:photo_id>/consult/frame/", "consult.frame", CLINICAL),
    Page("consult_beside", "photos/<uuid:photo_id>/consult/beside/", "consult.beside", CLINICAL),
    Page("consult_save", "photos/<uuid:photo_id>/consult/save/", "consult.save", TREATING),
    Page("consultation", "consultations/<uuid:entry_id>/", "consultations.kept", CLINICAL),
    Page(
        "consult_picture",
        "consultations/<uuid:entry_id>/picture/<slug:which>/",
        "consultations.pictured",
        CLINICAL,
    ),
    Page(
        "consult_share", "consultations/<uuid:entry_id>/share/", "consultations.share_it", TREATING
    ),
    Page(
        "consult_report", "consultations/<uuid:entry_id>/report/", "consultations.report", CLINICAL
    ),
    Page("photo_small", "photos/<uuid:photo_id>/small/", "photos.small", CLINICAL),
    Page("my", "my/", "mine.home", BY_LINK),
    Page("my_screening", "my/screening/", "mine_screening.overview", BY_LINK),
    Page("my_question", "my/screening/<int:number>/", "mine_screening.question", BY_LINK),
    Page("my_calendar", "my/calendar/", "feeds.mine", BY_LINK),
    Page("my_day", "my/day/<slug:treatment>/", "mine.day", BY_LINK),
    Page("my_signs", "my/signs/<slug:treatment>/", "mine.symptoms", BY_LINK),
    Page("my_consents", "my/consents/", "consents.mine", BY_LINK),
    Page("my_consent", "my/consents/<uuid:consent_id>/", "consents.mine_one", BY_LINK),
    Page("my_consent_pdf", "my/consents/<uuid:consent_id>/pdf/", "consents.mine_pdf", BY_LINK),
    Page("my_photo_use", "my/photo-use/", "photo_use.mine", BY_LINK),
    Page("my_pictures", "my/pictures/", "my_pictures.show", BY_LINK),
    Page(
        "my_picture",
        "my/pictures/<uuid:entry_id>/<slug:which>/",
        "my_pictures.simulated",
        BY_LINK,
    ),
    Page("my_shown_photo", "my/shown/<uuid:photo_id>/", "my_pictures.photo", BY_LINK),
    Page("my_photo", "my/photo/", "mine.photo", BY_LINK),
    Page("my_data", "my/data/", "mine.data", BY_LINK),
    Page("my_leave", "my/leave/", "mine.leave", BY_LINK),
    Page("my_door", "my/<str:secret>/", "mine.door", WITHOUT_LOGIN),
    Page("log", "log/", "log.index", LOG_READERS),
    Page("tokens", "tokens/", "tokens.index", OWNER),
    Page("token_revoke", "tokens/<uuid:token_id>/end/", "tokens.revoke", OWNER),
    Page("api_schema", "api/openapi.json", "tokens.schema", OWNER),
    Page("practice", "settings/", "practice.show", OWNER),
    Page("parts", "settings/parts/", "parts.show", OWNER),
    Page("shades", "settings/shades/", "shades.show", OWNER),
    Page("products", "settings/products/", "products.show", OWNER),
    Page("rules", "settings/rules/", "rules.show", OWNER),
    Page("keeping", "settings/keeping/", "keeping.show", OWNER),
    Page("hours", "settings/hours/", "hours.practice", OWNER),
    Page("person_hours", "people/<int:person_id>/hours/", "hours.person", OWNER),
    Page("my_hours", "me/hours/", "hours.mine", STAFF),
    Page("people", "people/", "people.index", OWNER),
    Page("person_new", "people/new/", "people.new", OWNER),
    Page("person_active", "people/<int:person_id>/active/", "people.active", OWNER),
    Page("lock", "lock/", "sittings.lock", EVERYBODY),
    Page("unlock", "lock/off/", "sittings.unlock", EVERYBODY),
    Page("me", "me/", "sittings.me", EVERYBODY),
    Page("login_end", "me/logins/<slug:sitting_id>/end/", "sittings.end", EVERYBODY),
    Page("logins", "people/logins/", "sittings.everybody", OWNER),
    Page("account_login", "login/", "allauth.account.views.login", WITHOUT_LOGIN),
    Page("account_logout", "logout/", "allauth.account.views.logout", EVERYBODY),
    Page(
        "account_reauthenticate", "login/again/", "allauth.account.views.reauthenticate", EVERYBODY
    ),
    Page(
        "account_change_password",
        "me/password/",
        "allauth.account.views.password_change",
        EVERYBODY,
    ),
    Page("mfa_index", "me/factors/", "allauth.mfa.base.views.index", EVERYBODY),
    Page("mfa_authenticate", "login/factor/", "allauth.mfa.base.views.authenticate", WITHOUT_LOGIN),
    Page(
        "mfa_reauthenticate",
        "login/factor/again/",
        "allauth.mfa.base.views.reauthenticate",
        EVERYBODY,
    ),
    Page(
        "mfa_reauthenticate_webauthn",
        "login/passkey/again/",
        "allauth.mfa.webauthn.views.reauthenticate_webauthn",
        EVERYBODY,
    ),
    Page(
        "mfa_activate_totp",
        "me/factors/totp/on/",
        "allauth.mfa.totp.views.activate_totp",
        EVERYBODY,
    ),
    Page(
        "mfa_deactivate_totp",
        "me/factors/totp/off/",
        "allauth.mfa.totp.views.deactivate_totp",
        EVERYBODY,
    ),
    Page(
        "mfa_view_recovery_codes",
        "me/codes/",
        "allauth.mfa.recovery_codes.views.view_recovery_codes",
        EVERYBODY,
    ),
    Page(
        "mfa_generate_recovery_codes",
        "me/codes/new/",
        "allauth.mfa.recovery_codes.views.generate_recovery_codes",
        EVERYBODY,
    ),
    Page(
        "mfa_download_recovery_codes",
        "me/codes/file/",
        "allauth.mfa.recovery_codes.views.download_recovery_codes",
        EVERYBODY,
    ),
    Page(
        "mfa_list_webauthn", "me/passkeys/", "allauth.mfa.webauthn.views.list_webauthn", EVERYBODY
    ),
    Page(
        "mfa_add_webauthn", "me/passkeys/add/", "allauth.mfa.webauthn.views.add_webauthn", EVERYBODY
    ),
    Page(
        "mfa_remove_webauthn",
        "me/passkeys/<int:pk>/off/",
        "allauth.mfa.webauthn.views.remove_webauthn",
        EVERYBODY,
    ),
    Page(
        "mfa_edit_webauthn",
        "me/passkeys/<int:pk>/",
        "allauth.mfa.webauthn.views.edit_webauthn",
        EVERYBODY,
    ),
)

API = "vermilion.studio.api.answer"
ROLES: dict[str, Roles] = {page.name: page.roles for page in PAGES}


@csrf_exempt
def operation(request: HttpRequest, **_given: object) -> HttpResponseBase:
    """An operation of the API. Its keys come in a header that no other site can send."""
    answer: HttpResponseBase = import_string(API)(request)
    return answer


def open_all() -> None:
    """Load every page's view, so that the first to open one does not wait."""
    for page in PAGES:
        page.loaded()
    import_string(API)


urlpatterns = [
    *(path(page.path, page.open, name=page.name) for page in PAGES),
    path("api/v1/<path:operation>", operation, name="api"),
]

handler400: Any = "vermilion.studio.errors.bad"
handler403: Any = "vermilion.studio.errors.forbidden"
handler404: Any = "vermilion.studio.errors.not_found"
handler429: Any = "vermilion.studio.errors.too_many"
handler500: Any = "vermilion.studio.errors.broken"
