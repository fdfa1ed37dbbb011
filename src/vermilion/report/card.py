"""The scale card that `face.printed_scale` finds in a photo, as a page to print.

Public: `card_pdf`, and `card_picture` for whoever judges how well it is found.
"""

from __future__ import annotations

from typing import Any, Literal

from vermilion.face.printed_scale import CARD_MM, MARKER_MM, MARKERS_MM, MODULES, marker
from vermilion.report.typeset import typeset

RULER_MM = 80
WORDS = {
    "title": "vermilion scale card",
    "ruler": f"this ruler is {RULER_MM} mm long when the card was printed at its true size",
    "hold": "Hold here. Lay the card flat on the chin, below the lower lip, facing the camera, "
    "with both markers whole and sharp in the photo.",
    "print": "Print this page at its true size (100 %, not fitted to the page) on stiff, matt "
    "paper. Check the ruler with another one. Cut the card out along its line.",
    "use": "Then: vermilion measure client.jpg --reference card",
}


def card_pdf(paper: str = "a4") -> bytes:
    """The page with the card at its true size; `paper` is "a4" or "us-letter". Same bytes."""
    return _typeset({"paper": paper}, "pdf")


def card_picture(px_per_mm: float) -> bytes:
    """The card alone, cut out, as a PNG of so many px a mm."""
    return _typeset({"paper": ""}, "png", ppi=px_per_mm * 25.4)


def _typeset(page: dict[str, Any], form: Literal["pdf", "png"], ppi: float | None = None) -> bytes:
    data = page | {"size": CARD_MM, "marker": MARKER_MM, "ruler": RULER_MM, "words": WORDS}
    data["markers"] = [
        {"picture": f"{number}.svg", "at": [x - MARKER_MM / 2, y - MARKER_MM / 2]}
        for number, (x, y) in MARKERS_MM.items()
    ]
    pictures = {f"{number}.svg": _marker_svg(number) for number in MARKERS_MM}
    return typeset("card", data, pictures, form, ppi)


def _marker_svg(number: int) -> str:
    """One path over all black squares: single squares would show seams between them."""
    black = marker(number)
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y in range(MODULES) for x in range(MODULES) if black[y, x]
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {MODULES} {MODULES}" '
        f'width="{MODULES}" height="{MODULES}"><path d="{path}"/></svg>'
    )
