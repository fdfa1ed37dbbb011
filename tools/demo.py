"""The main job: the studio on a sample practice, or consultations on a portrait and a phantom."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools import places
from tools.environment import key_of
from tools.prepare import prepare
from tools.say import HouseError, say

PLAN = ("--flip", "--blush")
SCENE = "frontal"


def demo(photo: Path | None) -> int:
    """Set up if need be, consult on both pictures side by side, and say where the reports lie.

    Parameters
    ----------
    photo : a picture to take instead of the portrait
    """
    if photo is not None and not photo.is_file():
        raise HouseError(f"There is no photo {photo}: give the path of a picture file.")
    runtime = prepare(portrait=photo is None)
    vermilion = places.script(runtime.folder, "vermilion")
    places.REPORTS.mkdir(exist_ok=True)
    picture = places.PORTRAIT if photo is None else photo.resolve()
    start = time.monotonic()
    say(f"Consulting on {_short(picture)} and on a phantom ...")
    with ThreadPoolExecutor() as side_by_side:
        reports = [
            side_by_side.submit(_consult, vermilion, picture),
            side_by_side.submit(lambda: _consult(vermilion, _phantom(vermilion))),
        ]
        failures = [failure for failure in (report.exception() for report in reports) if failure]
    if failures:
        raise failures[0]
    say(f"Consulting on both: done in {time.monotonic() - start:.1f} s\n\nThe reports lie here:")
    for report in reports:
        say(f"  {_short(report.result() / 'report.html')}  (beside it: report.pdf, pictures, data)")
    return 0


def studio(port: int) -> int:
    """Set up if need be, then become the studio, open on a sample practice."""
    runtime = prepare(portrait=True)
    vermilion = places.script(runtime.folder, "vermilion")
    sample = ("--sample", "--data", str(places.SAMPLE), "--portrait", str(places.PORTRAIT))
    words = [str(vermilion), "serve", *sample, "--port", str(port)]
    sys.stdout.flush()
    if sys.platform == "win32":
        return subprocess.run(words, check=False).returncode
    os.execv(words[0], words)


def _consult(vermilion: Path, picture: Path) -> Path:
    """One whole consultation into a folder named after the picture; the old one goes only then."""
    report = places.REPORTS / picture.stem
    fresh = places.REPORTS / f".{picture.stem}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    _run(vermilion, "consult", picture, *PLAN, "-o", fresh)
    shutil.rmtree(report, ignore_errors=True)
    fresh.replace(report)
    return report


def _phantom(vermilion: Path) -> Path:
    """The phantom's picture, rendered again only when what renders it has changed."""
    folder = places.PORTRAIT.parent
    picture, note = folder / f"phantom-{SCENE}.png", folder / "phantom.key"
    renderer = places.ROOT / "src/vermilion"
    sources = [*renderer.glob("*.py"), *renderer.glob("phantom/*"), *renderer.glob("colour/*")]
    key = key_of(places.RUNTIME_LOCK, *sorted(path for path in sources if path.is_file()))
    if not (picture.is_file() and note.is_file() and note.read_text() == key):
        folder.mkdir(parents=True, exist_ok=True)
        note.unlink(missing_ok=True)
        _run(vermilion, "phantom", "--scene", SCENE, "-o", folder)
        note.write_text(key)
    return picture


def _run(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise HouseError(
            f"`vermilion {command[1]}` ended with {done.returncode}: {done.stderr.strip()}"
        )


def _short(path: Path) -> str:
    """A path as one would type it from the checkout."""
    return str(path.relative_to(places.ROOT) if path.is_relative_to(places.ROOT) else path)
