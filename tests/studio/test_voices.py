"""One voice for a page; the practice's file is looked for once, and again after it was written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse

from vermilion.studio.record.practice import write_file
from vermilion.studio.voices import OneVoice, own_rules


@pytest.fixture
def data(tmp_path: Path, settings: Any) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def test_a_page_is_told_in_one_voice_and_the_next_hears_what_changed(data: Path) -> None:
    heard: list[str] = []

    def page(_request: HttpRequest) -> HttpResponse:
        heard.append(own_rules().name)
        (data / "practice.toml").write_text('name = "By hand"\n', "utf-8")
        heard.append(own_rules().name)
        return HttpResponse()

    OneVoice(page)(HttpRequest())
    assert heard == ["", ""]
    OneVoice(page)(HttpRequest())
    assert heard[2:] == ["By hand", "By hand"]


def test_what_a_page_writes_it_hears_itself(data: Path) -> None:
    def page(_request: HttpRequest) -> HttpResponse:
        before = own_rules().name
        write_file(data, {"name": "Lip Room"})
        return HttpResponse(f"{before}|{own_rules().name}")

    assert OneVoice(page)(HttpRequest()).content == b"|Lip Room"


def test_outside_of_a_page_the_file_is_looked_for_each_time(data: Path) -> None:
    assert own_rules().name == ""
    (data / "practice.toml").write_text('name = "By hand"\n', "utf-8")
    assert own_rules().name == "By hand"
