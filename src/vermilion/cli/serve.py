"""`vermilion serve`: the studio, on this machine."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

import click

from vermilion.cli.care_options import language_option
from vermilion.cli.studio_options import (
    data_option,
    open_studio,
    passphrase_option,
    speaker,
)
from vermilion.errors import UsageError


@click.command("serve")
@data_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    default=8080,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="The port to listen on.",
)
@passphrase_option
@language_option
@click.option(
    "--sample", is_flag=True, help="Fill an empty folder with a made-up practice to look around in."
)
@click.option(
    "--portrait",
    type=click.Path(dir_okay=False, path_type=Path),
    help="With --sample: a picture of the astronaut's portrait.",
)
def command(
    data: Path,
    host: str,
    port: int,
    passphrase_file: Path | None,
    language: str,
    sample: bool,
    portrait: Path | None,
) -> None:
    """Open the studio: the practice's day in the browser, on this machine.

    \b
    Examples:
      vermilion serve
      vermilion serve --data /srv/lips --port 9000
      vermilion serve --sample --data look-around
    """
    say = speaker(language)
    address = f"http://{host}:{port}/"
    folder = open_studio(data, passphrase_file, say("Passphrase of the keys"), begin=True)
    from vermilion.studio import serve

    run = serve.listen(host, port)
    if sample:
        _sample(folder, portrait, say)
    code = serve.first_code(folder)
    if code:
        begin = {"address": f"{address}start/", "code": code}
        click.echo(say("First start: open {address} and type the code {code}", **begin))
    else:
        click.echo(say("The studio is open: {address}", address=address))
    click.echo(say("Stop it with Ctrl-C."))
    run()


def _sample(folder: Path, portrait: Path | None, say: Callable[..., str]) -> None:
    """The made-up practice, once; its logins each time."""
    from vermilion.cli.sample_practice import LOGINS, fill
    from vermilion.studio.models import Person
    from vermilion.whole_file import save_bytes

    note = folder / "sample.password"
    if not note.exists():
        if Person.objects.exists():
            raise UsageError(
                "{folder} holds a practice already",
                "a sample needs an empty folder",
                "name one",
                folder=folder,
            )
        password = secrets.token_urlsafe(9)
        click.echo(say("Making a sample practice of made-up people ..."))
        fill(password, portrait, click.echo)
        save_bytes(note, password.encode())
    told = {"logins": ", ".join(LOGINS), "password": note.read_text()}
    click.echo(say("Logins: {logins}; password for each: {password}", **told))
