"""The state of one conversion: the file read, the graph written, and which value is which.

Inside, pictures run channels first (N, C, H, W), as ONNX wants; the one input keeps the original's
channels last (N, H, W, 3) and is called `input`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from build_models.flat import FlatModel, Operator
from build_models.graph import Graph


class Lowering:
    def __init__(self, flat: FlatModel) -> None:
        self.flat = flat
        self.graph = Graph()
        (source,) = flat.inputs
        picture = self.graph.input("input", flat.shape(source))
        self._values = {source: self.graph.node("Transpose", picture, perm=[0, 3, 1, 2])}

    def put(self, tensor: int, value: str) -> None:
        """This ONNX value is that tensor."""
        self._values[tensor] = value

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

    def give_out(self, tensor: int) -> None:
        """Make a tensor one of the network's outputs, under its own name."""
        shape = self.flat.shape(tensor)
        value = self.channels_last(tensor)
        if len(shape) == 4 and shape[1:3] == [1, 1]:
            shape = [shape[0], shape[3]]
            value = self.graph.node("Reshape", value, self.graph.integers(shape))
        self.graph.output(self.flat.name(tensor), value, shape)


Lower = Callable[[Lowering, Operator], str]
"""Writes one operator into the graph and returns the name of the ONNX value made."""
