"""`vermilion preview`: one day of a plan on a photo."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from vermilion.cli.care_options import country_option, language_option, voice_of
from vermilion.cli.photo_options import (
    chosen_day,
    day_options,
    json_option,
    photo_options,
    plan_options,
    reading_options,
    said_plan,
)
from vermilion.errors import OutputError


@click.command("preview")
@photo_options
@plan_options
@day_options
@click.option("--mark", "marked", is_flag=True, help="Write 'simulation' visibly onto the picture.")
@click.option("--overlay", is_flag=True, help="Draw the found borders, points and mm onto it.")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), required=True, help="The PNG to write."
)
@language_option
@country_option
@json_option
def command(
    photo: Path,
    day: float | None,
    week: float | None,
    year: float | None,
    band: str,
    marked: bool,
    overlay: bool,
    out: Path,
    language: str,
    country: str | None,
    as_json: bool,
    **values: Any,
) -> None:
    """Show one day of a lip flip, a lip blush or both on a photo.

    The picture has the photo's size and depth, is lossless, and carries 'simulation' in its
    metadata. Without a day each treatment is shown when it is judged: a flip at full effect, a
    blush healed.

    \b
    Examples:
      vermilion preview client.jpg --flip --week 2 -o flip.png
      vermilion preview client.jpg --rise-mm 0.8 --mark -o rise.png
      vermilion preview client.jpg --blush coral --technique ombre --year 2 -o blush.png
      vermilion preview client.jpg --flip --blush --first blush --wait 42 --day 60 -o both.png
    """
    from vermilion.face.ahead import load_ahead

    load_ahead()
    from vermilion.consult.draw import preview
    from vermilion.consult.reading import read_face
    from vermilion.consult.words import described, notices_of
    from vermilion.face.measure import measure
    from vermilion.know.claims import claim
    from vermilion.photo.open import open_photo
    from vermilion.photo.save import save_png
    from vermilion.render.overlay import draw_found, mark

    _check_out(photo, out)
    voice = voice_of({"language": language, "country": country})
    options = reading_options(values)
    when = chosen_day(day, week, year)
    plan = said_plan(values)
    notices = notices_of(plan)
    opened = open_photo(photo)
    found, scale, _ = read_face(opened, options)
    pixels = preview(opened, found, scale, plan, when, band)
    if overlay:
        pixels = draw_found(pixels, found.curves, found.points, measure(found, scale))
    if marked:
        pixels = mark(pixels, voice.say("simulation").plain)
    save_png(out, pixels, described(plan, when, band, voice))
    basis = [] if plan.blush is None else [claim("blush_bare_lips").labelled]
    if as_json:
        said = [{"severity": n.severity, "text": voice.tell(n.words).plain} for n in notices]
        holds = [voice.tell(words).plain for words in basis]
        result = {"picture": str(out), "plan": plan.to_json(), "notices": said, "basis": holds}
        click.echo(json.dumps(result, ensure_ascii=False))
        return
    for words in [*(one.words for one in notices), *basis]:
        click.echo(voice.say("note: {text}", text=words).plain, err=True)
    click.echo(voice.say("{file} (simulation: an illustration, not a prediction)", file=out).plain)


def _check_out(photo: Path, out: Path) -> None:
    """A lossless picture under its right name, and never over the client's own photo."""
    if out.suffix.lower() != ".png":
        raise OutputError(
            f"the picture was to be called {out.name}",
            "it is written as a PNG, without loss",
            "give a name that ends in .png",
        )
    if out.resolve() == photo.resolve():
        raise OutputError(
            f"{out} is the photo itself", "the photo is never overwritten", "give another name"
        )
