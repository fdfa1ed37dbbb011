"""The plain operators of the two networks, from channels last to channels first.

Every function takes the conversion and one operator and returns the name of the ONNX value made.
Only what the pinned networks use is here; anything else is refused by name.
"""

from __future__ import annotations

from typing import Any

import tflite
from numpy.typing import NDArray

from build_models.flat import Operator
from build_models.lowering import Lower, Lowering


def conv(to: Lowering, operator: Operator) -> str:
    """Convolution; the weights go from (out, H, W, in) to (out, in, H, W)."""
    options = operator.options(tflite.Conv2DOptions)
    weights = to.flat.constant(operator.inputs[1]).transpose(0, 3, 1, 2)
    return _convolve(to, operator, options, weights, group=1)


def depthwise_conv(to: Lowering, operator: Operator) -> str:
    """Convolution of each channel by itself; the weights go from (1, H, W, C) to (C, 1, H, W)."""
    options = operator.options(tflite.DepthwiseConv2DOptions)
    weights = to.flat.constant(operator.inputs[1]).transpose(3, 0, 1, 2)
    return _convolve(to, operator, options, weights, group=weights.shape[0])


def max_pool(to: Lowering, operator: Operator) -> str:
    options = operator.options(tflite.Pool2DOptions)
    _no_fused_activation(operator, options)
    window = (options.FilterHeight(), options.FilterWidth())
    strides = (options.StrideH(), options.StrideW())
    return to.graph.node(
        "MaxPool",
        to.value(operator.inputs[0]),
        kernel_shape=window,
        strides=strides,
        pads=_pads(to.flat.shape(operator.inputs[0]), window, strides, options.Padding()),
    )


def prelu(to: Lowering, operator: Operator) -> str:
    """`x` above nought, `slope x` below, spelt out.

    onnxruntime runs its own PRelu with a slope per channel in one slow loop; as elementary nodes
    the mesh takes about a quarter less time.
    """
    x = to.value(operator.inputs[0])
    nought = to.graph.floats(0.0)
    slopes = to.graph.weights(to.flat.constant(operator.inputs[1]).reshape(-1, 1, 1))
    below = to.graph.node("Mul", to.graph.node("Min", x, nought), slopes)
    return to.graph.node("Add", to.graph.node("Max", x, nought), below)


def relu(to: Lowering, operator: Operator) -> str:
    return to.graph.node("Relu", to.value(operator.inputs[0]))


def add(to: Lowering, operator: Operator) -> str:
    _no_fused_activation(operator, operator.options(tflite.AddOptions))
    return to.graph.node("Add", *(to.value(i) for i in operator.inputs))


def multiply(to: Lowering, operator: Operator) -> str:
    _no_fused_activation(operator, operator.options(tflite.MulOptions))
    return to.graph.node("Mul", *(to.value(i) for i in operator.inputs))


def pad(to: Lowering, operator: Operator) -> str:
    before_after = to.flat.constant(operator.inputs[1])[[0, 3, 1, 2]]
    pads = to.graph.integers(before_after.T.ravel())
    return to.graph.node("Pad", to.value(operator.inputs[0]), pads)


def reshape(to: Lowering, operator: Operator) -> str:
    shape = to.flat.shape(operator.outputs[0])
    if len(shape) == 4:
        if shape[1:3] != [1, 1]:
            raise NotImplementedError(f"a reshape to the picture {shape}")
        shape = [shape[0], shape[3], 1, 1]
    values = to.channels_last(operator.inputs[0])
    return to.graph.node("Reshape", values, to.graph.integers(shape))


def strided_slice(to: Lowering, operator: Operator) -> str:
    """The mesh has one slice, and it takes everything."""
    if to.flat.shape(operator.inputs[0]) != to.flat.shape(operator.outputs[0]):
        raise NotImplementedError("a slice that leaves something out")
    return to.value(operator.inputs[0])


def concatenate(to: Lowering, operator: Operator) -> str:
    options = operator.options(tflite.ConcatenationOptions)
    _no_fused_activation(operator, options)
    if len(to.flat.shape(operator.outputs[0])) == 4:
        raise NotImplementedError("pictures joined")
    return to.graph.node("Concat", *(to.value(i) for i in operator.inputs), axis=options.Axis())


PLAIN: dict[str, Lower] = {
    "CONV_2D": conv,
    "DEPTHWISE_CONV_2D": depthwise_conv,
    "MAX_POOL_2D": max_pool,
    "PRELU": prelu,
    "RELU": relu,
    "ADD": add,
    "MUL": multiply,
    "PAD": pad,
    "RESHAPE": reshape,
    "STRIDED_SLICE": strided_slice,
    "CONCATENATION": concatenate,
}


def _convolve(
    to: Lowering, operator: Operator, options: Any, weights: NDArray[Any], group: int
) -> str:
    _no_fused_activation(operator, options)
    if (options.DilationHFactor(), options.DilationWFactor()) != (1, 1):
        raise NotImplementedError("a dilated convolution")
    window = (weights.shape[2], weights.shape[3])
    strides = (options.StrideH(), options.StrideW())
    return to.graph.node(
        "Conv",
        to.value(operator.inputs[0]),
        to.graph.weights(weights),
        to.graph.weights(to.flat.constant(operator.inputs[2])),
        kernel_shape=window,
        strides=strides,
        pads=_pads(to.flat.shape(operator.inputs[0]), window, strides, options.Padding()),
        group=group,
    )


def _pads(
    shape: list[int], window: tuple[int, int], strides: tuple[int, int], padding: int
) -> list[int]:
    """ONNX pads [top, left, bottom, right]; 'same' puts the odd pixel at the end."""
    if padding == tflite.Padding.VALID:
        return [0, 0, 0, 0]
    missing = [
        max((-(-size // stride) - 1) * stride + reach - size, 0)
        for size, reach, stride in zip(shape[1:3], window, strides, strict=True)
    ]
    return [n // 2 for n in missing] + [n - n // 2 for n in missing]


def _no_fused_activation(operator: Operator, options: Any) -> None:
    if options.FusedActivationFunction() != tflite.ActivationFunctionType.NONE:
        raise NotImplementedError(f"{operator.name} with an activation inside")
