"""Measures of lips whose size is known: drawn ones exactly, rendered ones within their errors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.face.drawn import drawn_face, drawn_lips
from tests.rendered import seen
from vermilion.face.curves import named_points
from vermilion.face.lips import LipCurves, Scale
from vermilion.face.measure import KINDS, lengths_px, measure, upright, y_at
from vermilion.face.scale import scale_of
from vermilion.phantom.scenes import SCENES

EXACT = Scale(0.25, 0.0, "reference")
LENGTHS = [name for name, kind in KINDS.items() if kind.dimension == 1]


def turned(curves: LipCurves, by_deg: float) -> LipCurves:
    matrix = upright(-by_deg)
    return LipCurves(
        *(
            (line - 500) @ matrix.T + 500
            for line in (
                curves.upper_outer,
                curves.upper_inner,
                curves.lower_inner,
                curves.lower_outer,
            )
        )
    )


def test_drawn_lips_read_their_own_size() -> None:
    curves = drawn_lips(width=200, upper=30, lower=40, opening=12)
    raw = lengths_px(curves, named_points(drawn_face().mesh_px, curves), np.eye(2))
    assert raw["mouth_width"] == pytest.approx(200)
    assert raw["upper_vermilion_height"] == pytest.approx(30, abs=0.5)
    assert raw["lower_vermilion_height"] == pytest.approx(40, abs=0.5)
    assert raw["opening"] == pytest.approx(12, abs=0.2)
    assert raw["cupids_bow_width"] == pytest.approx(46, abs=3)
    assert raw["cupids_bow_depth"] > 1
    assert raw["peak_asymmetry"] == pytest.approx(0, abs=0.1)
    assert raw["area_asymmetry"] == pytest.approx(0, abs=0.02)
    assert raw["commissure_tilt"] == pytest.approx(0, abs=1e-9)


def test_a_foot_shown_aside_is_read_there() -> None:
    curves = drawn_lips(upper=30, opening=0)
    sloped = curves.upper_inner + np.outer(curves.upper_inner[:, 0] - 500, [0, 0.2])
    curves = replace(curves, upper_inner=sloped)
    points = named_points(drawn_face().mesh_px, curves)
    plain, aside = (lengths_px(curves, points, np.eye(2), share) for share in (0.0, 0.1))
    grown = aside["upper_vermilion_height"] / plain["upper_vermilion_height"]
    assert grown == pytest.approx(1 + 0.2 * 0.1, abs=0.005)


@given(st.floats(-20, 20))
def test_a_tilted_photo_changes_nothing(roll_deg: float) -> None:
    curves = drawn_lips()
    points = named_points(drawn_face().mesh_px, curves)
    tilted = {name: (np.array(p) - 500) @ upright(-roll_deg).T + 500 for name, p in points.items()}
    straight = lengths_px(curves, points, np.eye(2))
    again = lengths_px(turned(curves, roll_deg), tilted, upright(roll_deg))
    assert again == pytest.approx(straight, abs=0.02, rel=2e-3)


@settings(max_examples=20)
@given(st.floats(0.05, 2.0))
def test_lengths_grow_with_the_scale_areas_with_its_square_ratios_not(size: float) -> None:
    face = drawn_face(curves=drawn_lips(opening=10))
    one, other = measure(face, EXACT), measure(face, Scale(0.25 * size, 0.0, "reference"))
    for name, kind in KINDS.items():
        assert other[name].value == pytest.approx(one[name].value * size**kind.dimension)


def test_without_a_scale_lengths_are_shares_of_the_mouths_width() -> None:
    face = drawn_face(curves=drawn_lips())
    shares, lengths = measure(face, Scale(None, None, "none")), measure(face, EXACT)
    assert "mouth_width" not in shares
    assert {m.unit for m in shares.values()} == {"ratio", "deg"}
    width = lengths["mouth_width"].value
    for name in set(LENGTHS) - {"mouth_width"}:
        assert shares[name].value == pytest.approx(lengths[name].value / width)


def test_an_unsure_scale_widens_the_error_of_lengths_but_not_of_ratios() -> None:
    face = drawn_face(curves=drawn_lips())
    sure, unsure = measure(face, EXACT), measure(face, Scale(0.25, 0.025, "population iris"))
    assert unsure["mouth_width"].sd > sure["mouth_width"].sd
    assert unsure["upper_lower_ratio"] == sure["upper_lower_ratio"]
    height = unsure["upper_vermilion_height"]
    assert height.sd >= 0.1 * height.value


def test_passes_that_disagree_widen_the_error() -> None:
    calm, restless = (
        measure(drawn_face(curves=drawn_lips(), noise_px=noise), EXACT) for noise in (0.1, 3.0)
    )
    for name in LENGTHS:
        assert restless[name].sd > calm[name].sd


def test_only_an_upper_border_pulled_into_the_lip_counts_as_lost() -> None:
    face = drawn_face(noise_px=0.1)
    curves = face.curves
    by = np.outer(np.hanning(len(curves.lower_outer)), [0.0, 12.0])
    lower = replace(face, curves=replace(curves, lower_outer=curves.lower_outer - by))
    upper = replace(face, curves=replace(curves, upper_outer=curves.upper_outer + by))
    as_found, without_lower, without_upper = (
        measure(one, EXACT)["vermilion_area"] for one in (face, lower, upper)
    )
    assert without_lower.sd <= as_found.sd
    lost = as_found.value - without_upper.value
    assert without_upper.sd == pytest.approx(0.8 * lost, rel=0.1)


def test_the_ratio_is_as_unsure_as_the_lower_height_it_hangs_on() -> None:
    found = measure(drawn_face(curves=drawn_lips(upper=30, lower=40)), EXACT)
    lower, ratio = found["lower_vermilion_height"], found["upper_lower_ratio"]
    assert ratio.sd / ratio.value >= 0.003 * 200 * 0.25 / lower.value


@pytest.mark.parametrize("more_px", [25.0, -15.0])
def test_where_the_lower_border_has_two_answers_an_interval_holds_both(more_px: float) -> None:
    face = drawn_face(curves=drawn_lips(upper=30, lower=40))
    other = drawn_face(curves=drawn_lips(upper=30, lower=40 + more_px))
    unsure, sure = measure(replace(face, lower_other_px=more_px), EXACT), measure(face, EXACT)
    for name in ("lower_vermilion_height", "upper_lower_ratio", "vermilion_area"):
        found, true = unsure[name], measure(other, EXACT)[name]
        assert found.value == sure[name].value
        assert abs(found.value - true.value) < 1.645 * found.sd
    assert unsure["upper_vermilion_height"] == sure["upper_vermilion_height"]


def test_where_the_upper_border_has_two_answers_an_interval_holds_both() -> None:
    face = drawn_face(curves=drawn_lips(upper=15, lower=40))
    other = drawn_face(curves=drawn_lips(upper=30, lower=40))
    unsure, sure = measure(replace(face, upper_other_px=15.0), EXACT), measure(face, EXACT)
    changed = {name for name in unsure if unsure[name].sd != sure[name].sd}
    assert changed >= {"upper_vermilion_height", "upper_lower_ratio", "vermilion_area"}
    assert "lower_vermilion_height" not in changed
    for name in changed:
        found, true = unsure[name], measure(other, EXACT)[name]
        assert found.value == sure[name].value
        assert abs(found.value - true.value) < 1.645 * found.sd


def test_the_clients_left_and_right_peaks_keep_their_sides() -> None:
    curves = drawn_lips(upper=30)
    upper = curves.upper_outer.copy()
    upper[:, 1] -= 4 * np.exp(-(((upper[:, 0] - 525) / 12) ** 2))  # image right: the client's left
    found = measure(drawn_face(curves=replace(curves, upper_outer=upper)), EXACT)
    assert found["peak_asymmetry"].value > 0.5
    assert found["area_asymmetry"].value > 0
    assert (
        found["upper_vermilion_height_left_peak"].value
        > found["upper_vermilion_height_right_peak"].value
    )


def test_a_curve_is_read_at_any_place() -> None:
    curve = np.array([[0.0, 0.0], [10.0, 5.0]])
    assert y_at(curve, 4.0) == pytest.approx(2.0)
    assert y_at(curve, np.array([-3.0, 20.0])) == pytest.approx([0.0, 5.0])


@pytest.mark.parametrize("scene", ["frontal", "tan", "yaw_left"])
def test_a_rendered_face_is_measured_within_two_and_a_half_errors(scene: str) -> None:
    image, photo, face = seen(SCENES[scene].sized(900, 1200))
    truth = image.truth["measures"]
    found = measure(face, scale_of(photo, face, iris_mm=truth["iris_diameter_mm"]))
    for name in (
        "upper_vermilion_height",
        "lower_vermilion_height",
        "mouth_width",
        "philtrum_length",
    ):
        assert abs(found[name].value - truth[f"{name}_mm"]) < 2.5 * found[name].sd, name
