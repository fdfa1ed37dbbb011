"""The program never opens a connection by itself: the kernel would kill it if it tried."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.cage import SOCKET_CALL

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in SOCKET_CALL,
    reason="only Linux can forbid sockets to a process: NOT PROVED ON THIS COMPUTER",
)

CAGE = Path(__file__).with_name("cage.py")


REPORTS_AFTER_S = 12.0
"""onnxruntime looks up its maker's address 5 to 10 s after a network was loaded, if it may."""
HUSHES = ("CI", "ORT_DISABLE_TELEMETRY", "ORT_RUNNING_UNIT_TESTS")
"""Where one of these stands libraries keep quiet that would talk on a user's computer."""


def started(*arguments: str | Path) -> subprocess.Popen[str]:
    """Python in the cage, in a user's environment."""
    command = [sys.executable, CAGE, sys.executable, *arguments]
    users = {key: value for key, value in os.environ.items() if key not in HUSHES}
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=users
    )


def ended(process: subprocess.Popen[str]) -> subprocess.CompletedProcess[str]:
    out, err = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def caged(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run Python in the cage to its end."""
    return ended(started(*arguments))


def vermilion(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return caged("-m", "vermilion", *arguments)


@pytest.fixture(scope="module")
def phantom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo that every command can read, itself made in the cage."""
    folder = tmp_path_factory.mktemp("phantom")
    made = vermilion("phantom", "-o", folder)
    assert made.returncode == 0, made.stderr
    return next(folder.glob("*.png"))


@pytest.fixture(scope="module")
def staying() -> Iterator[subprocess.Popen[str]]:
    """A program that loads a network and stays open; the commands run while it is watched."""
    stays = (
        "import time, numpy; from vermilion.face import networks; "
        "networks.run(networks.DETECTOR, numpy.zeros((1, 128, 128, 3), numpy.float32)); "
        f"time.sleep({REPORTS_AFTER_S}); print('stayed')"
    )
    with started("-c", stays) as process:
        yield process
        process.kill()


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('vermilion.invalid', 80)",
        "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', "
        "'import socket; socket.socket()']).returncode)",
    ],
    ids=["a connection", "a look-up of a name", "a datagram", "a child's socket"],
)
def test_the_cage_catches(attempt: str) -> None:
    ended = caged("-c", attempt).returncode
    assert abs(ended) == signal.SIGSYS or ended == 256 - signal.SIGSYS


def test_the_cage_lets_other_work_pass() -> None:
    done = caged("-c", "import socket; socket.socketpair(); print('worked')")
    assert done.stdout == "worked\n"


@pytest.mark.usefixtures("staying")
@pytest.mark.parametrize("command", ["measure", "preview", "consult", "doctor"])
def test_no_command_opens_a_connection(command: str, phantom: Path, tmp_path: Path) -> None:
    arguments: dict[str, list[str | Path]] = {
        "measure": [phantom, "--json"],
        "preview": [phantom, "--flip", "--blush", "-o", tmp_path / "preview.png"],
        "consult": [phantom, "--flip", "--blush", "-o", tmp_path / "report"],
        "doctor": [],
    }
    done = vermilion(command, *arguments[command])
    assert done.returncode == 0, done.stderr


def test_nothing_is_reported_while_the_program_stays_open(
    staying: subprocess.Popen[str],
) -> None:
    done = ended(staying)
    assert done.stdout == "stayed\n", f"killed at a socket: {done.returncode}"
