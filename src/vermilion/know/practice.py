"""A practice's own rules, opening days and prices, in one file that lies over the knowledge.

Public: `Practice`, `Override`, `Spans`, `read_practice`, `read_spans`.

A rule may be made stricter freely: a longer wait, a higher age. It may be made milder only with a
reason and a name; both are carried along and are said wherever the rule counts.

    name = "Lip Room"
    country = "us"
    telephone = "+1 555 0100"         # whom a client calls
    address = "1 Main Street"
    open = ["mon", "tue", "wed", "thu", "fri"]
    closed = [2027-01-01]
    [hours]                           # of open days; a day without them is open all day
    mon = ["09:00-13:00", "14:00-18:00"]
    [minutes]                         # what a visit takes here
    "blush.visit" = 150
    [wait.filler_before_blush]
    days = 42
    [age.flip]
    years = 21
    [verdict.smoker]                  # a screening rule
    verdict = "doctor"
    [price.flip]
    low = 250
    high = 300
    [shade.rosa]                      # of one's own, without evidence
    words = "Rosa 12"
    lab = [44, 30, 17]
    [product.p1]                      # as it lies here; see `own_product`
    words = "Toxin 100 U"
    kind = "toxin"
    toxin = "ona"
    amount = 100
    unit = "U"
    [keep]                            # records, from the last care on
    years = 10
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

from vermilion.errors import DataError
from vermilion.know.own_product import WANTED, OwnProduct, read_product

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_YEARS = 100
MOST_AGE = 99
NAMES = (
    "edition", "name", "country", "telephone", "address", "open", "closed",
    "hours", "minutes", "keep", "studio", "wait", "age", "verdict", "price", "shade", "product",
)  # fmt: skip
FIELDS = {"wait": "days", "age": "years", "verdict": "verdict"}
SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
TELEPHONE = re.compile(r"\+?[\d ()/.-]{3,30}")
LONGEST_MINUTES = 480
Spans = tuple[tuple[time, time], ...]
"""Times of a day from which and until which somebody is there, in order."""
WHOLE_DAY: Spans = ((time.min, time.max),)


@dataclass(frozen=True, slots=True)
class Override:
    """One rule as the practice has it.

    value : days, years or a verdict; reason, by : why it is milder and who says so, else empty
    place : "practice.toml, line 7"
    """

    value: Any
    reason: str
    by: str
    place: str

    def instead_of(self, base: float, milder: bool) -> float:
        """This override's value where it may stand for `base`.

        Raises
        ------
        DataError : it is milder, and nobody put a name and a reason to it
        """
        if milder and not (self.reason and self.by):
            raise DataError(
                f"{self.place}: {self.value} is milder than the rule's {base:g}",
                "a milder rule needs a reason and a name",
                'add reason = "..." and by = "..." there, or make it stricter',
            )
        value: float = self.value
        return value


@dataclass(frozen=True)
class Practice:
    """What one practice does its own way; empty by default.

    telephone, address : what a client's page shows
    open_weekdays : 0 is Monday; closed : single days
    hours : by weekday, where the practice says them; minutes : by a step's name ("blush.visit")
    waits, ages, verdicts : overrides by the id of the rule; prices : (low, high) by treatment
    keep_years : how long records are kept from the last care on; None: not said here
    keep_until_age : and at least until the client is that old; None: whatever the age
    shades : own shades by a short name: words and CIELAB, without evidence
    products : own products by a short name
    studio : what the studio alone knows, such as when a screen locks; looked at there
    """

    name: str = ""
    country: str = ""
    telephone: str = ""
    address: str = ""
    open_weekdays: frozenset[int] = frozenset(range(7))
    closed: frozenset[date] = frozenset()
    hours: Mapping[int, Spans] = field(default_factory=dict)
    minutes: Mapping[str, int] = field(default_factory=dict)
    waits: Mapping[str, Override] = field(default_factory=dict)
    ages: Mapping[str, Override] = field(default_factory=dict)
    verdicts: Mapping[str, Override] = field(default_factory=dict)
    prices: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    keep_years: int | None = None
    keep_until_age: int | None = None
    shades: Mapping[str, tuple[str, tuple[float, float, float]]] = field(default_factory=dict)
    products: Mapping[str, OwnProduct] = field(default_factory=dict)
    studio: Mapping[str, Any] = field(default_factory=dict)

    def wait_days(self, key: str, base_days: float) -> tuple[float, Override | None]:
        """The days of a waiting rule here, and the override where it is milder than `base_days`."""
        return _overridden(self.waits.get(key), base_days)

    def age_years(self, treatment: str, base_years: float) -> tuple[float, Override | None]:
        """The least age here, and the override where it is milder than `base_years`."""
        return _overridden(self.ages.get(treatment), base_years)

    def is_open(self, day: date) -> bool:
        """Whether the practice sees clients on a day."""
        return day.weekday() in self.open_weekdays and day not in self.closed

    def spans_on(self, day: date) -> Spans:
        """When the practice is open on a day: not at all, all day, or in its hours."""
        return self.hours.get(day.weekday(), WHOLE_DAY) if self.is_open(day) else ()


def read_practice(text: str, place: str) -> Practice:
    """A practice file's text.

    Parameters
    ----------
    place : the file's name, for errors

    Raises
    ------
    DataError : not TOML, an unknown entry, a value of the wrong kind; with the line's number
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{place} is not TOML: {error}", "", "mend that line") from None
    lines = _Lines(place, text)
    for name in raw:
        if name not in NAMES:
            raise lines.error(name, f"'{name}' is not known", f"one of {', '.join(NAMES)}")
    return Practice(
        name=str(raw.get("name", "")),
        country=str(raw.get("country", "")),
        telephone=_telephone(raw.get("telephone", ""), lines),
        address=str(raw.get("address", "")),
        open_weekdays=_weekdays(raw.get("open", list(WEEKDAYS)), lines),
        closed=_closed(raw.get("closed", []), lines),
        hours=_hours(raw.get("hours", {}), lines),
        minutes=_minutes(raw.get("minutes", {}), lines),
        waits=_overrides("wait", raw, lines),
        ages=_overrides("age", raw, lines),
        verdicts=_overrides("verdict", raw, lines),
        prices=_prices(raw, lines),
        keep_years=_keep(raw, lines, "years", MOST_YEARS),
        keep_until_age=_keep(raw, lines, "until_age", MOST_AGE),
        shades=_shades(raw, lines),
        products=_products(raw, lines),
        studio=_table("studio", raw, lines),
    )


def read_spans(texts: Any) -> Spans | None:
    """Spans such as "09:00-13:00", one after the other; None where they are none."""
    if not isinstance(texts, list) or not texts:
        return None
    found = [SPAN.fullmatch(str(text).strip()) for text in texts]
    if None in found:
        return None
    numbers = [[int(part) for part in one.groups()] for one in found if one is not None]
    spans = tuple((time(a, b), time(c, d)) for a, b, c, d in numbers)
    right = all(start < end for start, end in spans)
    return spans if right and all(one[1] <= two[0] for one, two in pairwise(spans)) else None


@dataclass(frozen=True, slots=True)
class _Lines:
    place: str
    text: str

    def number(self, *path: str) -> int:
        """The line of a table header or of a key at the top; 1 where it is not found."""
        dotted = r"\s*\.\s*".join(rf'"?{re.escape(part)}"?' for part in path)
        header = re.compile(rf"^\s*(\[\s*{dotted}\s*[.\]]|{dotted}\s*=)")
        for number, line in enumerate(self.text.splitlines(), 1):
            if header.match(line):
                return number
        return self.number(*path[:-1]) if len(path) > 1 else 1

    def error(self, *path_and_words: str) -> DataError:
        *path, came, wanted = path_and_words
        line = self.number(*path)
        return DataError(f"{self.place}, line {line}: {came}", wanted, "mend it there")


def _overridden(found: Override | None, base: float) -> tuple[float, Override | None]:
    if found is None:
        return base, None
    milder = found.value < base
    return found.instead_of(base, milder), found if milder else None


def _telephone(given: Any, lines: _Lines) -> str:
    if given and not TELEPHONE.fullmatch(str(given)):
        raise lines.error(
            "telephone", f"telephone is {given}", "digits are needed, such as +1 555 0100"
        )
    return str(given)


def _weekdays(days: Any, lines: _Lines) -> frozenset[int]:
    if not isinstance(days, list) or not days or set(map(str, days)) - set(WEEKDAYS):
        raise lines.error("open", f"open is {days}", f"a list of {', '.join(WEEKDAYS)} is needed")
    return frozenset(WEEKDAYS.index(day) for day in days)


def _closed(days: Any, lines: _Lines) -> frozenset[date]:
    if not isinstance(days, list) or any(
        not isinstance(day, date) or isinstance(day, datetime) for day in days
    ):
        raise lines.error("closed", f"closed is {days}", "a list of dates such as 2027-01-01")
    return frozenset(days)


def _hours(table: Any, lines: _Lines) -> dict[int, Spans]:
    found = {}
    for day, texts in (table if isinstance(table, Mapping) else {"": table}).items():
        spans = read_spans(texts)
        if day not in WEEKDAYS or spans is None:
            wanted = 'mon = ["09:00-13:00", "14:00-18:00"] is needed'
            raise lines.error("hours", day, f"[hours] {day} is {texts}", wanted)
        found[WEEKDAYS.index(day)] = spans
    return found


def _minutes(table: Any, lines: _Lines) -> dict[str, int]:
    found = {}
    for step, value in (table if isinstance(table, Mapping) else {"": table}).items():
        if (
            not isinstance(value, int)
            or isinstance(value, bool)
            or not 0 < value <= LONGEST_MINUTES
        ):
            wanted = f"whole minutes up to {LONGEST_MINUTES} are needed"
            raise lines.error("minutes", step, f"[minutes] {step} is {value}", wanted)
        found[step] = value
    return found


def _overrides(kind: str, raw: Mapping[str, Any], lines: _Lines) -> dict[str, Override]:
    found = {}
    table = raw.get(kind, {})
    if not isinstance(table, Mapping):
        raise lines.error(kind, f"{kind} is {table}", f"tables such as [{kind}.name] are needed")
    for key, row in table.items():
        wanted = FIELDS[kind]
        value = row.get(wanted) if isinstance(row, Mapping) else None
        right = isinstance(value, str) if wanted == "verdict" else _is_count(value)
        if not right:
            raise lines.error(kind, key, f"[{kind}.{key}] has no usable {wanted}", f"{wanted} = …")
        place = f"{lines.place}, line {lines.number(kind, key)}"
        found[key] = Override(value, str(row.get("reason", "")), str(row.get("by", "")), place)
    return found


def _is_count(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 10**5


def _prices(raw: Mapping[str, Any], lines: _Lines) -> dict[str, tuple[float, float]]:
    found = {}
    for key, row in raw.get("price", {}).items():
        low, high = (row.get(name) for name in ("low", "high"))
        if not (_is_count(low) and _is_count(high) and low <= high):
            raise lines.error(
                "price", key, f"[price.{key}] is {dict(row)}", "low = … and high = … are needed"
            )
        found[key] = (float(low), float(high))
    return found


def _table(name: str, raw: Mapping[str, Any], lines: _Lines) -> Mapping[str, Any]:
    table = raw.get(name, {})
    if not isinstance(table, Mapping):
        raise lines.error(name, f"{name} is {table}", f"a table [{name}] is needed")
    return table


def _shades(
    raw: Mapping[str, Any], lines: _Lines
) -> dict[str, tuple[str, tuple[float, float, float]]]:
    found = {}
    for key, row in _table("shade", raw, lines).items():
        words, lab = (row.get("words"), row.get("lab")) if isinstance(row, Mapping) else ("", [])
        if not (isinstance(words, str) and isinstance(lab, list) and len(lab) == 3) or any(
            not isinstance(value, int | float) or isinstance(value, bool) for value in lab
        ):
            raise lines.error(
                "shade", key, f"[shade.{key}] is {row}", 'words = "…", lab = [L, a, b]'
            )
        found[key] = (words, (float(lab[0]), float(lab[1]), float(lab[2])))
    return found


def _products(raw: Mapping[str, Any], lines: _Lines) -> dict[str, OwnProduct]:
    found = {}
    for key, row in _table("product", raw, lines).items():
        product = read_product(row)
        if product is None:
            raise lines.error("product", key, f"[product.{key}] is {row}", WANTED)
        found[key] = product
    return found


def _keep(raw: Mapping[str, Any], lines: _Lines, what: str, most: int) -> int | None:
    row = raw.get("keep", {})
    if isinstance(row, Mapping) and row and not set(row) - {"years", "until_age"}:
        number = row.get(what)
        if number is None:
            return None
        if isinstance(number, int) and not isinstance(number, bool) and 1 <= number <= most:
            return number
    elif "keep" not in raw:
        return None
    wanted = f"[keep] with years = 1 to {MOST_YEARS}, until_age = 1 to {MOST_AGE}, or one of them"
    raise lines.error("keep", f"keep is {row}", wanted)
