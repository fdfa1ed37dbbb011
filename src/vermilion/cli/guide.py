"""`vermilion guide`: a treatment from the first question to the last follow-up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from vermilion.cli.care_options import care_options, emit, output_option, voice_of


@click.command("guide")
@click.argument("treatment")
@output_option
@care_options
def command(treatment: str, output: Path | None, as_json: bool, **options: Any) -> None:
    """Tell the whole treatment: what it is, for whom, before, during, after, risks, cost.

    Each figure names its source and how strong it is; what clinics say stands beside what is
    known. As a PDF it is a hand-out.

    \b
    Examples:
      vermilion guide flip
      vermilion guide blush --lang es --country es -o guia.pdf
      vermilion guide flip --audience practitioner -o flip.html
    """
    from vermilion.care.guide import guide
    from vermilion.report.pages.guide import guide_page

    voice = voice_of(options)
    found = guide(voice, treatment)
    emit(guide_page(voice, found), found.to_json(), as_json, output)
