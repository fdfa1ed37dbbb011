"""Virtual environments from hash-locked lists.

Each environment holds a record of what was finished in it. A step is done when the record holds
the step's key; an interrupted step leaves no key, so the next run does it again. An environment
whose own key differs (other Python, other place, other lock) is made anew: packages that the lock
no longer names must not linger.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import venv
from pathlib import Path

from tools import pip
from tools.pip_wheel import pip_wheel
from tools.places import BUILD_LOCK, DEV_LOCK, ROOT, RUNTIME_LOCK, script
from tools.say import HouseError, step

_RECORD = "vermilion-setup.json"
_PURPOSE = {RUNTIME_LOCK: "running", BUILD_LOCK: "building the networks", DEV_LOCK: "testing"}


class Environment:
    """A virtual environment that this set-up made, or is about to make."""

    def __init__(self, folder: Path, lock: Path) -> None:
        self.folder = folder
        self.python = script(folder, "python")
        self._lock = lock

    def ready(self, *more: Path) -> None:
        """See that the environment stands and holds the packages of its lock.

        Parameters
        ----------
        more : further locks, added on top without disturbing the first
        """
        if not self.whole():
            self._make()
            with step(f"Installing the packages for {_PURPOSE[self._lock]}"):
                self._install(self._lock)
            self.done("packages", self._key())
        for lock in more:
            if not self.has(lock.name, key_of(lock)):
                with step(f"Installing the packages for {_PURPOSE[lock]}"):
                    self._install(lock)
                self.done(lock.name, key_of(lock))

    def whole(self) -> bool:
        """Whether the environment stands, for this Python and lock, with all its packages."""
        return self.has("packages", self._key())

    def has(self, name: str, key: str) -> bool:
        """Whether the step `name` was finished with this key."""
        return self.python.exists() and self._read().get(name) == key

    def done(self, name: str, key: str) -> None:
        """Note that the step `name` is finished."""
        self._write({**self._read(), name: key})

    def _key(self) -> str:
        return key_of(self._lock, extra=f"{sys.version} {sys.base_prefix} {self.folder}")

    def _make(self) -> None:
        if self.folder.exists() and not (self.folder / _RECORD).exists():
            raise HouseError(
                f"{self.folder} exists but was not made by run.py, so it is left as it is: "
                "rename or remove it and run the same command again."
            )
        wheel = pip_wheel()
        if self.folder.exists():
            # The record goes last: until then the folder is known to be ours.
            for entry in self.folder.iterdir():
                if entry.is_dir() and not entry.is_symlink():
                    shutil.rmtree(entry)
                elif entry.name != _RECORD:
                    entry.unlink()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._write({})
        venv.EnvBuilder(with_pip=False, symlinks=sys.platform != "win32").create(self.folder)
        pip.install([self.python, wheel / "pip"], "--no-index", "--quiet", wheel)

    def _install(self, lock: Path) -> None:
        pip.install(
            [self.python, "-m", "pip"],
            "--require-hashes",
            "--only-binary=:all:",
            "--requirement",
            lock,
        )

    def _read(self) -> dict[str, str]:
        try:
            record: dict[str, str] = json.loads((self.folder / _RECORD).read_text())
        except (OSError, ValueError):
            return {}
        return record

    def _write(self, record: dict[str, str]) -> None:
        part = self.folder / f"{_RECORD}.part"
        part.write_text(json.dumps(record, indent=1) + "\n")
        part.replace(self.folder / _RECORD)


def key_of(*files: Path, extra: str = "") -> str:
    """A key that changes when one of the files does."""
    digest = hashlib.sha256(f"{ROOT} {extra}".encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
