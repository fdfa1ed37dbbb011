"""The two face networks, run by onnxruntime on one thread each.

This is the only module that knows onnxruntime. Both networks come from MediaPipe 0.10.21
(Apache-2.0) and are built beside this file by the set-up; they are never downloaded here. One
thread is faster than two for networks this small, and one thread gives the same bits every time.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from vermilion.errors import SetupError

DETECTOR = "face_detection_short_range"
MESH = "face_landmark_with_attention"
MODELS = Path(__file__).parent / "models"

Tensor = npt.NDArray[np.float32]


def run(network: str, image: Tensor) -> dict[str, Tensor]:
    """Outputs by name for one image of shape (1, H, W, 3), the range being the network's own."""
    session = _session(network)
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, {"input": image}), strict=True))


@cache
def _session(network: str) -> onnxruntime.InferenceSession:
    path = MODELS / f"{network}.onnx"
    if not path.is_file():
        raise SetupError(
            f"the face model {path.name} is missing",
            "both face models are built when the program is set up",
            "run `python3 run.py demo` once, or build the package again",
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
