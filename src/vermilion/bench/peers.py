"""What people would take otherwise, timed on the same photo in environments of their own.

Only this bench, and only when asked, installs other programs; the product never does.
"""

from __future__ import annotations

import json
import subprocess  # the others run in an environment of their own  # nosec B404
import sys
import time
import venv
from pathlib import Path

import numpy as np

from vermilion.bench.table import Table
from vermilion.face.find import single_pass
from vermilion.photo.open import open_photo

PACKAGES = ("mediapipe==0.10.21", "facetweak==0.2.0")

SCRIPT = """
import json, sys, time
import cv2, numpy as np
import mediapipe as mp
from facetweak import FaceTweak

path = sys.argv[1]
image = cv2.imread(path)
rgb = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)

def ms(work, runs=7):
    work()
    times = []
    for _ in range(runs):
        began = time.perf_counter(); work(); times.append(1000 * (time.perf_counter() - began))
    return float(np.median(times))

mesh = mp.solutions.face_mesh.FaceMesh(static_image_mode=True, refine_landmarks=True)
found = mesh.process(rgb).multi_face_landmarks[0].landmark
h, w = image.shape[:2]
points = np.float32([(p.x * w, p.y * h) for p in found])
out = {"mediapipe 0.10.21: landmarks, single pass": ms(lambda: mesh.process(rgb))}

# It fetches a model of its own on first use.
try:
    tweak = FaceTweak()
    out["facetweak 0.2.0: larger lips, whole photo"] = ms(
        lambda: tweak.retouch(image, lip_size=0.3), 3)
except Exception:
    out["facetweak 0.2.0 (not run: its model could not be fetched)"] = float("nan")

# The lips' region: what a script of one's own would warp and tint.
upper = [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291]
lower = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291]
lips = points[upper + lower]
x0, y0 = np.maximum(lips.min(0) - 0.15 * np.ptp(lips[:, 0]), 0).astype(int)
x1, y1 = (lips.max(0) + 0.15 * np.ptp(lips[:, 0])).astype(int)
region = image[y0:y1, x0:x1].copy()
still = np.float32([(x, y) for x in (0, (x1-x0)/2, x1-x0) for y in (0, y1-y0)])
source = np.concatenate([lips - (x0, y0), still]).astype(np.float32)
target = source.copy()
target[1:10, 1] -= 0.016 * np.ptp(lips[:, 0])
matches = [cv2.DMatch(i, i, 0) for i in range(len(source))]

def plate():
    spline = cv2.createThinPlateSplineShapeTransformer()
    spline.estimateTransformation(target[None], source[None], matches)
    warped = spline.warpImage(region)
    mask = np.zeros(region.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.int32(np.concatenate([target[:11], target[11:22][::-1]]))], 255)
    alpha = cv2.GaussianBlur(mask, (0, 0), 3)[..., None] / 255 * 0.4
    return (warped * (1 - alpha) + np.array([104, 96, 201]) * alpha).astype(np.uint8)

out["OpenCV thin-plate warp and alpha tint, lips' region"] = ms(plate, 3)
print(json.dumps(out))
"""


def peers(cache: Path, photo: Path) -> Table:
    """A table of the others' times on this photo, with our landmarks timed in the same minute."""
    folder = cache / "peers"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        install = [str(python), "-m", "pip", "install", "-q", *PACKAGES]
        done = subprocess.run(install, capture_output=True, text=True, check=False)  # nosec B603
        if done.returncode != 0:
            failed = f"The other programs could not be installed: {done.stderr.strip()[-200:]}"
            return Table("", notes=(failed,))
    run = subprocess.run(  # a list of words, no shell  # nosec B603
        [str(python), "-c", SCRIPT, str(photo)], capture_output=True, text=True, check=False
    )
    if run.returncode != 0:
        return Table("", notes=(f"The other programs did not run: {run.stderr.strip()[-300:]}",))
    theirs: dict[str, float] = json.loads(run.stdout.strip().splitlines()[-1])
    ours = _own_landmarks_ms(photo)
    rows = [("ours: landmarks, single pass", f"{ours:.1f}", "1.0")]
    rows += [(what, f"{ms:.1f}", f"{ms / ours:.1f}") for what, ms in theirs.items()]
    python_words = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    title = f"Others on the same 12 MP photo ({python_words})"
    return Table(title, ("what", "ms", "x our landmarks"), rows)


def _own_landmarks_ms(photo: Path) -> float:
    pixels = open_photo(photo).pixels
    single_pass(pixels)
    times = []
    for _ in range(9):
        began = time.perf_counter()
        single_pass(pixels)
        times.append(1000 * (time.perf_counter() - began))
    return float(np.median(times))
