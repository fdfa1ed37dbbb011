"""The practice's own file, edited in the browser: name, country, opening days, prices, years
that records are kept.

Public: `Settings`, `read_settings`, `write_settings`.

Rules of one's own (longer waits, ages) stay in the file as they are; it is checked as a whole
before it takes the place of the old one.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from vermilion.know.practice import WEEKDAYS, read_practice
from vermilion.know.retention import period_of
from vermilion.know.voice import Voice
from vermilion.whole_file import save_bytes

FILE = "practice.toml"
EDITED = ("name", "country", "open", "closed", "price", "keep")


@dataclass(frozen=True, slots=True)
class Settings:
    """closed : days on which nobody comes; prices : (low, high) by treatment
    keep_years : how long records are kept after the last care; None: as the law says
    """

    name: str
    country: str
    open_days: tuple[str, ...]
    closed: tuple[date, ...]
    prices: dict[str, tuple[float, float]]
    keep_years: int | None = None


def read_settings(data: Path) -> Settings:
    """What the file says; the usual where there is none."""
    raw = _raw(data)
    return Settings(
        str(raw.get("name", "")),
        str(raw.get("country", "us")),
        tuple(raw.get("open", WEEKDAYS[:5])),
        tuple(raw.get("closed", ())),
        {key: (row["low"], row["high"]) for key, row in raw.get("price", {}).items()},
        raw.get("keep", {}).get("years"),
    )


def write_settings(data: Path, settings: Settings) -> None:
    """Write the file whole.

    Raises
    ------
    DataError : something in it breaks the rules of such files; the old one stays then
    """
    raw = _raw(data)
    lines = [
        f"name = {_quoted(settings.name)}",
        f"country = {_quoted(settings.country)}",
        f"open = [{', '.join(map(_quoted, settings.open_days))}]",
        f"closed = [{', '.join(day.isoformat() for day in settings.closed)}]",
    ]
    if "edition" in raw:
        lines.insert(0, f"edition = {_quoted(str(raw['edition']))}")
    for key, (low, high) in settings.prices.items():
        lines += [f"[price.{key}]", f"low = {low:g}", f"high = {high:g}"]
    if settings.keep_years is not None:
        lines += ["[keep]", f"years = {settings.keep_years}"]
    for table in (name for name in raw if name not in (*EDITED, "edition")):
        for key, row in raw[table].items():
            lines += [f"[{table}.{key}]"]
            lines += [f"{name} = {_value(value)}" for name, value in row.items()]
    text = "\n".join(lines) + "\n"
    practice = read_practice(text, FILE)
    period_of(Voice(country_key=settings.country, practice=practice))
    save_bytes(data / FILE, text.encode())


def _raw(data: Path) -> dict[str, Any]:
    path = data / FILE
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c for c in escaped if c.isprintable()) + '"'


def _value(value: Any) -> str:
    return _quoted(value) if isinstance(value, str) else f"{value}"
