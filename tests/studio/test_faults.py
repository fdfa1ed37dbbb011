"""What goes wrong around the studio: each has words and a way on, and what was confirmed stays."""

from __future__ import annotations

import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.studio.real import Studio, multipart, studio

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc, limits files")
GIB = 1024**3


def png(seed: int, side: int = 400) -> bytes:
    out = BytesIO()
    noise = np.random.default_rng(seed).integers(0, 255, (side, side, 3), np.uint8)
    Image.fromarray(noise).save(out, "PNG", compress_level=1)
    return out.getvalue()


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "photos").glob("*"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("faults") / "data"


@pytest.fixture(scope="module")
def running(folder: Path) -> Iterator[Studio]:
    with studio(folder) as one:
        yield one


def flood(running: Studio, length: str) -> tuple[int, bytes]:
    """Send zeros until the studio has enough; how many bytes it took, and what it said."""
    _, kind = multipart(b"")
    head = f"POST {running.photos} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\n{length}"
    told = "".join(f"{name}: {value}\r\n" for name, value in running.headers().items())
    piece = b"\0" * 65536
    if "chunked" in length:
        piece = b"10000\r\n" + piece + b"\r\n"
    sent, rest = 0, piece
    with socket.create_connection(("127.0.0.1", running.port), timeout=30) as line:
        line.sendall((head + told + "\r\n").encode())
        line.setblocking(False)
        said = b""
        end = time.monotonic() + 60
        while time.monotonic() < end and sent < 2 * GIB:
            try:
                said += line.recv(4096)
                break
            except BlockingIOError:
                pass
            except ConnectionError:
                break
            try:
                gone = line.send(rest)
                sent, rest = sent + gone, rest[gone:] or piece
            except BlockingIOError:
                time.sleep(0.001)
            except ConnectionError:  # the line was cut while we wrote: the answer came before
                with suppress(OSError):
                    said += line.recv(4096)
                break
    return sent, said


def test_an_upload_of_two_gigabytes_is_refused_before_it_is_read(
    running: Studio, folder: Path
) -> None:
    before = running.memory_mb()
    sent, said = flood(running, f"Content-Length: {2 * GIB}\r\n")
    assert b" 413 " in said
    assert sent < 32 * 1024**2
    assert running.memory_mb() < before + 40
    assert running.ask("GET", "/healthy/")[0] == 200
    assert files(folder) == []


def test_an_upload_that_never_says_how_long_it_is_ends_at_the_limit(
    running: Studio, folder: Path
) -> None:
    before = running.memory_mb()
    sent, said = flood(running, "Transfer-Encoding: chunked\r\n")
    assert b" 413 " in said
    assert 50 * 1024**2 < sent < 128 * 1024**2
    assert running.memory_mb() < before + 200
    assert running.ask("GET", "/healthy/")[0] == 200
    assert files(folder) == []


def test_a_connection_lost_in_mid_upload_leaves_nothing_and_the_next_one_works(
    running: Studio, folder: Path
) -> None:
    body, kind = multipart(png(1))
    told = running.headers(**{"Content-Type": kind, "Content-Length": str(len(body))})
    head = f"POST {running.photos} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in told.items())
    for share in (0.1, 0.5, 0.99):
        with socket.create_connection(("127.0.0.1", running.port), timeout=30) as line:
            line.sendall((head + "\r\n").encode() + body[: int(len(body) * share)])
    assert running.ask("GET", "/healthy/")[0] == 200
    assert files(folder) == []
    assert running.photo(png(1))[0] == 201
    assert len(files(folder)) == 1


def test_a_photo_over_the_limit_is_said_in_words(running: Studio) -> None:
    status, words = running.photo(b"\0" * (51 * 1024**2))
    assert status == 422
    assert "more than 50 MB" in words


@pytest.fixture(params=["a small disk", "a limit of the file's size"])
def full(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """A data folder with room for little: a tmpfs of 4 MB, or a process that may not write more."""
    place = tmp_path / "small"
    place.mkdir()
    if request.param != "a small disk":
        yield place / "data", 3 * 1024**2
        return
    words = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk needs root")
    try:
        yield place / "data", 0
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_said_and_loses_nothing(full: tuple[Path, int]) -> None:
    folder, most_bytes = full
    with studio(folder, most_bytes) as running:
        assert running.photo(png(1, 200))[0] == 201
        assert running.note("hello")[0] == 302
        status, words = running.photo(png(2, 1200))
        assert status == 507, words
        assert "room" in words
        assert len(files(folder)) == 1
        confirmed, status = 1, 302
        for _ in range(800):
            status, words = running.note("x" * 7900)
            if status != 302:
                break
            confirmed += 1
        assert status == 507
        assert "no room left" in words
        assert running.ask("GET", "/healthy/")[0] in (200, 503)
    if most_bytes == 0:
        subprocess.run(["mount", "-o", "remount,size=64m", str(folder.parent)], check=True)
    with studio(folder) as again:
        assert again.note("there is room again")[0] == 302
        record = again.ask("GET", f"/clients/{again.client}/")[1]
        assert "there is room again" in record
        assert notes(folder) == confirmed + 1
        assert len(files(folder)) == 1
        photo = re.search(r"/photos/([0-9a-f-]{36})/", record)
        assert photo is not None
        assert again.ask("GET", photo[0])[0] == 200


def notes(folder: Path) -> int:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(folder / "studio.sqlite3")) as tables:
        (count,) = tables.execute("SELECT count(*) FROM studio_entry WHERE kind='note'").fetchone()
    return int(count)


def test_what_a_kill_left_behind_is_swept_up_at_the_next_start(
    folder: Path, running: Studio
) -> None:
    running.photo(png(9))
    kept = files(folder)
    old = time.time() - 3600
    for name in ("3f1a.sealed", ".3f1b.sealed.00ff.part"):
        (folder / "photos" / name).write_bytes(b"half")
        os.utime(folder / "photos" / name, (old, old))
    (folder / "photos" / "fresh.sealed").write_bytes(b"still being written")
    for name in kept:
        os.utime(folder / "photos" / name, (old, old))
    running.process.kill()
    running.process.wait(20)
    with studio(folder) as again:
        assert files(folder) == sorted([*kept, "fresh.sealed"])
        assert again.ask("GET", "/healthy/")[0] == 200


def test_no_file_holds_the_key_of_an_erased_record(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with studio(data) as running:
        assert running.note("before")[0] == 302
        with closing(sqlite3.connect(data / "studio.sqlite3")) as tables:
            ((key,),) = tables.execute("SELECT wrapped_key FROM studio_client").fetchall()
        assert any(key in path.read_bytes() for path in data.glob("studio.sqlite3*"))
        form = "application/x-www-form-urlencoded"
        words = b"name=Ana+Sample&why=mistake"
        assert running.ask("POST", f"/clients/{running.client}/erase/", words, form)[0] == 302
        left = [path.name for path in data.glob("studio.sqlite3*") if key in path.read_bytes()]
        assert left == []
