"""Make the face networks that vermilion runs, from the wheel that carries their originals.

    pinned mediapipe wheel -> .tflite -> ONNX, opset 16 -> face/models/   (each hash is checked)

Neither the wheel nor the networks are committed. `models.toml` beside the networks names every
file and hash; `requirements/models.lock` pins the wheel. This package runs at build time only:
what it needs (onnx, tflite, flatbuffers) never enters an installation.

    fetch.py      the wheel's members, by pip, hash checked
    flat.py       reads a TensorFlow Lite file
    graph.py      writes an ONNX graph
    ops.py        the plain operators, channels last to channels first
    attention.py  the three operators of the attention mesh that no runtime but MediaPipe knows
    convert.py    walks the operators from input to output
    make.py       the whole errand: what is missing is made, what is there is checked
"""
