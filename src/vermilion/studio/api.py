"""The API, `/api/v1`: the same functions and the same access as the pages, for programs.

Each operation names its scope; a key without it, ended or unknown, gets 401 and nothing else.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, resolve
from django.utils import timezone
from ninja import File, NinjaAPI, Query, Schema, Status, UploadedFile
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from vermilion import __version__
from vermilion.care.dates.schedule import make_schedule
from vermilion.care.dates.wish import Dated, Wish
from vermilion.care.questions import checked_answers
from vermilion.care.screen import screen
from vermilion.consult.draw import preview
from vermilion.consult.plan import make_plan
from vermilion.consult.reading import read_face, read_photo
from vermilion.consult.words import described, notices_of
from vermilion.errors import UsageError, VermilionError
from vermilion.photo.open import open_photo
from vermilion.photo.save import encode_png
from vermilion.studio import access
from vermilion.studio.api_types import (
    ClientIn,
    ClientOut,
    PhotoOut,
    PreviewIn,
    Problem,
    ScheduleIn,
    ScreenIn,
    View,
)
from vermilion.studio.errors import GONE, trouble
from vermilion.studio.record import clients as records
from vermilion.studio.record import photos as pictures
from vermilion.studio.record.cards import card_of
from vermilion.studio.record.search import find
from vermilion.studio.record.tokens import use_token
from vermilion.studio.uploads import too_large, was_cut
from vermilion.studio.voices import voice_of


class Key(HttpBearer):
    """A key with a scope; the request then stands for the key's person."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        found = use_token(token, self.scope)
        if found is None:
            return None
        request.user = found.person
        return found


CORE, READ, WRITE = Key("core"), Key("read"), Key("write")
api = NinjaAPI(
    title="vermilion", version="1", auth=CORE, docs_url=None, openapi_url=None, urls_namespace="api"
)


REFUSALS = (400, 401, 403, 404, 405, 409, 413, 422, 500, 503)
ERRORS: dict[int, type[Schema]] = dict.fromkeys(REFUSALS, Problem)


@api.exception_handler(VermilionError)
def refused(request: HttpRequest, error: VermilionError) -> HttpResponse:
    return api.create_response(request, {"error": str(error)}, status=error.http_status)


@api.exception_handler(OperationalError)
def in_trouble(request: HttpRequest, error: OperationalError) -> HttpResponse:
    """Locked or unreachable tables, a full disk."""
    words, status = trouble(error) or (GONE, 503)
    return api.create_response(request, {"error": words}, status=status)


@api.exception_handler(ValidationError)
def misread(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What was sent does not fit: each place, in words. Of a file that was cut off at the limit
    nothing is there."""
    if request.FILES.get("photo") is None and was_cut(request):
        return refused(request, too_large())
    places = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors)
    return api.create_response(request, {"error": "; ".join(places)}, status=422)


@api.exception_handler(HttpError)
def unread(request: HttpRequest, error: HttpError) -> HttpResponse:
    return api.create_response(request, {"error": str(error)}, status=error.status_code)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    words = "this key is unknown, has ended, or may not do this"
    return api.create_response(request, {"error": words}, status=401)


@api.exception_handler(PermissionDenied)
def forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    words = "the role of this key's person does not open this"
    return api.create_response(request, {"error": words}, status=403)


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return api.create_response(request, {"error": "there is no such record"}, status=404)


@api.post("/measure", response={200: dict[str, Any], **ERRORS})
def measure(request: HttpRequest, photo: File[UploadedFile]) -> Any:
    """Measure the lips in a photo; the contract of `vermilion measure --json`."""
    return read_photo(open_photo(photo.read())).to_json()


@api.post("/preview", response={200: None, **ERRORS})
def preview_photo(
    request: HttpRequest, photo: File[UploadedFile], plan: Query[PreviewIn]
) -> HttpResponse:
    """One day of a plan on a photo, as PNG with 'simulation' in it.

    What to know about it stands in the header `Vermilion-Notes`: a JSON list of severity and text,
    as in `vermilion preview --json`.
    """
    voice, opened = voice_of("practitioner", plan.language), open_photo(photo.read())
    made = make_plan(flip=plan.flip, rise_mm=plan.rise_mm, shade=plan.blush)
    notices = notices_of(made)  # refuses what the evidence blocks
    face, scale, _ = read_face(opened)
    pixels = preview(opened, face, scale, made, plan.day, plan.band)
    said = [{"severity": one.severity, "text": voice.tell(one.words).plain} for one in notices]
    return HttpResponse(
        encode_png(pixels, described(made, plan.day, plan.band, voice)),
        content_type="image/png",
        headers={"Cache-Control": "no-store", "Vermilion-Notes": json.dumps(said)},
    )


@api.post("/screen", response={200: dict[str, Any], **ERRORS})
def screen_answers(request: HttpRequest, given: ScreenIn) -> Any:
    """The verdict on answers; the contract of `vermilion screen --json`."""
    voice, today = voice_of("practitioner", given.language), timezone.localdate()
    answers = checked_answers(voice, given.answers, today)
    return screen(voice, tuple(given.treatments), answers, today).to_json()


@api.post("/schedule", response={200: dict[str, Any], **ERRORS})
def schedule(request: HttpRequest, given: ScheduleIn) -> Any:
    """Dates that keep all rules; the contract of `vermilion schedule --json`."""
    voice, today = voice_of("practitioner", given.language), timezone.localdate()
    had = tuple(Dated(thing, day) for thing, day in given.had.items())
    start = today + timedelta(days=1)
    return make_schedule(
        voice, Wish(tuple(given.treatments), today, start, given.event, had=had)
    ).to_json()


@api.get("/clients", response={200: list[ClientOut], **ERRORS}, auth=READ)
def clients(request: HttpRequest, q: str = "") -> Any:
    """The clients that a few letters may mean."""
    return [{"id": one.pk, **_card(one)} for one in find(access.clients_of(request), q[:80])]


@api.post("/clients", response={201: ClientOut, **ERRORS}, auth=WRITE)
def new_client(request: HttpRequest, given: ClientIn) -> Any:
    """A new record."""
    card = given.dict() | {"born": given.born.isoformat() if given.born else ""}
    access.clients_of(request)
    client = records.new_client(card, access.person_of(request))
    return Status(201, {"id": client.pk, **_card(client)})


@api.get("/clients/{uuid:client_id}", response={200: ClientOut, **ERRORS}, auth=READ)
def client(request: HttpRequest, client_id: UUID) -> Any:
    """One client's card."""
    found = access.client_for(request, client_id)
    return {"id": found.pk, **_card(found)}


@api.get(
    "/clients/{uuid:client_id}/visits", response={200: list[dict[str, Any]], **ERRORS}, auth=READ
)
def visits(request: HttpRequest, client_id: UUID) -> Any:
    """What was done, the newest first."""
    found = access.client_for(request, client_id, "read visits")
    rows = found.entries.filter(kind="visit").order_by("-at")
    return [{"id": str(one.pk), **found.opened(one.sealed)} for one in rows]


@api.get("/clients/{uuid:client_id}/photos", response={200: list[PhotoOut], **ERRORS}, auth=READ)
def photos(request: HttpRequest, client_id: UUID) -> Any:
    """The photos of a client, without their pictures."""
    found = access.client_for(request, client_id, "list photos")
    return [
        {
            "id": one.pk,
            "view": one.view,
            "taken_at": one.taken_at,
            "swollen": one.swollen,
        }
        for one in found.photos.exclude(wrapped_key=b"").order_by("taken_at")
    ]


@api.post("/clients/{uuid:client_id}/photos", response={201: dict[str, str], **ERRORS}, auth=WRITE)
def add_photo(
    request: HttpRequest, client_id: UUID, photo: File[UploadedFile], view: View = "rest"
) -> Any:
    """Add a photo to a record."""
    found = access.client_for(request, client_id, "add photo")
    if request.POST:
        raise UsageError(
            "{names} came inside of the form",
            "all but the photo belongs into the address",
            "write it there: ?view=smile",
            names=", ".join(sorted(request.POST))[:80],
        )
    made = pictures.add_photo(
        found, photo.read(), view, timezone.now(), by=access.person_of(request)
    )
    return Status(201, {"id": str(made.pk)})


@api.get("/version", response={200: dict[str, str], **ERRORS})
def version(request: HttpRequest) -> Any:
    return {"version": __version__}


def _card(one: Any) -> dict[str, Any]:
    card = card_of(one)
    return {
        "name": card.get("name", ""),
        "born": card.get("born") or None,
        "phone": card.get("phone", ""),
        "email": card.get("email", ""),
        "language": card.get("language", "en"),
    }


urlpatterns = [path("api/v1/", api.urls)]


def answer(request: HttpRequest) -> HttpResponseBase:
    """The operation at this address; each asks for a key with its scope."""
    request.resolver_match = match = resolve(request.path_info, __name__)
    given: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    return given
