"""What the program once wrote into a record, told again in the language of whoever reads it now.

Public: `purpose_of`, `signs_of`, `words_of`, `findings_of`.

A record keeps the words of the day; those that somebody typed stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils import timezone

from vermilion.care.dates.reasons import title_of
from vermilion.care.dates.steps import read_course, treatments
from vermilion.care.symptoms import signs
from vermilion.consult.plan import Plan
from vermilion.errors import VermilionError
from vermilion.know.catalogue import LANGUAGES
from vermilion.know.voice import Voice
from vermilion.studio.models import Entry
from vermilion.studio.record import plans
from vermilion.studio.record.plan_sources import draft_of


def purpose_of(voice: Voice, content: Mapping[str, Any]) -> str:
    """What an appointment is for: the title of its step, unless somebody said it in own words."""
    words = str(content.get("purpose", ""))
    named = str(content.get("step", ""))
    treatment = named.partition(".")[0]
    steps = (
        read_course(voice.shelf, treatment).steps if treatment in treatments(voice.shelf) else ()
    )
    for step in (one for one in steps if one.name == named):
        titles = (title_of(replace(voice, language=one), step).plain for one in LANGUAGES)
        if words in titles:
            return title_of(voice, step).plain
    return words


def signs_of(voice: Voice, content: Mapping[str, Any]) -> tuple[tuple[str, bool], ...]:
    """The signs that a client named and whether they were not sure; one that is asked no longer
    in the words of its day."""
    named = content.get("named", ())
    asked = signs(voice, content["treatment"], content["day"]) if named else ()
    words = {one.id: one.ask[0].plain for one in asked}
    return tuple((words.get(one["sign"], one["ask"]), one["unsure"]) for one in named)


def words_of(voice: Voice, content: Mapping[str, Any]) -> str:
    """An entry's one line: of a plan or a consultation by what was planned."""
    if content.get("form") in ("points", "colour"):
        return plans.summary(voice, content)
    if isinstance(content.get("plan"), Mapping):
        return Plan.from_json(content["plan"]).in_words(voice)
    return str(content.get("words", ""))


def findings_of(voice: Voice, entry: Entry) -> tuple[str, ...]:
    """What spoke against a kept plan, as it was kept in the reader's language; for another it is
    checked again as on its day, and a finding that is no longer said in those words by any language
    stays as it was kept."""
    kept = [one["text"] for one in entry.content["findings"]]
    spoken_then = entry.content.get("language", "")
    if not kept or spoken_then == voice.language:
        return tuple(kept)
    draft = replace(draft_of(entry.content), reason=entry.content["reason"])
    on = timezone.localtime(entry.at).date()
    then = (spoken_then,) if spoken_then in LANGUAGES else LANGUAGES
    try:
        own, *others = (
            [one.said.plain for one in plans.sheet_of(spoken, entry.client, draft, on).findings]
            for spoken in (voice, *(replace(voice, language=one) for one in then))
        )
    except VermilionError:  # the rules or the practice's products are others by now
        return tuple(kept)
    now = {words: mine for said in others for words, mine in zip(said, own, strict=True)}
    return tuple(now.get(words, words) for words in kept)
