"""`vermilion symptoms`: something is wrong; warning signs first."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vermilion.cli.care_options import (
    care_options,
    day_of,
    emit,
    on_option,
    output_option,
    read_text,
    today_of,
    voice_of,
)
from vermilion.errors import UsageError

if TYPE_CHECKING:
    from vermilion.know.voice import Voice


@click.command("symptoms")
@click.argument("treatment")
@click.option("--done", required=True, metavar="DATE", help="The day of the treatment.")
@click.option(
    "--answers",
    "answers_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Answers by sign in a file (TOML or JSON) instead of questions on the screen.",
)
@click.option("--signs", "list_signs", is_flag=True, help="List the signs and stop.")
@click.option("--product", default="", metavar="NAME", help="For the doctor's summary.")
@click.option("--lot", default="", metavar="LOT", help="For the doctor's summary.")
@click.option("--units", default="", metavar="U", help="For the doctor's summary.")
@on_option
@output_option
@care_options
def command(
    treatment: str,
    done: str,
    answers_file: Path | None,
    list_signs: bool,
    product: str,
    lot: str,
    units: str,
    on: str | None,
    output: Path | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Ask for warning signs first, then for the rest, and say what to do.

    The answer is one of: emergency now, a doctor today, call the practice, expected today. '?'
    means "not sure" and counts as yes. The page ends with a summary for the doctor.

    \b
    Examples:
      vermilion symptoms flip --done 2026-11-02
      vermilion symptoms blush --done 2026-11-02 --answers signs.toml -o doctor.pdf
    """
    from vermilion.care.dates.waits import read_waits
    from vermilion.care.symptoms import check, signs
    from vermilion.report.pages.symptoms import Record, symptoms_page

    voice = voice_of(options)
    treated, now = day_of(done, "--done"), today_of(on)
    asked = signs(voice, treatment, (now - treated).days)
    if list_signs:
        rows = [{"sign": s.id, "level": s.level, "ask": [a.plain for a in s.ask]} for s in asked]
        lines = "\n".join(f"{row['sign']}: {' / '.join(row['ask'])}" for row in rows)
        click.echo(json.dumps(rows, ensure_ascii=False) if as_json else lines)
        return
    if treated > now:
        answers: dict[str, str] = {}
    elif answers_file is None:
        answers = _asked(voice, treatment, treated, now)
    else:
        answers = _read(answers_file)
    found = check(voice, treatment, treated, now, answers)
    name = voice.say(read_waits(voice.shelf, voice.practice).thing(treatment).name)
    page = symptoms_page(voice, found, name, Record(product, lot, units))
    emit(page, found.to_json(), as_json, output)


def _asked(voice: Voice, treatment: str, done: date, on: date) -> dict[str, str]:
    """One sign at a time; the first emergency ends the asking."""
    from vermilion.care.symptoms import signs

    answers: dict[str, str] = {}
    for one in signs(voice, treatment, (on - done).days):
        words = "\n   ".join(said.plain for said in one.ask)
        while one.id not in answers:
            typed = click.prompt(f"\n{words}", prompt_suffix="\n> ").strip().casefold()
            if typed in ("n", "no"):
                answers[one.id] = "no"
            elif typed in ("y", "yes", "s", "si", "sí"):
                answers[one.id] = "yes"
            elif typed == "?":
                answers[one.id] = "unknown"
            else:
                click.echo("y / n / ?")
        if one.level == "emergency" and answers[one.id] != "no":
            break
    return answers


def _read(path: Path) -> dict[str, str]:
    text = read_text(path)
    try:
        raw = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
        found = raw["signs"]
        return {
            f"{key}.{part}" if part else key: str(value)
            for key, row in found.items()
            for part, value in (row.items() if isinstance(row, dict) else (("", row),))
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{path} holds no answers ({error})", 'a table [signs] with droop = "no" … is needed'
        ) from None
