"""The real detector and mesh take a phantom for a person and find its lips."""

import numpy as np
import pytest

from vermilion.face.curves import mesh_curves
from vermilion.face.find import single_pass
from vermilion.phantom import SCENES, population, render_phantom

FAIR_MM = 1.6
"""A mesh alone reads real outer lips to about 2 % of the mouth's width, 1 mm (mean)."""


def mean_distance_px(points, line):
    start, along = line[:-1], np.diff(line, axis=0)
    t = ((points[:, None] - start) * along).sum(-1) / np.maximum((along**2).sum(-1), 1e-9)
    nearest = start + np.clip(t, 0, 1)[..., None] * along
    return np.linalg.norm(points[:, None] - nearest, axis=-1).min(1).mean()


def lip_error_mm(image):
    mesh = single_pass(image.pixels)
    assert mesh is not None, "no face was found"
    curves = mesh_curves(mesh)
    errors = [
        mean_distance_px(
            np.asarray(getattr(curves, name), float), np.asarray(image.truth["curves"][name])
        )
        for name in ("upper_outer", "lower_outer")
    ]
    return float(np.mean(errors)) * image.truth["scale"]["mm_per_px"]


@pytest.mark.parametrize("name", SCENES)
def test_the_mesh_finds_the_lips_of_every_scene(name):
    assert lip_error_mm(render_phantom(SCENES[name].sized(450, 600))) < FAIR_MM


def test_the_mesh_finds_the_lips_of_a_population():
    errors = [lip_error_mm(render_phantom(p.sized(450, 600))) for p in population(12, seed=7)]
    assert np.mean(errors) < 1.2
    assert max(errors) < 2.4
