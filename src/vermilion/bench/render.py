"""Are the pictures what was asked for? The hard gates, on phantoms and on photographs.

A rise is read back from pixels in two ways that share nothing with the renderer. The figure proves
that what was asked was drawn on the border that was found; that the right border was found is the
business of the lips bench.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from vermilion.bench.lustre import Lustre, lustre
from vermilion.bench.mouths import face_scenes, phantom_scenes
from vermilion.bench.readback import Pixels, flow_between, shift_by_correlation
from vermilion.bench.table import Table, Tables
from vermilion.render.compose import paste, render
from vermilion.render.flip import least_jacobian, most_rise_mm, motion
from vermilion.render.frame import OPEN_MM
from vermilion.render.scene import LipScene
from vermilion.treat.flip import flip_of_rise

RISES_MM = (0.25, 0.5, 1.0, 1.5, 2.0)
FALL_MM = 0.35
GLOSS = (0.85, 1.2)
"""Highlights keep their height within these."""
ONE_SIDED_95 = 1.645


@dataclass
class Gates:
    """What was read on one mouth; lists hold one entry per rise."""

    name: str
    most_mm: float
    outside: int = 0
    at_zero: int = 0
    correlation_mm: list[float] = field(default_factory=list)
    flow_mm: list[float] = field(default_factory=list)
    jacobian: list[float] = field(default_factory=list)
    stomion_mm: list[float] = field(default_factory=list)
    nose_and_chin: int = 0
    lustre: list[Lustre] = field(default_factory=list)
    lustre_unread: int = 0


def render_bench(faces_dir: Path) -> Tables:
    """All tables, for `vermilion bench render`."""
    here = faces_dir.is_dir()
    faces = face_scenes(faces_dir) if here else iter(())
    done, refused = [], []
    for name, scene in chain(phantom_scenes(), faces):
        if isinstance(scene, str):
            refused.append((name, scene))
        else:
            done.append(gates(name, scene))
    parts = [_summary(done), _read_back(done), _worst(done)]
    if refused:
        parts.append(Table("Photos without a mouth to draw on", ("photo", "why"), refused))
    if not here:
        parts.append(Table("", notes=(f"No faces in {faces_dir}: only phantoms were drawn on.",)))
    return tuple(parts)


def gates(name: str, scene: LipScene) -> Gates:
    """Draw flips of several sizes on one mouth and read them back."""
    before = np.ascontiguousarray(scene.encoded)
    unit = flip_of_rise(1.0)
    found = Gates(name, most_rise_mm(scene.frame, unit))
    found.at_zero = _differing(paste(scene, render(scene, flip_of_rise(0.0))), scene.photo.pixels)
    is_open = scene.frame.opening_mm > OPEN_MM
    still = (scene.place_mm[1] < scene.frame.ceiling_mm) | (
        scene.place_mm[1] > scene.heights.lower_outer
    )
    for rise in (r for r in RISES_MM if r <= found.most_mm):
        flip = replace(flip_of_rise(rise), inner_fall_mm=FALL_MM * rise)
        after = render(scene, flip)
        found.outside = max(found.outside, _outside(scene, after))
        found.nose_and_chin += _differing(after[still], before[still])
        moved = motion(scene, flip)
        found.jacobian.append(least_jacobian(scene, moved))
        flow = flow_between(before, after, scene.frame.mm_per_px)
        peaks, down = np.array([at for at, *_ in _peaks(scene)]), scene.frame.down
        moved_mm = shift_by_correlation(before, after, peaks, down, scene.frame.mm_per_px)
        by_flow = float(np.mean([flow.shift(at, down) for at in peaks]))
        found.correlation_mm.append(abs(-moved_mm - rise))
        found.flow_mm.append(abs(-by_flow - rise))
        if not is_open:
            found.stomion_mm.append(abs(flow.shift(*_under_stomion(scene)[:2])))
        seen = lustre(scene, before, after, moved)
        if seen is None:
            found.lustre_unread += 1
        else:
            found.lustre.append(seen)
    return found


Spot = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], float]


def _peaks(scene: LipScene) -> Iterator[Spot]:
    frame = scene.frame
    for x in frame.peaks_mm:
        yield _spot(scene, x, float(np.interp(x, frame.x_mm, frame.heights.upper_outer)))


def _under_stomion(scene: LipScene) -> Spot:
    """A little below the line between closed lips: flow has a window, and the upper lip moves."""
    frame = scene.frame
    line = float(np.interp(frame.middle_mm, frame.x_mm, frame.heights.lower_inner))
    return _spot(scene, frame.middle_mm, line + 1.0)


def _spot(scene: LipScene, x_mm: float, y_mm: float) -> Spot:
    at = np.array(scene.frame.to_px(x_mm, y_mm)) - (scene.box.x0, scene.box.y0)
    return at, scene.frame.down, scene.frame.mm_per_px


def _differing(one: Pixels, other: Pixels) -> int:
    return int((one != other).sum())


def _outside(scene: LipScene, region: Pixels) -> int:
    changed = (paste(scene, region) != scene.photo.pixels).any(axis=2)
    box = scene.box
    changed[box.y0 : box.y1, box.x0 : box.x1] = False
    return int(changed.sum())


def _summary(done: list[Gates]) -> Table:
    def worst(values: list[float], pick: str) -> str:
        return f"{(min if pick == 'min' else max)(values):.2f}" if values else "-"

    def share(values: list[float], low: float, high: float) -> str:
        within = np.mean([low <= v <= high for v in values])
        return f"median {np.median(values):.2f}, {within:.0%} within"

    def all_of(name: str) -> list[float]:
        return [v for gate in done for v in getattr(gate, name)]

    read: list[Lustre] = [one for gate in done for one in gate.lustre]
    missed = [one for one in read if not GLOSS[0] <= one.highlight <= GLOSS[1]]
    sure = [one for one in missed if _beyond_noise(one)]
    rows = [
        ("mouths drawn on", str(len(done)), "-"),
        ("pixels changed outside the region", str(sum(g.outside for g in done)), "0"),
        ("values changed at a rise of 0", str(sum(g.at_zero for g in done)), "0"),
        ("values changed at nose, lower lip's skin", str(sum(g.nose_and_chin for g in done)), "0"),
        ("least det J", worst(all_of("jacobian"), "min"), "> 0.4"),
        (
            "lower lip's edge moves, closed mouths, mm, p95",
            f"{np.percentile(all_of('stomion_mm'), 95):.3f}",
            "< 0.05",
        ),
        ("fine texture, after / before", share([r.texture for r in read], 0.9, 1.1), "0.9-1.1"),
        ("highlights, after / before", share([r.highlight for r in read], *GLOSS), "0.85-1.2"),
        ("the same count of brightest pixels", share([r.glints for r in read], *GLOSS), "-"),
        ("lips too thin to read either", str(sum(g.lustre_unread for g in done)), "-"),
        ("highlights that miss their bar", str(len(missed)), "0"),
        ("... by more than their reading's own noise", str(len(sure)), "-"),
    ]
    return Table("Gates of the flip", ("what", "measured", "bar"), rows)


def _beyond_noise(one: Lustre) -> bool:
    """19 of 20 readings of such a lip would miss the bar as well."""
    margin = ONE_SIDED_95 * one.noise
    low, high = np.log(GLOSS)
    return bool(np.log(one.highlight) - margin > high or np.log(one.highlight) + margin < low)


def _read_back(done: list[Gates]) -> Table:
    rows = []
    for number, rise in enumerate(RISES_MM):
        able = [g for g in done if len(g.flow_mm) > number]
        cells = [f"{rise:g}", str(len(able)), str(len(done) - len(able))]
        for way in ("correlation_mm", "flow_mm"):
            errors = [getattr(g, way)[number] for g in able]
            cells.append(_median_p95(errors))
        rows.append(cells)
    every = [[v for g in done for v in getattr(g, w)] for w in ("correlation_mm", "flow_mm")]
    total = str(len(every[0]))
    rows.append(["all", total, "-", _median_p95(every[0]), _median_p95(every[1])])
    head = (
        "rise, mm",
        "drawn",
        "too thin",
        "by correlation: median / p95",
        "by flow: median / p95",
    )
    return Table("Error of the rise read back, mm (bar 0.10 / 0.25, aim 0.05)", head, rows)


def _median_p95(errors: list[float]) -> str:
    return f"{np.median(errors):.3f} / {np.percentile(errors, 95):.3f}" if errors else "-"


def _worst(done: list[Gates]) -> Table:
    able = sorted((g for g in done if g.flow_mm), key=lambda g: -max(g.correlation_mm + g.flow_mm))
    rows = [
        (g.name, f"{g.most_mm:.2f}", f"{max(g.correlation_mm):.2f}", f"{max(g.flow_mm):.2f}")
        for g in able[:8]
    ]
    head = ("mouth", "most rise, mm", "correlation, mm", "flow, mm")
    return Table("The eight mouths read back worst", head, rows)
