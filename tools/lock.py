"""Renew the locks: uv resolves once for all platforms and Pythons, pip reads what it exports.

Nothing of this computer may enter a lock: uv runs without configuration files and environment
settings, against the public index, and the result is checked for other addresses.
"""

from __future__ import annotations

import os
import re
import subprocess

from tools import places
from tools.pip_wheel import INDEX, no_network
from tools.prepare import prepare
from tools.say import HouseError, say, step

PUBLIC = ("https://pypi.org/", "https://files.pythonhosted.org/")

# For each list, which of pyproject.toml's dependencies and groups it holds.
LISTS = {
    places.RUNTIME_LOCK: ("--no-default-groups", "--extra", "studio"),
    places.DEV_LOCK: (
        "--no-default-groups",
        "--extra",
        "studio",
        "--extra",
        "postgres",
        "--group",
        "dev",
    ),
    places.BUILD_LOCK: ("--only-group", "build"),
}


def lock() -> int:
    """Resolve anew, to the newest versions that pyproject.toml allows, and export."""
    uv = str(places.script(prepare(developer=True).folder, "uv"))
    with step("Resolving"):
        _run(uv, "lock", "--upgrade", "--default-index", INDEX)
    for path, groups in LISTS.items():
        path.write_text(exported(uv, groups))
    foreign = foreign_addresses()
    if foreign:
        raise HouseError(
            f"The lock names {foreign[0]}, which others can't reach: see what asked for it."
        )
    say(f"uv.lock and {', '.join(path.name for path in LISTS)} are renewed.")
    return 0


def exported(uv: str, groups: tuple[str, ...]) -> str:
    """One list as pip reads it, with hashes and markers, from uv.lock as it stands."""
    plain = ("--frozen", "--offline", "--no-emit-project", "--no-annotate", "--no-header")
    title = "# From uv.lock, by `python3 run.py lock`. Do not edit.\n"
    return title + _run(uv, "export", "--format=requirements-txt", *plain, *groups)


def foreign_addresses() -> list[str]:
    """Addresses and paths in the locks that are not the public index's."""
    found: list[str] = []
    for path in (places.ROOT / "uv.lock", *sorted(places.LOCKS.glob("*.lock"))):
        for address in re.findall(r"""(?:\w+://|["' ]/)[^\s"']+""", path.read_text()):
            if not address.startswith(PUBLIC):
                found.append(address.strip("\"' "))
    return found


def _run(*command: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("UV_")}
    done = subprocess.run(
        [*command, "--no-config"],
        cwd=places.ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=kept,
    )
    if done.returncode:
        why = done.stderr.strip()
        if "Failed to fetch" in why or "error sending request" in why:
            raise HouseError(no_network("uv got no answer"))
        raise HouseError(f"uv could not resolve the packages: {why}")
    return done.stdout
