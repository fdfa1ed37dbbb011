"""What a contributor must pass: format, lint, types, import rules, tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from ctypes.util import find_library
from pathlib import Path

from tools import places
from tools.prepare import prepare
from tools.say import HouseError, say, step

CHECKS = {
    "format": ("ruff", "format", "--check", "--quiet", "."),
    "lint": ("ruff", "check", "--quiet", "."),
    "types": ("mypy",),
    "import rules": ("lint-imports", "--no-logo"),
    "security": ("bandit", "--quiet", "--recursive", "src"),
    # the tools start other programs, that is what they are for: bandit's lowest level names that
    "security of tools": ("bandit", "--quiet", "-ll", "--recursive", "tools", "build_models"),
}

BROWSERS = ("chromium", "chromium-browser")
_PACKAGES = ("chromium", "fonts-liberation", "libatomic1", "postgresql")


def check() -> int:
    """The quick part: everything that only reads the code."""
    environment = prepare(developer=True).folder
    return _static(environment)


def test(arguments: list[str]) -> int:
    """Everything. pytest comes last, so that its summary is the last line."""
    _programs()
    environment = prepare(developer=True, portrait=True).folder
    failed = _static(environment)
    pytest = [str(places.script(environment, "pytest")), "--numprocesses=auto", *arguments]
    sys.stdout.flush()
    tested = subprocess.run(pytest, cwd=places.ROOT, check=False).returncode
    return tested or failed


def _static(environment: Path) -> int:
    """Run all checks side by side, also where one fails, and say in their order which did."""

    def ended(words: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
        program, *arguments = words
        command = [str(places.script(environment, program)), *arguments]
        return subprocess.run(command, cwd=places.ROOT, capture_output=True, text=True, check=False)

    failed = 0
    with ThreadPoolExecutor(len(CHECKS)) as side_by_side:
        for name, done in zip(CHECKS, side_by_side.map(ended, CHECKS.values()), strict=True):
            if done.returncode:
                failed = 1
                say(done.stdout + done.stderr)
            say(f"{name}: {'FAILED' if done.returncode else 'passed'}")
    return failed


def _programs() -> None:
    """Pages are tested in a browser, tables on a second database; see that both are there."""
    if _browser_stands() and _database_stands():
        return
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        with step("Installing Chromium and PostgreSQL from Debian's packages, for the tests"):
            _apt("update")
            _apt("install", "--yes", "--no-install-recommends", *_PACKAGES)
        if _browser_stands() and _database_stands():
            return
    missing = f"For the tests, some of {', '.join(_PACKAGES)} are missing (Debian's names)"
    if os.environ.get("CI", "").lower() in ("1", "true"):
        raise HouseError(f"{missing}: install them, a run for CI must not leave these tests out.")
    say(f"{missing}: install them. UNTIL THEN TESTS OF PAGES OR OF POSTGRESQL ARE LEFT OUT.")


def _browser_stands() -> bool:
    """Whether a browser is there, and the library that playwright's own program needs."""
    needs_atomic = sys.platform == "linux" and find_library("atomic") is None
    return not needs_atomic and any(shutil.which(name) for name in BROWSERS)


def _database_stands() -> bool:
    """Debian keeps PostgreSQL's programs in folders by version."""
    kept = any(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return kept or shutil.which("postgres") is not None


def _apt(*arguments: str) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(
        ["apt-get", "-qq", *arguments], check=False, env=quiet, stdout=subprocess.DEVNULL
    )
