"""What differs from country to country: emergency number, age limits, where to report, how dates
and money are written.

Public: `Country`, `read_country`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from vermilion.errors import DataError, UsageError
from vermilion.know.shelf import Shelf
from vermilion.know.sourced import Sourced, Topic

PAPERS = ("a4", "us-letter")


@dataclass(frozen=True)
class Country:
    """One country file.

    key : "us"; territory : "US", for date and number forms; currency : "USD"; paper : of PDFs
    texts : rows with a text and its source: "reporting", "distress", "doctor_now"
    """

    key: str
    name: str
    territory: str
    currency: str
    paper: str
    topic: Topic

    @property
    def texts(self) -> Mapping[str, Any]:
        table: Mapping[str, Any] = self.topic.tables.get("row", {})
        return table

    def number(self, key: str) -> Sourced:
        """A number of this country, such as "emergency"."""
        return self.topic.number(key)

    def age(self, treatment: str) -> Sourced:
        """The least age for a treatment here, in years; the common limit where none is its own."""
        key = f"age_{treatment}"
        return self.topic.numbers.get(key) or self.topic.number("age")


@cache
def read_country(shelf: Shelf, key: str) -> Country:
    """
    Raises
    ------
    UsageError : no such country is known
    DataError : its file lacks something
    """
    known = shelf.names("countries")
    if key not in known:
        raise UsageError(
            "the country is '{key}'",
            "one of {allowed} is needed",
            key=key,
            allowed=", ".join(known),
        )
    topic = shelf.topic(f"countries/{key}")
    row = topic.tables.get("country", {})
    missing = {"name", "territory", "currency", "paper"} - set(row)
    if missing or row["paper"] not in PAPERS:
        raise DataError(
            f"countries/{key}.toml lacks {', '.join(sorted(missing)) or 'a known paper'}",
            f"name, territory, currency and paper ({' or '.join(PAPERS)}) are needed",
        )
    return Country(key, row["name"], row["territory"], row["currency"], row["paper"], topic)
