"""Clients of another program: looked at first, none of them twice, all or none."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from vermilion.errors import UsageError
from vermilion.studio.models import Client, Person
from vermilion.studio.record.importing import read_table, take_over

pytestmark = pytest.mark.django_db
TABLE = "Name;Date of birth;Phone\nCleo Sample;31/01/1990;600\nDan Sample;;\n"


def test_columns_are_found_by_their_heads_in_both_languages() -> None:
    spanish = "Teléfono,Nombre,Fecha de nacimiento\n600,Cleo Sample,1990-01-31\n"
    for table in (TABLE, spanish):
        line = read_table(table.encode(), [], american=False)[0]
        assert line.card["name"] == "Cleo Sample"
        assert line.card["born"] == "1990-01-31"
        assert line.card["phone"] == "600"


@pytest.mark.parametrize(("american", "born"), [(False, "1990-04-03"), (True, "1990-03-04")])
def test_a_date_is_read_as_its_country_writes_it(american: bool, born: str) -> None:
    table = b"name,born\nCleo,03/04/1990\n"
    assert read_table(table, [], american)[0].card["born"] == born


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (",1990-01-01", "there is no name"),
        ("Cleo,yesterday", "the birth date cannot be read"),
        ("Cleo,2999-01-01", "the birth date cannot be read"),
        ("ana  GARCÍA,1990-02-03", "this client is there already"),
    ],
)
def test_what_cannot_be_taken_is_said(ana: Client, row: str, fault: str) -> None:
    (line,) = read_table(f"name,born\n{row}\n".encode(), [ana], american=False)
    assert line.fault == fault


def test_a_name_that_stands_twice_in_the_table_is_made_once(owner: Person) -> None:
    lines = read_table(b"name,born\nCleo,1990-01-01\nCleo,1990-01-01\n", [], american=False)
    assert take_over(lines, owner) == 1
    assert Client.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"name\n", b"a,b\n1,2\n", b"\x00\xff"])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(UsageError):
        read_table(content, [], american=False)


def test_looking_makes_nobody_and_taking_makes_all(desk: Browser) -> None:
    def table() -> SimpleUploadedFile:
        return SimpleUploadedFile("clients.csv", TABLE.encode())

    page = desk.post("/clients/import/", {"table": table(), "look": "1"}).content.decode()
    assert "Ready: 2. Not taken: 0." in page
    assert not Client.objects.exists()
    desk.post("/clients/import/", {"table": table(), "take": "1"})
    assert Client.objects.count() == 2
