"""Build hook: the face networks are made before the package is packed.

In a checkout that `run.py` has set up they are already there and only their hashes are checked.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FaceNetworks(BuildHookInterface):  # type: ignore[type-arg,misc,unused-ignore]
    """Puts both ONNX files, their licence and their notice into src/vermilion/face/models/."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return  # a source distribution carries the recipe, not the networks
        sys.path.insert(0, self.root)
        from build_models.make import make

        make(Path(sys.executable))
