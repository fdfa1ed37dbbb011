"""What the commands of the studio share: its folder, its passphrases, its packages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from vermilion.cli.care_options import voice_of
from vermilion.errors import SetupError, UsageError

AGAIN = "Once more, to be sure"

data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("vermilion-data"),
    show_default=True,
    help="The folder that holds everything.",
)
passphrase_option = click.option(
    "--passphrase-file",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="A file with the passphrase; asked for in the terminal otherwise.",
)


def speaker(language: str) -> Callable[..., str]:
    """Says a text of the terminal in a language.

    Raises
    ------
    UsageError : a language that there is not
    """
    voice = voice_of({"language": language, "country": None})
    return lambda words, **values: voice.say(words, **values).plain


def need_packages() -> None:
    """
    Raises
    ------
    SetupError : the extra packages of the studio are not installed
    """
    try:
        import cryptography  # noqa: F401
        import django  # noqa: F401
        import waitress  # noqa: F401
    except ImportError as error:
        raise SetupError(
            "the studio's packages are missing ({package})",
            "they come with vermilion[studio]",
            "install that: pip install 'vermilion[studio]'",
            package=error.name,
        ) from None


def passphrase(path: Path | None, words: str, new: bool = False) -> Callable[[], str]:
    """Asks only when it is called. new : typed twice"""

    def ask() -> str:
        if path is not None:
            return path.read_text("utf-8").rstrip("\n")
        given: Any = click.prompt(words, hide_input=True, confirmation_prompt=new)
        return str(given)

    return ask


def open_studio(
    data: Path,
    passphrase_file: Path | None,
    asked: str = "Passphrase of the keys",
    *,
    begin: bool = False,
) -> Path:
    """The folder made ready and its keys opened.

    Parameters
    ----------
    begin : whether a folder without a practice gets a new one, with keys of its own

    Raises
    ------
    UsageError : no practice is there, and none is to be begun
    """
    need_packages()
    from vermilion.studio import backup, serve

    folder = data.resolve()
    if not begin and not any((folder / name).exists() for name in (serve.KEYS, backup.TABLES)):
        raise UsageError(
            "there is no practice in {data}",
            "the folder of one is needed",
            "name it with --data, or begin one: vermilion serve",
            data=data,
        )
    serve.prepare(folder, passphrase(passphrase_file, asked))
    return folder
