"""Starting: an address or a folder that cannot be had is refused in one sentence."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from vermilion.errors import OutputError, UsageError
from vermilion.studio import serve


def test_an_address_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "vermilion", "serve", "--port", str(port)]
        done = subprocess.run(
            [*command, "--data", str(tmp_path / "data")],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert done.returncode == 2
    assert f"127.0.0.1:{port} cannot be had" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_that_others_reach_needs_tls() -> None:
    with pytest.raises(UsageError, match="TLS"):
        serve.listen("0.0.0.0", 8080)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OutputError, match="file/data"):
        serve.prepare(tmp_path / "file" / "data", str)


def test_pages_that_wait_their_turn_are_not_written_about() -> None:
    assert not logging.getLogger("waitress.queue").isEnabledFor(logging.WARNING)
    assert logging.getLogger("waitress").isEnabledFor(logging.WARNING)
