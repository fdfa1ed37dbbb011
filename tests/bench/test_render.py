"""The bench of pictures measures what it says."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.render.conftest import phantom_scene
from vermilion.bench.mouths import face_scenes
from vermilion.bench.render import RISES_MM, gates


def test_gates_hold_on_a_phantom() -> None:
    found = gates("phantom", phantom_scene("full"))
    assert found.outside == found.at_zero == found.nose_and_chin == 0
    assert len(found.flow_mm) == sum(r <= found.most_mm for r in RISES_MM) >= 3
    assert max(found.flow_mm) < 0.25
    assert min(found.jacobian) > 0.4


def test_a_photo_without_a_face_is_listed_with_its_reason(tmp_path: Path) -> None:
    import cv2

    (tmp_path / "portraits").mkdir()
    cv2.imwrite(str(tmp_path / "portraits" / "wall.jpg"), np.full((300, 300, 3), 128, np.uint8))
    [(name, reason)] = list(face_scenes(tmp_path))
    assert name == "portraits/wall"
    assert isinstance(reason, str)
    assert "face" in reason
