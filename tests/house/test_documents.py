"""The papers of the house: short, and true in what a program can check."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools import places
from vermilion.cli.main import COMMANDS

README = places.ROOT / "README.md"
PAPERS = [README, places.ROOT / "CONTRIBUTING.md", *sorted(places.ROOT.glob("docs/**/*.md"))]
SOURCES = [
    path
    for folder in ("src", "tests", "tools", "build_models")
    for path in sorted((places.ROOT / folder).rglob("*.py"))
]


def test_the_readme_is_short() -> None:
    assert len(README.read_text().splitlines()) <= 120


def test_the_commands_that_the_readme_shows_exist() -> None:
    shown = set(re.findall(r"^vermilion (\w+)", README.read_text(), re.M))
    assert shown
    assert shown <= set(COMMANDS)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_link_between_papers_leads_somewhere(paper: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", paper.read_text()):
        assert (paper.parent / target).exists(), target


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_module_that_a_paper_names_exists(paper: Path) -> None:
    for named in re.findall(
        r"`((?:src|tests|tools|docs|build_models)/[\w/.-]+)`", paper.read_text()
    ):
        assert (places.ROOT / named).exists(), named


def test_no_module_is_longer_than_450_lines() -> None:
    long = [path for path in SOURCES if len(path.read_text().splitlines()) > 450]
    assert not long


def test_no_source_names_a_place_of_one_computer() -> None:
    here = re.compile(r"/(?:work|home|root|Users)/\w")
    named = [path for path in SOURCES + PAPERS if here.search(path.read_text())]
    assert not named
