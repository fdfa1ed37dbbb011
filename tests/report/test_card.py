"""The scale card is printed the same each time, at its true size."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from vermilion.errors import OutputError
from vermilion.face.printed_scale import CARD_MM, MARKERS_MM, find_card
from vermilion.photo.photo import Photo
from vermilion.report.card import card_pdf, card_picture


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_the_page_is_a_pdf_and_the_same_each_time(paper: str) -> None:
    assert card_pdf(paper) == card_pdf(paper)
    assert card_pdf(paper).startswith(b"%PDF")


def test_the_drawn_card_has_its_size_and_its_markers_where_they_are_looked_for() -> None:
    drawn = cv2.imdecode(np.frombuffer(card_picture(10), np.uint8), cv2.IMREAD_COLOR)
    assert drawn is not None
    assert drawn.shape[:2] == (round(CARD_MM[1] * 10), round(CARD_MM[0] * 10))
    card = find_card(Photo(np.ascontiguousarray(drawn[..., ::-1])))
    assert card.px_per_mm == pytest.approx(10, rel=0.004)
    centres = card.corners_px.reshape(2, 4, 2).mean(axis=1)
    assert centres == pytest.approx(np.array(list(MARKERS_MM.values())) * 10, abs=1.5)


def test_another_kind_of_file_is_refused() -> None:
    from vermilion.cli.main import run

    assert run(["card", "-o", "card.docx"]) == OutputError.exit_code
