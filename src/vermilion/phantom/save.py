"""A phantom as files: `phantom-<scene>.png` and its truth as `phantom-<scene>.json`."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import cv2

from vermilion.errors import OutputError, UsageError
from vermilion.phantom.render import render_phantom
from vermilion.phantom.scenes import SCENES
from vermilion.whole_file import save_bytes


def write_phantom(out_dir: Path, scene: str = "frontal") -> tuple[Path, Path]:
    """Render one named scene into `out_dir` (made if missing); returns picture and truth. On a
    failure nothing new is left, and what stood there stays whole.

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
    new = [folder for folder in (out_dir, *out_dir.parents) if not folder.exists()]
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        save_bytes(picture, packed.tobytes())
        save_bytes(truth, text.encode("utf-8"))
    except BaseException as error:
        with suppress(OSError):
            if not truth.exists():  # a picture without its truth judges nothing
                picture.unlink(missing_ok=True)
            for folder in new:
                folder.rmdir()
        if not isinstance(error, OSError):
            raise
        raise OutputError(
            f"'{out_dir}' can't be written ({error.strerror})",
            "a folder with room is needed",
            "choose another folder",
        ) from error
    return picture, truth
