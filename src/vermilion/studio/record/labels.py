"""The code on a pack: which product, which lot, until when, which pack.

Public: `Label`, `read_text`, `read_picture`.

A GS1 DataMatrix holds element strings, each behind its application identifier: (01) the GTIN,
(10) the lot, (17) the expiry, (21) the serial number (GS1 General Specifications, section 3). A day
"00" of an expiry is the last day of its month.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from vermilion.errors import UsageError

GS1_SEPARATOR = "\x1d"


@dataclass(frozen=True, slots=True)
class Label:
    """What a pack's code says. gtin : 14 digits; number, serial : "" and expires_on : None where
    the code does not tell"""

    gtin: str
    number: str = ""
    expires_on: date | None = None
    serial: str = ""


def read_text(text: str) -> Label:
    """What a code says, as a scanner types it or as it is printed beneath: "(01)095...(10)A1".

    Raises
    ------
    UsageError : no GS1 code, or one without a GTIN whose check digit fits
    """
    from biip import ParseError
    from biip.gs1_messages import GS1Message

    plain = text.strip()
    if plain[:1] == "]":  # which kind of symbol it was, as scanners put it in front
        plain = plain[3:]
    plain = plain.strip(GS1_SEPARATOR)
    try:
        parse = GS1Message.parse_hri if plain.startswith("(") else GS1Message.parse
        found = parse(plain)
    except ParseError:
        found = None
    item = None if found is None else found.element_strings.get(ai="01")
    if found is None or item is None or item.gtin is None:
        raise UsageError(
            "'{typed}' is no code of a pack",
            "one that begins with (01) and the product's number is needed",
            "look at the digits beneath the code, or type lot and date",
            typed=plain[:40],
        )
    told = {ai: found.element_strings.get(ai=ai) for ai in ("10", "17", "21")}
    number, expiry, serial = told["10"], told["17"], told["21"]
    return Label(
        gtin=item.value.zfill(14),
        number="" if number is None else number.value,
        expires_on=None if expiry is None else expiry.date,
        serial="" if serial is None else serial.value,
    )


def read_picture(pixels: NDArray[np.uint8]) -> Label | None:
    """The code in a picture; None where there is none. Of several, the one that tells most.

    Parameters
    ----------
    pixels : (H, W, 3) uint8, sRGB
    """
    import zxingcpp

    kinds = zxingcpp.BarcodeFormat
    formats = zxingcpp.BarcodeFormats([kinds.DataMatrix, kinds.Code128, kinds.QRCode])
    labels = []
    for code in zxingcpp.read_barcodes(np.ascontiguousarray(pixels), formats=formats):
        try:
            labels.append(read_text(code.bytes.decode("latin-1")))
        except UsageError:
            continue  # some other code on the box
    return max(labels, key=lambda one: (bool(one.number), bool(one.expires_on)), default=None)
