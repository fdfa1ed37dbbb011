"""What a page weighs without photos, and that no style is kept for nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client as Browser

import vermilion.report
import vermilion.studio
from tests.studio.test_access import address, ids, png
from vermilion.report import drawing
from vermilion.studio.roles import BY_LINK
from vermilion.studio.routes import PAGES

__all__ = ["ids", "png"]
pytestmark = pytest.mark.django_db
BAR_BYTES = 200 * 1024
"""As it is served: neither pages nor scripts are packed on the way."""
STUDIO = Path(vermilion.studio.__file__).parent
MADE_BY_DJANGO = {"errorlist"}


def test_no_page_weighs_more_than_the_bar(
    ids: dict[str, object], desk: Browser, phone: Browser
) -> None:
    weights = {}
    for page in PAGES:
        answer = (phone if page.roles == BY_LINK else desk).get(address(page, ids))
        html = "text/html" in answer.headers.get("Content-Type", "")
        if answer.status_code != 200 or not html:
            continue
        weights[page.name] = len(answer.content) + sum(
            map(_size, set(re.findall(r'(?:src|href)="/static/([^"?]+)', answer.content.decode())))
        )
    assert len(weights) > 50
    assert {name: size for name, size in weights.items() if size > BAR_BYTES} == {}


def test_every_class_of_a_style_sheet_is_used() -> None:
    there = [*STUDIO.rglob("*.html"), *STUDIO.rglob("*.js"), *STUDIO.rglob("*.py")]
    there += Path(vermilion.report.__file__).parent.rglob("*.py")
    words = "\n".join(path.read_text("utf-8") for path in there)
    counted = set(re.findall(r'[\s"]([a-z]+)\{\{', words))
    unused = []
    for path in STUDIO.rglob("*.css"):
        bare = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
        named = set(re.findall(r"\.([a-zA-Z][\w-]*)", " ".join(re.findall(r"([^{}]+)\{", bare))))
        for name in named - MADE_BY_DJANGO:
            if name.rstrip("0123456789") in counted:
                continue
            if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", words):
                unused.append(f"{path.name}: .{name}")
    assert unused == []


def _size(name: str) -> int:
    found = finders.find(name)
    assert isinstance(found, str), name
    return Path(found).stat().st_size


def test_charts_take_the_colours_of_the_theme() -> None:
    style = (STUDIO / "static/studio/studio.css").read_text()
    for colour in (drawing.INK, drawing.MUTED, drawing.ACCENT, drawing.BAND):
        assert f'[fill="{colour}"] {{ fill: var(--' in style
    for colour in (drawing.INK, drawing.ACCENT, drawing.GRID):
        assert f'[stroke="{colour}"] {{ stroke: var(--' in style
