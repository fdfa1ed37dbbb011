"""`vermilion restore`: a backup into an empty folder."""

from __future__ import annotations

from pathlib import Path

import click

from vermilion.cli.studio_options import data_option, need_packages, passphrase, passphrase_option


@click.command("restore")
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
@data_option
@passphrase_option
def command(source: Path, data: Path, passphrase_file: Path | None) -> None:
    """Put a backup into an empty folder; nothing that exists is overwritten.

    \b
    Examples:
      vermilion restore friday.vermilion --data lips-again
    """
    need_packages()
    from vermilion.studio.backup import restore

    restore(source, data.resolve(), passphrase(passphrase_file, "Passphrase of the backup")())
    click.echo(f"{data} holds the practice again: vermilion serve --data {data}")
