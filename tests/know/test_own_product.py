"""A product in a practice's file is read whole or refused with its line."""

from __future__ import annotations

from typing import Any

import pytest

from vermilion.errors import DataError
from vermilion.know.own_product import OwnProduct, read_product
from vermilion.know.practice import read_practice

RIGHT: dict[str, Any] = {"words": "Needles 1RL", "kind": "needle", "amount": 50, "unit": "pcs"}


def test_what_is_not_said_is_empty() -> None:
    assert read_product(RIGHT) == OwnProduct("Needles 1RL", "needle", 50, "pcs")


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": ""},
        {"words": 3},
        {"amount": 0},
        {"amount": float("nan")},
        {"amount": True},
        {"amount": "50"},
        {"unit": ""},
        {"toxin": "ona"},
        {"kind": "toxin"},
        {"diluent_ml": 0},
        {"storage": 4},
        {"lab": [40, 30, 10]},
        {"kind": "pigment", "lab": [40, 30]},
        {"kind": "pigment", "lab": [40, 30, "red"]},
        {"kind": "pigment", "lab": [40, 30, float("nan")]},
    ],
    ids=str,
)
def test_what_cannot_be_is_none(wrong: dict[str, Any]) -> None:
    assert read_product(RIGHT | wrong) is None


def test_the_file_says_the_line() -> None:
    with pytest.raises(DataError, match=r"practice\.toml, line 2"):
        read_practice('name = "x"\n[product.p1]\nwords = "Toxin"\n', "practice.toml")
    assert read_product(["no", "table"]) is None
