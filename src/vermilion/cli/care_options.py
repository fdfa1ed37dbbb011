"""Options and output that the care commands share, each written once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vermilion.cli.photo_options import stack
from vermilion.errors import UsageError

if TYPE_CHECKING:
    from vermilion.know.voice import Voice
    from vermilion.report.page import Page

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Dates of people alive and of their plans."""
AUDIENCES = ("client", "practitioner")
FORMATS = (".pdf", ".html", ".md", ".txt")

language_option = click.option(
    "--lang", "language", default="en", metavar="en|es", help="Language."
)
country_option = click.option(
    "--country", metavar="us|gb-eng|es", help="Country (us, or the practice's own)."
)
audience_option = click.option(
    "--audience",
    type=click.Choice(AUDIENCES),
    default="client",
    show_default=True,
    help="Plain words, or all the figures.",
)

care_options = stack(
    language_option,
    audience_option,
    country_option,
    click.option(
        "--practice",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="This practice's own rules, opening days and prices (TOML).",
    ),
    click.option(
        "--knowledge",
        type=click.Path(path_type=Path),
        multiple=True,
        metavar="DIR",
        help="A folder that adds treatments.",
    ),
    click.option("--json", "as_json", is_flag=True, help="Print the result as JSON."),
)

on_option = click.option("--on", metavar="DATE", help="Instead of today: YYYY-MM-DD.")

output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a file instead: .pdf, .html, .md or .txt.",
)


def voice_of(options: Mapping[str, Any]) -> Voice:
    """The voice that --lang, --audience, --country, --practice and --knowledge ask for; a command
    may have some of them only."""
    from vermilion.know.catalogue import catalogue
    from vermilion.know.check import refuse_faults
    from vermilion.know.practice import Practice, read_practice
    from vermilion.know.shelf import packaged
    from vermilion.know.voice import Voice

    shelf = packaged()
    for folder in options.get("knowledge", ()):
        shelf = shelf.with_folder(folder)
    if shelf.added:
        refuse_faults(shelf, shelf.added_topics())
    path = options.get("practice")
    practice = Practice() if path is None else read_practice(read_text(path), path.name)
    language = options["language"]
    if language != "en":
        catalogue(shelf, language)
    country = options["country"] or practice.country or "us"
    audience = options.get("audience", "client")
    if audience not in AUDIENCES:
        raise UsageError(
            f"the audience is '{audience}'", f"one of {', '.join(AUDIENCES)} is needed"
        )
    voice = Voice(shelf, language, audience, country, practice)
    voice.country  # noqa: B018  an unknown country is refused here, before any work
    return voice


def read_text(path: Path) -> str:
    """A small text file of the person's.

    Raises
    ------
    UsageError : it cannot be read, or is not text
    """
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not text in UTF-8", "a text file is needed") from None
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read ({error.strerror})", "a readable file is needed", "check it"
        ) from None


def day_of(text: str, option: str) -> date:
    """A date as typed.

    Raises
    ------
    UsageError : it is no date
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise UsageError(
            f"{option} is '{text}'", "a date that exists is needed, such as 2027-03-09"
        )
    return day


def today_of(on: str | None) -> date:
    """The day that --on names, else the clock's."""
    return date.today() if on is None else day_of(on, "--on")


def emit(page: Page, result: Mapping[str, Any], as_json: bool, output: Path | None) -> None:
    """Print the page or its JSON, or write it to the file that was asked for.

    Raises
    ------
    UsageError : the file's ending is not one of FORMATS
    OutputError : the file cannot be written
    """
    if output is not None:
        from vermilion.whole_file import save_bytes

        save_bytes(output, _encoded(page, output))
    if as_json:
        click.echo(json.dumps(result, allow_nan=False, ensure_ascii=False))
    elif output is not None:
        click.echo(str(output))
    else:
        from vermilion.report.page_text import write_text

        click.echo(write_text(page), nl=False)


def _encoded(page: Page, output: Path) -> bytes:
    ending = output.suffix.lower()
    if ending == ".pdf":
        from vermilion.report.page_pdf import write_pdf

        return write_pdf(page)
    if ending == ".html":
        from vermilion.report.page_html import write_html

        return write_html(page).encode()
    from vermilion.report.page_text import write_markdown, write_text

    if ending == ".md":
        return write_markdown(page).encode()
    if ending == ".txt":
        return write_text(page).encode()
    raise UsageError(f"{output.name} ends in '{ending}'", f"one of {', '.join(FORMATS)} is needed")
