"""The report holds everything, works alone and is the same each time."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import cv2
import numpy as np
import pytest

from vermilion.consult.words import Sentence
from vermilion.know.measures import quantity
from vermilion.know.said import Said
from vermilion.know.sourced import Origin
from vermilion.know.voice import Voice
from vermilion.report.html import write_html
from vermilion.report.pdf import write_pdf
from vermilion.report.sheet import BANDS, Frame, MeasureRow, Norm, Patch, Sheet, TimeCourse
from vermilion.report.words import day_words


def jpeg(level: int, width: int = 40, height: int = 24) -> bytes:
    picture = np.full((height, width, 3), level, np.uint8)
    return bytes(cv2.imencode(".jpg", picture)[1])


def sentence(
    kind: str, text: str, grade: str, sources: tuple[str, ...] = (), treatment: str = ""
) -> Sentence:
    mark = "page" if sources else "assumption"
    return Sentence(kind, Said((text,), Origin(sources, mark, grade)), treatment)


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    days = (0.0, 3.0, 14.0, 42.0, 84.0)
    frames = tuple(
        Frame(t, b, d, jpeg(90 + 20 * k))
        for t in ("flip", "blush")
        for k, b in enumerate(BANDS)
        for d in days
    )
    rise = (0.0, 0.3, 0.8, 0.7, 0.0)
    course = TimeCourse(
        "flip",
        "Rise of the upper border",
        "mm",
        days,
        tuple(0.5 * r for r in rise),
        rise,
        tuple(1.5 * r for r in rise),
    )
    norm = Norm("White women, photo models, 18-39", 400, 6.47, 1.36, "flip:F50")
    return Sheet(
        voice=Voice(),
        plan="Flip with <b>, four points",
        title="What a flip <and> a blush would do",
        photo_name="client & photo.jpg",
        face_jpeg=jpeg(120, 80, 100),
        face_size=(80, 100),
        patch=Patch(0.25, 0.5, 0.5, 0.24),
        before_jpeg=jpeg(120),
        patch_size=(40, 24),
        frames=frames,
        courses=(course,),
        measures=(
            MeasureRow("upper_vermilion_height", "Upper lip, red height", 6.1, 0.3, "mm", (norm,)),
        ),
        statements=(
            sentence("limit", "A flip adds no volume.", "B", ("flip:F2",)),
            sentence("usual", "Most people gain half a millimetre to one.", "D"),
            sentence("function", "Straws may leak for weeks.", "C", ("flip:F2",), "flip"),
        ),
        facts=(("Scale", "0.1 mm a pixel"),),
        sources={"flip:F2": "Li 2020", "flip:F50": "Norms"},
        version="0",
    )


class Counter(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.images: list[dict[str, str | None]] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "img":
            self.images.append(named)
        self.links += [str(named[k]) for k in ("src", "href", "action") if named.get(k)]


def test_the_page_fetches_nothing_and_describes_every_picture(sheet: Sheet) -> None:
    seen = Counter()
    seen.feed(write_html(sheet))
    assert seen.images
    assert all(image.get("alt") for image in seen.images)
    assert all(link.startswith("data:") for link in seen.links)


def test_the_page_says_simulation_at_each_simulated_picture(sheet: Sheet) -> None:
    page = write_html(sheet)
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", page)
    assert captions
    assert all("simulation" in caption or caption == "before" for caption in captions)


def test_what_it_will_not_do_is_said_of_each_treatment_by_name(sheet: Sheet) -> None:
    limits = (
        sentence("limit", "It changes no colour.", "B", (), "flip"),
        sentence("limit", "It changes no shape.", "B", (), "blush"),
    )
    page = write_html(replace(sheet, statements=limits))
    part = page.split("<h2>What it will not do</h2>")[1]
    places = [
        part.index(words)
        for words in ("<h3>Lip flip</h3>", "no colour", "<h3>Lip blush</h3>", "no shape")
    ]
    assert places == sorted(places)
    flips = tuple(frame for frame in sheet.frames if frame.treatment == "flip")
    alone = write_html(replace(sheet, frames=flips, statements=limits[:1]))
    assert "<h3>Lip flip</h3>" not in alone


def test_no_length_is_told_to_be_less_than_none() -> None:
    gum = MeasureRow("gum_show", "Gum", 0.2, 0.7, "mm")
    assert gum.interval == (0.0, pytest.approx(0.2 + 1.645 * 0.7))
    assert replace(gum, signed=True).interval[0] < 0


def test_a_course_is_labelled_on_the_day_on_which_it_is_judged(sheet: Sheet) -> None:
    (flip,) = sheet.courses
    fresh = replace(flip, treatment="blush", unit="dE2000", expected=(9.0, 8.0, 3.0, 5.0, 4.0))
    page = write_html(replace(sheet, courses=(fresh,)))
    assert "5.0 dE, week 6" in page
    assert "9.0 dE, day 0" not in page


def test_charts_of_one_unit_have_one_scale(sheet: Sheet) -> None:
    (first,) = sheet.courses
    small = replace(first, **{band: tuple(0.4 * v for v in getattr(first, band)) for band in BANDS})
    other = replace(first, unit="dE2000")
    both = replace(sheet, courses=(first, small, other))
    drawn = re.findall(r"<svg.*?</svg>", write_html(both).split("<h2>Over time</h2>")[1])
    ticks = [re.findall(r"text-anchor='end'>([0-9.]+)<", chart) for chart in drawn[:2]]
    assert len(ticks[0]) > 2
    assert ticks[0] == ticks[1]


def test_names_typed_by_people_are_escaped(sheet: Sheet) -> None:
    page = write_html(sheet)
    assert "&lt;and&gt;" in page
    assert "<and>" not in page
    assert "client &amp; photo.jpg" in page


def test_without_scripts_every_day_is_on_the_page(sheet: Sheet) -> None:
    page = write_html(sheet).split("<script")[0]
    for frame in sheet.of("flip", "expected"):
        assert f"{day_words(sheet.voice, frame.day)} (simulation)" in page


def test_each_graded_sentence_shows_its_grade_and_source(sheet: Sheet) -> None:
    page = write_html(sheet)
    assert "evidence B" in page
    assert "Li 2020" in page
    assert "a rule of this program, not a study" in page


def test_loss_of_function_stands_beside_the_pictures_of_the_flip(sheet: Sheet) -> None:
    page = write_html(sheet)
    flip = page.index("Lip flip: week 2")
    blush = page.index("Lip blush: week 6")
    assert flip < page.index("Straws may leak") < blush


def test_page_and_pdf_are_the_same_each_time(sheet: Sheet) -> None:
    assert write_html(sheet) == write_html(sheet)
    assert write_pdf(sheet) == write_pdf(sheet)


def test_the_pdf_is_tagged_and_marked_as_a_simulation(sheet: Sheet) -> None:
    pdf = write_pdf(sheet)
    assert pdf.startswith(b"%PDF")
    assert b"/StructTreeRoot" in pdf
    assert b"simulation" in pdf


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (0, "day 0"),
        (4, "day 4"),
        (14, "week 2"),
        (42, "week 6"),
        (365.25, "year 1"),
        (548, "year 1.5"),
    ],
)
def test_days_read_as_people_say_them(day: float, words: str) -> None:
    assert day_words(Voice(), day) == words


def test_millimetres_are_never_finer_than_a_tenth() -> None:
    assert quantity(Voice(), 6.4712, "mm") == "6.5 mm"
    assert quantity(Voice(language="es", country_key="es"), 6.4712, "mm") == "6,5 mm"
