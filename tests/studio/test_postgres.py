"""The studio's tests once more on PostgreSQL: a server of our own in a temporary folder."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def program(name: str) -> Path | None:
    """Debian keeps the server's programs out of the path, by version."""
    found = shutil.which(name)
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return Path(found) if found else versions[-1] if versions else None


@pytest.fixture
def postgres() -> Iterator[str]:
    """The address of a fresh server; who is root starts it as Debian's own user."""
    initdb, server = program("initdb"), program("postgres")
    if initdb is None or server is None:
        words = "no PostgreSQL found: its tests did not run (apt-get install postgresql)"
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
    root = os.geteuid() == 0
    as_user = {"user": "postgres", "group": "postgres", "extra_groups": []} if root else {}
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp") as folder:
        if root:
            os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
        data = f"{folder}/data"
        make = [initdb, "-D", data, "-A", "trust", "-U", "vermilion", "-N"]
        subprocess.run(make, check=True, capture_output=True, cwd=folder, **as_user)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = ("listen_addresses=127.0.0.1", "fsync=off", f"port={port}")
        command = [server, "-D", data, "-k", folder, *(w for s in settings for w in ("-c", s))]
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, **as_user
        )
        try:
            yield f"postgres://vermilion@127.0.0.1:{port}/postgres"
        finally:
            process.terminate()
            process.wait(20)


def test_the_studio_keeps_its_promises_on_postgresql_too(postgres: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-o", "addopts=", "-p", "no:cacheprovider"]
    command += ["-m", "django_db"]  # whatever asks no database says the same with this one
    leave = ("browser", "test_backup.py", "test_faults.py", "test_postgres.py", "test_vault.py")
    leave += ("test_api_types.py", "record/test_compare.py")
    # a folder of its own: another run of pytest would take the rights of the common one away
    command += ["-p", "no:xdist", f"--basetemp={tmp_path / 'inner'}"]
    command += [f"--ignore=tests/studio/{name}" for name in leave] + ["tests/studio"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "DATABASE_URL": postgres},
    )
    assert done.returncode == 0, done.stdout[-4000:]
    assert " passed" in done.stdout
