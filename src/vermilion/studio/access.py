"""The only place that decides whether somebody may see or change an object.

Public: `Gate`, `limits`, `person_of`, `may`, `clients_of`, `whose`, `visible`, `client_for`,
`photo_for`, `entry_for`, `client_of_link`, `shown_entry`, `photo_of_shown`, `shown_photo`.

`Gate` is the middleware that looks each page up in the routes: no line there, no page. The
functions load an object or raise; each reading of a client is a line of the log. A view never
asks the database for a client, a photo or an entry itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from vermilion.studio import audit, sittings
from vermilion.studio.models import Appointment, Client, Entry, Person, Photo, Task
from vermilion.studio.record import entries, links
from vermilion.studio.record.shared import shared
from vermilion.studio.roles import BY_LINK, CLINICAL, OWNER, STAFF, WITHOUT_LOGIN, Role
from vermilion.studio.routes import ROLES
from vermilion.studio.voices import own_rules

Row = TypeVar("Row", Photo, Entry, Appointment, Task)
OF_CLIENTS: dict[str, Any] = {
    "client": Client,
    "entry": Entry,
    "photo": Photo,
    "appointment": Appointment,
}
"""What lines of the log are about, where it is a client's."""
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Gate:
    """Middleware: refuses every page that the person's role is not named for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        page = "" if request.resolver_match is None else request.resolver_match.view_name
        roles = ROLES.get(page)
        if page == "api":
            return None  # each of its operations asks for a key with its scope
        if roles == WITHOUT_LOGIN:
            return None
        if roles == BY_LINK:
            client_of_link(request)
            return None
        if not request.user.is_authenticated:
            back = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse('account_login')}?{back}")
        if roles is None or person_of(request).role not in roles:
            raise PermissionDenied
        return _while_open(request, page)


def limits() -> sittings.Limits:
    """How long a login and a silent screen last here."""
    return sittings.limits_of(own_rules().studio)


def _while_open(request: HttpRequest, page: str) -> HttpResponse | None:
    """Nothing while the login holds and the screen is open; else the way to its door."""
    now = sittings.state(request.session, person_of(request), limits())
    if now == "open" or (page in ("unlock", "lock", "account_logout") and now == "locked"):
        return None
    if now == "over":
        request.session.flush()
    if request.method != "GET" or request.headers.get("HX-Request"):
        words = "the screen is locked" if now == "locked" else "this login has ended"
        return HttpResponse(words, status=423, content_type="text/plain")
    door = "lock" if now == "locked" else "account_login"
    back = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse(door)}?{back}")


def person_of(request: HttpRequest) -> Person:
    """Who is logged in."""
    return cast(Person, request.user)


def may(request: HttpRequest, roles: frozenset[Role]) -> bool:
    """Whether the person's role is one of these."""
    return person_of(request).role in roles


def clients_of(request: HttpRequest) -> QuerySet[Client]:
    """The clients whom this person may list, newest first.

    Raises
    ------
    PermissionDenied : a role that sees no client
    """
    if not may(request, STAFF):
        raise PermissionDenied
    here = Client.objects.filter(erased_at=None, merged_into=None, restricted_at=None)
    return here.order_by("-created_at")


def whose(request: HttpRequest, things: Iterable[str]) -> dict[str, Client]:
    """Of things that the log names ("entry:<id>"), the clients whom they belong to: for who may
    see these, as the list of all clients, without a line of the log. Of an auditor's, none."""
    if not may(request, STAFF):
        return {}
    asked: dict[str, set[UUID]] = {}
    for thing in things:
        kind, _, which = thing.partition(":")
        if kind in OF_CLIENTS and ID.fullmatch(which):
            asked.setdefault(kind, set()).add(UUID(which))
    found: dict[str, Client] = {}
    for kind, wanted in asked.items():
        if kind == "client":
            there = Client.objects.filter(pk__in=wanted, erased_at=None)
            rows = there if may(request, OWNER) else there.filter(restricted_at=None)
            found |= {f"client:{one.pk}": one for one in rows}
        else:
            kept = visible(request, OF_CLIENTS[kind].objects.select_related("client"))
            found |= {f"{kind}:{one.pk}": one.client for one in kept.filter(pk__in=wanted)}
    return found


def visible(request: HttpRequest, rows: QuerySet[Row]) -> QuerySet[Row]:
    """Of rows that belong to clients, those this person may see: of a restricted record nobody
    but the owner sees any."""
    there = rows.filter(client__erased_at=None)
    return there if may(request, OWNER) else there.filter(client__restricted_at=None)


def client_for(request: HttpRequest, client_id: UUID, action: str = "read") -> Client:
    """One client whom this person may see; the look is recorded. A restricted record opens to
    the owner alone.

    Raises
    ------
    Http404 : no such client, or an erased one; the same answer for both
    PermissionDenied : a role that sees no client
    """
    if not may(request, STAFF):
        raise PermissionDenied
    found = Client.objects.filter(pk=client_id).first()
    while found is not None and found.merged_into is not None:
        found = found.merged_into  # an old address leads to the record that is used
    client = None if found is None or found.erased_at is not None else found
    if client is None or (client.restricted_at is not None and not may(request, OWNER)):
        raise Http404
    audit.record(person_of(request).username, action, f"client:{client.pk}")
    return client


def photo_for(
    request: HttpRequest, photo_id: UUID, action: str = "read photo", *, sitting: bool = False
) -> Photo:
    """One photo of a client whom this person may see.

    Parameters
    ----------
    sitting : a look that a page repeats; its log has one line for a while of them

    Raises
    ------
    Http404 : no such photo, or its client was erased
    PermissionDenied : a role that sees no photo
    """
    if not may(request, CLINICAL):
        raise PermissionDenied
    found = visible(request, Photo.objects.select_related("client"))
    photo = found.filter(pk=photo_id).first()
    if photo is None:
        raise Http404
    note = audit.record_sitting if sitting else audit.record
    note(person_of(request).username, action, f"photo:{photo.pk}")
    return photo


def entry_for(request: HttpRequest, entry_id: UUID, kind: str, action: str = "read entry") -> Entry:
    """One entry of a kind, of a record that this person may see.

    Raises
    ------
    Http404, PermissionDenied : as `photo_for`; an entry of another kind is not found
    """
    if not may(request, CLINICAL):
        raise PermissionDenied
    found = visible(request, Entry.objects.select_related("client", "by"))
    entry = found.filter(pk=entry_id, kind=kind).first()
    if entry is None:
        raise Http404
    audit.record(person_of(request).username, action, f"entry:{entry.pk}")
    return entry


def client_of_link(request: HttpRequest) -> Client:
    """The client who came by a link and said the birth date; for the client's own pages alone.

    Raises
    ------
    PermissionDenied : no such visit, or its link has ended meanwhile
    """
    link = links.still_open(request.session.get(links.IN_SESSION, ""))
    if link is None:
        raise PermissionDenied("link")
    return link.client


def shown_entry(request: HttpRequest, entry_id: UUID) -> Entry:
    """A consultation that the practice shows to the client who came by a link.

    Raises
    ------
    Http404 : none of this client's, or not shown
    PermissionDenied : as `client_of_link`
    """
    client = client_of_link(request)
    entry = client.entries.filter(pk=entry_id, kind="consultation").first()
    if entry is None or str(entry.pk) not in shared(client):
        raise Http404
    audit.record(entries.BY_CLIENT, "read entry", f"entry:{entry.pk}")
    return entry


def photo_of_shown(entry: Entry) -> Photo:
    """The photo that a shown consultation was made on; its lips are part of what is shown.

    Raises
    ------
    Http404 : it is gone
    """
    photo = entry.client.photos.exclude(wrapped_key=b"").filter(pk=entry.content["photo"]).first()
    if photo is None:
        raise Http404
    return photo


def shown_photo(request: HttpRequest, photo_id: UUID) -> Photo:
    """A photo that the practice shows to the client who came by a link.

    Raises
    ------
    Http404, PermissionDenied : as `shown_entry`
    """
    client = client_of_link(request)
    photo = client.photos.exclude(wrapped_key=b"").filter(pk=photo_id).first()
    if photo is None or str(photo.pk) not in shared(client):
        raise Http404
    audit.record(entries.BY_CLIENT, "read photo", f"photo:{photo.pk}")
    return photo
