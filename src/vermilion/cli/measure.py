"""`vermilion measure`: the lips of a photo in numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vermilion.cli.photo_options import json_option, photo_options, reading_options, smile_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vermilion.consult.reading import Reading
    from vermilion.units import Measured

DIGITS = {"mm": 1, "mm2": 0, "%": 0, "deg": 1, "ratio": 2}
SIGNS = {"mm": " mm", "mm2": " mm²", "%": " %", "deg": "°", "ratio": ""}


@click.command("measure")
@photo_options
@smile_option
@json_option
def command(
    photo: Path,
    smile: Path | None,
    as_json: bool,
    **photo_values: Any,
) -> None:
    """Find the lips in a photo and measure them.

    Every measure has its standard deviation. Millimetres come from a reference in the photo, from
    this client's iris, or from the population's; where none is seen there are only ratios. Left
    and right are the client's.

    \b
    Examples:
      vermilion measure client.jpg
      vermilion measure client.jpg --smile smiling.jpg --json
      vermilion measure client.jpg --reference card
      vermilion measure client.jpg --reference-mm 30 1210 3004 1532 3001
    """
    from vermilion.consult.reading import read_photo
    from vermilion.photo.open import open_photo

    options = reading_options(photo_values)
    opened = open_photo(photo)
    smiling = None if smile is None else open_photo(smile)
    reading = read_photo(opened, options, smiling)
    if as_json:
        click.echo(json.dumps(reading.to_json(), allow_nan=False))
    else:
        click.echo("\n".join(_lines(reading)))


def _lines(reading: Reading) -> list[str]:
    photo, face, scale = reading.photo, reading.face, reading.scale
    lines = [f"{photo.name}: {photo.width} x {photo.height} px, {photo.colour}"]
    if scale.mm_per_px is None or scale.sd is None:
        lines.append("scale: not known, so lengths are shares of the mouth's width")
    else:
        error = 100 * scale.sd / scale.mm_per_px
        lines.append(f"scale: {scale.mm_per_px:.4f} mm a px ± {error:.1f} % ({scale.source})")
    pose = face.pose
    lines.append(
        f"head: yaw {pose.yaw_deg:.0f}°, pitch {pose.pitch_deg:.0f}°, roll {pose.roll_deg:.0f}°"
    )
    lines.append(f"skin: {reading.skin.ita_class} (ITA {reading.skin.ita_deg:.0f}°)")
    lines += _table(reading.measures)
    if reading.smile is not None:
        lines += ["in the smile:", *_table(reading.smile.measures)]
        if reading.smile.gum_class is not None:
            lines.append(f"  gum show: {reading.smile.gum_class}")
    return [*lines, *(f"note: {text}" for text in reading.advice)]


def _table(measures: Mapping[str, Measured]) -> list[str]:
    width = max((len(name) for name in measures), default=0)
    lines = []
    for name, measured in measures.items():
        digits, sign = DIGITS.get(measured.unit, 2), SIGNS.get(measured.unit, measured.unit)
        words = name.replace("_", " ").ljust(width)
        value = round(measured.value, digits) + 0.0  # no "-0.0"
        lines.append(f"  {words} {value:8.{digits}f} ± {measured.sd:.{digits}f}{sign}")
    return lines
