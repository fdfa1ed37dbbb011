"""The locks hold what pyproject.toml asks for, with hashes, and nothing of any one computer."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from tools import lock, pip_wheel, places

LISTS = sorted(lock.LISTS)


def requirements(path: Path) -> list[str]:
    """Every requirement of a list, its hashes on the same line."""
    joined = path.read_text().replace("\\\n", " ")
    return [line for line in joined.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("path", sorted(places.LOCKS.glob("*.lock")), ids=lambda path: path.name)
def test_every_package_is_pinned_with_a_hash(path: Path) -> None:
    assert requirements(path)
    for line in requirements(path):
        assert re.match(r"[\w.-]+==[\w.]+(\s*;.*?)?\s+--hash=sha256:[0-9a-f]{64}", line), line


def test_no_address_but_the_public_index_is_in_a_lock() -> None:
    assert lock.foreign_addresses() == []


def test_a_foreign_address_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "ROOT", tmp_path)
    monkeypatch.setattr(places, "LOCKS", tmp_path)
    (tmp_path / "uv.lock").write_text('url = "https://files.pythonhosted.org/packages/a.whl"\n')
    (tmp_path / "runtime.lock").write_text("numpy @ file:///srv/numpy.whl\n--find-links /srv/all\n")
    assert lock.foreign_addresses() == ["file:///srv/numpy.whl", "/srv/all"]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_the_lists_that_pip_reads_are_those_of_uv_lock(path: Path) -> None:
    uv = places.script(places.RUNTIME_ENVIRONMENT, "uv")
    program = str(uv) if uv.exists() else shutil.which("uv")
    assert program, "uv is one of the packages for testing"
    assert path.read_text() == lock.exported(program, lock.LISTS[path])


def test_all_that_is_asked_for_is_locked() -> None:
    project = tomllib.loads((places.ROOT / "pyproject.toml").read_text())
    asked = {
        places.RUNTIME_LOCK: project["project"]["dependencies"],
        places.DEV_LOCK: project["dependency-groups"]["dev"],
        places.BUILD_LOCK: project["dependency-groups"]["build"],
    }
    for path, wanted in asked.items():
        locked = {line.split("==")[0] for line in requirements(path)}
        assert {re.split(r"[^\w.-]", name)[0] for name in wanted} <= locked


def test_the_isolated_build_uses_the_locked_versions() -> None:
    project = tomllib.loads((places.ROOT / "pyproject.toml").read_text())
    assert project["build-system"]["requires"] == project["dependency-groups"]["build"]


def test_what_builds_the_networks_is_not_installed_to_run_them() -> None:
    locked = {line.split("==")[0] for line in requirements(places.RUNTIME_LOCK)}
    assert not locked & {"onnx", "tflite", "mediapipe", "scikit-image", "scipy", "numba", "uv"}


def test_the_pinned_pip_is_found_in_the_build_lock() -> None:
    name, hashes = pip_wheel.pinned()
    assert re.fullmatch(r"pip-[\d.]+-py3-none-any\.whl", name)
    assert hashes
