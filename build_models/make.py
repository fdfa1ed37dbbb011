"""See that the face networks lie in face/models/, as `models.toml` there describes them.

What is there with the right hash stays; what is not is built from the pinned wheel.
Run as `python -m build_models` from the checkout, or called by the build of the package.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from pathlib import Path
from typing import Any

from build_models.fetch import checked, members

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "src/vermilion/face/models"
LOCK = ROOT / "requirements/models.lock"
CACHE = ROOT / ".cache/wheels"

_NOTICE = """\
The networks in this folder were made from {wheel},
Copyright The MediaPipe Authors, licensed under the Apache License 2.0 ({licence}).

Changes: each network was converted from TensorFlow Lite to ONNX. Its weights are the original's;
MediaPipe's own operators and PRelu were replaced by standard ones that compute the same.
One that is listed twice was written a second time with some of its outputs alone.

{networks}
"""


def wanted() -> dict[str, Any]:
    """The manifest of the networks."""
    return tomllib.loads((MODELS / "models.toml").read_text(encoding="utf-8"))


def complete() -> bool:
    """Whether the networks, the licence and the notice are there and are the right ones."""
    manifest = wanted()
    texts = (MODELS / manifest["licence"], MODELS / manifest["notice"])
    return all(path.is_file() for path in texts) and all(
        _sha256(MODELS / network["file"]) == network["sha256"] for network in manifest["network"]
    )


def make(python: Path) -> None:
    """Build the networks if they are not complete.

    Parameters
    ----------
    python : an interpreter that has pip, to fetch the wheel with

    Raises
    ------
    FetchError : no wheel to be had, or a hash that does not match
    """
    if complete():
        return
    from build_models.convert import onnx_from_tflite  # needs the build-time packages

    manifest = wanted()
    networks = manifest["network"]
    names = {network["member"] for network in networks}
    content = members(python, LOCK, CACHE, [*names, manifest["licence_member"]])
    for network in networks:
        flat = checked(content[network["member"]], network["member_sha256"], network["member"])
        wanted_outputs = network.get("outputs")
        model = onnx_from_tflite(flat, Path(network["file"]).stem, wanted_outputs)
        _write(MODELS / network["file"], checked(model, network["sha256"], network["file"]))
    listed = "\n".join(f"{Path(n['member']).name} -> {n['file']}" for n in networks)
    _write(MODELS / manifest["licence"], content[manifest["licence_member"]])
    notice = _NOTICE.format(wheel=manifest["wheel"], licence=manifest["licence"], networks=listed)
    _write(MODELS / manifest["notice"], notice.encode())


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _write(path: Path, content: bytes) -> None:
    """Write a whole file or none: an interrupted build must not leave half a network."""
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(path)
