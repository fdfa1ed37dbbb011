"""`vermilion measure`: the lips of a photo in numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vermilion.cli.care_options import country_option, language_option, voice_of
from vermilion.cli.photo_options import json_option, photo_options, reading_options, smile_option

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vermilion.consult.reading import Reading
    from vermilion.know.voice import Voice
    from vermilion.units import Measured


@click.command("measure")
@photo_options
@smile_option
@language_option
@country_option
@json_option
def command(
    photo: Path,
    smile: Path | None,
    language: str,
    country: str | None,
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
      vermilion measure client.jpg --reference card --lang es --country es
      vermilion measure client.jpg --reference-mm 30 1210 3004 1532 3001
    """
    from vermilion.face.ahead import load_ahead

    load_ahead()
    from vermilion.consult.reading import read_photo
    from vermilion.photo.open import open_photo

    voice = voice_of({"language": language, "country": country})
    options = reading_options(photo_values)
    opened = open_photo(photo)
    smiling = None if smile is None else open_photo(smile)
    reading = read_photo(opened, options, smiling)
    if as_json:
        click.echo(json.dumps(reading.to_json(voice), allow_nan=False, ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(reading, voice)))


def _lines(reading: Reading, voice: Voice) -> Iterator[str]:
    from vermilion.consult.photo_words import colour_words, gum_words, scale_words, skin_words

    photo, pose, skin = reading.photo, reading.face.pose, reading.skin
    colour = voice.tell(colour_words(photo.colour)).plain
    yield f"{photo.name}: {photo.width} x {photo.height} px, {colour}"
    yield voice.say("scale: {words}", words=scale_words(reading.scale)).plain
    yield voice.say(
        "head: yaw {yaw}°, pitch {pitch}°, roll {roll}°",
        yaw=round(pose.yaw_deg),
        pitch=round(pose.pitch_deg),
        roll=round(pose.roll_deg),
    ).plain
    ita = round(skin.ita_deg)
    yield voice.say("{words} (ITA {ita}°)", words=skin_words(skin.ita_class), ita=ita).plain
    yield from _table(reading.measures, voice, smiling=False)
    if reading.smile is not None:
        yield voice.say("in the smile:").plain
        yield from _table(reading.smile.measures, voice, smiling=True)
        if reading.smile.gum_class is not None:
            yield f"  {voice.tell(gum_words(reading.smile.gum_class)).plain}"
    for one in reading.advice:
        yield voice.say("note: {text}", text=one).plain


def _table(measures: Mapping[str, Measured], voice: Voice, *, smiling: bool) -> Iterator[str]:
    from vermilion.know.measures import digits_of, measure_label, quantity

    labels = {n: voice.tell(measure_label(n, smiling=smiling)).plain for n in measures}
    width = max(map(len, labels.values()), default=0)
    for name, measured in measures.items():
        digits = digits_of(measured.unit)
        value = voice.number(measured.value, digits, digits)
        error = quantity(voice, measured.sd, measured.unit)
        yield f"  {labels[name].ljust(width)} {value:>8} ± {error}"
