"""Walk a TensorFlow Lite network from input to output and write the same network as ONNX."""

from __future__ import annotations

from build_models.attention import ATTENTION
from build_models.flat import FlatModel, Operator
from build_models.lowering import Lowering
from build_models.ops import PLAIN

LOWER = PLAIN | ATTENTION


def onnx_from_tflite(content: bytes, name: str, outputs: list[str] | None = None) -> bytes:
    """The ONNX file of a .tflite file, both as bytes.

    outputs : leave out all others, and what only they need

    Raises
    ------
    NotImplementedError : an operator that neither network of the pinned wheel uses
    """
    flat = FlatModel(content)
    to = Lowering(flat)
    given = [one for one in flat.outputs if outputs is None or flat.name(one) in outputs]
    for operator in _needed(flat, given):
        if operator.name not in LOWER:
            raise NotImplementedError(f"operator {operator.name}")
        to.put(operator.outputs[0], LOWER[operator.name](to, operator))
    for tensor in given:
        to.give_out(tensor)
    return to.graph.serialise(name)


def _needed(flat: FlatModel, outputs: list[int]) -> list[Operator]:
    """The operators on whose results these tensors rest, in order."""
    found, wanted = list[Operator](), set(outputs)
    for operator in reversed(tuple(flat.operators())):
        if wanted.intersection(operator.outputs):
            wanted.update(operator.inputs)
            found.append(operator)
    return found[::-1]
