"""How many frames a second the live mirror shows, browser and studio together.

It is called by `python -m tools.studio_bench mirror [SECONDS] [talk]`.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from tools.sample_studio import BASE, studio

SETTLED_S = 6.0
ALONE = """end => {
  setTimeout(() => document.querySelector('[name=flip]').click(), 3000);
  setTimeout(() => dispatchEvent(new Event('pagehide')), end);
}"""
"""What nobody who looks on may do: choose a flip, and stop in the end."""


def mirror(seconds: float, talking: bool) -> None:
    """The live mirror at 720p with a phantom before Chromium's fake camera.

    Nothing looks on while it is measured: each request's body would be handed to who does, which
    takes a browser longer than all the rest.
    """
    from playwright.sync_api import sync_playwright

    with (
        tempfile.TemporaryDirectory() as folder,
        studio(Path(folder) / "data") as (server, password),
        sync_playwright() as play,
        _chromium(_film(Path(folder) / "camera.y4m", talking), Path(folder)) as address,
    ):
        seen = play.chromium.connect_over_cdp(address)
        page = seen.contexts[0].pages[0]
        page.goto(f"{BASE}/login/")
        page.fill("#id_login", "pia")
        page.fill("#id_password", password)
        with page.expect_navigation():
            page.press("#id_password", "Enter")
        page.goto(f"{BASE}/mirror/")
        page.evaluate(ALONE, 1000 * (SETTLED_S + seconds + 1))
        seen.close()
        time.sleep(SETTLED_S)
        sides = {"browser": _browser_of(os.getpid()), "studio": {server.pid}}
        begun, began_ms = {side: _cpu_ms(sides[side]) for side in sides}, 1000 * time.time()
        time.sleep(seconds)
        spent = {side: _cpu_ms(sides[side]) - begun[side] for side in sides}
        ended_ms = 1000 * time.time()
        time.sleep(2)
        page = play.chromium.connect_over_cdp(address).contexts[0].pages[0]
        found = page.evaluate("({ ...window.mirrorStats, zero: performance.timeOrigin })")
    both = zip(found["times"], found["lags"], strict=True)
    lags = sorted(lag for at, lag in both if began_ms <= at + found["zero"] <= ended_ms)
    each = {side: spent[side] / len(lags) for side in sides}
    rate = 1000 * len(lags) / (ended_ms - began_ms)
    print(
        f"mirror, flip and blush, {'talking' if talking else 'still'}, {seconds:.0f} s: "
        f"{rate:.1f} frames a second, lag p50 {statistics.median(lags):.0f} ms, p95 "
        f"{lags[int(0.95 * len(lags))]:.0f} ms; a core's ms a frame: browser "
        f"{each['browser']:.1f}, studio {each['studio']:.1f}"
    )
    if not talking:
        _mirror_alone()


@contextmanager
def _chromium(film: Path, folder: Path) -> Iterator[str]:
    """A browser whose camera shows a film, and the address where it takes orders."""
    command = [
        *("/usr/bin/chromium", "--headless", "--no-sandbox", "--no-first-run"),
        *("--disable-background-networking", "--disable-component-update"),
        *("--remote-debugging-port=0", f"--user-data-dir={folder / 'browser'}"),
        *("--window-size=1280,860", "--use-fake-ui-for-media-stream"),
        *("--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"),
        "about:blank",
    ]
    silent = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=silent, stderr=silent)
    port, end = folder / "browser" / "DevToolsActivePort", time.monotonic() + 30
    try:
        while not (port.exists() and port.read_text()):
            if time.monotonic() > end:
                raise SystemExit("the browser did not start")
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port.read_text().split()[0]}"
    finally:
        process.terminate()
        process.wait(20)


def _browser_of(process: int) -> set[int]:
    """Chromium's processes among the descendants of one."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    found, more = set[int](), {process}
    while more:
        found |= more
        more = {one for one, parent in parents.items() if parent in found} - found
    return {one for one in found if "chromium" in _command(one)}


def _command(process: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_text().partition("\0")[0]
    return ""


def _cpu_ms(processes: set[int]) -> float:
    """Time that processors gave to these so far."""
    ticks = 0
    for one in processes:
        with suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return 1000 * ticks / os.sysconf("SC_CLK_TCK")


def _mirror_alone() -> None:
    """What the studio itself takes for a frame, and how much a still face's landmarks wander."""
    import cv2
    import numpy as np

    from vermilion.consult.mirror import Mirror, Part
    from vermilion.consult.plan import make_plan
    from vermilion.face.topology import LIPS_REGION
    from vermilion.face.track import jitter_mm
    from vermilion.phantom.render import render_phantom
    from vermilion.phantom.scenes import SCENES

    pixels = render_phantom(SCENES["frontal"].sized(540, 720)).pixels
    frame = cv2.copyMakeBorder(pixels, 0, 0, 370, 370, cv2.BORDER_REPLICATE)
    # as large as the page draws it in a window of 1280 px, with the camera's noise before
    shown, camera = (720, 405), frame.astype(np.float32)
    rng, looking, plan = np.random.default_rng(1), Mirror(), make_plan(flip=True, shade="rose")
    times, tracks = [], []
    left, top, right, bottom = 0, 0, *shown
    for k in range(120):
        noisy = np.clip(camera + rng.normal(0, 3, camera.shape), 0, 255).astype(np.uint8)
        small = cv2.resize(noisy, shown, interpolation=cv2.INTER_LINEAR)
        part = np.ascontiguousarray(small[top:bottom, left:right])
        begun = time.process_time()
        seen = looking.reflect(part, plan, 42, k / 30, Part(left, top))
        times.append(1000 * (time.process_time() - begun))
        if k == 0 and seen is not None:  # from now on the page sends the face alone
            x, y, wide, tall = (round(one) for one in seen.face)
            left, top = max(0, x), max(0, y)
            right, bottom = min(right, x + wide), min(bottom, y + tall)
        if k >= 30 and looking.track is not None:
            tracks.append(looking.track)
    wander = jitter_mm(tracks, 320 / shown[1], LIPS_REGION)
    print(
        f"the studio alone: {statistics.mean(times):.1f} ms a frame (p95 "
        f"{sorted(times)[int(0.95 * len(times))]:.0f}); lips of a still face wander "
        f"by {wander:.3f} mm (root mean square, fresh noise of sd 3 in every frame)"
    )


def _film(path: Path, talking: bool) -> Path:
    """A phantom with the noise of a camera, as Y4M at 1280 x 720.

    It is still, or opens its mouth by 8 mm three times a second and sways by 9 mm once a second.
    """
    import cv2
    import numpy as np

    from vermilion.phantom.render import render_phantom
    from vermilion.phantom.scenes import SCENES

    frames, syllable, far_px = (60, 20, 10) if talking else (12, 1, 0)
    turns = 2 * np.pi * np.arange(frames) / frames
    scene, faces = SCENES["open" if talking else "frontal"].sized(540, 720), {}
    for k in range(syllable // 2 + 1 if talking else 1):
        wide = 4 * (1 - np.cos(2 * np.pi * k / syllable)) if talking else scene.lips.opening_mm
        face = replace(scene, lips=replace(scene.lips, opening_mm=float(wide)))
        faces[k] = cv2.copyMakeBorder(
            render_phantom(face).pixels, 0, 0, 370, 370, cv2.BORDER_REPLICATE
        ).astype(np.float32)
    rng = np.random.default_rng(1)
    with path.open("wb") as film:
        film.write(b"YUV4MPEG2 W1280 H720 F60:1 Ip A1:1 C420jpeg\n")
        for k, turn in enumerate(turns):
            face = faces[min(k % syllable, syllable - k % syllable)] if talking else faces[0]
            way = np.array([[1, 0, far_px * np.sin(turn)], [0, 1, 0]])
            moved = cv2.warpAffine(face, way, (1280, 720), borderMode=cv2.BORDER_REPLICATE)
            noisy = np.clip(moved + rng.normal(0, 3, moved.shape), 0, 255).astype(np.uint8)
            film.write(b"FRAME\n" + cv2.cvtColor(noisy, cv2.COLOR_RGB2YUV_I420).tobytes())
    return path
