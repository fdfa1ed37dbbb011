"""`vermilion bench`: how good and how quick, printed as tables."""

from __future__ import annotations

import json
import os
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vermilion import __version__
from vermilion.cli.photo_options import json_option

if TYPE_CHECKING:
    from vermilion.bench.table import Tables

FACES = Path("../shared/faces")
"""Where a checkout has its photos for benches: beside it, never in it."""

BENCHES = ("lips", "scale", "render", "speed", "care")


@click.command("bench")
@click.argument("which", type=click.Choice(BENCHES))
@click.option(
    "--faces",
    type=click.Path(path_type=Path),
    default=FACES,
    show_default=True,
    help="Folder with the photos 'annotated' and 'portraits'.",
)
@click.option(
    "--half",
    type=click.Choice(["even", "odd", "both"]),
    default="both",
    show_default=True,
    help="lips: which annotated photos; the even were tuned on, the odd are the report.",
)
@click.option(
    "--peers",
    "cache",
    type=click.Path(path_type=Path),
    help="speed: time other programs too, in environments made in this folder.",
)
@json_option
def command(which: str, faces: Path, half: str, cache: Path | None, as_json: bool) -> None:
    """Measure how good and how quick this program is.

    Prints tables. `lips` and `render` look at photographs beside the checkout and say so where
    there are none; `scale`, `speed` and `care` need nothing. Only `speed --peers` installs
    anything, and only into the folder it is given.

    \b
    Examples:
      vermilion bench scale
      vermilion bench lips --half odd
      vermilion bench speed --peers /tmp/peers
    """
    # programs that are timed were started before, as they were for who uses them: compiled once
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    arguments: dict[str, list[tuple[str, str, tuple[object, ...]]]] = {
        "lips": [("lips", "lips", (faces, half))],
        "scale": [("scale", "scale", ()), ("card", "card_bench", ())],
        "render": [("render", "render_bench", (faces,)), ("colour", "colour_bench", (faces,))],
        "speed": [("speed", "speed", (cache,))],
        "care": [("care", "care", ())],
    }
    day = date.today().isoformat()
    if as_json:
        tables = [table for one in arguments[which] for table in _bench(*one)]
        told = {"version": __version__, "bench": which, "date": day}
        click.echo(json.dumps(told | {"tables": [table.to_json() for table in tables]}, indent=1))
        return
    click.echo(f"{which}, {day}")
    for one in arguments[which]:
        click.echo("\n\n".join(map(str, _bench(*one))))


def _bench(module: str, function: str, values: tuple[object, ...]) -> Tables:
    tables: Tables = getattr(import_module(f"vermilion.bench.{module}"), function)(*values)
    return tables
