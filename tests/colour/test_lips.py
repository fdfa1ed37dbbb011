"""Two lips' colours: their mean is that of all their pixels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermilion.colour.lips import LipColours

LABS = st.tuples(st.floats(10, 70), st.floats(-5, 40), st.floats(-5, 30))


@given(upper=LABS, lower=LABS, more=st.integers(0, 50))
def test_the_mean_is_that_of_all_pixels(upper, lower, more) -> None:  # type: ignore[no-untyped-def]
    pixels = [upper] * more + [lower] * (50 - more)
    mean = [sum(values) / 50 for values in zip(*pixels, strict=True)]
    assert LipColours(upper, lower, more / 50).mean == pytest.approx(mean)


@given(lab=LABS, share=st.floats(0, 1))
def test_lips_of_one_colour_have_exactly_that_mean(lab, share) -> None:  # type: ignore[no-untyped-def]
    assert LipColours(lab, lab, share).mean == lab


def test_each_lip_is_changed_and_the_shares_stay() -> None:
    mouth = LipColours((30.0, 20.0, 10.0), (50.0, 20.0, 10.0), 0.3)
    lighter = mouth.map(lambda lab: (lab[0] + 1, lab[1], lab[2]))
    assert (lighter.upper[0], lighter.lower[0], lighter.upper_share) == (31.0, 51.0, 0.3)
