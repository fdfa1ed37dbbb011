"""`vermilion screen`: is it right for this person now?"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vermilion.cli.care_options import (
    care_options,
    emit,
    on_option,
    output_option,
    read_text,
    today_of,
    voice_of,
)
from vermilion.cli.screen_questions import ask
from vermilion.errors import UsageError

if TYPE_CHECKING:
    from vermilion.care.questions import Question


@click.command("screen")
@click.argument("treatment")
@click.option(
    "--answers",
    "answers_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Answers in a file (TOML or JSON) instead of questions on the screen.",
)
@click.option(
    "--save-answers",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Keep the answers (JSON), for --answers.",
)
@click.option("--questions", "list_questions", is_flag=True, help="List the questions and stop.")
@on_option
@output_option
@care_options
def command(
    treatment: str,
    answers_file: Path | None,
    save_answers: Path | None,
    list_questions: bool,
    on: str | None,
    output: Path | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Ask what matters before a treatment, and say whether it is right now.

    TREATMENT is flip, blush, both, or one that was added. Each question says why it is asked; '?'
    means "I don't know", which never counts as no, and '<' goes back.

    \b
    Examples:
      vermilion screen flip
      vermilion screen both --answers ana.toml --lang es
      vermilion screen blush --questions --json
    """
    from vermilion.care.dates.waits import read_waits
    from vermilion.care.questions import checked_answers, gates, questions
    from vermilion.care.screen import screen
    from vermilion.report.pages.screen import screen_page

    voice, day = voice_of(options), today_of(on)
    treatments = ("flip", "blush") if treatment == "both" else tuple(treatment.split(","))
    asked = questions(voice, treatments)
    if list_questions:
        _list(asked, as_json)
        return
    if answers_file is None:
        answers = ask(voice, treatments, asked, gates(voice, treatments), day)
    else:
        answers = checked_answers(voice, _parsed(answers_file), day)
    verdict = screen(voice, treatments, answers, day)
    things = read_waits(voice.shelf, voice.practice).things
    page = screen_page(voice, verdict, tuple(voice.say(things[one].name) for one in treatments))
    if save_answers is not None:
        from vermilion.whole_file import save_bytes

        save_bytes(save_answers, json.dumps(answers.to_json(), ensure_ascii=False).encode())
    emit(page, verdict.to_json(), as_json, output)


def _list(asked: tuple[Question, ...], as_json: bool) -> None:
    rows = [
        {"id": one.id, "kind": one.kind, "ask": one.ask.plain, "why": one.why.plain}
        for one in asked
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
    else:
        for row in rows:
            click.echo(f"{row['id']} ({row['kind']}): {row['ask']}")


def _parsed(path: Path) -> Mapping[str, Any]:
    text = read_text(path)
    try:
        raw = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except ValueError as error:
        raise UsageError(f"{path} is not readable ({error})", "TOML or JSON is needed") from None
    if not isinstance(raw, dict):
        raise UsageError(f"{path} holds no answers", "a table [answers] is needed")
    return raw
