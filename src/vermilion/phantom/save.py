"""A phantom as files: `phantom-<scene>.png` and its truth as `phantom-<scene>.json`."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import cv2

from vermilion.errors import OutputError, UsageError
from vermilion.phantom.render import render_phantom
from vermilion.phantom.scenes import SCENES


def write_phantom(out_dir: Path, scene: str = "frontal") -> tuple[Path, Path]:
    """Render one named scene into `out_dir` (made if missing); returns picture and truth.

    Raises UsageError for an unknown scene, OutputError where nothing can be written.
    """
    if scene not in SCENES:
        raise UsageError(
            f"there is no phantom scene '{scene}'",
            "one of: " + ", ".join(SCENES),
            "name one of them",
        )
    image = render_phantom(SCENES[scene])
    picture, truth = out_dir / f"phantom-{scene}.png", out_dir / f"phantom-{scene}.json"
    _, packed = cv2.imencode(".png", image.pixels[..., ::-1])
    text = json.dumps({"scene": scene, **image.truth}, indent=1) + "\n"
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        picture.write_bytes(packed.tobytes())
        truth.write_text(text, encoding="utf-8")
    except OSError as error:
        for left in (picture, truth):
            with suppress(OSError):
                left.unlink()
        raise OutputError(
            f"'{out_dir}' can't be written ({error.strerror})",
            "a folder with room is needed",
            "choose another folder",
        ) from error
    return picture, truth
