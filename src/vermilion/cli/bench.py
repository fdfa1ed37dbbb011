"""`vermilion bench`: how good and how quick, printed as tables."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from importlib import import_module, util
from pathlib import Path

import click

from vermilion.errors import UsageError

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
def command(which: str, faces: Path, half: str, cache: Path | None) -> None:
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
    click.echo(f"{which}, {date.today().isoformat()}")
    for module, function, values in arguments[which]:
        click.echo(_bench(module, function)(*values))


def _bench(module: str, function: str) -> Callable[..., str]:
    name = f"vermilion.bench.{module}"
    if util.find_spec(name) is None:
        raise UsageError(f"there is no bench '{module}'", "another one is needed", "see --help")
    bench: Callable[..., str] = getattr(import_module(name), function)
    return bench
