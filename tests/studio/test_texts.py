"""What the studio keeps in tables and says later is translated like all else."""

from __future__ import annotations

import pytest

from vermilion.know.catalogue import LANGUAGES, catalogue
from vermilion.know.shelf import packaged
from vermilion.studio.adapter import CHANGED
from vermilion.studio.context import MENU
from vermilion.studio.pages import doubles
from vermilion.studio.pages.compare import PEAKS, VERDICTS
from vermilion.studio.pages.hours import DAYS
from vermilion.studio.pages.measured import MEASURES
from vermilion.studio.pages.practice import COUNTRIES
from vermilion.studio.record import retention, stock
from vermilion.studio.record.day import NO_LOT
from vermilion.studio.record.entries import KINDS
from vermilion.studio.record.feeds import DETAILS
from vermilion.studio.record.follow_up import DECISIONS
from vermilion.studio.record.kept_photos import VIEWS
from vermilion.studio.record.needs import NEEDS, UNCONFIRMED
from vermilion.studio.record.outcome import AT_WORK
from vermilion.studio.record.own_rules import ONLY
from vermilion.studio.record.photo_use import CHANNELS
from vermilion.studio.record.questionnaire import FIRST
from vermilion.studio.record.screening import FLAGS, VERDICT_WORDS
from vermilion.studio.record.screening_form import BEFORE, GATES, MORE, PARTS
from vermilion.studio.record.tokens import SCOPES

WHYS = (
    "it is older than a month",
    "it is older than a year",
    "it does not say go",
    "it has run out",
    "the skin reacted",
    UNCONFIRMED,
    "it is too old",
    "it was carried out already",
    "the plan was changed since",
)
TABLES = {
    "logins": [words for _, words in CHANGED.values()],
    "ways": list(CHANNELS.values()),
    "faults": [
        "there is no name",
        "the birth date cannot be read",
        "this client is there already",
    ],
    "settings": [*DAYS.values(), *COUNTRIES.values()],
    "details of a feed": list(DETAILS.values()),
    "scopes": list(SCOPES.values()),
    "rules": [*ONLY.values(), "the day to look well on"],
    "lots": [*stock.KINDS.values(), "recalled", "expired", "used up"],
    "measures": [*MEASURES.values(), *PEAKS.values()],
    "unfair": [
        "The views are not the same.",
        "One was taken right after a treatment: it shows swelling, not a result.",
        "The head is turned otherwise in one of them.",
        "Only one of them tells millimetres.",
        "Their millimetres come from different things.",
        "The mouth is open in one and closed in the other.",
        "The mouth is wider in one of them, as in a smile.",
        "One is brighter than the other: the light was not the same.",
        "The skin has another tint in one of them: the light was not of the same colour.",
    ],
    "foretold": [AT_WORK, *VERDICTS.values(), *DECISIONS.values()],
    "needs": [*NEEDS.values(), *WHYS, NO_LOT],
    "parts of a screening": [
        *PARTS.values(),
        *GATES.values(),
        BEFORE,
        MORE,
        FIRST,
        "Not confirmed yet",
    ],
    "flags": [*FLAGS.values(), *(words for words, _ in VERDICT_WORDS.values())],
    "menu": [words for _, words in MENU],
    "kinds of entries": list(KINDS.values()),
    "doubles": [*doubles.SHARED.values(), *doubles.FIELDS.values()],
    "reasons to erase": list(retention.WHYS.values()),
    "views": list(VIEWS.values()),
}


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
@pytest.mark.parametrize("table", TABLES)
def test_every_word_of_a_table_is_translated(table: str, language: str) -> None:
    known = catalogue(packaged(), language)
    assert [words for words in TABLES[table] if words not in known] == []
