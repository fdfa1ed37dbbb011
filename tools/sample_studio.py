"""A real server on a made-up practice, for the benches to work on."""

from __future__ import annotations

import http.client
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PORT = 8317
BASE = f"http://127.0.0.1:{PORT}"
SERVE = "from vermilion.cli.main import main; main()"


@contextmanager
def studio(data: Path, sample: bool = True) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server on a sample practice, and the password of its logins."""
    words = [sys.executable, "-u", "-c", SERVE, "serve", "--data", str(data), "--port", str(PORT)]
    words += ["--sample"] if sample else []
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    password = ""
    for line in process.stdout:
        password = line.rpartition(" ")[2].strip() if "password for each" in line else password
        if line.startswith("Stop it"):
            break
    # what it says later is read too: a full pipe would stop it
    threading.Thread(target=process.stdout.read, daemon=True).start()
    try:
        wait()
        yield process, password
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(20)


def wait(seconds: float = 20) -> None:
    """Until the server answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            fetched("/healthy/")
            return
        except (OSError, http.client.HTTPException):
            time.sleep(0.02)
    raise SystemExit("the server did not answer")


def fetched(path: str) -> bytes:
    """One page of the server, for somebody who is not logged in."""
    line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=20)
    try:
        line.request("GET", path)
        return line.getresponse().read()
    finally:
        line.close()
