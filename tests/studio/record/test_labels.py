"""The code on a pack is read as GS1 wrote it down; what is none is said."""

from __future__ import annotations

from datetime import date

import cv2
import numpy as np
import pytest
import zxingcpp
from numpy.typing import NDArray

from vermilion.errors import UsageError
from vermilion.studio.record.labels import Label, read_picture, read_text

PRINTED = "(01)09501101530003(17)270704(10)AB-123(21)12345678p901"
LABEL = Label("09501101530003", "AB-123", date(2027, 7, 4), "12345678p901")
FNC1 = "\x1d"


def symbol(printed: str = PRINTED, module_px: int = 6) -> NDArray[np.uint8]:
    """A GS1 DataMatrix as a picture, with its quiet zone; (H, W, 3) uint8."""
    code = zxingcpp.create_barcode(printed, zxingcpp.BarcodeFormat.DataMatrix, gs1=True)
    grey = np.array(code.to_image(scale=module_px, add_quiet_zones=True))
    return np.repeat(grey[..., None], 3, axis=2)


def scene(turned_deg: float = 0.0, blur_px: float = 0.0, light: float = 1.0) -> NDArray[np.uint8]:
    """The symbol somewhere in a camera's frame of 1280 x 720."""
    frame = np.full((720, 1280, 3), 190, np.uint8)
    part = symbol()
    frame[240 : 240 + part.shape[0], 500 : 500 + part.shape[1]] = part
    turn = cv2.getRotationMatrix2D((640, 360), turned_deg, 1.0)
    frame = cv2.warpAffine(frame, turn, (1280, 720), borderValue=(190, 190, 190))
    if blur_px:
        frame = cv2.GaussianBlur(frame, (0, 0), blur_px)
    noise = np.random.default_rng(3).normal(0, 6, frame.shape)
    return np.clip(frame * light + noise, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    "text",
    [
        PRINTED,
        f"0109501101530003{'17270704'}10AB-123{FNC1}2112345678p901",
        f"]d20109501101530003{'17270704'}10AB-123{FNC1}2112345678p901",
        f"{FNC1}0109501101530003{'17270704'}2112345678p901{FNC1}10AB-123\n",
    ],
    ids=["printed", "scanner", "scanner with its symbol", "another order"],
)
def test_every_way_of_writing_it_says_the_same(text: str) -> None:
    assert read_text(text) == LABEL


@pytest.mark.parametrize(
    ("expiry", "day"),
    [("270200", date(2027, 2, 28)), ("280200", date(2028, 2, 29)), ("271231", date(2027, 12, 31))],
)
def test_a_day_of_nought_is_the_last_of_its_month(expiry: str, day: date) -> None:
    assert read_text(f"(01)09501101530003(17){expiry}").expires_on == day


def test_what_a_code_does_not_tell_stays_empty() -> None:
    assert read_text("(01)09501101530003") == Label("09501101530003")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "(01)09501101530004(10)A",
        "(10)AB-123(17)270704",
        "0109501101530003173",
        "(01)9",
    ],
    ids=["nothing", "words", "check digit", "no product", "cut off", "too short"],
)
def test_what_is_no_such_code_is_said(text: str) -> None:
    with pytest.raises(UsageError, match=r"is no code of a pack.*type lot and date"):
        read_text(text)


@pytest.mark.parametrize("turned_deg", [0, 23, 90, 197])
@pytest.mark.parametrize("blur_px", [0.0, 1.5])
@pytest.mark.parametrize("light", [1.0, 0.45])
def test_a_camera_reads_it_turned_blurred_and_dark(
    turned_deg: float, blur_px: float, light: float
) -> None:
    assert read_picture(scene(turned_deg, blur_px, light)) == LABEL


def test_a_picture_without_a_code_has_none() -> None:
    assert read_picture(np.full((400, 600, 3), 128, np.uint8)) is None


def test_other_codes_on_the_box_are_passed_over() -> None:
    frame = scene()
    other = np.array(
        zxingcpp.create_barcode("https://example.org/", zxingcpp.BarcodeFormat.QRCode).to_image(
            scale=4, add_quiet_zones=True
        )
    )
    frame[10 : 10 + other.shape[0], 10 : 10 + other.shape[1]] = other[..., None]
    assert read_picture(frame) == LABEL
