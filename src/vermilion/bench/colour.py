"""The gates of a blush: is the stated colour on the picture, and is it still a lip?

Public: `colour_bench`, `colour_gates`.

Each lip's mean is read back from the 8-bit picture over the pixels with which it was measured bare.
Texture and highlights are compared in CIELAB lightness, which is what an eye sees.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.bench.mouths import face_scenes, phantom_scenes
from vermilion.bench.table import Table, Tables
from vermilion.colour.difference import delta_e_2000
from vermilion.colour.spaces import linear_to_lab, srgb_to_linear
from vermilion.photo.photo import Pixels
from vermilion.render.compose import paste, render
from vermilion.render.layers import wide_blur
from vermilion.render.scene import LipScene
from vermilion.treat.blush import blush_outcome, settled_day
from vermilion.treat.blush_plan import BlushPlan
from vermilion.treat.outcome import BlushOutcome

DAYS = (0.0, 4.0, 10.0, 400.0, 1100.0)
"""Fresh, flaking, ghost and faded, besides the healed day."""
FINE_MM = 0.6
"""Texture is what is finer than this."""
BRIGHTEST = 2.0
"""Highlights are this per cent of the bare lip's pixels: the same pixels before and after."""
CLEAR_MM = 0.3
"""Teeth and mouth are judged this far inside the inner borders."""
MOUTH_MM = 1.0
BEYOND_MM = 1.0
"""Skin and hair are judged this far from the lips: nearer, the border fades out."""


@dataclass
class ColourGates:
    """What one mouth shows: CIEDE2000 to the stated colour when healed and on all days, ratios
    after / before, values changed where nothing may change."""

    name: str
    bare_lightness: float
    healed_de: float
    step_de: float
    days_de: list[float] = field(default_factory=list)
    texture: float = 1.0
    highlight: float = 1.0
    outside: int = 0
    mouth: int = 0
    skin_and_hair: int = 0
    at_nothing: int = 0


def colour_bench(faces_dir: Path) -> Tables:
    """Blush every mouth and print how near the pictures come to what was stated.

    Photos without colour are counted apart: the program shows no blush on them.
    """
    done, colourless = [], []
    faces = face_scenes(faces_dir) if faces_dir.is_dir() else iter(())
    for name, scene in chain(phantom_scenes(), faces):
        if isinstance(scene, str):
            continue
        if scene.grey:
            colourless.append(name)
        else:
            done.append(colour_gates(name, scene))
    parts = [_summary(done, len(colourless)), _worst(done)]
    if not faces_dir.is_dir():
        parts.append(Table("", notes=(f"No faces in {faces_dir}: only phantoms were coloured.",)))
    return tuple(parts)


def colour_gates(name: str, scene: LipScene) -> ColourGates:
    """Blush one mouth on several days with the usual plan and judge the pictures."""
    plan = BlushPlan()
    before = np.ascontiguousarray(scene.encoded)
    bare = scene.lip.bare
    healed = blush_outcome(plan, bare, settled_day(plan)).expected
    after = render(scene, blush=healed)
    step = float(delta_e_2000(bare.mean, healed.mean_lab))
    found = ColourGates(name, bare.mean[0], _distance(scene, after, healed), step)
    for day in DAYS:
        outcome = blush_outcome(plan, bare, day).expected
        picture = render(scene, blush=outcome)
        found.outside = max(found.outside, _outside(scene, picture))
        found.mouth = max(found.mouth, _mouth(scene, before, picture))
        if outcome.swelling_mm == 0:
            found.days_de.append(_distance(scene, picture, outcome))
    found.texture, found.highlight = _texture_and_highlight(scene, before, after)
    found.skin_and_hair = int((before != after)[_beyond(scene)].sum())
    nothing = render(scene, blush=BlushOutcome(0.0, bare))
    found.at_nothing = int((nothing != before).sum())
    return found


def _distance(scene: LipScene, region: Pixels, outcome: BlushOutcome) -> float:
    """CIEDE2000 to what was stated: of the upper lip, the lower or both together, the worst."""
    lab = linear_to_lab(
        srgb_to_linear(region.reshape(-1, 3)[scene.bare_lip.of_region(scene.bare_lip.tone)][None])
    )[0]
    of_upper = scene.bare_lip.of_upper
    stated = *outcome.colours.both, outcome.mean_lab
    parts = (part for part in (lab[of_upper], lab[~of_upper], lab))
    return max(
        float(delta_e_2000(part.mean(axis=0, dtype=np.float64), wanted))
        for part, wanted in zip(parts, stated, strict=True)
        if len(part)
    )


def _outside(scene: LipScene, region: Pixels) -> int:
    changed = (paste(scene, region) != scene.photo.pixels).any(axis=2)
    box = scene.box
    changed[box.y0 : box.y1, box.x0 : box.x1] = False
    return int(changed.sum())


def _mouth(scene: LipScene, before: Pixels, after: Pixels) -> int:
    """Values changed among teeth, tongue and the dark between open lips."""
    h, y = scene.heights, scene.place_mm[1]
    mouth = (y > h.upper_inner + CLEAR_MM) & (y < h.lower_inner - CLEAR_MM)
    mouth &= h.lower_inner - h.upper_inner > MOUTH_MM
    return int((before[mouth] != after[mouth]).sum())


def _beyond(scene: LipScene) -> npt.NDArray[np.bool_]:
    """(H, W) skin and hair clear of the lips."""
    curves = scene.face.curves
    ring = np.concatenate([curves.upper_outer, curves.lower_outer[::-1]])
    skin = np.ones(scene.box.shape, np.uint8)
    cv2.fillPoly(skin, [np.rint(ring - (scene.box.x0, scene.box.y0)).astype(np.int32)], 0)
    # A pixel more: a filled outline is good to half of one.
    far = BEYOND_MM / scene.frame.mm_per_px + 1
    return np.asarray(cv2.distanceTransform(skin, cv2.DIST_L2, 5) > far)


def _texture_and_highlight(scene: LipScene, before: Pixels, after: Pixels) -> tuple[float, float]:
    lip = scene.vermilion
    one, other = (_lightness(pixels) for pixels in (before, after))
    bright = lip & (one >= np.percentile(one[lip], 100 - BRIGHTEST))

    def fine(lightness: npt.NDArray[np.float32]) -> float:
        mask = lip.astype(np.float32)
        sigma = FINE_MM / scene.frame.mm_per_px
        slow = wide_blur(lightness * mask, sigma) / np.maximum(wide_blur(mask, sigma), 1e-3)
        return float((lightness - slow)[lip].std())

    def shine(lightness: npt.NDArray[np.float32]) -> float:
        return float(lightness[bright].mean() - np.median(lightness[lip]))

    return fine(other) / max(fine(one), 1e-6), shine(other) / max(shine(one), 1e-6)


def _lightness(pixels: Pixels) -> npt.NDArray[np.float32]:
    return np.ascontiguousarray(linear_to_lab(srgb_to_linear(pixels))[..., 0])


def _summary(done: list[ColourGates], colourless: int) -> Table:
    def share(values: list[float], low: float, high: float) -> str:
        within = np.mean([low <= v <= high for v in values])
        return f"median {np.median(values):.2f}, {within:.0%} within"

    healed = [g.healed_de for g in done]
    days = [de for g in done for de in g.days_de]
    rows = [
        ("mouths coloured", str(len(done)), "-"),
        ("photos without colour, on which a blush is refused", str(colourless), "-"),
        ("dE2000 of healed lips to their stated colours, median", f"{np.median(healed):.2f}", "-"),
        ("the same, worst", f"{max(healed):.2f}", "<= 1"),
        ("dE2000 on unswollen days, p95", f"{np.percentile(days, 95):.2f}", "<= 1"),
        (
            "dE2000 between bare and healed, median",
            f"{np.median([g.step_de for g in done]):.1f}",
            "-",
        ),
        ("texture, after / before", share([g.texture for g in done], 0.9, 1.1), "0.9-1.1"),
        ("highlights, after / before", share([g.highlight for g in done], 0.85, 1.2), "0.85-1.2"),
        ("pixels changed outside the region", str(sum(g.outside for g in done)), "0"),
        ("values changed between open lips", str(sum(g.mouth for g in done)), "0"),
        (
            "values changed on skin and hair 1 mm beyond, healed",
            str(sum(g.skin_and_hair for g in done)),
            "0",
        ),
        ("values changed when nothing is asked", str(sum(g.at_nothing for g in done)), "0"),
    ]
    return Table("Gates of the blush", ("what", "measured", "bar"), rows)


def _worst(done: list[ColourGates]) -> Table:
    def badness(g: ColourGates) -> float:
        off = abs(np.log(g.texture)) * 10, abs(np.log(g.highlight)) * 6
        return float(max(g.healed_de, *off))

    rows = [
        (
            g.name,
            f"{g.bare_lightness:.0f}",
            f"{g.healed_de:.2f}",
            f"{g.texture:.2f}",
            f"{g.highlight:.2f}",
            str(g.mouth),
        )
        for g in sorted(done, key=badness, reverse=True)[:8]
    ]
    return Table(
        "The hardest lips", ("photo", "bare L*", "dE2000", "texture", "light", "mouth"), rows
    )
