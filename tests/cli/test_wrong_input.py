"""Every wrong input: one sentence, a non-zero exit code, no traceback, nothing left behind."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import vermilion
from tests.cli.wrong_input import NO_FACE, NO_USE, phantom
from tools import places
from vermilion.cli.main import run
from vermilion.photo.save import encode_png


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.fromarray(phantom()).save(out, "JPEG", quality=90)
    return out.getvalue()


def of_70_megapixels() -> bytes:
    data = bytearray(encode_png(np.zeros((200, 200, 3), np.uint8)))
    data[16:24] = (10_000).to_bytes(4, "big") + (7_000).to_bytes(4, "big")
    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    return bytes(data)


def cat() -> bytes:
    if not places.CAT.is_file():
        pytest.skip("no cat: `run.py test` fetches one")
    return places.CAT.read_bytes()


FILES: dict[str, tuple[Callable[[], bytes], int]] = {
    "empty": (lambda: b"", 3),
    "cut off": (lambda: jpeg()[: len(jpeg()) // 2], 3),
    "not a picture": (lambda: b"Dear doctor, my lips ...", 3),
    "40 px": (lambda: encode_png(phantom()[:40, :40]), 3),
    "70 megapixels": (of_70_megapixels, 3),
    "a cat": (cat, 4),
    **{name: (lambda make=make: encode_png(make()), 4) for name, make in NO_FACE.items()},
    **{name: (lambda make=make: encode_png(make()), 4) for name, make in NO_USE.items()},
}

WAYS = {
    "measure": lambda photo, out: ["measure", photo, "--json"],
    "preview": lambda photo, out: ["preview", photo, "--flip", "--blush", "-o", out / "p.png"],
    "consult": lambda photo, out: ["consult", photo, "--flip", "-o", out / "report"],
}


def ends(arguments: list[object], capsys: pytest.CaptureFixture[str]) -> int:
    """The exit code, after looking at the words."""
    code = run([str(a) for a in arguments])
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1, said.err
    assert said.err.endswith(".\n")
    assert "Traceback" not in said.err
    return code


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", FILES)
def test_a_photo_that_will_not_do(
    name: str, way: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make, code = FILES[name]
    photo, out = tmp_path / "photo.jpg", tmp_path / "out"
    photo.write_bytes(make())
    out.mkdir()
    assert ends(WAYS[way](photo, out), capsys) == code
    assert os.listdir(out) == []


@pytest.mark.parametrize("way", WAYS)
def test_a_path_that_is_not_there_or_a_folder(
    way: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ends(WAYS[way](tmp_path / "nowhere.jpg", tmp_path), capsys) == 3
    assert ends(WAYS[way](tmp_path, tmp_path), capsys) == 3
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("way", ["preview", "consult"])
def test_an_output_place_that_cannot_be_written(
    way: str, client: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert ends(WAYS[way](client, tmp_path / "file"), capsys) == 8
    assert ends(WAYS[way](client, tmp_path / "no" / "where"), capsys) == 8
    assert os.listdir(tmp_path) == ["file"]


def test_a_folder_with_other_files_is_left_alone(
    client: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "diary.txt").write_text("mine")
    assert ends(WAYS["consult"](client, tmp_path), capsys) == 8
    assert os.listdir(tmp_path / "report") == ["diary.txt"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs root to be another user")
@pytest.mark.parametrize("way", ["measure", "preview"])
def test_a_file_or_folder_of_somebody_else(way: str, tmp_path: Path, client: Path) -> None:
    source = Path(vermilion.__file__).parents[1]
    photo, out = tmp_path / "photo.png", tmp_path / "out"
    photo.write_bytes(client.read_bytes())
    out.mkdir()
    if way == "measure":
        photo.chmod(0o600)
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(0o755)
    warm = str(tmp_path / "warm.png")
    # A first run as root loads all that the other user might not be allowed to read.
    words = (
        f"import os, sys; sys.path.insert(0, {str(source)!r}); from vermilion.cli.main import run; "
        f"run(['preview', {str(client)!r}, '--flip', '--blush', '-o', {warm!r}]); "
        f"os.setuid(65534); sys.exit(run(sys.argv[1:]))"
    )
    arguments = [str(a) for a in WAYS[way](photo, out)]
    done = subprocess.run(
        [sys.executable, "-c", words, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == {"measure": 3, "preview": 8}[way], done.stderr
    assert "may not be" in done.stderr
    assert "Traceback" not in done.stderr
    assert os.listdir(out) == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--day", "3", "--week", "1", "--flip"], 2),
        (["--flip", "--day", "-3"], 2),
        ([], 2),
        (["--blush", "sky blue"], 6),
        (["--rise-mm", "nan"], 6),
        (["--flip", "--points", "nose"], 6),
        (["--flip", "--face", "7"], 4),
        (["--flip", "--iris-mm", "40"], 2),
        (["--flip", "--reference-mm", "30", "5", "5", "6", "6"], 2),
        (["--flip", "--reference-mm", "30", "nan", "5", "90", "6"], 2),
        (["--flip", "--reference-mm", "30", "5", "5"], 2),
        (["--flip", "--units", "1e300"], 6),
        (["--flip", "--day", "1e300"], 2),
    ],
    ids=str,
)
def test_options_that_cannot_be(
    arguments: list[str],
    code: int,
    client: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "p.png"
    assert ends(["preview", client, *arguments, "-o", out], capsys) == code
    assert not out.exists()


def test_one_of_two_faces_can_be_picked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    photo = tmp_path / "two.png"
    photo.write_bytes(encode_png(NO_USE["two faces"]()))
    assert run(["measure", str(photo)]) == 4
    assert "face 2 at x" in capsys.readouterr().err
    assert run(["measure", str(photo), "--face", "2"]) == 0
