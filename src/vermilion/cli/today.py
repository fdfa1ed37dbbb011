"""`vermilion today`: what this day is like after a treatment, or before it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from vermilion.cli.care_options import (
    care_options,
    day_of,
    emit,
    on_option,
    output_option,
    today_of,
    voice_of,
)


@click.command("today")
@click.argument("treatment")
@click.option("--done", required=True, metavar="DATE", help="The day of the treatment.")
@on_option
@output_option
@care_options
def command(
    treatment: str,
    done: str,
    on: str | None,
    output: Path | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Say what is normal today, what to do and avoid, what comes next, when to call.

    Every day from 14 days before a treatment to 5 years after it is answered.

    \b
    Examples:
      vermilion today flip --done 2026-11-02
      vermilion today blush --done 2026-11-02 --on 2026-11-06 --lang es
    """
    from vermilion.care.dates.waits import read_waits
    from vermilion.care.today import today
    from vermilion.report.pages.today import today_page

    voice = voice_of(options)
    found = today(voice, treatment, day_of(done, "--done"), today_of(on))
    name = voice.say(read_waits(voice.shelf, voice.practice).thing(treatment).name)
    emit(today_page(voice, found, name), found.to_json(), as_json, output)
