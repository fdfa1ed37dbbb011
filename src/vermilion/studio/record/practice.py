"""The practice's own file, edited in the browser: name, how it is reached, country, prices, years
that records are kept; hours are in `hours`.

Public: `Settings`, `read_settings`, `write_settings`, `read_file`, `write_file`.

What a page does not edit (longer waits, ages) stays in the file as it is; it is checked as a whole
before it takes the place of the old one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from vermilion.know.practice import read_practice
from vermilion.know.retention import period_of
from vermilion.know.voice import Voice
from vermilion.studio.voices import FILE, ask_again
from vermilion.whole_file import save_bytes


@dataclass(frozen=True, slots=True)
class Settings:
    """prices : (low, high) by treatment
    telephone, address : what a client's page shows
    keep_years : how long records are kept after the last care; None: as the law says
    keep_until_age : and at least until the client is that old
    """

    name: str
    country: str
    prices: dict[str, tuple[float, float]]
    keep_years: int | None = None
    telephone: str = ""
    address: str = ""
    keep_until_age: int | None = None


def read_settings(data: Path) -> Settings:
    """What the file says; the usual where there is none."""
    raw = read_file(data)
    return Settings(
        str(raw.get("name", "")),
        str(raw.get("country", "us")),
        {key: (row["low"], row["high"]) for key, row in raw.get("price", {}).items()},
        raw.get("keep", {}).get("years"),
        str(raw.get("telephone", "")),
        str(raw.get("address", "")),
        raw.get("keep", {}).get("until_age"),
    )


def write_settings(data: Path, settings: Settings) -> None:
    """Write the file whole.

    Raises
    ------
    DataError : something in it breaks the rules of such files; the old one stays then
    """
    prices = {key: {"low": low, "high": high} for key, (low, high) in settings.prices.items()}
    said = {"years": settings.keep_years, "until_age": settings.keep_until_age}
    keep = {key: number for key, number in said.items() if number is not None}
    own = {"name": settings.name, "country": settings.country, "price": prices, "keep": keep}
    reached = {"telephone": settings.telephone, "address": settings.address}
    write_file(data, own | reached)


def read_file(data: Path) -> dict[str, Any]:
    """The file as it is; empty where there is none.

    Raises
    ------
    DataError : it was edited by hand, and is no such file any more
    """
    path = data / FILE
    if not path.exists():
        return {}
    text = path.read_text("utf-8")
    read_practice(text, FILE)
    return tomllib.loads(text)


def write_file(data: Path, changed: Mapping[str, Any]) -> None:
    """Put these entries in the place of those of their name; all others stay.

    Raises
    ------
    DataError : as `write_settings`
    """
    text = "\n".join(_lines({**read_file(data), **changed})) + "\n"
    practice = read_practice(text, FILE)
    period_of(Voice(country_key=practice.country or "us", practice=practice))
    save_bytes(data / FILE, text.encode())
    ask_again()


def _lines(raw: Mapping[str, Any]) -> Iterator[str]:
    for name, value in raw.items():
        if not isinstance(value, Mapping):
            yield f"{name} = {_value(value)}"
    for name, table in raw.items():
        if not isinstance(table, Mapping):
            continue
        plain = {key: row for key, row in table.items() if not isinstance(row, Mapping)}
        if plain:
            yield f"[{name}]"
            yield from (f"{_quoted(key)} = {_value(value)}" for key, value in plain.items())
        for key, row in table.items():
            if isinstance(row, Mapping):
                yield f"[{name}.{key}]"
                yield from (f"{field} = {_value(value)}" for field, value in row.items())


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:g}" if isinstance(value, int | float) else _quoted(str(value))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c for c in escaped if c.isprintable()) + '"'
