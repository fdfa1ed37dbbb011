"""The sources that knowledge files name by key, each in a line of our own words.

Public: `Source`, `sources`, `keys_in`.

`sources.toml` is the bibliography. A key that it lacks cannot be named: the loader refuses the
file. An entry that no file names is refused too (`check.uncited`, over all files at once).
"""

from __future__ import annotations

import tomllib
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from vermilion.errors import DataError

HOW_READ = ("page", "abstract", "recalled-high")


@dataclass(frozen=True, slots=True)
class Source:
    """One source: key ("flip:F128"), whether its page or its abstract was read, what it is."""

    key: str
    mark: str
    text: str


@cache
def sources() -> Mapping[str, Source]:
    """All sources by key."""
    text = (files("vermilion.know") / "data" / "sources.toml").read_text("utf-8")
    return parse_sources(text)


def parse_sources(text: str) -> Mapping[str, Source]:
    """
    Raises
    ------
    DataError : an entry without text, or without a word on how it was read
    """
    found = {}
    for key, row in tomllib.loads(text)["source"].items():
        if not row.get("text"):
            raise DataError(f"the source {key} has no text", "each source says what it is")
        if row.get("mark") not in HOW_READ:
            raise DataError(
                f"the source {key} has the mark '{row.get('mark', '')}'",
                f"one of {', '.join(HOW_READ)} is needed",
            )
        found[key] = Source(key, row["mark"], row["text"])
    return found


def keys_in(table: Any) -> Iterator[str]:
    """Every source key named anywhere in a parsed file."""
    if isinstance(table, Mapping):
        for name, value in table.items():
            if name == "source" and isinstance(value, list):
                yield from value
            else:
                yield from keys_in(value)
    elif isinstance(table, list):
        for value in table:
            yield from keys_in(value)


def refuse_unknown(
    name: str, table: Mapping[str, Any], known: Container[str] | None = None
) -> None:
    """
    Parameters
    ----------
    known : the keys that may be named; None: those of this package

    Raises
    ------
    DataError : `table`, the file `name`, names a source that the bibliography lacks
    """
    names = sources() if known is None else known
    unknown = sorted(key for key in set(keys_in(table)) if key not in names)
    if unknown:
        raise DataError(
            f"{name}.toml names the source {unknown[0]}",
            "sources.toml has no such key",
            "add it there or mend the key",
        )
