"""Walk a TensorFlow Lite network from input to output and write the same network as ONNX.

Inside, pictures run channels first (N, C, H, W), as ONNX wants; the one input keeps the original's
channels last (N, H, W, 3) and is called `input`.
"""

from __future__ import annotations

import numpy as np

from build_models.attention import ATTENTION
from build_models.flat import FlatModel, Operator
from build_models.graph import Graph
from build_models.ops import PLAIN


def onnx_from_tflite(content: bytes, name: str, outputs: list[str] | None = None) -> bytes:
    """The ONNX file of a .tflite file, both as bytes.

    outputs : leave out all others, and what only they need

    Raises
    ------
    NotImplementedError : an operator that neither network of the pinned wheel uses
    """
    return Lowering(FlatModel(content)).run(name, outputs)


class Lowering:
    """The state of one conversion: the file read, the graph written, and which value is which."""

    def __init__(self, flat: FlatModel) -> None:
        self.flat = flat
        self.graph = Graph()
        self._values: dict[int, str] = {}

    def run(self, name: str, outputs: list[str] | None = None) -> bytes:
        """Convert every operator that is needed and return the serialised model."""
        (source,) = self.flat.inputs
        picture = self.graph.input("input", self.flat.shape(source))
        self._values[source] = self.graph.node("Transpose", picture, perm=[0, 3, 1, 2])
        given = [
            one for one in self.flat.outputs if outputs is None or self.flat.name(one) in outputs
        ]
        for operator in self._needed(given):
            self._values[operator.outputs[0]] = self._lower(operator)
        for tensor in given:
            self._give_out(tensor)
        return self.graph.serialise(name)

    def _needed(self, outputs: list[int]) -> list[Operator]:
        """The operators on whose results these tensors rest, in order."""
        found, wanted = list[Operator](), set(outputs)
        for operator in reversed(tuple(self.flat.operators())):
            if wanted.intersection(operator.outputs):
                wanted.update(operator.inputs)
                found.append(operator)
        return found[::-1]

    def value(self, tensor: int) -> str:
        """The ONNX value of a tensor; four-dimensional ones are channels first."""
        if tensor not in self._values:
            constant = self.flat.constant(tensor).astype(np.float32)
            if constant.ndim == 4:
                constant = constant.transpose(0, 3, 1, 2)
            self._values[tensor] = self.graph.floats(constant)
        return self._values[tensor]

    def channels_last(self, tensor: int) -> str:
        """The ONNX value of a tensor with its elements in the original's order."""
        shape = self.flat.shape(tensor)
        if len(shape) == 4 and shape[1:3] != [1, 1]:
            return self.graph.node("Transpose", self.value(tensor), perm=[0, 2, 3, 1])
        return self.value(tensor)  # one pixel: both orders are the same

    def _lower(self, operator: Operator) -> str:
        lower = PLAIN.get(operator.name) or ATTENTION.get(operator.name)
        if lower is None:
            raise NotImplementedError(f"operator {operator.name}")
        return lower(self, operator)

    def _give_out(self, tensor: int) -> None:
        shape = self.flat.shape(tensor)
        value = self.channels_last(tensor)
        if len(shape) == 4 and shape[1:3] == [1, 1]:
            shape = [shape[0], shape[3]]
            value = self.graph.node("Reshape", value, self.graph.integers(shape))
        self.graph.output(self.flat.name(tensor), value, shape)
