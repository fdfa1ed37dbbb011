"""What all tests share: a real browser, or a loud word that there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

KEPT_IN = "VERMILION_TEST_PHANTOMS"
"""The environment's name of the folder in which tests/rendered.py keeps phantoms."""
LONG = ("test_postgres", "test_every_page", "test_whole_visit")
"""Minutes each, where the others take seconds."""

# how long an example takes says something of the machine, not of the program
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. A missing one fails in CI and is said aloud elsewhere."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        words = "no Chromium found: browser tests did not run (apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


def pytest_configure(config: pytest.Config) -> None:
    """One folder of phantoms for all workers, which are started after this and inherit its name."""
    if KEPT_IN not in os.environ:
        folder = os.environ[KEPT_IN] = mkdtemp(prefix="phantoms")
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
        config.add_cleanup(lambda: os.environ.pop(KEPT_IN))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest come first, so that no worker is left alone with one at the end."""
    items.sort(key=lambda one: not any(name in one.nodeid for name in LONG))
