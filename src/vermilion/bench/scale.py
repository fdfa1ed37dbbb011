"""How true millimetres are: rendered heads of known lips, frontal, turned, and as people come.

Two errors are kept apart. *Measuring alone* starts from the true borders: what scale, pose and
geometry cost. *From the photo* starts from the found borders, as a user does. The interval table
counts how often value +- 1.645 sd holds the truth: 85 to 95 of 100 are asked for.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import Any

import numpy as np
import numpy.typing as npt

from vermilion.bench.table import Table, Tables
from vermilion.errors import FaceError
from vermilion.face.find import find_face
from vermilion.face.lips import Face, LipCurves, Scale
from vermilion.face.measure import measure
from vermilion.face.scale import scale_of
from vermilion.phantom.population import population
from vermilion.phantom.render import render_phantom
from vermilion.phantom.spec import PhantomSpec, Pose
from vermilion.photo.photo import Photo
from vermilion.units import Measured

HEIGHTS = (
    "upper_vermilion_height",
    "upper_vermilion_height_right_peak",
    "upper_vermilion_height_left_peak",
    "lower_vermilion_height",
)
Errors = npt.NDArray[np.float64]
SEED = 12
IN_90 = 1.645
"""Half of a 90 % interval in sd."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One head measured one way: (found, truth) by measure; the scale's relative error."""

    measures: Mapping[str, tuple[Measured, float]]
    scale: float


def scale(people: int = 16, crowd: int = 240) -> Tables:
    """All tables, for `vermilion bench scale`.

    people : heads in each pose; crowd : heads of the population. Of 240 intervals that hold 90 of
    100, 95 counts of 100 lie within 86 to 94 %; of 64 one measure in five leaves 85 to 95 by chance
    """
    still = population(people, SEED, yaw_deg=0.0, pitch_deg=0.0)
    turned = [
        replace(one, pose=Pose(15.0 if i % 2 else -15.0, 0.0, one.pose.roll_deg))
        for i, one in enumerate(still)
    ]
    sets = {
        "frontal": still,
        "15 degrees of yaw": turned,
        "a population": population(crowd, SEED + 1),
    }
    trials = {name: _run(specs) for name, specs in sets.items()}
    return _scales(trials), _heights(trials), _intervals(trials["a population"])


def _run(specs: Iterable[PhantomSpec]) -> dict[str, list[Trial]]:
    """Trials by way of measuring; heads that are not found count under "refused".

    Heads know nothing of each other, so each core takes its share; their order stays.
    """
    done: dict[str, list[Trial]] = defaultdict(list)
    # Started anew: a copy of this process would share the networks' threads.
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as cores:
        for ways in cores.map(_trials, specs):
            for way, trial in ways.items():
                done[way].append(trial)
    return done


def _trials(spec: PhantomSpec) -> dict[str, Trial]:
    """One head, measured each way."""
    image = render_phantom(spec)
    photo, truth = Photo(image.pixels), image.truth
    try:
        face = find_face(photo)
    except FaceError:
        return {"refused": Trial({}, float("nan"))}
    own = scale_of(photo, face, iris_mm=truth["measures"]["iris_diameter_mm"])
    return {
        "measuring alone": _trial(_with_true_borders(face, truth), own, truth),
        "from the photo, own iris": _trial(face, own, truth),
        "from the photo, population iris": _trial(face, scale_of(photo, face), truth),
    }


def _with_true_borders(face: Face, truth: Mapping[str, Any]) -> Face:
    curves = LipCurves(**{name: np.array(line) for name, line in truth["curves"].items()})
    points = {name: (float(x), float(y)) for name, (x, y) in truth["points"].items()}
    return replace(face, curves=curves, points=dict(face.points) | points)


def _trial(face: Face, size: Scale, truth: Mapping[str, Any]) -> Trial:
    if size.mm_per_px is None:
        return Trial({}, float("nan"))
    found = {}
    for name, value in measure(face, size).items():
        for ending in ("", "_mm", "_mm2", "_deg"):
            if name + ending in truth["measures"]:
                found[name] = (value, float(truth["measures"][name + ending]))
    return Trial(found, size.mm_per_px / truth["scale"]["mm_per_px"] - 1)


def _scales(trials: Mapping[str, Mapping[str, list[Trial]]]) -> Table:
    rows = []
    for name, ways in trials.items():
        for way in ("from the photo, own iris", "from the photo, population iris"):
            errors = np.array([trial.scale for trial in ways.get(way, ())])
            known = 100 * errors[np.isfinite(errors)]
            rows.append(
                (
                    name,
                    way.removeprefix("from the photo, "),
                    f"{known.mean():+.1f}",
                    f"{known.std():.1f}",
                    f"{np.percentile(np.abs(known), 95):.1f}",
                    str(len(errors) - len(known) + len(ways.get("refused", ()))),
                )
            )
    head = ("heads", "scale", "mean error %", "sd %", "95 of 100 within %", "none")
    return Table("Millimetres per pixel in the plane of the lips", head, rows)


def _heights(trials: Mapping[str, Mapping[str, list[Trial]]]) -> Table:
    rows = []
    for name, ways in trials.items():
        for way, runs in ways.items():
            if way == "refused":
                continue
            known = [run.measures for run in runs if run.measures]
            errors = np.array([[m[h][0].value - m[h][1] for h in HEIGHTS] for m in known])
            most = [np.percentile(np.abs(part), 95) for part in (errors, *_apart(errors))]
            rows.append(
                (
                    name,
                    way,
                    f"{errors.mean():+.2f}",
                    f"{np.median(np.abs(errors)):.2f}",
                    *(f"{value:.2f}" for value in most),
                )
            )
    head = (
        "heads",
        "way",
        "mean error mm",
        "median mm",
        "95 of 100 within mm",
        "upper middle",
        "peaks",
        "lower",
    )
    return Table("Vermilion heights: upper in the middle and at both peaks, lower", head, rows)


def _apart(errors: Errors) -> tuple[Errors, Errors, Errors]:
    """Errors (n, 4) in the order of `HEIGHTS`: upper middle, both peaks, lower."""
    return errors[:, :1], errors[:, 1:3], errors[:, 3:]


def _intervals(ways: Mapping[str, list[Trial]]) -> Table:
    runs = ways["from the photo, population iris"]
    rows = []
    for name in next((run.measures for run in runs if run.measures), {}):
        pairs = [run.measures[name] for run in runs if name in run.measures]
        # A closed mouth that is found closed holds its opening of nothing whatever is stated.
        pairs = [(found, true) for found, true in pairs if found.value != 0 or true != 0]
        if not pairs:
            continue
        held = [abs(found.value - true) <= IN_90 * found.sd for found, true in pairs]
        bias = float(np.mean([found.value - true for found, true in pairs]))
        sd = float(np.mean([found.sd for found, _ in pairs]))
        share = f"{100 * np.mean(held):.0f}"
        rows.append((name, pairs[0][0].unit, f"{bias:+.2f}", f"{sd:.2f}", share, str(len(pairs))))
    head = ("measure", "unit", "mean error", "mean stated sd", "truth in 90 % interval, %", "n")
    return Table("Intervals on the population, scale from the population's iris", head, rows)
