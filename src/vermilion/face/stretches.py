"""Stretches of neighbouring places that are so: the one way in which runs are counted."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def stretches(places: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First place of each stretch of true ones among (N,), and the place after its last."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], places.astype(np.int8), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
