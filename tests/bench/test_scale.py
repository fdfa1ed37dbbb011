"""The bench of scale and measures runs and says what it promises."""

from __future__ import annotations

import re

from vermilion.bench.scale import scale


def test_the_tables_of_scale_heights_and_intervals_are_printed() -> None:
    text = "\n\n".join(map(str, scale(people=1, crowd=4)))
    assert [line for line in text.splitlines() if line and not line.startswith("|")] == [
        "Millimetres per pixel in the plane of the lips",
        "Vermilion heights: upper in the middle and at both peaks, lower",
        "Intervals on the population, scale from the population's iris",
    ]
    own = re.search(r"\| frontal +\| own iris +\| ([+-][\d.]+)", text)
    assert own is not None
    assert abs(float(own[1])) < 3.0
    assert "nan" not in text
