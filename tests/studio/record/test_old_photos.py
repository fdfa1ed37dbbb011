"""Old folders: matched by names and dates, taken once, and nothing unsure is taken."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image

from vermilion.studio.models import Client, Person, Photo
from vermilion.studio.record import clients, old_photos
from vermilion.studio.record.kept_photos import VIEWS, photo_bytes

pytestmark = pytest.mark.django_db


def picture(shade: int, taken: str = "") -> bytes:
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    out = io.BytesIO()
    Image.new("RGB", (160, 160), (shade, 150, 140)).save(out, "JPEG", exif=exif.tobytes())
    return out.getvalue()


def put(folder: Path, name: str, content: bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def look(folder: Path) -> dict[str, old_photos.Found]:
    rows = old_photos.look_through(folder, Client.objects.all(), "rest")
    return {one.path.as_posix(): one for one in rows}


@pytest.mark.parametrize(
    ("name", "taken", "day", "view"),
    [
        ("Ana García/IMG_0001.jpg", "2024:03:01 16:20:00", "2024-03-01", "rest"),
        ("garcia ana/2023-05-06 smile.jpg", "", "2023-05-06", "smile"),
        ("García, Ana (1990-02-03)/06.05.2023.JPG", "", "2023-05-06", "rest"),
        ("2023/Ana_Garcia_20230506_antes.jpg", "", "2023-05-06", "rest"),
        ("Ana García/left/2023-05-06.jpg", "", "2023-05-06", "left"),
    ],
)
def test_a_name_and_a_day_are_found(
    name: str, taken: str, day: str, view: str, ana: Client, beth: Client, tmp_path: Path
) -> None:
    put(tmp_path, name, picture(1, taken))
    (one,) = look(tmp_path).values()
    assert (one.client, one.why, one.view) == (ana, None, view)
    assert one.at is not None
    assert timezone.localtime(one.at).date().isoformat() == day
    assert one.from_name == (not taken)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Somebody Else/2023-05-06.jpg", "no client"),
        ("2023-05-06.jpg", "no client"),
        ("Ana García/1990-02-03.jpg", "tells its day"),
        ("Ana García/2023-15-40.jpg", "tells its day"),
        ("Ana García/2999-01-01.jpg", "future"),
    ],
)
def test_what_is_not_sure_is_left_with_its_reason(
    name: str, why: str, ana: Client, tmp_path: Path
) -> None:
    put(tmp_path, name, picture(1))
    assert why in str(look(tmp_path)[name].why)


def test_namesakes_are_told_apart_by_the_birth_date_alone(
    ana: Client, owner: Person, tmp_path: Path
) -> None:
    other = clients.new_client({"name": "Ana Garcia", "born": "1975-05-05"}, owner)
    put(tmp_path, "Ana Garcia/2023-05-06.jpg", picture(1))
    put(tmp_path, "Ana Garcia 1975-05-05/2023-05-06.jpg", picture(2))
    found = look(tmp_path)
    assert "several clients" in str(found["Ana Garcia/2023-05-06.jpg"].why)
    assert found["Ana Garcia 1975-05-05/2023-05-06.jpg"].client == other


def test_looking_writes_nothing_and_taking_takes_once(
    ana: Client, owner: Person, tmp_path: Path
) -> None:
    put(tmp_path, "Ana García/a.jpg", picture(1, "2024:03:01 16:20:00"))
    put(tmp_path, "Ana García/copy of a.jpg", picture(1, "2024:03:01 16:20:00"))
    put(tmp_path, "Ana García/notes.txt", b"not a photo")
    put(tmp_path, "Ana García/b 2024-03-02.jpg", b"not a picture at all")
    assert len(look(tmp_path)) == 3
    assert not Photo.objects.exists()
    whys = [old_photos.take_over(one, owner) for one in look(tmp_path).values()]
    assert [bool(why) for why in whys] == [False, True, True]
    photo = Photo.objects.get()
    assert photo_bytes(photo) == picture(1, "2024:03:01 16:20:00")
    assert timezone.localtime(photo.taken_at).replace(tzinfo=None) == datetime(2024, 3, 1, 16, 20)
    assert photo.by == owner
    again = look(tmp_path)["Ana García/a.jpg"]
    assert "in the record already" in str(again.why)


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"%PDF-1.4", "PDF"), (b"\xff\xd8\xff cut", "cut off or damaged"), (b"", "empty")],
)
def test_what_is_no_photo_is_found_by_looking_and_nothing_is_decoded(
    content: bytes, why: str, ana: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vermilion.photo.open.decode", None)
    put(tmp_path, "Ana García/2023-05-06.jpg", content)
    assert why in str(look(tmp_path)["Ana García/2023-05-06.jpg"].why)


def test_a_file_of_nobody_is_not_read(ana: Client) -> None:
    def read() -> bytes:
        raise AssertionError

    found = old_photos.Look([ana], "rest").at(Path("Somebody/2023-05-06.jpg"), read)
    assert "no client" in str(found.why)


def test_every_view_that_a_name_can_say_is_one() -> None:
    assert set(old_photos.VIEW_WORDS.values()) <= set(VIEWS)
