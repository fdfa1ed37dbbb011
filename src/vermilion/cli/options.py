"""`vermilion options`: what there is for somebody's wishes, side by side."""

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


@click.command("options")
@click.option(
    "--wish", multiple=True, metavar="NAME,…", help="fuller, less-gum, colour, … (or all)."
)
@click.option("--budget", type=float, metavar="AMOUNT", help="For the first visit.")
@click.option("--event", metavar="DATE", help="A day to look well on.")
@click.option("--years", type=int, default=5, show_default=True, help="Costs over 1 to 5 years.")
@output_option
@on_option
@care_options
def command(
    wish: tuple[str, ...],
    budget: float | None,
    event: str | None,
    years: int,
    output: Path | None,
    on: str | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Compare all treatments for your wishes: what changes, how long, what it risks and costs.

    Nothing is ranked. Prices are the practice's own (--practice), else ranges from clinic pages.

    \b
    Examples:
      vermilion options --wish fuller --wish little-pain
      vermilion options --wish colour --event 2027-06-19 --budget 600 -o options.pdf
    """
    from vermilion.care.options import compare
    from vermilion.report.pages.options import options_page

    voice = voice_of(options)
    found = compare(
        voice,
        tuple(name.strip() for one in wish for name in one.split(",")),
        on=today_of(on),
        event=None if event is None else day_of(event, "--event"),
        budget=budget,
        years=years,
    )
    emit(options_page(voice, found), found.to_json(), as_json, output)
