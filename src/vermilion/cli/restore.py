"""`vermilion restore`: a backup into an empty folder."""

from __future__ import annotations

from pathlib import Path

import click

from vermilion.cli.care_options import language_option
from vermilion.cli.studio_options import (
    data_option,
    need_packages,
    passphrase,
    passphrase_option,
    speaker,
)


@click.command("restore")
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
@data_option
@passphrase_option
@language_option
def command(source: Path, data: Path, passphrase_file: Path | None, language: str) -> None:
    """Put a backup into an empty folder; nothing that exists is overwritten.

    \b
    Examples:
      vermilion restore friday.vermilion --data lips-again
    """
    say = speaker(language)
    need_packages()
    from vermilion.studio.backup import restore

    restore(source, data.resolve(), passphrase(passphrase_file, say("Passphrase of the backup"))())
    click.echo(say("{data} holds the practice again: vermilion serve --data {data}", data=data))
