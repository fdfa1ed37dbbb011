"""A file that came with a client: sealed, handed out as it came, gone with the client."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse
from PIL import Image

from vermilion.errors import UsageError
from vermilion.studio import vault
from vermilion.studio.health import faults
from vermilion.studio.models import AuditEntry, Client, Document, Entry, Person
from vermilion.studio.record import clients, documents, joining
from vermilion.studio.record.export import whole_record
from vermilion.studio.roles import Role

pytestmark = pytest.mark.django_db
LETTER = b"%PDF-1.7 allergic to lidocaine"


@pytest.fixture
def letter(ana: Client, owner: Person) -> Entry:
    return documents.add_document(ana, LETTER, "  Letter of  Dr Ruiz ", owner)


def sent(content: bytes, words: str = "letter") -> dict[str, object]:
    return {"words": words, "file": SimpleUploadedFile("x.exe", content)}


def test_it_lies_sealed_and_comes_back_as_it_came(letter: Entry) -> None:
    row = Document.objects.get()
    assert b"lidocaine" not in bytes(row.sealed)
    assert documents.document_bytes(Entry.objects.get(pk=letter.pk)) == LETTER
    assert letter.content == {"words": "Letter of Dr Ruiz", "type": "pdf", "bytes": len(LETTER)}


def test_it_is_added_and_saved_in_the_browser_and_the_log_says_who_looked(
    desk: Browser, ana: Client
) -> None:
    where = reverse("documents", args=[ana.pk])
    assert desk.post(where, sent(LETTER, "Letter of Dr Ruiz")).status_code == 302
    entry = Entry.objects.get(kind="document")
    assert "Letter of Dr Ruiz" in desk.get(where).content.decode()
    record = desk.get(reverse("client", args=[ana.pk])).content.decode()
    assert reverse("document", args=[entry.pk]) in record
    answer = desk.get(reverse("document", args=[entry.pk]))
    assert answer.content == LETTER
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert "Ruiz" not in str(answer.headers)
    assert AuditEntry.objects.filter(action="read file", what=f"entry:{entry.pk}").exists()


@pytest.mark.parametrize(
    ("content", "words", "told"),
    [
        (b"MZ\x90\x00", "letter", "no file of a known kind"),
        (b"<html>%PDF-", "letter", "no file of a known kind"),
        (b"", "letter", "no file"),
        (LETTER, "  ", "nothing says what this file is"),
        (LETTER + bytes(documents.MOST_MB * 1024**2), "letter", "MB"),
    ],
)
def test_what_is_no_letter_is_refused_in_words_and_nothing_is_written(
    desk: Browser, ana: Client, content: bytes, words: str, told: str
) -> None:
    answer = desk.post(reverse("documents", args=[ana.pk]), sent(content, words))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Entry.objects.filter(kind="document").exists()
    assert not Document.objects.exists()


def test_no_file_at_all_keeps_the_words(desk: Browser, ana: Client) -> None:
    answer = desk.post(reverse("documents", args=[ana.pk]), {"words": "Letter of Dr Ruiz"})
    assert answer.status_code == 422
    assert 'value="Letter of Dr Ruiz"' in answer.content.decode()


def test_the_desk_opens_no_letters(people: dict[Role, Person], letter: Entry) -> None:
    browser = Browser()
    browser.force_login(people[Role.RECEPTION])
    assert browser.get(reverse("document", args=[letter.pk])).status_code == 403


def test_a_picture_goes_out_without_its_place(ana: Client, owner: Person) -> None:
    out = BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
    entry = documents.add_document(ana, out.getvalue(), "card", owner)
    sent_out = documents.document_bytes(Entry.objects.get(pk=entry.pk))
    assert not Image.open(BytesIO(sent_out)).getexif().get_ifd(0x8825)


def test_it_is_part_of_the_whole_record(ana: Client, letter: Entry) -> None:
    with ZipFile(BytesIO(whole_record(ana))) as record:
        (name,) = [one for one in record.namelist() if one.startswith("files/")]
        assert record.read(name) == LETTER
        assert "Letter of Dr Ruiz" in json.dumps(json.loads(record.read("record.json")))


def test_to_erase_the_client_erases_it(ana: Client, letter: Entry, owner: Person) -> None:
    clients.erase(ana, owner, "mistake")
    row = Document.objects.get()
    assert (bytes(row.wrapped_key), bytes(row.sealed)) == (b"", b"")


def test_it_goes_where_its_record_goes_and_back(
    ana: Client, beth: Client, letter: Entry, owner: Person
) -> None:
    joined = joining.join(beth, ana, beth.card, (0, 0), owner)
    assert [one.pk for one in documents.of_client(beth)] == [letter.pk]
    assert documents.document_bytes(Entry.objects.get(pk=letter.pk)) == LETTER
    joining.part(Entry.objects.get(pk=joined.pk), owner)
    assert Document.objects.get().client_id == ana.pk
    assert documents.document_bytes(Entry.objects.get(pk=letter.pk)) == LETTER


def test_doctor_names_one_that_does_not_open(letter: Entry, settings: object) -> None:
    data = settings.DATA  # type: ignore[attr-defined]
    assert not [one for one in faults(data) if "file" in one.found and "open" in one.found]
    Document.objects.update(sealed=b"\0" * 64)
    (fault,) = [one for one in faults(data) if one.found == "file {file} does not open"]
    assert fault.values == {"file": str(letter.pk)}


def test_half_a_file_is_never_there(
    ana: Client, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: object, *_: object) -> bytes:
        raise OSError(28, "no room")

    monkeypatch.setattr(vault.Vault, "new_key", broken)
    with pytest.raises(OSError, match="no room"):
        documents.add_document(ana, LETTER, "letter", owner)
    monkeypatch.undo()
    assert not Entry.objects.filter(kind="document").exists()
    with pytest.raises(UsageError):
        documents.add_document(ana, b"", "letter", owner)
