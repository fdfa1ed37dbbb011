"""`vermilion card`: the scale card, ready to print."""

from __future__ import annotations

import json
from pathlib import Path

import click

from vermilion.cli.photo_options import json_option
from vermilion.errors import OutputError


@click.command("card")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), required=True, help="The PDF to write."
)
@click.option(
    "--paper",
    type=click.Choice(["a4", "us-letter"]),
    default="a4",
    show_default=True,
    help="The paper it is printed on.",
)
@json_option
def command(out: Path, paper: str, as_json: bool) -> None:
    """Write a scale card to print, for true millimetres.

    Print it at its true size (100 %, not fitted to the page), check its ruler with another one,
    cut it out, hold it flat on the chin in the photo, and measure with --reference card.

    \b
    Examples:
      vermilion card -o card.pdf
      vermilion measure client.jpg --reference card
    """
    from vermilion.report.card import card_pdf
    from vermilion.whole_file import save_bytes

    if out.suffix.lower() != ".pdf":
        raise OutputError(
            f"the card was to be called {out.name}",
            "it is written as a PDF",
            "give a name that ends in .pdf",
        )
    save_bytes(out, card_pdf(paper))
    click.echo(json.dumps({"card": str(out)}) if as_json else str(out))
