"""The demo replaces a report only by a whole new one, and reuses only what has not changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import demo, places
from tools.say import HouseError


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one module of the phantom and nothing else."""
    monkeypatch.setattr(places, "ROOT", tmp_path)
    monkeypatch.setattr(places, "REPORTS", tmp_path / "demo-report")
    monkeypatch.setattr(places, "PORTRAIT", tmp_path / "demo/astronaut.png")
    (tmp_path / "src/vermilion/phantom").mkdir(parents=True)
    (tmp_path / "src/vermilion/phantom/head.py").write_text("round = True\n")
    places.REPORTS.mkdir()
    return tmp_path


def program(folder: Path, script: str) -> Path:
    """A stand-in for the command `vermilion`."""
    path = folder / "vermilion"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


# Writes the words it was called with into the folder that is named last.
WRITES = 'for last; do :; done; mkdir -p "$last"; echo "$@" > "$last/report.html"'


def test_a_report_is_named_after_the_picture(checkout: Path) -> None:
    report = demo._consult(program(checkout, WRITES), checkout / "client.jpg")
    assert report == places.REPORTS / "client"
    assert (report / "report.html").read_text().startswith("consult ")
    assert [path.name for path in places.REPORTS.iterdir()] == ["client"]


def test_a_failed_consultation_keeps_the_old_report_and_tells_why(checkout: Path) -> None:
    demo._consult(program(checkout, WRITES), checkout / "client.jpg")
    fails = program(checkout, "echo no face is seen. >&2; exit 4")
    with pytest.raises(HouseError, match=r"ended with 4: no face is seen\."):
        demo._consult(fails, checkout / "client.jpg")
    assert (places.REPORTS / "client/report.html").is_file()


def test_the_phantom_is_rendered_again_only_when_its_source_changes(checkout: Path) -> None:
    renders = program(checkout, 'echo once >> calls; mkdir -p "$5"; touch "$5/phantom-frontal.png"')
    calls = checkout / "calls"
    with pytest.MonkeyPatch.context() as inside:
        inside.chdir(checkout)
        for source, rendered in (("a = 1", 1), ("a = 1", 1), ("a = 2", 2)):
            (checkout / "src/vermilion/phantom/head.py").write_text(source)
            assert demo._phantom(renders) == places.PORTRAIT.parent / "phantom-frontal.png"
            assert calls.read_text().count("once") == rendered
