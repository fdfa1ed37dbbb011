"""`vermilion keys`: the practice's master keys: a passphrase, a new key, a sheet to lock away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from vermilion.cli.care_options import language_option
from vermilion.cli.studio_options import (
    AGAIN,
    data_option,
    open_studio,
    passphrase,
    passphrase_option,
    speaker,
)
from vermilion.errors import UsageError


@click.command("keys")
@click.argument("what", type=click.Choice(["passphrase", "rotate", "sheet", "from-sheet"]))
@click.option(
    "--sheet",
    "sheet_file",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="from-sheet: a file with the lines of the printed sheet.",
)
@data_option
@passphrase_option
@language_option
def command(
    what: str,
    sheet_file: Path | None,
    data: Path,
    passphrase_file: Path | None,
    language: str,
) -> None:
    """Change what opens the practice's records. Stop the studio first.

    passphrase sets or takes away a passphrase; rotate makes a new key and wraps all others with
    it; sheet prints the keys to lock away; from-sheet makes the key file from such a sheet.

    \b
    Examples:
      vermilion keys sheet > sheet.txt
      vermilion keys passphrase
      vermilion keys rotate
    """
    say = speaker(language)
    if what == "from-sheet":
        _from_sheet(data.resolve(), sheet_file, say)
        return
    folder = open_studio(data, passphrase_file, say("Passphrase of the keys"))
    from vermilion.studio import vault
    from vermilion.studio.serve import KEYS

    path = folder / KEYS
    if what == "sheet":
        click.echo(say("vermilion: who has these lines can open every record. Lock them away."))
        click.echo("\n".join(vault.recovery_words(vault.current())))
    elif what == "passphrase":
        words = click.prompt(
            say("New passphrase (empty: none)"),
            default="",
            show_default=False,
            hide_input=True,
            confirmation_prompt=say(AGAIN),
        )
        vault.save_vault(path, vault.current(), words)
        click.echo(say("Saved." if words else "The key file opens without a passphrase now."))
    else:
        from vermilion.studio.rotation import rotate

        words = None
        if vault.is_protected(path):
            words = passphrase(passphrase_file, say("Passphrase of the keys, once more"))()
            vault.open_vault(path, words)
        count = rotate(path, words, lambda done: click.echo(f"  {say(done)}"))
        told = say("{count} keys are wrapped by the new one. Print the sheet again.", count=count)
        click.echo(told)


def _from_sheet(folder: Path, sheet_file: Path | None, say: Callable[..., str]) -> None:
    if sheet_file is None:
        raise UsageError("no sheet was named", "a file with its lines", "add --sheet FILE")
    from vermilion.cli.studio_options import need_packages

    need_packages()
    from vermilion.studio import vault
    from vermilion.studio.serve import KEYS

    if (folder / KEYS).exists():
        raise UsageError("{file} is there already", "", "move it away first", file=folder / KEYS)
    lines = [one for one in sheet_file.read_text("utf-8").splitlines() if one[:1].isdigit()]
    vault.save_vault(folder / KEYS, vault.from_recovery_words(lines))
    click.echo(say("{file} is made from the sheet.", file=folder / KEYS))
