"""The three operators that MediaPipe invented for its attention mesh, as plain ONNX nodes.

The mesh looks a second time at the lips and at each eye: from its first 468 points it fits a
turned box around a region (`Landmarks2TransformMatrix`), cuts the feature map out along that box
(`TransformTensorBilinear`), and carries the points found there back (`TransformLandmarks`).

References
----------
Grishchenko, Ablavatski, Kartynnik, Raveendran, Grundmann: Attention Mesh: High-fidelity face mesh
prediction in real time. CVPR workshop on computer vision for AR/VR, 2020. arXiv:2006.10962.
"""

from __future__ import annotations

import numpy as np
from onnx import TensorProto

from build_models.flat import Operator
from build_models.lowering import Lower, Lowering


def box_around_points(to: Lowering, operator: Operator) -> str:
    """Landmarks2TransformMatrix: (1, 468, 3) points -> (1, 4, 4), from the cut-out to the map.

    The box stands upright on the line from the left to the right rotation point, encloses the
    subset of points, and is then made `scale` times as large. With that line's direction (c, s),

        M = shift(centre of the box)  rotate(c, s)  scale(box / output)  shift(-output / 2)
    """
    g, options = to.graph, operator.custom_options()
    if options["target_rotation_radians"] != 0:
        raise NotImplementedError("a box that stands on another angle than the line's")
    points = to.value(operator.inputs[0])

    def coordinate(point: int, axis: int) -> str:
        row = g.node("Gather", points, g.integers(point), axis=1)
        return g.node("Gather", row, g.integers(axis), axis=1)

    left, right = options["left_rotation_idx"], options["right_rotation_idx"]
    dx = g.node("Sub", coordinate(right, 0), coordinate(left, 0))
    dy = g.node("Sub", coordinate(right, 1), coordinate(left, 1))
    # Direction cosines instead of an angle: no atan2, sin or cos node is needed.
    length = g.node("Sqrt", g.node("Add", g.node("Mul", dx, dx), g.node("Mul", dy, dy)))
    c, s = g.node("Div", dx, length), g.node("Div", dy, length)

    subset = g.node("Gather", points, g.integers(options["subset_idxs"]), axis=1)
    x = g.node("Gather", subset, g.integers(0), axis=2)
    y = g.node("Gather", subset, g.integers(1), axis=2)
    along = g.node("Add", g.node("Mul", x, c), g.node("Mul", y, s))
    across = g.node("Sub", g.node("Mul", y, c), g.node("Mul", x, s))
    middle_along, size_along = _middle_and_size(to, along)
    middle_across, size_across = _middle_and_size(to, across)
    centre_x = g.node("Sub", g.node("Mul", middle_along, c), g.node("Mul", middle_across, s))
    centre_y = g.node("Add", g.node("Mul", middle_along, s), g.node("Mul", middle_across, c))

    width, height = options["output_width"], options["output_height"]
    step_x = g.node("Mul", size_along, g.floats(options["scale_x"] / width))
    step_y = g.node("Mul", size_across, g.floats(options["scale_y"] / height))
    xx, xy = g.node("Mul", c, step_x), g.node("Neg", g.node("Mul", s, step_y))
    yx, yy = g.node("Mul", s, step_x), g.node("Mul", c, step_y)

    def shift(centre: str, by_x: str, by_y: str) -> str:
        half_x = g.node("Mul", by_x, g.floats(width / 2))
        half_y = g.node("Mul", by_y, g.floats(height / 2))
        return g.node("Sub", g.node("Sub", centre, half_x), half_y)

    nought, one = g.floats([0.0]), g.floats([1.0])
    rows = [xx, xy, nought, shift(centre_x, xx, xy)]
    rows += [yx, yy, nought, shift(centre_y, yx, yy)]
    rows += [nought, nought, one, nought, nought, nought, nought, one]
    return g.node("Reshape", g.node("Concat", *rows, axis=0), g.integers([1, 4, 4]))


def cut_out(to: Lowering, operator: Operator) -> str:
    """TransformTensorBilinear: the feature map sampled along a box, nought outside the map.

    Pixel centres lie at half numbers. GridSample alone would blend the rim with the noughts
    around it; MediaPipe does not, so samples outside the outermost centres are cleared.
    """
    g = to.graph
    _, out_height, out_width, _ = to.flat.shape(operator.outputs[0])
    _, height, width, _ = to.flat.shape(operator.inputs[0])
    rows, columns = np.mgrid[0:out_height, 0:out_width] + 0.5
    grid = np.stack([columns, rows, np.zeros_like(rows), np.ones_like(rows)], axis=-1)
    matrix = _rows_of_matrix(to, to.value(operator.inputs[1]), 0, 4)
    turned = g.node("Transpose", matrix, perm=[0, 2, 1])
    at = g.node("MatMul", g.floats(grid.reshape(-1, 4)), turned)
    at = g.node("Sub", at, g.floats(0.5))
    half = g.floats([(width - 1) / 2, (height - 1) / 2])
    at = g.node("Sub", g.node("Div", at, half), g.floats(1.0))  # -1 .. 1 across the map
    farthest = g.node("ReduceMax", g.node("Abs", at), axes=[2], keepdims=0)
    inside = g.node("LessOrEqual", farthest, g.floats(1.0))
    inside = g.node("Cast", inside, to=TensorProto.FLOAT)
    inside = g.node("Reshape", inside, g.integers([1, 1, out_height, out_width]))
    places = g.node("Reshape", at, g.integers([1, out_height, out_width, 2]))
    sampled = g.node(
        "GridSample",
        to.value(operator.inputs[0]),
        places,
        align_corners=1,
        mode="bilinear",
        padding_mode="zeros",
    )
    return g.node("Mul", sampled, inside)


def carry_back(to: Lowering, operator: Operator) -> str:
    """TransformLandmarks: (1, n, 2) points in the cut-out -> the same points in the map."""
    g = to.graph
    matrix = to.value(operator.inputs[1])
    turn = g.node("Transpose", _rows_of_matrix(to, matrix, 0, 2), perm=[0, 2, 1])
    shift = g.node("Transpose", _rows_of_matrix(to, matrix, 3, 4), perm=[0, 2, 1])
    return g.node("Add", g.node("MatMul", to.value(operator.inputs[0]), turn), shift)


ATTENTION: dict[str, Lower] = {
    "Landmarks2TransformMatrix": box_around_points,
    "TransformTensorBilinear": cut_out,
    "TransformLandmarks": carry_back,
}


def _middle_and_size(to: Lowering, values: str) -> tuple[str, str]:
    """Middle and extent of (1, n) values, each (1,)."""
    g = to.graph
    most = g.node("ReduceMax", values, axes=[1], keepdims=0)
    least = g.node("ReduceMin", values, axes=[1], keepdims=0)
    middle = g.node("Mul", g.node("Add", most, least), g.floats(0.5))
    return middle, g.node("Sub", most, least)


def _rows_of_matrix(to: Lowering, matrix: str, first: int, end: int) -> str:
    """The x and y rows of a (1, 4, 4) matrix, columns `first` to `end`: (1, 2, end - first)."""
    g = to.graph
    starts, ends = g.integers([0, first]), g.integers([2, end])
    return g.node("Slice", matrix, starts, ends, g.integers([1, 2]))
