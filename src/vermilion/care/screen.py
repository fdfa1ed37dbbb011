"""Is it right for this person now? Questions and rules are data; the strictest reason decides.

Public: `screen`. The questions are in `questions`, what comes out in `verdict`.

    go        nothing speaks against it; some things may still be worth a talk
    doctor    ask a doctor first
    wait      not before a date, or not before something has healed
    not_now   not for you now

An answer that is missing or not known never counts as no. A risk can only add a reason, and
reasons only make a verdict stricter, so that no risk ever makes it milder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from vermilion.care.answers import NO, OTHER, UNKNOWN, YES, Answers, medicine_classes
from vermilion.care.dates.waits import EVENT, Wait, WaitBook, read_waits, why_wait
from vermilion.care.questions import applies, days_of, groups_of, had_before, questions, rows_of
from vermilion.care.verdict import LEVELS, Reason, Verdict, merged, strictest
from vermilion.errors import DataError
from vermilion.know.practice import Override
from vermilion.know.said import Said
from vermilion.know.sourced import origin_of
from vermilion.know.voice import Voice

WHENS = ("yes", "below_age", "medicine", "event", "together")


def screen(voice: Voice, treatments: tuple[str, ...], answers: Answers, on: date) -> Verdict:
    """The verdict on one or several treatments on a day.

    Raises
    ------
    UsageError : a treatment that is not known
    DataError : a practice's milder rule without reason and name
    """
    book = read_waits(voice.shelf, voice.practice)
    groups = groups_of(voice, book, treatments)
    found: list[Reason] = []
    for home, key, row in rows_of(voice, "rules", "rule"):
        for treatment, kinds in groups.items():
            if row.get("when") == "together":
                others = [kinds for one, kinds in groups.items() if one != treatment]
                if applies(row, kinds) and any(set(row["beside"]) & other for other in others):
                    text, do = voice.row(home, row), voice.row(home, row, "do")
                    found.append(Reason(key, row["level"], text, (do,), treatments))
            elif applies(row, kinds):
                found += _by_rule(voice, book, home, key, row, treatment, answers, on)
    for treatment in treatments:
        found += _by_waits(voice, book, treatment, answers, on)
    reasons = merged(found)
    return Verdict(
        treatments,
        *strictest(reasons),
        {
            one: strictest([reason for reason in reasons if one in reason.treatments])
            for one in treatments
        },
        reasons,
        len(questions(voice, treatments)),
        on,
    )


def _by_rule(
    voice: Voice,
    book: WaitBook,
    home: str,
    key: str,
    row: Mapping[str, Any],
    treatment: str,
    answers: Answers,
    on: date,
) -> Iterator[Reason]:
    when = row.get("when", "yes")
    if when not in WHENS or row.get("level") not in LEVELS:
        raise DataError(f"{home}.{key} has no usable when or level", f"{WHENS}, {LEVELS}")
    answer = answers.values.get(row["question"], UNKNOWN)
    level, softened = _level(voice, key, row["level"])
    rest = _longest(book.between(row["wait"], treatment) if "wait" in row else ())
    values: dict[str, Any] = {"distress": _distress(voice)}
    if rest is not None:
        values["days"] = days_of(rest)
    until = None
    unknown = answer == UNKNOWN
    if unknown:
        level = row.get("unknown", "talk" if row["level"] == "talk" else "doctor")
        softened = None
    if when == "below_age":
        limit = voice.country.age(treatment)
        years, softened = voice.practice.age_years(treatment, limit.value)
        values["years"] = limit if years == limit.value else f"{years:g}"
        hit = unknown or answer < years
    elif when == "medicine":
        wanted = row["class"]
        hit = (unknown and wanted == OTHER) or (
            not unknown and wanted in medicine_classes(voice.shelf, answer)
        )
    elif when == "event":
        near = _longest(_before_event(book, treatment, answers))
        if near is None:
            return
        values["days"] = days_of(near)
        hit = unknown or (isinstance(answer, date) and 0 <= (answer - on).days < near.days)
        until = answer + timedelta(days=1) if isinstance(answer, date) and hit else None
    else:
        hit = unknown or answer == YES
        if rest is not None and not unknown:
            until = on + timedelta(days=rest.days)
    if hit:
        do = [voice.row(home, row, "do", **values)]
        if until is not None:
            do.append(voice.say("Not before {date}.", date=voice.date(until)))
        yield Reason(
            key,
            level,
            _text(voice, home, row, unknown, values),
            tuple(do),
            (treatment,),
            until,
            unknown,
            softened,
            bool(row.get("urgent")) and not unknown,
        )


def _text(
    voice: Voice, home: str, row: Mapping[str, Any], unknown: bool, values: Mapping[str, Any]
) -> Said:
    text = voice.row(home, row, "text", **values)
    if not unknown:
        return text
    return voice.say("This is not known yet. If it holds: {text}", text=text, origin=text.origin)


def _longest(waits: tuple[Wait, ...]) -> Wait | None:
    return max(waits, key=lambda one: one.days, default=None)


def _before_event(book: WaitBook, treatment: str, answers: Answers) -> tuple[Wait, ...]:
    first = answers.had.get(treatment, UNKNOWN) in (NO, UNKNOWN)
    return tuple(w for w in book.between(treatment, EVENT) if w.only != "first" or first)


def _by_waits(
    voice: Voice, book: WaitBook, treatment: str, answers: Answers, on: date
) -> Iterator[Reason]:
    for thing, waits in had_before(book, (treatment,)).items():
        answer = answers.had.get(thing, UNKNOWN)
        if answer == NO:
            continue
        for wait in waits:
            text = why_wait(voice, wait)
            softened = wait.override if wait.milder else None
            name = voice.say(book.things[thing].name)
            if answer == UNKNOWN:
                do = voice.say("Find out whether you have had this, and when: {thing}.", thing=name)
                yield Reason(wait.key, "doctor", text[0], (do, *text[1:]), (treatment,), None, True)
                continue
            start = answer if isinstance(answer, date) else on
            until = start + timedelta(days=wait.days)
            if until > on:
                do = voice.say(
                    "After {thing}, come on {date} or later.", thing=name, date=voice.date(until)
                )
                yield Reason(
                    wait.key,
                    "wait",
                    text[0],
                    (do, *text[1:]),
                    (treatment,),
                    until,
                    answer == YES,
                    softened,
                )


def _level(voice: Voice, key: str, level: str) -> tuple[str, Override | None]:
    """The level of a rule in this practice, and its override where that is milder."""
    override = voice.practice.verdicts.get(key)
    if override is None:
        return level, None
    if override.value not in LEVELS:
        raise DataError(
            f"{override.place}: the verdict is '{override.value}'", f"one of {', '.join(LEVELS)}"
        )
    milder = LEVELS.index(override.value) < LEVELS.index(level)
    override.instead_of(LEVELS.index(level), milder)
    return str(override.value), override if milder else None


def _distress(voice: Voice) -> Said:
    row = voice.country.texts["distress"]
    return voice.say(row["text"], origin=origin_of("countries", row))
