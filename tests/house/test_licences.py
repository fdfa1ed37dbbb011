"""Whatever an installed vermilion pulls in may be used beside an Apache-2.0 program."""

from __future__ import annotations

import re
from importlib import metadata

import pytest

from tools import places

ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "PSF-2.0",
    "ZPL-2.1",
    "Zlib",
}

# Free words of packages that do not yet state an SPDX expression.
SPDX = {
    "Apache 2.0": "Apache-2.0",
    "MIT License": "MIT",
    "3-Clause BSD License": "BSD-3-Clause",
    "ZPL 2.1": "ZPL-2.1",
}

# Packages whose metadata name no licence, or carry its whole text; read in their files.
READ_IN_FILES = {
    "django-csp": "BSD-3-Clause",
    "django-ninja": "MIT",
    "fido2": "BSD-2-Clause",  # its list of public suffixes, a data file, is MPL-2.0
    "qrcode": "BSD-3-Clause",
    "sqlparse": "BSD-3-Clause",
}

# Wheels that carry programs under another licence than their own; each has its decision.
CARRIES_COPYLEFT = {"pi-heif": "docs/decisions/pi-heif.md"}

# Those for another system are not installed here and cannot be looked at.
ELSEWHERE = r"^([\w.-]+)==\S+ ; sys_platform == 'win32'"
LOCKED = places.RUNTIME_LOCK.read_text()
CORE = sorted(
    set(re.findall(r"^([\w.-]+)==", LOCKED, re.M)) - set(re.findall(ELSEWHERE, LOCKED, re.M))
)


def licences(name: str) -> set[str]:
    """The SPDX licences that a distribution states for itself."""
    if name in READ_IN_FILES:
        return {READ_IN_FILES[name]}
    told = metadata.metadata(name)
    words = told.get("License-Expression") or told.get("License") or ""
    return set(re.split(r"\s+(?:AND|OR)\s+", SPDX.get(words, words)))


@pytest.mark.parametrize("name", CORE)
def test_the_licence_is_on_the_list(name: str) -> None:
    assert licences(name) <= ALLOWED


@pytest.mark.parametrize("name", CORE)
def test_no_wheel_carries_copyleft_programs_unseen(name: str) -> None:
    bundled = [
        file.read_text()
        for file in metadata.files(name) or []
        if re.search(r"bundled|third.?party|3rd.?party", file.name, re.I)
    ]
    copyleft = any(re.search(r"^License(?: for .*)?: *L?GPL", text, re.M) for text in bundled)
    assert copyleft == (name in CARRIES_COPYLEFT)
    if copyleft:
        assert (places.ROOT / CARRIES_COPYLEFT[name]).is_file()
