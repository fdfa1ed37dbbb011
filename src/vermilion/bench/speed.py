"""How quick: each step beside its physical bound, and beside what people would take otherwise.

The bound is one bilinear remap of the same region: every changed pixel must at least be read and
written once at another place. Both are timed in turns in the same run, so that a busy machine
slows both.
"""

from __future__ import annotations

import shutil
import subprocess  # it times this program, run as its own process  # nosec B404
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from vermilion.bench.mouths import scene_of
from vermilion.bench.peers import peers
from vermilion.bench.table import Table, Tables
from vermilion.face.find import find_face, single_pass
from vermilion.phantom import SCENES, render_phantom
from vermilion.phantom.scenes import DEMO_CAMERA
from vermilion.photo.photo import Photo
from vermilion.render.compose import paste, render
from vermilion.render.scene import LipScene, analyse
from vermilion.treat.blush import blush_outcome
from vermilion.treat.blush_plan import BlushPlan
from vermilion.treat.flip import flip_of_rise

SIZES = {"720p": (960, 1280), "12 MP": (3000, 4000), "48 MP": (6000, 8000)}
RUNS = 9
PHASES_DAYS = {"fresh": 0.0, "flaking": 5.0, "ghost": 10.0, "healed": 42.0}


@dataclass(frozen=True, slots=True)
class Timed:
    what: str
    ms: float
    bound_ms: float
    bar: str = ""

    @property
    def ratio(self) -> float:
        return self.ms / self.bound_ms


def speed(cache: Path | None = None) -> Tables:
    """All tables, for `vermilion bench speed`.

    Parameters
    ----------
    cache : a folder for environments of other programs (`--peers`); None leaves them out
    """
    portrait = render_phantom(replace(SCENES["smile"], camera=DEMO_CAMERA)).pixels
    parts = []
    for name, (width, height) in SIZES.items():
        grow = cv2.INTER_AREA if width < portrait.shape[1] else cv2.INTER_CUBIC
        pixels = cv2.resize(portrait, (width, height), interpolation=grow)
        parts.append(_pictures(name, Photo(np.asarray(pixels))))
    with tempfile.TemporaryDirectory() as folder:
        photo = Path(folder) / "phantom.jpg"
        cv2.imwrite(str(photo), portrait[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 92])
        parts += [_finding(Photo(portrait)), _whole(photo, Path(folder))]
        if cache is not None:
            parts.append(peers(cache, photo))
    return tuple(parts)


def _pictures(size: str, photo: Photo) -> Table:
    scene = scene_of(photo)
    face, mm_per_px = scene.face, scene.frame.mm_per_px
    bare = scene.lip.bare
    flip = replace(flip_of_rise(0.8), inner_fall_mm=0.3)
    days = {
        name: blush_outcome(BlushPlan(), bare, day).expected for name, day in PHASES_DAYS.items()
    }
    healed = days["healed"]
    bound = _bound(scene)

    def analysed() -> None:
        analyse(photo, face, mm_per_px).lip  # noqa: B018  (the analysis happens on first use)

    rows = [
        _timed("analysis, once a photo", analysed, bound),
        _timed("flip, full preview", lambda: paste(scene, render(scene, flip)), bound, "30"),
        _timed("flip, slider step", lambda: render(scene, flip, quick=True), bound, "8"),
        _timed(
            "both, full preview", lambda: paste(scene, render(scene, flip, healed)), bound, "30"
        ),
        _timed("both, slider step", lambda: render(scene, flip, healed, quick=True), bound, "8"),
    ]
    for name, outcome in days.items():
        rows.append(
            _timed(
                f"blush {name}, slider step",
                lambda outcome=outcome: render(scene, None, outcome, quick=True),  # type: ignore[misc]
                bound,
                "8",
            )
        )
    height, width = scene.box.shape
    title = f"Pictures at {size}: region {width} x {height} px, bound {rows[1].bound_ms:.2f} ms"
    cells = [(r.what, f"{r.ms:.1f}", f"{r.ratio:.1f}", r.bar) for r in rows]
    return Table(title, ("what", "ms", "x bound", "bar"), cells)


def _finding(photo: Photo) -> Table:
    rows = [
        ("landmarks, single pass", _median_ms(lambda: single_pass(photo.pixels))),
        ("lips, all passes and refinement", _median_ms(lambda: find_face(photo, 1))),
    ]
    return Table("Finding, 12 MP", ("what", "ms"), [(what, f"{ms:.1f}") for what, ms in rows])


def _whole(photo: Path, folder: Path) -> Table:
    """Whole commands in fresh processes: seconds and peak memory of each."""
    commands = {
        "import vermilion": ["-c", "import vermilion"],
        "measure, 12 MP JPEG": ["-m", "vermilion", "measure", str(photo), "--json"],
        "preview, 12 MP": [
            *("-m", "vermilion", "preview", str(photo), "--flip", "--rise-mm", "0.8"),
            *("--blush", "-o", str(folder / "out.png")),
        ],
        "consult, 12 MP": [
            *("-m", "vermilion", "consult", str(photo), "--flip", "--blush"),
            *("-o", str(folder / "consultation")),
        ],
    }
    bars = {"import vermilion": "0.3 s", "measure, 12 MP JPEG": "1.5 s, 700 MB"}
    bars["consult, 12 MP"] = "8 s"
    rows = []
    for name, arguments in commands.items():
        seconds, peak_mb = _process(arguments, folder)
        rows.append((name, f"{seconds:.2f}", f"{peak_mb:.0f}", bars.get(name, "")))
    return Table("Whole commands", ("what", "seconds", "peak MB", "bar"), rows)


def _process(arguments: list[str], folder: Path) -> tuple[float, float]:
    """Median seconds and largest peak memory (MB) of three cold runs."""
    watcher = (
        "import resource, subprocess, sys, time\n"
        "began = time.perf_counter()\n"
        "code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024\n"
        "print(time.perf_counter() - began, used, code)\n"
    )
    runs = []
    for _ in range(3):
        target = folder / "consultation"
        if target.exists():
            shutil.rmtree(target)
        printed = subprocess.run(  # a list of words, no shell  # nosec B603
            [sys.executable, "-c", watcher, sys.executable, *arguments],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        seconds, peak, code = printed.split()[-3:]
        if int(code) != 0:
            return float("nan"), float("nan")
        runs.append((float(seconds), float(peak)))
    return float(np.median([r[0] for r in runs])), max(r[1] for r in runs)


def _bound(scene: LipScene) -> Callable[[], object]:
    source = np.ascontiguousarray(scene.encoded)
    height, width = scene.box.shape
    x, y = np.meshgrid(
        np.arange(width, dtype=np.float32) + 0.3, np.arange(height, dtype=np.float32) + 0.4
    )
    return lambda: cv2.remap(source, x, y, cv2.INTER_LINEAR)


def _timed(
    what: str, work: Callable[[], object], bound: Callable[[], object], bar: str = ""
) -> Timed:
    """Medians of work and bound, run in turns."""
    times: dict[str, list[float]] = {"work": [], "bound": []}
    work(), bound()
    for _ in range(RUNS):
        times["work"].append(_ms(work))
        times["bound"].append(_ms(bound))
    return Timed(what, float(np.median(times["work"])), float(np.median(times["bound"])), bar)


def _median_ms(work: Callable[[], object]) -> float:
    work()
    return float(np.median([_ms(work) for _ in range(RUNS)]))


def _ms(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)
