"""Get single files out of a pinned wheel. The wheel is read, never installed.

Only the standard library is used, so that the set-up can call this before anything is installed.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import zipfile
from collections.abc import Iterable
from pathlib import Path

# One file serves every platform: what is read from it are data, not programs.
_ANY_PLATFORM = [
    "--no-deps",
    "--only-binary=:all:",
    "--implementation=cp",
    "--python-version=3.12",
    "--platform=manylinux_2_28_x86_64",
]


class FetchError(Exception):
    """A wheel could not be had, or holds something else than it should."""


def members(python: Path, lock: Path, cache: Path, names: Iterable[str]) -> dict[str, bytes]:
    """The content of the named files in the wheel that `lock` pins.

    Parameters
    ----------
    python : an interpreter that has pip
    lock : a requirements file with one requirement and one sha256
    cache : the folder in which the wheel is kept
    """
    with zipfile.ZipFile(_wheel(python, lock, cache)) as archive:
        return {name: archive.read(name) for name in names}


def checked(content: bytes, sha256: str, what: str) -> bytes:
    """`content`, if its hash is `sha256`."""
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise FetchError(f"{what} has the hash {found}, {sha256} is wanted")
    return content


def _wheel(python: Path, lock: Path, cache: Path) -> Path:
    pinned = re.search(r"^(\S+?)==(\S+) --hash=sha256:(\w{64})$", lock.read_text(), re.M)
    if pinned is None:
        raise FetchError(f"{lock.name} pins no wheel")
    name, version, sha256 = pinned.groups()
    pattern = f"{name.replace('-', '_')}-{version}-*.whl"
    for wheel in cache.glob(pattern):
        if hashlib.sha256(wheel.read_bytes()).hexdigest() == sha256:
            return wheel
        wheel.unlink()  # cut off or of another build: pip takes a fresh one
    cache.mkdir(parents=True, exist_ok=True)
    command = [str(python), "-m", "pip", "download", "--quiet", "--require-hashes"]
    done = subprocess.run(
        [*command, *_ANY_PLATFORM, "--dest", str(cache), "--requirement", str(lock)],
        capture_output=True,
        text=True,
        check=False,
    )
    found = list(cache.glob(pattern))
    if done.returncode or not found:
        raise FetchError(f"{name} {version} could not be fetched: {done.stderr.strip()}")
    return found[0]
