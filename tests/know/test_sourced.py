"""Numbers without their source do not load; every packaged file does."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from vermilion.errors import DataError
from vermilion.know.sourced import parse_topic, topic

NUMBER = """
edition = "2026-11"
[number.rise]
value = 0.75
range = [0.0, 2.0]
unit = "mm"
source = ["flip:F14"]
mark = "page"
grade = "D"
"""

CURVE = """
edition = "2026-11"
[curve.effect]
days = [0, 14]
low = [0, 0.5]
expected = [0, 1]
high = [0, 1]
unit = "1"
source = ["flip:F14"]
mark = "assumption"
grade = "D"
"""

DATA = Path(str(files("vermilion.know") / "data"))
TOPICS = sorted(str(path.relative_to(DATA))[:-5] for path in DATA.rglob("*.toml"))


@pytest.mark.parametrize("name", TOPICS)
def test_every_packaged_file_loads_with_an_edition(name: str) -> None:
    assert topic(name).edition.startswith("20")


def test_a_whole_number_comes_with_unit_range_and_origin() -> None:
    rise = parse_topic("flip", NUMBER).number("rise")
    assert (rise.value, rise.low, rise.high, rise.unit) == (0.75, 0.0, 2.0, "mm")
    assert (rise.origin.sources, rise.origin.mark, rise.origin.grade) == (
        ("flip:F14",),
        "page",
        "D",
    )


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('source = ["flip:F14"]\n', "source = []\n", "no source"),
        ('source = ["flip:F14"]\n', "", "no source"),
        ("F14", "F999", "F999"),
        ('"page"', '"heard"', "mark"),
        ('"D"', '"Z"', "grade"),
        ('unit = "mm"\n', "", "no unit"),
        ("range = [0.0, 2.0]\n", "", "no range"),
        ("0.75", "3.0", "outside its range"),
        ('edition = "2026-11"\n', "", "edition"),
    ],
)
def test_a_number_that_lacks_something_is_refused(old: str, new: str, word: str) -> None:
    assert old in NUMBER
    with pytest.raises(DataError, match=word):
        parse_topic("flip", NUMBER.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("low = [0, 0.5]", "low = [0, 2]", "out of order"),
        ("days = [0, 14]", "days = [14, 0]", "out of order"),
        ("high = [0, 1]", "high = [0]", "uneven"),
    ],
)
def test_a_curve_that_contradicts_itself_is_refused(old: str, new: str, word: str) -> None:
    assert old in CURVE
    with pytest.raises(DataError, match=word):
        parse_topic("flip", CURVE.replace(old, new))


def test_an_assumption_needs_no_source() -> None:
    text = NUMBER.replace('["flip:F14"]', "[]").replace('"page"', '"assumption"')
    assert parse_topic("flip", text).number("rise").origin.sources == ()


@pytest.mark.parametrize("mark", ["recalled-medium", "recalled-low"])
def test_what_was_recalled_without_confidence_is_not_for_clients(mark: str) -> None:
    number = parse_topic("flip", NUMBER.replace('"page"', f'"{mark}"')).number("rise")
    assert not number.origin.for_clients


def test_a_number_that_nobody_wrote_is_named() -> None:
    with pytest.raises(DataError, match="volume"):
        topic("flip").number("volume")
