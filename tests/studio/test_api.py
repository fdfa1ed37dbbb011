"""The API: no operation without a key of its scope, the pages' own access, errors in words."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.utils import timezone
from PIL import Image

from tests.rendered import rendered
from vermilion.consult.draw import encode_jpeg
from vermilion.phantom.scenes import SCENES
from vermilion.studio.api import api
from vermilion.studio.models import AuditEntry, Client, Entry, Person, Token
from vermilion.studio.record import tokens
from vermilion.studio.roles import Role

pytestmark = pytest.mark.django_db
SCOPED = [
    (path, method, next(iter(operation.auth_callbacks)).scope)
    for _, router in api._routers
    for path, view in router.path_operations.items()
    for operation in view.operations
    for method in operation.methods
]


@pytest.fixture(scope="module")
def face() -> bytes:
    return encode_jpeg(rendered(SCENES["frontal"].sized(600, 800)).pixels)


def bearer(person: Person, *scopes: str) -> dict[str, str]:
    _, secret = tokens.make_token(person, "test", scopes, person)
    return {"Authorization": f"Bearer {secret}"}


def call(method: str, path: str, headers: dict[str, str], **more: Any) -> Any:
    return getattr(Browser(headers=headers), method.lower())(f"/api/v1{path}", **more)


def upload(content: bytes) -> dict[str, Any]:
    return {"photo": SimpleUploadedFile("photo.jpg", content, "image/jpeg")}


@pytest.mark.parametrize(("path", "method", "scope"), SCOPED)
def test_no_operation_opens_without_a_key_of_its_scope(
    path: str, method: str, scope: str, ana: Client, owner: Person
) -> None:
    where = re.sub(r"\{.*?client_id\}", str(ana.pk), path)
    others = [one for one in tokens.SCOPES if one != scope]
    assert call(method, where, {}).status_code == 401
    assert call(method, where, {"Authorization": "Bearer made-up"}).status_code == 401
    assert call(method, where, bearer(owner, *others)).status_code == 401
    assert call(method, where, bearer(owner, scope)).status_code != 401


def test_every_operation_names_a_scope() -> None:
    assert len(SCOPED) > 8
    assert {scope for _, _, scope in SCOPED} == set(tokens.SCOPES)


@pytest.mark.parametrize("change", ["expired", "revoked", "closed login"])
def test_a_key_that_ended_opens_nothing(owner: Person, change: str) -> None:
    headers = bearer(owner, "core")
    assert call("get", "/version", headers).status_code == 200
    if change == "expired":
        Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif change == "revoked":
        tokens.revoke(Token.objects.get(), owner)
    else:
        Person.objects.update(is_active=False)
    assert call("get", "/version", headers).status_code == 401


def test_the_secret_is_kept_nowhere(owner: Person) -> None:
    _, secret = tokens.make_token(owner, "test", ["core"], owner)
    assert all(secret not in str(row) for row in Token.objects.values_list())


def test_a_photo_is_measured_as_the_command_does(owner: Person, face: bytes) -> None:
    told = call("post", "/measure", bearer(owner, "core"), data=upload(face)).json()
    assert told["measures"]["upper_vermilion_height"]["unit"] == "mm"


def test_a_preview_has_the_photos_size(owner: Person, face: bytes) -> None:
    answer = call("post", "/preview?rise_mm=0.8", bearer(owner, "core"), data=upload(face))
    assert answer.headers["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(answer.content)).size == (600, 800)


@pytest.mark.parametrize("path", ["/measure", "/preview?flip=true"])
def test_what_is_no_photo_is_said(owner: Person, path: str) -> None:
    answer = call("post", path, bearer(owner, "core"), data=upload(b"no picture"))
    assert answer.status_code == 422
    assert "photo" in answer.json()["error"]


def test_answers_are_screened(owner: Person) -> None:
    answers = {"edition": "2026-11", "answers": {"pregnant": "yes"}}
    given = json.dumps({"treatments": ["flip"], "answers": answers})
    headers = bearer(owner, "core")
    told = call("post", "/screen", headers, data=given, content_type="application/json").json()
    assert told["verdict"] == "not_now" or told["level"] == "not_now"


def test_dates_are_found(owner: Person) -> None:
    given = json.dumps({"treatments": ["flip"]})
    headers = bearer(owner, "core")
    told = call("post", "/schedule", headers, data=given, content_type="application/json").json()
    assert told["possible"]


def test_a_client_is_made_found_and_logged(owner: Person) -> None:
    given = json.dumps({"name": "Cleo Sample", "born": "1990-01-02"})
    headers = bearer(owner, "read", "write")
    made = call("post", "/clients", headers, data=given, content_type="application/json")
    assert made.status_code == 201
    (found,) = call("get", "/clients?q=cleo", headers).json()
    assert found["id"] == made.json()["id"]
    call("get", f"/clients/{found['id']}", headers)
    assert AuditEntry.objects.filter(action="read", what=f"client:{found['id']}").exists()


def test_a_role_that_sees_no_client_sees_none_here_either(
    people: dict[Role, Person], ana: Client
) -> None:
    headers = bearer(people[Role.AUDITOR], "read")
    assert call("get", "/clients", headers).status_code == 403
    assert call("get", f"/clients/{ana.pk}", headers).status_code == 403


def test_visits_and_photos_are_listed(
    owner: Person, ana: Client, flip_done: Entry, face: bytes
) -> None:
    headers = bearer(owner, "read", "write")
    assert call("get", f"/clients/{ana.pk}/visits", headers).json()[0]["treatment"] == "flip"
    where = f"/clients/{ana.pk}/photos"
    assert call("post", where, headers, data=upload(face)).status_code == 201
    assert call("post", where, headers, data=upload(face)).status_code == 422
    (photo,) = call("get", where, headers).json()
    assert photo["view"] == "rest"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/clients", '{"name": "Cleo", "born": 0}'),
        ("/clients", '{"name": ""}'),
        ("/clients", "\x00"),
        ("/clients", '{"name": " "}'),
        ("/clients", '{"name": "Cleo", "born": "2999-01-01"}'),
        ("/clients", '{"name": "Cleo", "email": "cleo"}'),
        ("/schedule", '{"treatments": [""]}'),
        ("/schedule", '{"treatments": ["flip", "flip"]}'),
        ("/schedule", '{"treatments": ["flip"], "language": "fr"}'),
        ("/screen", '{"treatments": ["flip"], "answers": {"edition": "2026-11", "x": 1}}'),
        ("/screen", '{"treatments": ["flip"], "answers": {"edition": "1999"}}'),
        ("/screen", "{}"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_shape(owner: Person, path: str, body: str) -> None:
    headers = bearer(owner, "core", "write")
    answer = call("post", path, headers, data=body, content_type="application/json")
    assert 400 <= answer.status_code < 500
    assert list(answer.json()) == ["error"]
    assert not Client.objects.exists()


def test_an_address_that_is_not_there_answers_as_the_api_does(owner: Person) -> None:
    answer = call("get", "/clients/made-up", bearer(owner, "read"))
    assert answer.status_code == 404
    assert list(answer.json()) == ["error"]


def test_a_blush_on_a_grey_photo_is_refused_in_plain_words_and_a_flip_is_drawn(
    owner: Person, face: bytes
) -> None:
    out = io.BytesIO()
    Image.open(io.BytesIO(face)).convert("L").convert("RGB").save(out, "JPEG", quality=92)
    where = "/preview?blush=coral&language=es"
    answer = call("post", where, bearer(owner, "core"), data=upload(out.getvalue()))
    assert answer.status_code == 422
    assert list(answer.json()) == ["error"]
    assert "no colour of its own" in answer.json()["error"]
    flip = call("post", "/preview?flip=1", bearer(owner, "core"), data=upload(out.getvalue()))
    assert flip.status_code == 200
    assert call("post", where, bearer(owner, "core"), data=upload(face)).status_code == 200


def test_a_view_that_came_where_it_is_not_read_is_refused_not_passed_over(
    owner: Person, ana: Client, face: bytes
) -> None:
    given = upload(face) | {"view": "smile"}
    answer = call("post", f"/clients/{ana.pk}/photos", bearer(owner, "write"), data=given)
    assert answer.status_code == 400
    assert "view came inside of the form" in answer.json()["error"]
    assert not ana.photos.exists()


def test_a_file_beyond_the_limit_is_said_to_be_too_large(
    owner: Person, ana: Client, face: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vermilion.studio.uploads.LIMIT_BYTES", 1000)
    for path in ("/measure", f"/clients/{ana.pk}/photos"):
        answer = call("post", path, bearer(owner, "core", "write"), data=upload(face))
        assert answer.status_code == 422
        assert "has more than" in answer.json()["error"]


def test_a_view_that_nobody_knows_is_refused(owner: Person, ana: Client, face: bytes) -> None:
    where = f"/clients/{ana.pk}/photos?view=profile"
    answer = call("post", where, bearer(owner, "write"), data=upload(face))
    assert answer.status_code == 422
    assert "smile" in answer.json()["error"]
