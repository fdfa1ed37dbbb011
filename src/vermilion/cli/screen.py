"""`vermilion screen`: is it right for this person now?"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import date
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
from vermilion.errors import UsageError

if TYPE_CHECKING:
    from vermilion.care.answers import Answers
    from vermilion.care.screen import Question
    from vermilion.know.voice import Voice

BACK, WHY, DONT_KNOW = "<", "why", "?"


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
    from vermilion.care.screen import questions, screen
    from vermilion.care.waits import read_waits
    from vermilion.report.pages.screen import screen_page

    voice, day = voice_of(options), today_of(on)
    treatments = ("flip", "blush") if treatment == "both" else tuple(treatment.split(","))
    asked = questions(voice, treatments)
    if list_questions:
        _list(asked, as_json)
        return
    if answers_file is None:
        answers = _asked(voice, asked, day)
    else:
        answers = _read(voice, _parsed(answers_file), day)
    verdict = screen(voice, treatments, answers, day)
    if save_answers is not None:
        from vermilion.whole_file import save_bytes

        save_bytes(save_answers, json.dumps(answers.to_json(), ensure_ascii=False).encode())
    things = read_waits(voice.shelf, voice.practice).things
    names = tuple(voice.say(things[one].name) for one in treatments)
    emit(screen_page(voice, verdict, names), verdict.to_json(), as_json, output)


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


def _read(voice: Voice, raw: Mapping[str, Any], day: date) -> Answers:
    """Answers checked against all questions there are, whatever the treatment."""
    from vermilion.care.answers import read_answers
    from vermilion.care.screen import questions, treatments_known

    every = questions(voice, treatments_known(voice))
    kinds = {one.id: one.kind for one in every if one.kind != "had"}
    things = [one.id.removeprefix("had.") for one in every if one.kind == "had"]
    return read_answers(raw, kinds, things, voice.shelf, day)


def _asked(voice: Voice, asked: tuple[Question, ...], day: date) -> Answers:
    """One question at a time; what is typed wrongly is asked again."""
    from vermilion.care.answers import EDITION

    raw: dict[str, dict[str, Any]] = {"answers": {}, "had": {}}
    hint = voice.say(
        "Answer; {unknown} for I don't know, {why} for why we ask, {back} to go back.",
        unknown=DONT_KNOW,
        why=WHY,
        back=BACK,
    )
    click.echo(hint.plain)
    at = 0
    while at < len(asked):
        one = asked[at]
        typed = click.prompt(
            f"\n{at + 1}/{len(asked)}  {one.ask.plain}", prompt_suffix="\n> "
        ).strip()
        if typed == BACK:
            at = max(0, at - 1)
            continue
        if typed.casefold() == WHY:
            click.echo(one.why.plain)
            continue
        table, _, key = one.id.rpartition(".")
        trial = {name: dict(values) for name, values in raw.items()}
        trial[table or "answers"][key] = _typed(one.kind, typed)
        try:
            _read(voice, {"edition": EDITION, **trial}, day)
        except UsageError as error:
            click.echo(str(error))
            continue
        raw = trial
        at += 1
    return _read(voice, {"edition": EDITION, **raw}, day)


def _typed(kind: str, typed: str) -> Any:
    word = typed.casefold()
    if word == DONT_KNOW:
        return "unknown"
    if word in ("n", "no"):
        return "no"
    if word in ("y", "yes", "s", "si", "sí"):
        return "yes"
    if kind == "age" and word.isdigit():
        return int(word)
    if kind == "medicines":
        return [part.strip() for part in typed.split(",") if part.strip()]
    return typed
