"""Every page of every care command, in both languages: no number without a source, no text that is
left in English, no word that promises what nobody can."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vermilion.cli.main import program
from vermilion.know import catalogue, voice
from vermilion.know.catalogue import LANGUAGES
from vermilion.know.said import Figure
from vermilion.know.shelf import Shelf
from vermilion.know.wording import FORBIDDEN
from vermilion.report.page import Chart, Page
from vermilion.report.page_html import write_html
from vermilion.report.page_text import write_text

COUNTRIES = ("us", "gb-eng", "es")
ON = ("--on", "2026-11-23")
HEALTHY = {"edition": "2026-11", "answers": {"age": 30, "medicines": "no"}, "had": {}}
RISKY = {
    "edition": "2026-11",
    "answers": {"age": 30, "medicines": ["warfarin", "gentamicin"], "worry_daily": "yes"},
    "had": {"filler": "2026-11-10", "toxin": "unknown"},
}


def commands(folder: Path) -> list[tuple[str, ...]]:
    """Every care command as people run it."""
    for name, raw in (("healthy", HEALTHY), ("risky", RISKY)):
        (folder / f"{name}.json").write_text(json.dumps(raw))
    signs = {"signs": {"droop": "yes"}}
    (folder / "droop.json").write_text(json.dumps(signs))
    found: list[tuple[str, ...]] = []
    for treatment in ("flip", "blush"):
        found.append(("guide", treatment))
        for days in (
            "2026-12-01",
            "2026-11-23",
            "2026-11-20",
            "2026-11-09",
            "2026-09-01",
            "2024-06-01",
        ):
            found.append(("today", treatment, "--done", days, *ON))
        found.append(
            (
                "symptoms",
                treatment,
                "--done",
                "2026-11-20",
                *ON,
                "--answers",
                str(folder / "droop.json"),
            )
        )
        for answers in ("healthy", "risky"):
            found.append(("screen", treatment, "--answers", str(folder / f"{answers}.json"), *ON))
    found += [
        ("screen", "both", "--answers", str(folder / "risky.json"), *ON),
        ("schedule", "--event", "2027-06-12", "--treat", "flip,blush", *ON),
        ("schedule", "--event", "2026-12-05", "--treat", "blush", *ON),
        ("options", "--wish", "fuller", "--wish", "colour"),
        ("plan", "flip", *ON),
        (
            "plan",
            "flip",
            "--product",
            "ona",
            "--at",
            "paramedian_left=1",
            "--vial",
            "100",
            "--diluent",
            "2.5",
            *ON,
        ),
        ("plan", "blush", "--shade", "rose", "--passes", "2", *ON),
    ]
    return found


def pages(folder: Path, monkeypatch: pytest.MonkeyPatch, extra: tuple[str, ...]) -> Iterator[Page]:
    caught: list[Page] = []

    def catch(page: Page, *rest: Any) -> None:
        caught.append(page)

    for arguments in commands(folder):
        module = importlib.import_module(f"vermilion.cli.{arguments[0]}")
        monkeypatch.setattr(module, "emit", catch)
        program.main([*arguments, *extra], standalone_mode=False)
    assert len(caught) == len(commands(folder))
    yield from caught


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_number_stands_without_its_source(
    language: str, country: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extra = ("--lang", language, "--country", country)
    seen = 0
    for page in pages(tmp_path, monkeypatch, extra):
        for said in page.said():
            for part in said.parts:
                if isinstance(part, str):
                    assert not re.search(r"\d", part), (page.title.plain, said.plain)
                elif isinstance(part, Figure):
                    seen += 1
                    assert part.origin.sources or part.origin.mark == "assumption"
                    assert part.origin.for_clients, part.key
    assert seen > 200


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("audience", ["client", "practitioner"])
def test_nothing_is_left_in_english(
    language: str, audience: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def strict(shelf: Shelf, wanted: str, text: str) -> str:
        known = catalogue.catalogue(shelf, wanted)
        bare = voice.PLACEHOLDER.sub("", text)
        assert text in known or not re.search(r"[a-zA-Z]{2}", bare), text
        return known.get(text, text)

    monkeypatch.setattr(voice, "translated", strict)
    for page in pages(tmp_path, monkeypatch, ("--lang", language, "--audience", audience)):
        assert write_text(page)


@pytest.mark.parametrize("audience", ["client", "practitioner"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_promises_or_orders_what_nobody_may(
    language: str, audience: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for page in pages(tmp_path, monkeypatch, ("--lang", language, "--audience", audience)):
        words = " ".join(said.plain for said in page.said())
        for pattern in FORBIDDEN[language]:
            assert not re.search(pattern, words, re.IGNORECASE), (page.title.plain, pattern)


def test_each_figure_and_chart_of_a_web_page_leads_somewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for page in pages(tmp_path, monkeypatch, ()):
        html = write_html(page)
        targets = set(re.findall(r" id='([^']+)'", html))
        links = set(re.findall(r"href='#([^']+)'", html))
        assert links <= targets
        for block in page.blocks:
            if isinstance(block, Chart):
                assert "<title>" in block.svg
                assert block.alt.plain.strip()
