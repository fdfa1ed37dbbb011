"""`vermilion consult`: the whole consultation into a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from vermilion.cli.care_options import (
    audience_option,
    country_option,
    language_option,
    voice_of,
)
from vermilion.cli.photo_options import (
    json_option,
    photo_options,
    plan_options,
    reading_options,
    said_plan,
    smile_option,
)
from vermilion.errors import UsageError

if TYPE_CHECKING:
    from vermilion.consult.consultation import Consultation
    from vermilion.know.voice import Voice

OURS = frozenset({"consultation.json", "report.html", "report.pdf", "pictures"})
"""All that a consultation's folder holds; a folder with anything else is left alone."""
SAID = ("language", "country", "audience")
"""To whom it is said, in which language: an earlier consultation may be made again for others."""
BESIDE_AGAIN = frozenset({"photo", "smile", "again", "out", "as_json", *SAID})


@click.command("consult")
@photo_options
@smile_option
@plan_options
@click.option(
    "--again",
    type=click.Path(path_type=Path),
    metavar="JSON",
    help="Make an earlier consultation again, from its consultation.json and the same photo.",
)
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), required=True, help="The folder to make."
)
@language_option
@country_option
@audience_option
@json_option
def command(
    photo: Path,
    smile: Path | None,
    again: Path | None,
    out: Path,
    as_json: bool,
    **values: Any,
) -> None:
    """Make the whole consultation: pictures, measures, report.

    Writes a folder with report.html (offline, with a slider over the days), report.pdf,
    consultation.json and the pictures. The folder appears whole or not at all; an earlier
    consultation in its place is replaced.

    \b
    Examples:
      vermilion consult client.jpg --flip -o report/
      vermilion consult client.jpg --smile smile.jpg --flip --blush rose -o report/
      vermilion consult client.jpg --blush coral --lang es --country es -o informe/
      vermilion consult client.jpg --again report/consultation.json -o report-again/
    """
    from vermilion.face.ahead import load_ahead

    load_ahead()
    from vermilion.consult.consultation import consultation, rerun
    from vermilion.photo.folder import fresh_folder
    from vermilion.photo.open import open_photo

    if again is not None:
        _only_photos_with_again(click.get_current_context())
    options = reading_options(values)
    record = None if again is None else _record(again)
    voice = _voice(click.get_current_context(), record, values)
    plan = None if record is not None else said_plan(values)
    with fresh_folder(out, OURS) as folder:
        opened = open_photo(photo)
        smiling = None if smile is None else open_photo(smile)
        if plan is None or record is not None:
            made = rerun(record or {}, opened, smiling)
        else:
            made = consultation(opened, plan, options, smiling)
        _write(made, folder, voice)
    if as_json:
        click.echo(json.dumps(made.to_json(voice), allow_nan=False, ensure_ascii=False))
    else:
        for sentence in made.said(voice):
            if sentence.kind in ("warning", "quality"):
                click.echo(voice.say("note: {text}", text=sentence.said).plain, err=True)
        click.echo(f"{out / 'report.html'}\n{out / 'report.pdf'}\n{out / 'consultation.json'}")


def _voice(context: click.Context, record: dict[str, Any] | None, values: dict[str, Any]) -> Voice:
    """As asked; of a consultation that is made again, as it was where nothing else is asked."""
    said = {name: values.pop(name) for name in SAID}
    for name in SAID:
        asked = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if record is not None and not asked:
            said[name] = record.get(name, said[name])
    return voice_of(said)


def _write(made: Consultation, folder: Path, voice: Voice) -> None:
    from vermilion.consult.consultation import file_name
    from vermilion.consult.draw import export_jpeg
    from vermilion.report.from_consultation import sheet_of
    from vermilion.report.html import write_html
    from vermilion.report.pdf import write_pdf

    (folder / "pictures").mkdir()
    for picture in made.pictures:
        jpeg = export_jpeg(picture, voice.say("simulation").plain)
        (folder / file_name(picture)).write_bytes(jpeg)
    record = json.dumps(made.to_json(voice), indent=1, allow_nan=False, ensure_ascii=False)
    (folder / "consultation.json").write_text(record + "\n", "utf-8")
    sheet = sheet_of(made, voice)
    (folder / "report.html").write_text(write_html(sheet), "utf-8")
    (folder / "report.pdf").write_bytes(write_pdf(sheet))


def _only_photos_with_again(context: click.Context) -> None:
    """A record brings its own plan and options; others beside it would be silently lost."""
    for parameter in context.command.params:
        given = context.get_parameter_source(parameter.name or "")
        if parameter.name not in BESIDE_AGAIN and given is ParameterSource.COMMANDLINE:
            raise UsageError(
                f"{parameter.opts[0]} and --again were both given",
                "an earlier consultation is made again as it was",
                "leave one of them out",
            )


def _record(path: Path) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if not (isinstance(record, dict) and {"plan", "options", "photo"} <= set(record)):
            raise ValueError("no consultation")
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{path} cannot be read as a consultation ({getattr(error, 'strerror', error)})",
            "a consultation.json is needed",
            "name one",
        ) from None
    return record
