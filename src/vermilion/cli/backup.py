"""`vermilion backup`: everything of a practice in one sealed file."""

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
from vermilion.errors import UsageError


@click.command("backup")
@data_option
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file to write."
)
@passphrase_option
@language_option
def command(data: Path, output: Path | None, passphrase_file: Path | None, language: str) -> None:
    """Back up the studio into one sealed file, also while it runs, and prove it by opening it.

    Whoever has the file needs the passphrase too; without it the backup is lost.

    \b
    Examples:
      vermilion backup -o friday.vermilion
      vermilion backup --data /srv/lips -o /mnt/usb/friday.vermilion --passphrase-file secret.txt
    """
    say = speaker(language)
    if output is None:
        raise UsageError("no file was named", "a place for the backup is needed", "add -o FILE")
    need_packages()
    from vermilion.studio.backup import backup, need_tables

    need_tables(data.resolve())
    words = passphrase(passphrase_file, say("Passphrase for the backup"), new=True)()
    count = backup(data.resolve(), output, words)
    told = {"file": output, "size": f"{output.stat().st_size / 1e6:.1f}", "count": count}
    click.echo(say("{file}: {size} MB, {count} photos; opened again and found whole.", **told))
