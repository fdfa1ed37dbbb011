"""The main job on real input: a public-domain portrait, and beside it a high-resolution phantom."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tools import places
from tools.prepare import prepare
from tools.say import HouseError

PLAN = ("--flip", "--blush")


def demo(photo: Path | None) -> int:
    """Set up if need be, consult, and say where the reports lie."""
    if photo is not None and not photo.is_file():
        raise HouseError(f"There is no photo {photo}: give the path of a picture file.")
    environment = prepare(portrait=True)
    vermilion = places.script(environment.folder, "vermilion")
    places.REPORTS.mkdir(exist_ok=True)
    raise SystemExit(subprocess.run([vermilion, "--help"], check=False).returncode)
