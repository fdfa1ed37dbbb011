"""Whether knowledge files may be used: every text sourced, spoken in every language, well worded.

Public: `TEXT_KEYS`, `texts_of`, `faults`, `refuse_faults`.

What a number lacks is refused when its file is read (`sourced`). This looks at the rest, over whole
shelves: the tests run it on the packaged files, the commands on a folder that somebody adds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from vermilion.errors import DataError
from vermilion.know.catalogue import LANGUAGES, catalogue
from vermilion.know.shelf import Shelf
from vermilion.know.sourced import origin_of
from vermilion.know.sources import keys_in
from vermilion.know.voice import Voice
from vermilion.know.wording import PLACEHOLDER, faults_of_text

TEXT_KEYS = frozenset(
    {"text", "title", "name", "short", "ask", "why", "do", "label", "meaning", "wording"}
    | {"normal", "avoid", "call", "next", "words", "near"}
)
"""The keys of a row that are shown to people."""

KINDS_WITH_TEXTS = (
    "countries",
    "treatments",
    "questions",
    "rules",
    "steps",
    "care_days",
    "symptoms",
    "guide",
    "statements",
    "prices",
    "plans",
)
SINGLE_FILES = (
    "waits",
    "medicines",
    "wishes",
    "claims",
    "notices",
    "quality",
    "measures",
    "norms",
    "flip",
    "blush",
    "shades",
)


def topics_with_texts(shelf: Shelf) -> Iterator[str]:
    """The names of all files whose texts are shown through the catalogue."""
    for kind in KINDS_WITH_TEXTS:
        yield from (f"{kind}/{name}" for name in shelf.names(kind))
    yield from (name for name in SINGLE_FILES if shelf.has(name))


def texts_of(table: Any) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Every shown text of a parsed file with the row it stands in."""
    if isinstance(table, Mapping):
        for key, value in table.items():
            if key in TEXT_KEYS and isinstance(value, str):
                yield table, value
            elif key in TEXT_KEYS and isinstance(value, list):
                yield from ((table, one) for one in value if isinstance(one, str))
            else:
                yield from texts_of(value)
    elif isinstance(table, list):
        for one in table:
            yield from texts_of(one)


def faults(shelf: Shelf, names: tuple[str, ...] = ()) -> Iterator[str]:
    """What is wrong with the files `names`, or with all that have texts; one sentence each."""
    for name in names or tuple(topics_with_texts(shelf)):
        for row, text in texts_of(shelf.topic(name).tables):
            for fault in _faults_of(shelf, name, row, text):
                yield f"{name}.toml, '{text[:50]}': {fault}"


def uncited(shelf: Shelf, names: tuple[str, ...]) -> set[str]:
    """The sources that no one of the files `names` cites."""
    cited: set[str] = set()
    for topic in map(shelf.topic, names):
        cited |= {key for number in topic.numbers.values() for key in number.origin.sources}
        cited |= {key for curve in topic.curves.values() for key in curve.origin.sources}
        cited |= set(keys_in(topic.tables))
    return set(shelf.sources()) - cited


def refuse_faults(shelf: Shelf, names: tuple[str, ...]) -> None:
    """
    Raises
    ------
    DataError : the first fault of these files, and how many more there are
    """
    found = list(faults(shelf, names))
    if found:
        more = f" ({len(found) - 1} more)" if len(found) > 1 else ""
        raise DataError(found[0] + more, "knowledge files must keep the rules of all", "mend it")


def _faults_of(shelf: Shelf, name: str, row: Mapping[str, Any], text: str) -> Iterator[str]:
    yield from faults_of_text(text, "en")
    try:
        if "source" in row or "mark" in row:
            origin_of(name, row)
    except DataError as error:
        yield str(error.came)
    audience = row.get("audience", "client")
    for language in LANGUAGES:
        if language != "en":
            other = catalogue(shelf, language).get(text)
            if other is None:
                yield f"not translated ({language})"
                continue
            yield from (f"{language}: {fault}" for fault in faults_of_text(other, language))
            if sorted(PLACEHOLDER.findall(other)) != sorted(PLACEHOLDER.findall(text)):
                yield f"other placeholders in {language}"
    yield from _unfillable(shelf, name, text, audience)


def _unfillable(shelf: Shelf, name: str, text: str, audience: str) -> Iterator[str]:
    """Placeholders that no file fills, and figures this audience may not see."""
    kind, _, own = name.rpartition("/")
    country = own if kind == "countries" else "us"
    voice = Voice(shelf, audience=audience, country_key=country)
    home = shelf.topic(name).numbers
    for found in PLACEHOLDER.findall(text):
        inner = re.sub(r"\.(range|low|high)$", "", found[1:-1])
        if "." not in inner and inner not in home:
            continue  # a value that the program gives
        try:
            voice.say(found, home=name)
        except DataError as error:
            yield str(error.came)
