"""How true the scale card is: held before rendered heads, tilted, blurred, packed as JPEG.

Two errors are kept apart: of the scale in the card's own plane (finding the corners), and of the
scale in the plane of the lips (also: where the card lies, and how near the camera is).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.bench.table import Table, Tables
from vermilion.errors import ScaleError
from vermilion.face.printed_scale import CARD_MM, MARKERS_MM, find_card, scale_of_card
from vermilion.phantom.camera import sample, view_of
from vermilion.phantom.head import build_head
from vermilion.phantom.lips import lip_borders
from vermilion.phantom.population import population
from vermilion.phantom.render import render_phantom
from vermilion.phantom.spec import Camera, PhantomSpec
from vermilion.photo.photo import Photo
from vermilion.report.card import card_picture

SEED = 31
CARD_PX_PER_MM = 16
FINE = 3
"""The card is drawn so many times finer than the photo, then averaged down."""
BELOW_LIP_MM = 5.0
"""Between the lower lip's border and the card's upper edge."""
WHITE, BLACK = 225.0, 32.0
"""Paper and ink in a photo, sRGB levels."""
Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Held:
    """How a card is held and photographed; degrees, mm, px."""

    name: str
    camera: Camera
    tilt_deg: float = 0.0
    blur_px: float = 0.5
    jpeg_quality: int = 90


WAYS = (
    Held("3.8 px/mm, flat on the chin", Camera(900, 1200)),
    Held("3.8 px/mm, tilted 15 degrees", Camera(900, 1200), tilt_deg=15),
    Held("3.8 px/mm, tilted 30 degrees", Camera(900, 1200), tilt_deg=30),
    Held("3.8 px/mm, blurred, JPEG 70", Camera(900, 1200), 10, blur_px=1.5, jpeg_quality=70),
    Held("1.9 px/mm, flat on the chin", Camera(450, 600)),
    Held("3.8 px/mm, camera at 0.45 m", Camera(900, 1200, distance_mm=450), 5),
)


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A photo with a card, and the true mm a px in the card's plane and in that of the lips."""

    pixels: Pixels
    card_mm_per_px: float
    lips_mm_per_px: float


def card_bench(people: int = 12) -> Tables:
    """The table, for `vermilion bench scale`; `people` = heads for each way."""
    rows = []
    for number, way in enumerate(WAYS):
        heads = [replace(head, camera=way.camera) for head in population(people, SEED)]
        turns = np.random.default_rng(SEED + number).uniform(0, 360, people)
        errors, missed = [], 0
        for head, turn in zip(heads, turns, strict=True):
            shown = hold(head, way, float(turn))
            try:
                card = find_card(Photo(shown.pixels))
            except ScaleError:
                missed += 1
                continue
            scale = scale_of_card(card)
            value, sd = scale.mm_per_px or 0.0, scale.sd or 0.0
            off = value / shown.lips_mm_per_px - 1
            own = 1 / card.px_per_mm / shown.card_mm_per_px - 1
            errors.append((own, off, sd / value, abs(off) < 2 * sd / value))
        rows.append((way.name, *_words(np.array(errors)), str(missed)))
    head_row = (
        "card",
        "own plane %",
        "lips' plane: mean %",
        "sd %",
        "stated sd %",
        "in 2 sd",
        "missed",
    )
    return (Table("Scale card: error of the millimetres a px", head_row, rows),)


def _words(errors: npt.NDArray[np.float64]) -> Iterator[str]:
    own, off, stated, inside = errors.T
    yield f"{100 * own.mean():+.2f} ± {100 * own.std():.2f}"
    yield f"{100 * off.mean():+.2f}"
    yield f"{100 * off.std():.2f}"
    yield f"{100 * stated.mean():.2f}"
    yield f"{100 * inside.mean():.0f}%"


def hold(spec: PhantomSpec, way: Held, turn_deg: float = 0.0) -> Shown:
    """Render a head with the card on its chin, tilted about an axis at `turn_deg` in its plane."""
    spec = replace(spec, camera=replace(way.camera, jpeg_quality=None))
    image = render_phantom(spec)
    borders = lip_borders(spec.lips, spec.flip_rise_mm)
    head = build_head(spec, borders)
    view = view_of(spec.camera, spec.pose)
    wide, high = CARD_MM
    middle = np.mean(list(MARKERS_MM.values()), axis=0)
    top = borders.at("lower_outer", 0.0) + BELOW_LIP_MM
    across, down = np.meshgrid(np.linspace(-25, 25, 51), np.linspace(top, top + 25, 26))
    chin = sample(head.z, across.astype(np.float32), down.astype(np.float32)).max()
    origin = np.array([0.0, top + middle[1], float(chin)])
    axis = np.array([np.cos(np.radians(turn_deg)), np.sin(np.radians(turn_deg)), 0.0])
    turn, _ = cv2.Rodrigues(axis * np.radians(way.tilt_deg))
    edges = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float64)
    flat = np.column_stack([edges - middle, np.zeros(4)])
    outline = view.project(flat @ turn.T + origin)
    pixels = _paste(image.pixels, outline, way)
    at_card = view.mm_per_px(origin[None])
    return Shown(pixels, at_card, image.truth["scale"]["mm_per_px"])


def _paste(pixels: Pixels, outline: npt.NDArray[np.float64], way: Held) -> Pixels:
    """Lay the printed card into the picture, then blur, grain and JPEG of the whole."""
    height, width = pixels.shape[:2]
    packed = np.frombuffer(card_picture(CARD_PX_PER_MM), np.uint8)
    drawn = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.float32) / 255
    rows, columns = drawn.shape
    ends = np.array([(0, 0), (columns, 0), (columns, rows), (0, rows)], np.float32) - 0.5
    fine = ((outline + 0.5) * FINE - 0.5).astype(np.float32)
    lie = cv2.getPerspectiveTransform(ends, fine)
    size = (width * FINE, height * FINE)
    wide_px = float(np.linalg.norm(outline[1] - outline[0]))
    shrink = CARD_PX_PER_MM / FINE * CARD_MM[0] / wide_px
    drawn = cv2.GaussianBlur(drawn, (0, 0), max(0.4 * shrink, 0.1))
    card = cv2.warpPerspective(drawn, lie, size, flags=cv2.INTER_LINEAR)
    covered = cv2.warpPerspective(np.ones_like(drawn), lie, size, flags=cv2.INTER_LINEAR)
    card, covered = (
        cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA) for part in (card, covered)
    )
    levels = BLACK * covered + (WHITE - BLACK) * card
    mixed = pixels * (1 - covered[..., None]) + levels[..., None]
    mixed = cv2.GaussianBlur(mixed.astype(np.float32), (0, 0), way.blur_px)
    mixed += np.random.default_rng(SEED).normal(0, 1.5, mixed.shape)
    quality = [cv2.IMWRITE_JPEG_QUALITY, way.jpeg_quality]
    levels8 = np.clip(np.rint(mixed), 0, 255).astype(np.uint8)
    _, jpeg = cv2.imencode(".jpg", np.ascontiguousarray(levels8[..., ::-1]), quality)
    back = np.asarray(cv2.imdecode(jpeg, cv2.IMREAD_COLOR), np.uint8)
    return np.ascontiguousarray(back[..., ::-1])
