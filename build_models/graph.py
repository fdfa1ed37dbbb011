"""Write an ONNX graph: nodes, constants, names. The same calls always give the same bytes."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from numpy.typing import ArrayLike, NDArray
from onnx import TensorProto, helper, numpy_helper

OPSET = 16  # the first with GridSample, which the attention mesh needs
IR_VERSION = 8  # the one that came with opset 16


class Graph:
    """An ONNX graph under construction. Values are known by their name."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []
        self._inputs: list[onnx.ValueInfoProto] = []
        self._outputs: list[onnx.ValueInfoProto] = []

    def input(self, name: str, shape: list[int]) -> str:
        """Declare an input of float32 values."""
        self._inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        return name

    def output(self, name: str, value: str, shape: list[int]) -> None:
        """Give `value` out under `name`."""
        self._nodes.append(helper.make_node("Identity", [value], [name]))
        self._outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def node(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """Append a node with one output and return that output's name."""
        name = f"{operator.lower()}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, list(inputs), [name], **attributes))
        return name

    def floats(self, values: ArrayLike) -> str:
        """A constant of float32 values."""
        return self._constant(np.asarray(values, dtype=np.float32))

    def integers(self, values: ArrayLike) -> str:
        """A constant of int64 values: shapes, axes, indices."""
        return self._constant(np.asarray(values, dtype=np.int64))

    def weights(self, values: NDArray[Any]) -> str:
        """A constant kept as float16, as in the original file, and widened when it is loaded."""
        return self.node("Cast", self._constant(values.astype(np.float16)), to=TensorProto.FLOAT)

    def serialise(self, name: str) -> bytes:
        """The checked model as bytes."""
        graph = helper.make_graph(self._nodes, name, self._inputs, self._outputs, self._constants)
        opsets = [helper.make_opsetid("", OPSET)]
        model = helper.make_model(
            graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="vermilion"
        )
        onnx.checker.check_model(model, full_check=True)
        content: bytes = model.SerializeToString(deterministic=True)
        return content

    def _constant(self, values: NDArray[Any]) -> str:
        name = f"constant_{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.array(values, order="C"), name))
        return name
