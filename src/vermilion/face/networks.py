"""The face networks, run by onnxruntime on one thread each.

This is the only module that knows onnxruntime. The networks come from MediaPipe 0.10.21
(Apache-2.0) and are built beside this file by the set-up; they are never downloaded here. One
thread is faster than two for networks this small, and one thread gives the same bits every time.

Since 1.29 onnxruntime's wheels report to their maker some seconds after a network was loaded. It
reads SILENT once, when it is first imported, and then makes neither the reporter nor its files.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from vermilion.errors import SetupError

if TYPE_CHECKING:
    import onnxruntime

DETECTOR = "face_detection_short_range"
MESH = "face_landmark_with_attention"
LIPS = "face_landmark_lips"
"""The mesh without its second look at the eyes: the same numbers in two thirds of the time."""
MODELS = Path(__file__).parent / "models"
SILENT = "ORT_DISABLE_TELEMETRY"
_MAKING = {DETECTOR: Lock(), MESH: Lock(), LIPS: Lock()}
"""A network is made once, also when two threads want it at the same time."""

Tensor = npt.NDArray[np.float32]


def load() -> None:
    """What finding a face in a photo needs, made ready now.

    Raises
    ------
    SetupError : one was never built
    """
    for network in (MESH, DETECTOR):
        _session(network)


def run(network: str, image: Tensor) -> dict[str, Tensor]:
    """Outputs by name for one image of shape (1, H, W, 3), the range being the network's own."""
    session = _session(network)
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, {"input": image}), strict=True))


def _session(network: str) -> onnxruntime.InferenceSession:
    with _MAKING[network]:
        return _made(network)


@cache
def _made(network: str) -> onnxruntime.InferenceSession:
    path = MODELS / f"{network}.onnx"
    if not path.is_file():
        raise SetupError(
            f"the face model {path.name} is missing",
            "the face models are built when the program is set up",
            "run `python3 run.py demo` once, or build the package again",
        )
    os.environ[SILENT] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
