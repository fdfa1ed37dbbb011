"""`vermilion serve`: the studio, on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from vermilion.errors import SetupError


@click.command()
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("vermilion-data"),
    show_default=True,
    help="The folder that holds everything.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    default=8080,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="The port to listen on.",
)
@click.option(
    "--passphrase-file",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="A file with the passphrase of the keys; asked for in the terminal otherwise.",
)
def command(data: Path, host: str, port: int, passphrase_file: Path | None) -> None:
    """Open the studio: the practice's day in the browser, on this machine.

    \b
    Examples:
      vermilion serve
      vermilion serve --data /srv/lips --port 9000
    """
    try:
        import django  # noqa: F401
        import waitress  # noqa: F401

        from vermilion.studio import serve
    except ImportError as error:
        raise SetupError(
            f"the studio's packages are missing ({error.name})",
            "they come with vermilion[studio]",
            "install that: pip install 'vermilion[studio]'",
        ) from None

    def passphrase() -> str:
        if passphrase_file is not None:
            return passphrase_file.read_text("utf-8").rstrip("\n")
        words: str = click.prompt("Passphrase of the keys", hide_input=True)
        return words

    serve.prepare(data.resolve(), passphrase)
    code = serve.first_code(data.resolve())
    address = f"http://{host}:{port}/"
    if code:
        click.echo(f"First start: open {address}start/ and type the code {code}")
    else:
        click.echo(f"The studio is open: {address}")
    click.echo("Stop it with Ctrl-C.")
    serve.serve(host, port)
