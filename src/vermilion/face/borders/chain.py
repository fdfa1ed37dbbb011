"""Where along each normal the border lies: the mean of a Markov chain's posterior.

Each place on the border has a potential over its offsets; neighbours differ by a Gaussian step.
Forward and backward messages give the exact marginals. Their mean, unlike the single best path,
moves smoothly when the photo does, and their width says how sure the border is.

References
----------
Rabiner 1989, Proc. IEEE 77:257 (forward-backward).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Grid = npt.NDArray[np.float64]
LEAST = 1e-9
"""No place rules an offset out for good: hairs and gloss speak with a loud voice too."""
LONGEST = 1e-60
"""Weight of a step of any length, which only keeps sums from being zero: a leap must not be cheaper
than walking the same way step by step."""


def marginals(potential: Grid, step_sd: float) -> Grid:
    """(N, T) probabilities from (N, T) log potentials; `step_sd` in offsets between neighbours."""
    count, width = potential.shape
    offset = np.arange(width)
    step = np.exp(-0.5 * ((offset[:, None] - offset[None]) / step_sd) ** 2) + LONGEST
    seen = np.exp(potential - potential.max(axis=1, keepdims=True)) + LEAST
    ahead, back = np.empty_like(seen), np.ones_like(seen)
    ahead[0] = seen[0] / seen[0].sum()
    for i in range(1, count):
        message = seen[i] * (step @ ahead[i - 1])
        ahead[i] = message / message.sum()
    for i in range(count - 2, -1, -1):
        message = step @ (seen[i + 1] * back[i + 1])
        back[i] = message / message.sum()
    both = ahead * back
    return np.asarray(both / both.sum(axis=1, keepdims=True))


def mean_and_sd(probability: Grid, offsets: Grid) -> tuple[Grid, Grid]:
    """(N,) mean and standard deviation of each row of (N, T) probabilities over (T,) offsets."""
    mean = probability @ offsets
    variance = probability @ offsets**2 - mean**2
    return mean, np.sqrt(np.maximum(variance, 0.0))
