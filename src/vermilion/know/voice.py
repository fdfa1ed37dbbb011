"""For whom and in which language something is said.

Public: `Voice`.

Texts are templates; `{topic.key}` stands for a number of a knowledge file, `{topic.key.range}` for
its range, `{key}` for a number of the text's own file, `{country.emergency}` for the country's, and
a bare name for a value that the caller gives. A figure keeps its source through to the page. What
was recalled with less than high confidence is never said to a client.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from vermilion.errors import DataError, VermilionError
from vermilion.know.catalogue import translated
from vermilion.know.country import Country, read_country
from vermilion.know.practice import Practice
from vermilion.know.said import Figure, Given, Part, Phrase, Said
from vermilion.know.shelf import Shelf, packaged
from vermilion.know.sourced import Origin, Sourced, origin_of

PLACEHOLDER = re.compile(r"\{([A-Za-z_][\w./]*)\}")
WHOLE_FROM = 1000
"""From here on thousands are set apart."""


@dataclass(frozen=True)
class Voice:
    """Everything that decides how a thing is said.

    language : one of LANGUAGES; audience : "client" or "practitioner"
    country : the key of a country file; practice : this practice's own rules, or none
    """

    shelf: Shelf = field(default_factory=packaged)
    language: str = "en"
    audience: str = "client"
    country_key: str = "us"
    practice: Practice = field(default_factory=Practice)

    @property
    def country(self) -> Country:
        return read_country(self.shelf, self.country_key)

    @property
    def locale(self) -> str:
        """What date and number forms follow: "en_US", "es_ES"; the language alone where it has no
        form of its own in this country."""
        from babel.localedata import exists

        here = f"{self.language}_{self.country.territory}"
        return here if exists(here) else self.language

    def may_hear(self, row: Mapping[str, Any]) -> bool:
        """Whether a row of a knowledge file is meant for this audience."""
        return self.audience == "practitioner" or row.get("audience", "client") == "client"

    def say(
        self, template: str, *, origin: Origin | None = None, home: str = "", **values: Any
    ) -> Said:
        """One text in this voice's language.

        Parameters
        ----------
        template : English text, the catalogue's key
        origin : what the sentence rests on
        home : the topic whose numbers bare names stand for
        values : what bare names stand for otherwise; a Said, Phrase, Given, Figure or Sourced keeps
            what it rests on

        Raises
        ------
        DataError : a placeholder nobody fills, or a figure that clients may not see
        """
        if origin is not None:
            self._allow(origin, template)
        parts: list[Part] = []
        at = 0
        text = translated(self.shelf, self.language, template)
        for found in PLACEHOLDER.finditer(text):
            parts.append(text[at : found.start()])
            parts.extend(self._fill(found[1], home, values, template))
            at = found.end()
        parts.append(text[at:])
        return Said(tuple(part for part in parts if part != ""), origin)

    def tell(self, one: Phrase) -> Said:
        """A text that waited for a voice, with the phrases inside it."""
        return self.say(one.template, origin=one.origin, home=one.home, **dict(one.values))

    def refusal(self, error: VermilionError, *, in_terminal: bool = False) -> str:
        """An error's one sentence; a part that no catalogue has stays English.

        in_terminal : with the options that a command line takes
        """
        told = []
        for part in error.terminal_parts if in_terminal else error.parts:
            if isinstance(part, Phrase):
                told.append(self.tell(part).plain)
            elif error.values:
                told.append(self.tell(Phrase(str(part), tuple(error.values.items()))).plain)
            else:
                told.append(translated(self.shelf, self.language, str(part)))
        return "; ".join(told) + "."

    def row(self, name: str, row: Mapping[str, Any], key: str = "text", **values: Any) -> Said:
        """The text `key` of a row of the topic `name`, with the row's own origin."""
        return self.say(row[key], origin=origin_of(name, row), home=name, **values)

    def rows(self, name: str, row: Mapping[str, Any], key: str, **values: Any) -> tuple[Said, ...]:
        """The texts of a row's list `key`; none where the row has no such list."""
        origin = origin_of(name, row)
        return tuple(self.say(one, origin=origin, home=name, **values) for one in row.get(key, ()))

    def date(self, day: date, form: str = "long") -> Given:
        """A date as people of this language and country write it."""
        return Given(_date(day, form, self.locale))

    def number(self, value: float, least: int = 0, most: int = 2) -> str:
        """A number as people of this language and country write it.

        least, most : how many decimals it has; thousands have none unless they must
        """
        if abs(value) >= WHOLE_FROM and not least:
            return _number(round(value), None, self.locale)
        form = f"0.{'0' * least}{'#' * (most - least)}".rstrip(".")
        # no "-0.0"
        return _number(round(value, most) + 0.0, form, self.locale)

    def money(self, low: float, high: float | None = None, currency: str = "") -> Given:
        """An amount or a span of amounts; currency as a code, else this country's."""
        from babel.numbers import format_currency

        code = currency or self.country.currency

        def amount(value: float) -> str:
            form = None if value % 1 else _whole(self.locale)
            return format_currency(
                value, code, form, locale=self.locale, currency_digits=form is None
            )

        if high is None or high == low:
            return Given(amount(low))
        return Given(f"{amount(low)} – {amount(high)}")

    def figure(self, number: Sourced, form: str = "value") -> Figure:
        """A number with its source: form "value", "low", "high" or "range"."""
        if form == "range" and number.low != number.high:
            text = f"{self.number(number.low)}–{self.number(number.high)}"
        else:
            value = {"low": number.low, "high": number.high}.get(form, number.value)
            text = f"{value:03.0f}" if number.unit == "phone" else self.number(value)
        self._allow(number.origin, number.key)
        return Figure(text, number.origin, number.key)

    def _fill(
        self, name: str, home: str, values: Mapping[str, Any], template: str
    ) -> tuple[Part, ...]:
        path, form = name, "value"
        head, _, tail = name.rpartition(".")
        if tail in ("range", "low", "high") and head:
            path, form = head, tail
        if path in values:
            return self._given(values[path], form)
        topic_name, _, key = path.rpartition(".")
        if topic_name == "country":
            return (self.figure(self.country.number(key), form),)
        if not (topic_name or home):
            raise DataError(f"nothing fills '{name}' in '{template[:60]}'", "a value is needed")
        return (self.figure(self.shelf.topic(topic_name or home).number(key), form),)

    def _given(self, value: Any, form: str) -> tuple[Part, ...]:
        if isinstance(value, Phrase):
            value = self.tell(value)
        if isinstance(value, Said):
            return value.parts
        if isinstance(value, Sourced):
            return (self.figure(value, form),)
        if isinstance(value, float):
            return (Given(self.number(value, most=4)),)
        return (value if isinstance(value, Given | Figure) else Given(str(value)),)

    def _allow(self, origin: Origin, what: str) -> None:
        if self.audience != "practitioner" and not origin.for_clients:
            raise DataError(
                f"'{what[:60]}' rests on what was recalled without high confidence",
                "such things never reach a client",
                "make the audience 'practitioner' or find a source",
            )


@lru_cache(maxsize=1024)
def _date(day: date, form: str, locale: str) -> str:
    """A page says the same few dates again and again, and writing one out takes long."""
    from babel.dates import format_date

    return format_date(day, form, locale=locale)


@lru_cache(maxsize=4096)
def _number(value: float, form: str | None, locale: str) -> str:
    """The same numbers stand on every page, and writing one out takes long too."""
    from babel.numbers import format_decimal

    return format_decimal(value, format=form, locale=locale)


def _whole(locale: str) -> str:
    """The currency form of a locale without its decimals."""
    from babel import Locale

    pattern: str = Locale.parse(locale).currency_formats["standard"].pattern
    return pattern.replace(".00", "")
