"""What the page of parts shows is what the pages are made of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client as Browser

import vermilion.studio

pytestmark = pytest.mark.django_db
OF_THIS_PAGE_ALONE = {"themes", "as-light", "as-dark", "still"}


def test_every_part_is_used_by_another_page(desk: Browser) -> None:
    page = desk.get("/settings/parts/").content.decode()
    assert page.count('aria-invalid="true"') >= 4, "a real form with real mistakes, twice"
    shown = page.split('<main id="main"')[1].split(">", 1)[1].split("</main>")[0]
    classes = set(" ".join(re.findall(r'class="([^"]*)"', shown)).split()) - OF_THIS_PAGE_ALONE
    others = [
        path.read_text("utf-8")
        for path in Path(vermilion.studio.__file__).parent.rglob("*.html")
        if not path.name.startswith("parts")
    ]
    used = set(" ".join(re.findall(r'class="([^"]*)"', "\n".join(others))).split())
    assert classes - used == set()
    assert {"button", "chip", "note", "empty", "list", "banner", "scroll"} <= classes
