"""Everything that must stand before the program runs, each part made only when it is missing.

The run-time packages are installed while, beside them, the face networks are built in an
environment of their own: what builds them (onnx, tflite) never enters the run-time environment.
"""

from __future__ import annotations

import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from build_models import fetch
from build_models.make import complete
from tools import pip, places
from tools.environment import Environment, key_of
from tools.pip_wheel import pip_wheel
from tools.say import HouseError, step

PORTRAIT_SHA256 = "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5"
CAT_SHA256 = "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb"
PICTURES = {
    "skimage/data/astronaut.png": (places.PORTRAIT, PORTRAIT_SHA256),
    "skimage/data/chelsea.png": (places.CAT, CAT_SHA256),
}

_BUILD_EDITABLE = "import sys, hatchling.build; hatchling.build.build_editable(sys.argv[1])"


def prepare(*, developer: bool = False, portrait: bool = False) -> Environment:
    """Make what is missing and return the run-time environment.

    Parameters
    ----------
    developer : also the packages that the tests and checks need
    portrait : also the pictures of the demo and of the tests
    """
    runtime = Environment(places.RUNTIME_ENVIRONMENT, places.RUNTIME_LOCK)
    build = Environment(places.BUILD_ENVIRONMENT, places.BUILD_LOCK)
    more = (places.DEV_LOCK,) if developer else ()
    if not runtime.whole():
        pip_wheel()  # both environments start from it
    with ThreadPoolExecutor() as side_by_side:
        parts = [
            side_by_side.submit(runtime.ready, *more),
            side_by_side.submit(_build, build, portrait),
        ]
        for part in parts:
            part.result()
    _install_package(runtime, build)
    return runtime


def _build(build: Environment, portrait: bool) -> None:
    if not complete():
        build.ready()
        with step("Building the face networks"):
            _run(build.python, "-m", "build_models")
    if portrait and not all(path.is_file() for path, _ in PICTURES.values()):
        build.ready()
        with step("Fetching the portrait of an astronaut, and a cat"):
            _pictures(build.python)


def _pictures(python: Path) -> None:
    """A face to consult on, and a picture that must be refused."""
    found = fetch.members(python, places.PORTRAIT_LOCK, places.WHEELS, PICTURES)
    for name, (path, sha256) in PICTURES.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(fetch.checked(found[name], sha256, name))
        part.replace(path)


def _install_package(runtime: Environment, build: Environment) -> None:
    """Install vermilion itself, so that it runs from the checkout and has its command."""
    key = key_of(places.ROOT / "pyproject.toml", places.ROOT / "hatch_build.py")
    if runtime.has("vermilion", key):
        return
    build.ready()
    with step("Installing vermilion"), tempfile.TemporaryDirectory() as folder:
        _run(build.python, "-c", _BUILD_EDITABLE, folder)
        (wheel,) = Path(folder).glob("*.whl")
        arguments = ("--no-index", "--no-deps", "--force-reinstall", "--quiet")
        pip.install([runtime.python, "-m", "pip"], *arguments, wheel)
    runtime.done("vermilion", key)


def _run(*command: str | Path) -> None:
    done = subprocess.run(
        command,
        cwd=places.ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=pip.environment(),
    )
    if done.returncode:
        raise HouseError(pip.sentence(done.stdout + done.stderr))
