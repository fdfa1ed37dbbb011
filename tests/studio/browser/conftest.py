"""A real server, a real browser, a phantom in front of the camera."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import pytest

from tests.rendered import rendered
from vermilion.consult.draw import encode_jpeg
from vermilion.phantom.scenes import SCENES
from vermilion.studio.models import Person

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSWORD = "four plain words here"
# playwright's own loop runs in this thread, and Django would take it for an asynchronous view
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def phantom_jpeg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A face with closed lips, as a photo."""
    path = tmp_path_factory.mktemp("phantom") / "face.jpg"
    path.write_bytes(encode_jpeg(rendered(SCENES["frontal"].sized(720, 960)).pixels))
    return path


@pytest.fixture(scope="session")
def camera_file(phantom_jpeg: Path) -> Path:
    """The same face as a camera sees it: a short film for Chromium's fake camera (Y4M)."""
    picture = cv2.resize(cv2.imread(str(phantom_jpeg)), (540, 720))
    frame = cv2.copyMakeBorder(picture, 0, 0, 370, 370, cv2.BORDER_REPLICATE)
    planes = cv2.cvtColor(frame, cv2.COLOR_BGR2YUV_I420).tobytes()
    path = phantom_jpeg.with_suffix(".y4m")
    with path.open("wb") as film:
        film.write(b"YUV4MPEG2 W1280 H720 F30:1 Ip A1:1 C420jpeg\n")
        for _ in range(4):
            film.write(b"FRAME\n" + planes)
    return path


@pytest.fixture
def practitioner(transactional_db: None) -> Person:
    """Somebody who can log in with a password."""
    person = Person(username="pia", first_name="Pia", role="owner")
    person.set_password(PASSWORD)
    person.save()
    return person


def log_in(page: Page, live_server: object) -> None:
    """As the practitioner, by keyboard."""
    page.goto(f"{live_server}/login/")
    page.fill("#id_login", "pia")
    page.fill("#id_password", PASSWORD)
    with page.expect_navigation():
        page.press("#id_password", "Enter")
