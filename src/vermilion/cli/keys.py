"""`vermilion keys`: the practice's master keys: a passphrase, a new key, a sheet to lock away."""

from __future__ import annotations

from pathlib import Path

import click

from vermilion.cli.studio_options import data_option, open_studio, passphrase, passphrase_option
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
def command(what: str, sheet_file: Path | None, data: Path, passphrase_file: Path | None) -> None:
    """Change what opens the practice's records. Stop the studio first.

    passphrase sets or takes away a passphrase; rotate makes a new key and wraps all others with
    it; sheet prints the keys to lock away; from-sheet makes the key file from such a sheet.

    \b
    Examples:
      vermilion keys sheet > sheet.txt
      vermilion keys passphrase
      vermilion keys rotate
    """
    if what == "from-sheet":
        _from_sheet(data.resolve(), sheet_file)
        return
    folder = open_studio(data, passphrase_file)
    from vermilion.studio import vault
    from vermilion.studio.serve import KEYS

    path = folder / KEYS
    if what == "sheet":
        click.echo("vermilion: who has these lines can open every record. Lock them away.")
        click.echo("\n".join(vault.recovery_words(vault.current())))
    elif what == "passphrase":
        words = click.prompt(
            "New passphrase (empty: none)",
            default="",
            show_default=False,
            hide_input=True,
            confirmation_prompt=True,
        )
        vault.save_vault(path, vault.current(), words)
        click.echo("Saved." if words else "The key file opens without a passphrase now.")
    else:
        from vermilion.studio.rotation import rotate

        words = None
        if vault.is_protected(path):
            words = passphrase(passphrase_file, "Passphrase of the keys, once more")()
            vault.open_vault(path, words)
        count = rotate(path, words, click.echo)
        click.echo(f"{count} keys are wrapped by the new one. Print the sheet again.")


def _from_sheet(folder: Path, sheet_file: Path | None) -> None:
    if sheet_file is None:
        raise UsageError("no sheet was named", "a file with its lines", "add --sheet FILE")
    from vermilion.cli.studio_options import need_packages

    need_packages()
    from vermilion.studio import vault
    from vermilion.studio.serve import KEYS

    if (folder / KEYS).exists():
        raise UsageError(f"{folder / KEYS} is there already", "", "move it away first")
    lines = [one for one in sheet_file.read_text("utf-8").splitlines() if one[:1].isdigit()]
    vault.save_vault(folder / KEYS, vault.from_recovery_words(lines))
    click.echo(f"{folder / KEYS} is made from the sheet.")
