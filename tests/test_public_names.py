"""The public names exist, load late and are all there are."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import vermilion

HEAVY = ("cv2", "onnxruntime", "PIL", "typst", "numpy", "click")


@pytest.mark.parametrize("name", vermilion.__all__)
def test_every_public_name_loads(name: str) -> None:
    assert getattr(vermilion, name) is not None
    assert name in dir(vermilion)


def test_an_unknown_name_is_said_to_be_unknown() -> None:
    with pytest.raises(AttributeError, match="lip_filler"):
        vermilion.lip_filler  # noqa: B018


def test_the_version_is_that_of_the_package() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))
    assert vermilion.__version__ == project["project"]["version"]


@pytest.mark.parametrize(
    ("what", "spared"),
    [("import vermilion", HEAVY), ("import vermilion.cli.main", HEAVY[:-1])],
)
def test_importing_costs_nothing_heavy(what: str, spared: tuple[str, ...]) -> None:
    words = f"import sys; {what}; print([m for m in {spared!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
