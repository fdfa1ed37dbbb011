"""A real server on a practice of its own, with one client and somebody logged in, for one test.

Run as a program it prepares the folder, prints "client session" and serves until it is stopped:

    python -m tests.studio.real FOLDER PORT [MOST_BYTES_OF_A_FILE]
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CSRF = "x" * 32


@dataclass(frozen=True, slots=True)
class Studio:
    """The running server. cookie : of somebody who is logged in"""

    process: subprocess.Popen[str]
    port: int
    client: str
    cookie: str

    def headers(self, **more: str) -> dict[str, str]:
        return {"Cookie": self.cookie, "X-CSRFToken": CSRF, **more}

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str]:
        """Status and text of one request."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            told = {"Content-Type": kind} if kind else {}
            line.request(method, path, body, self.headers(Accept="application/json", **told))
            answer = line.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        finally:
            line.close()

    def note(self, words: str) -> tuple[int, str]:
        form = "application/x-www-form-urlencoded"
        return self.ask("POST", f"/clients/{self.client}/note/", f"words={words}".encode(), form)

    def photo(self, content: bytes) -> tuple[int, str]:
        return self.ask("POST", self.photos, *multipart(content))

    @property
    def photos(self) -> str:
        return f"/clients/{self.client}/photos/add/"

    def memory_mb(self) -> float:
        """What the server holds in memory now (Linux)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        (line,) = [one for one in status.splitlines() if one.startswith("VmRSS")]
        return int(line.split()[1]) / 1024


def multipart(content: bytes) -> tuple[bytes, str]:
    """A form with one photo at rest, and its content type."""
    head = (
        '--cut\r\nContent-Disposition: form-data; name="view"\r\n\r\nrest\r\n--cut\r\n'
        'Content-Disposition: form-data; name="photo"; filename="a.png"\r\n'
        "Content-Type: image/png\r\n\r\n"
    )
    return head.encode() + content + b"\r\n--cut--\r\n", "multipart/form-data; boundary=cut"


@contextmanager
def studio(folder: Path, most_bytes: int = 0) -> Iterator[Studio]:
    """A server on a folder; stopped at the end, if it still runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "tests.studio.real", str(folder), str(port), str(most_bytes)]
    here = Path(__file__).parents[2]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=here)
    assert process.stdout is not None
    try:
        client, session = process.stdout.readline().split()
        cookie = f"sessionid={session}; csrftoken={CSRF}"
        running = Studio(process, port, client, cookie)
        _wait(running)
        yield running
    finally:
        process.kill()
        process.wait(20)
        process.stdout.close()


def _wait(running: Studio) -> None:
    """Until it answers; the kernel refuses the connection at once before that."""
    import time

    for _ in range(300):
        try:
            running.ask("GET", "/healthy/")
            return
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise AssertionError("the studio did not start")


def main(folder: Path, port: int, most_bytes: int) -> None:
    from vermilion.studio import serve

    serve.prepare(folder, lambda: "")
    from django.conf import settings
    from django.test import Client as Browser

    from vermilion.studio.models import Client, Person
    from vermilion.studio.record import clients

    owner, new = Person.objects.get_or_create(username="olga", defaults={"role": "owner"})
    if new:
        clients.new_client({"name": "Ana Sample", "born": "1990-02-03"}, owner)
    browser = Browser()
    browser.force_login(owner)
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    print(Client.objects.get().pk, session, flush=True)
    if most_bytes:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    serve.listen("127.0.0.1", port)()


if __name__ == "__main__":
    os.environ.pop("DATABASE_URL", None)
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
