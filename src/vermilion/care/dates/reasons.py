"""Why a visit lies on its day, and why a wish cannot be met, in words.

Public: `reasons`, `rule_words`, `title_of`, `own_rules`.

The reason for a day is the rule that would break one open day further on: among all rules of a
visit, those are said that hold with nothing to spare.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from vermilion.care.dates.find_days import Found, Knowledge
from vermilion.care.dates.open_days import CLOSED, OPEN
from vermilion.care.dates.slots import Layout, Visit
from vermilion.care.dates.solve import FACT, Gap, last_allowed, next_allowed
from vermilion.care.dates.steps import Step
from vermilion.care.dates.waits import EVENT, Wait, why_wait
from vermilion.care.dates.wish import Wish
from vermilion.know.said import Part, Said
from vermilion.know.voice import Voice

FIXED = (EVENT, "booked", "done")


def title_of(voice: Voice, step: Step) -> Said:
    """A step's title, without its source."""
    return voice.say(step.row["title"], home=step.home)


def name_of(voice: Voice, knowledge: Knowledge, visit: Visit) -> Said:
    """What a slot stands for: the title of its step, the name of a thing, the event."""
    if visit.kind == EVENT:
        return voice.say("Your event")
    if visit.steps:
        return title_of(voice, visit.steps[0])
    return voice.say(knowledge.book.thing(visit.thing).name)


def reasons(voice: Voice, knowledge: Knowledge, found: Found, n: int) -> tuple[Said, ...]:
    """Why the n-th slot lies on its day."""
    late = found.layout.problem.slots[n].late
    said = list(_before(voice, knowledge, found, n) if late else _after(voice, knowledge, found, n))
    return tuple(dict.fromkeys(said))


def rule_words(voice: Voice, knowledge: Knowledge, wish: Wish, layout: Layout, rule: str) -> Said:
    """A rule of a conflict: what it asks for and, where it counts from something had, from when."""
    kind, _, name = rule.partition(":")
    if rule == OPEN:
        days = ", ".join(_weekdays(voice, knowledge.practice.open_weekdays))
        return voice.say("The practice sees clients on these days: {days}.", days=days)
    if rule == CLOSED:
        closed = sorted(day for day in knowledge.practice.closed if day >= wish.start)
        dates = "; ".join(voice.date(day).text for day in closed)
        return voice.say("The practice is closed on these days: {dates}.", dates=dates)
    if kind == "step":
        step = _step(knowledge, name)
        title = voice.say("“{title}”:", title=title_of(voice, step))
        return _joined(title, voice.row(step.home, step.row, "why"))
    wait = next(one for one in knowledge.book.waits if one.key == name)
    had = dict.fromkeys(
        (thing, day) for floors in layout.floors for one, thing, day in floors if one == wait
    )
    return _joined(
        *(_had(voice, knowledge, thing, day) for thing, day in had), *why_wait(voice, wait)
    )


def own_rules(voice: Voice, knowledge: Knowledge, layout: Layout) -> tuple[Said, ...]:
    """What this practice keeps milder than the rule, with its reason, where it counts."""
    rules = set(layout.problem.rules)
    return tuple(
        said
        for wait in knowledge.book.waits
        if wait.milder and f"wait:{wait.key}" in rules
        for said in why_wait(voice, wait)
    )


def _before(voice: Voice, knowledge: Knowledge, found: Found, n: int) -> Iterator[Said]:
    """What keeps a late visit from being later."""
    days, mask = found.solution.days, _mask(found.layout, n)
    slots, visits = found.layout.problem.slots, found.layout.visits
    for gap in _named(found.solution.gaps):
        wanted = days[gap.then] - gap.days
        if not (slots[gap.then].late or visits[gap.then].kind in FIXED):
            continue  # an early visit makes way
        if gap.first == n and last_allowed(mask, wanted) == days[n]:
            yield from _gap(voice, knowledge, found, gap, gap.then, late=True)
            if wanted != days[n]:
                yield _closed(voice, found.layout.day(wanted))


def _after(voice: Voice, knowledge: Knowledge, found: Found, n: int) -> Iterator[Said]:
    """What keeps an early visit from being earlier."""
    layout, days = found.layout, found.solution.days
    begin = layout.offset(found.wish.start)
    bound = False
    for gap in _named(found.solution.gaps):
        wanted = days[gap.first] + gap.days
        if gap.then == n and next_allowed(layout.days.both, wanted) == days[n]:
            bound = True
            yield from _gap(voice, knowledge, found, gap, gap.first, late=False)
            if wanted != days[n]:
                yield _closed(voice, layout.day(wanted))
    for wait, thing, day in layout.floors[n]:
        wanted = layout.offset(day) + wait.days
        if begin < wanted and next_allowed(layout.days.both, wanted) == days[n]:
            bound = True
            yield _had(voice, knowledge, thing, day)
            yield from why_wait(voice, wait)
    if not bound:
        yield voice.say("It is the first open day that fits.")


def _gap(
    voice: Voice, knowledge: Knowledge, found: Found, gap: Gap, other: int, late: bool
) -> Iterator[Said]:
    visit = found.layout.visits[other]
    title = name_of(voice, knowledge, visit)
    day = voice.date(found.layout.day(found.solution.days[other]))
    kind, _, name = gap.rule.partition(":")
    if kind == "step" and _step(knowledge, name).kind == "best":
        best = _step(knowledge, name)
        yield voice.say("Your event then falls into “{title}”.", title=title_of(voice, best))
        yield voice.row(best.home, best.row, "why")
        return
    if late:
        yield voice.say(
            "It is the last open day that leaves enough time before “{title}” ({day}).",
            title=title,
            day=day,
        )
    else:
        yield voice.say(
            "It is the first open day that leaves enough time after “{title}” ({day}).",
            title=title,
            day=day,
        )
    if kind == "wait":
        yield from why_wait(voice, _wait(knowledge, name))


def _named(gaps: tuple[Gap, ...]) -> tuple[Gap, ...]:
    """The distances with a rule, or with an event; plain order needs no words."""
    return tuple(gap for gap in gaps if gap.rule != FACT)


def _mask(layout: Layout, n: int) -> int:
    mask = layout.days.everything
    for _, allowed in layout.problem.slots[n].allowed:
        mask &= allowed
    return mask


def _had(voice: Voice, knowledge: Knowledge, thing: str, day: date) -> Said:
    name = voice.say(knowledge.book.thing(thing).name)
    return voice.say("Counted from {thing} on {day}.", thing=name, day=voice.date(day))


def _closed(voice: Voice, day: date) -> Said:
    return voice.say("The practice does not see clients on {day}.", day=voice.date(day))


def _step(knowledge: Knowledge, name: str) -> Step:
    return next(step for course in knowledge.courses for step in course.steps if step.name == name)


def _joined(*sentences: Said) -> Said:
    """Sentences as one, with the origin of the first that has one."""
    parts: list[Part] = []
    for said in sentences:
        parts += [*([" "] if parts else []), *said.parts]
    origins = (said.origin for said in sentences if said.origin is not None)
    return Said(tuple(parts), next(origins, None))


def _wait(knowledge: Knowledge, key: str) -> Wait:
    return next(one for one in knowledge.book.waits if one.key == key)


def _weekdays(voice: Voice, open_weekdays: frozenset[int]) -> Iterator[str]:
    from babel.dates import format_date

    monday = date(2026, 11, 23)
    for n in sorted(open_weekdays):
        yield format_date(monday + timedelta(days=n), "EEEE", locale=voice.locale)
