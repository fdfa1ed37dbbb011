"""Steps of treatments as their files have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from vermilion.care.dates.steps import read_course, treatments
from vermilion.errors import DataError, UsageError
from vermilion.know.shelf import Shelf, packaged

HEAD = """edition = "x"
[treatment]
name = "hydration"
ask = "the day"
[number.days]
value = 3
range = [2, 5]
unit = "days"
source = []
mark = "assumption"
grade = "D"
"""
ORIGIN = 'title = "t"\nwhy = "w"\nsource = []\nmark = "assumption"\ngrade = "D"\n'


def shelf_with(folder: Path, steps: str) -> Shelf:
    (folder / "steps").mkdir()
    (folder / "steps" / "mask.toml").write_text(HEAD + steps, "utf-8")
    return packaged().with_folder(folder)


def test_both_treatments_have_every_kind_of_step() -> None:
    for treatment in ("flip", "blush"):
        kinds = {step.kind for step in read_course(packaged(), treatment).steps}
        assert kinds >= {"talk", "prepare", "treat", "phase", "best", "upkeep"}
    assert [step.key for step in read_course(packaged(), "flip").of_kind("look")] == ["review"]
    assert "blush.patch" in {step.name for step in read_course(packaged(), "blush").steps}


def test_a_treatment_of_others_is_among_those_that_can_be_scheduled(tmp_path: Path) -> None:
    shelf = shelf_with(tmp_path, '[step.visit]\nkind = "treat"\n' + ORIGIN)
    assert "mask" in treatments(shelf)
    assert read_course(shelf, "mask").name == "hydration"


def test_an_unknown_treatment_is_refused_with_those_known() -> None:
    with pytest.raises(UsageError, match="the treatment is 'filler'; one of blush, flip is needed"):
        read_course(packaged(), "filler")


@pytest.mark.parametrize(
    ("steps", "complaint"),
    [
        ('[step.visit]\nkind = "dance"\n', "is of kind 'dance'"),
        ('[step.best]\nkind = "best"\nfrom = ["visit"]\ndays = "days"\n', "hangs on visit"),
        ('[step.visit]\nkind = "treat"\nfrom = ["x"]\ndays = "days"\n', "hangs on x"),
        ("", "no step of kind 'treat'"),
    ],
)
def test_steps_that_hang_on_nothing_are_refused(tmp_path: Path, steps: str, complaint: str) -> None:
    shelf = shelf_with(tmp_path, steps + (ORIGIN if steps else ""))
    with pytest.raises(DataError, match=complaint):
        read_course(shelf, "mask")


def test_days_in_weeks_are_refused(tmp_path: Path) -> None:
    steps = (
        f'[step.visit]\nkind = "treat"\n{ORIGIN}'
        f'[step.best]\nkind = "best"\nfrom = ["visit"]\ndays = "weeks"\nuntil = "weeks"\n{ORIGIN}'
        '[number.weeks]\nvalue = 3\nrange = [2, 5]\nunit = "weeks"\nsource = []\n'
        'mark = "assumption"\ngrade = "D"\n'
    )
    with pytest.raises(DataError, match="is in weeks; days are needed"):
        read_course(shelf_with(tmp_path, steps), "mask")
