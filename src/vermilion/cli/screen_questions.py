"""The questions of `vermilion screen`, one at a time.

Public: `ask`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from vermilion.errors import UsageError

if TYPE_CHECKING:
    from vermilion.care.answers import Answers
    from vermilion.care.questions import Gate, Question
    from vermilion.know.voice import Voice

BACK, DONT_KNOW = "<", "?"


def ask(
    voice: Voice,
    treatments: tuple[str, ...],
    asked: tuple[Question, ...],
    before: tuple[Gate, ...],
    day: date,
) -> Answers:
    """One question at a time; what is typed wrongly is asked again, '<' goes back.

    A gate stands before the first question that it covers; after its "no" those are not asked.
    """
    from vermilion.care.answers import EDITION
    from vermilion.care.questions import checked_answers

    covered = {key: gate for gate in before for key in gate.covers}
    raw: dict[str, dict[str, Any]] = {"answers": {}, "had": {}}
    click.echo(
        voice.say(
            "Answer yes or no; {unknown} for I don't know, {back} to go back.",
            unknown=DONT_KNOW,
            back=BACK,
        ).plain
    )
    opened: dict[str, bool] = {}
    path: list[Question | Gate] = []
    at = 0
    while at < len(asked):
        one = asked[at]
        gate = covered.get(one.id)
        if gate is not None and gate.id not in opened:
            typed = _prompt(voice, gate, at, len(asked))
            if typed == BACK:
                at = _back(path, asked, opened)
            elif _typed("yesno", typed) in ("yes", "no", "unknown"):
                opened[gate.id] = _typed("yesno", typed) != "no"
                path.append(gate)
            else:
                click.echo(_hint(voice, "yesno", day))
            continue
        if gate is not None and not opened[gate.id]:
            raw["had"][one.id.removeprefix("had.")] = "no"
            at += 1
            continue
        typed = _prompt(voice, one, at, len(asked))
        value = _typed(one.kind, typed)
        if one.follow_up is not None and value == "yes":
            typed = click.prompt(one.follow_up.plain, prompt_suffix="\n> ").strip()
            value = "yes" if typed == DONT_KNOW else typed
        if typed == BACK:
            at = _back(path, asked, opened)
            continue
        table, _, key = one.id.rpartition(".")
        table = table or "answers"
        if not _understood(voice, table, key, value, day):
            if one.kind != "medicines":
                click.echo(_hint(voice, one.kind, day))
            continue
        trial = {name: dict(values) for name, values in raw.items()}
        trial[table][key] = value
        try:
            checked_answers(voice, {"edition": EDITION, **trial}, day)
        except UsageError as error:
            click.echo(voice.refusal(error, in_terminal=True))
            continue
        raw = trial
        if value == "yes":
            _say_urgent(voice, treatments, key, day)
        path.append(one)
        at += 1
    return checked_answers(voice, {"edition": EDITION, **raw}, day)


def _say_urgent(voice: Voice, treatments: tuple[str, ...], key: str, day: date) -> None:
    """What cannot wait for the last question, said at once."""
    from vermilion.care.answers import YES, Answers
    from vermilion.care.screen import screen

    for reason in screen(voice, treatments, Answers({key: YES}), day).reasons:
        if reason.urgent:
            for said in (reason.text, *reason.do):
                click.secho(said.plain, bold=True)


def _prompt(voice: Voice, one: Question | Gate, at: int, count: int) -> str:
    why = voice.say("Why we ask: {why}", why=one.why).plain
    text = f"\n{at + 1}/{count}  {one.ask.plain}\n      {why}"
    typed: str = click.prompt(text, prompt_suffix="\n> ")
    return typed.strip()


def _back(path: list[Question | Gate], asked: tuple[Question, ...], opened: dict[str, bool]) -> int:
    """The place of the last question that was answered, which is then asked again."""
    if not path:
        return 0
    last = path.pop()
    ids = [one.id for one in asked]
    if last.id in ids:
        return ids.index(last.id)
    opened.pop(last.id, None)
    covers = getattr(last, "covers", ())
    return min(ids.index(key) for key in covers)


def _understood(voice: Voice, table: str, key: str, value: Any, day: date) -> bool:
    """Whether an answer makes sense by itself; for a medicine it says which are known."""
    from vermilion.care.answers import EDITION
    from vermilion.care.questions import checked_answers

    try:
        checked_answers(voice, {"edition": EDITION, table: {key: value}}, day)
    except UsageError as error:
        if key == "medicines":
            click.echo(voice.refusal(error, in_terminal=True))
        return False
    return True


def _hint(voice: Voice, kind: str, day: date) -> str:
    """What an answer looks like, in the voice's language."""
    example = day.isoformat()
    if kind == "age":
        said = voice.say("Please give your age in whole years.")
    elif kind == "date":
        said = voice.say("Please give a day to come, written as {example}, or no.", example=example)
    elif kind == "had":
        said = voice.say(
            "Please give a day that is past, written as {example}, or yes or no.", example=example
        )
    else:
        said = voice.say("Please answer yes or no, or {unknown}.", unknown=DONT_KNOW)
    return said.plain


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
