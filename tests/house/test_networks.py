"""The face networks are the ones that were built, and nothing else is taken for them."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from pathlib import Path

import pytest

from build_models import fetch, make


def test_the_networks_are_there_as_built() -> None:
    assert make.complete()


def test_a_changed_network_is_not_complete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    models = Path(shutil.copytree(make.MODELS, tmp_path / "models"))
    monkeypatch.setattr(make, "MODELS", models)
    assert make.complete()
    network = models / make.wanted()["network"][0]["file"]
    network.write_bytes(network.read_bytes() + b"\0")
    assert not make.complete()


def test_the_notice_tells_what_was_changed() -> None:
    notice = (make.MODELS / make.wanted()["notice"]).read_text()
    assert "Apache License 2.0" in notice
    assert "converted from TensorFlow Lite to ONNX" in notice
    licence = (make.MODELS / make.wanted()["licence"]).read_text()
    assert "Version 2.0, January 2004" in licence


def test_content_with_another_hash_is_refused() -> None:
    right = hashlib.sha256(b"weights").hexdigest()
    assert fetch.checked(b"weights", right, "a network") == b"weights"
    with pytest.raises(fetch.FetchError, match="a network has the hash"):
        fetch.checked(b"other weights", right, "a network")


def test_a_wheel_in_the_cache_is_used_only_with_the_right_hash(tmp_path: Path) -> None:
    cache = tmp_path / "wheels"
    cache.mkdir()
    wheel = cache / "thing-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("thing/data.bin", b"data")
    pinned = hashlib.sha256(wheel.read_bytes()).hexdigest()
    lock = tmp_path / "thing.lock"
    lock.write_text(f"# a thing\nthing==1.0 --hash=sha256:{pinned}\n")
    no_python = tmp_path / "no-python"  # nothing may be started when the cache serves
    found = fetch.members(no_python, lock, cache, ["thing/data.bin"])
    assert found == {"thing/data.bin": b"data"}

    wheel.write_bytes(wheel.read_bytes()[:-1])
    with pytest.raises(FileNotFoundError):
        fetch.members(no_python, lock, cache, ["thing/data.bin"])
    assert not wheel.exists()
