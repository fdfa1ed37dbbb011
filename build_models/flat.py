"""Read a TensorFlow Lite file: operators in order, tensor shapes, and constants as numpy arrays.

The networks store their weights as float16 constants behind DEQUANTIZE operators; here such a
constant is simply known under both tensor numbers, and the operator vanishes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import tflite
from flatbuffers import flexbuffers
from numpy.typing import NDArray

_NAMES = {v: k for k, v in vars(tflite.BuiltinOperator).items() if isinstance(v, int)}
_DTYPES: dict[int, Any] = {
    tflite.TensorType.FLOAT32: np.float32,
    tflite.TensorType.FLOAT16: np.float16,
    tflite.TensorType.INT32: np.int32,
}


@dataclass(frozen=True)
class Operator:
    """One operator: its name, the numbers of the tensors it reads and writes, its options."""

    name: str
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    table: Any

    def options(self, kind: type) -> Any:
        """The options of a built-in operator, read as the tflite class `kind`."""
        options = kind()
        stored = self.table.BuiltinOptions()
        options.Init(stored.Bytes, stored.Pos)
        return options

    def custom_options(self) -> dict[str, Any]:
        """The options of a custom operator."""
        options: dict[str, Any] = flexbuffers.Loads(bytes(self.table.CustomOptionsAsNumpy()))
        return options


class FlatModel:
    """The first subgraph of a .tflite file, with tensors known by their number."""

    def __init__(self, content: bytes) -> None:
        self._model = tflite.Model.GetRootAsModel(content, 0)
        self._graph = self._model.Subgraphs(0)
        self._dequantised: dict[int, int] = {}
        self.inputs = [int(i) for i in self._graph.InputsAsNumpy()]
        self.outputs = [int(i) for i in self._graph.OutputsAsNumpy()]

    def operators(self) -> Iterator[Operator]:
        """All operators that compute something, in the order of the file."""
        for index in range(self._graph.OperatorsLength()):
            operator = self._operator(index)
            if operator.name == "DEQUANTIZE":
                self._dequantised[operator.outputs[0]] = operator.inputs[0]
            else:
                yield operator

    def shape(self, tensor: int) -> list[int]:
        """The shape of a tensor, channels last."""
        stored = self._graph.Tensors(tensor)
        return [int(n) for n in stored.ShapeAsNumpy()] if stored.ShapeLength() else []

    def name(self, tensor: int) -> str:
        """The last part of a tensor's name."""
        name: str = self._graph.Tensors(tensor).Name().decode()
        return name.split("/")[-1].split(":")[0]

    def constant(self, tensor: int) -> NDArray[Any]:
        """The values of a constant tensor, channels last."""
        tensor = self._dequantised.get(tensor, tensor)
        stored = self._graph.Tensors(tensor)
        buffer = self._model.Buffers(stored.Buffer())
        if not buffer.DataLength() or stored.Sparsity() is not None:
            raise ValueError(f"tensor {tensor} ({self.name(tensor)}) is no dense constant")
        values = np.frombuffer(buffer.DataAsNumpy().tobytes(), _DTYPES[stored.Type()])
        return values.reshape(self.shape(tensor))

    def _operator(self, index: int) -> Operator:
        table = self._graph.Operators(index)
        code = self._model.OperatorCodes(table.OpcodeIndex())
        # Files older than the wide operator codes keep the number in the narrow field.
        number = max(code.BuiltinCode(), code.DeprecatedBuiltinCode())
        custom = number == tflite.BuiltinOperator.CUSTOM
        return Operator(
            name=code.CustomCode().decode() if custom else _NAMES[number],
            inputs=tuple(int(i) for i in table.InputsAsNumpy()),
            outputs=tuple(int(i) for i in table.OutputsAsNumpy()),
            table=table,
        )
