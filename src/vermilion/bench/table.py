"""What a bench prints: Markdown tables, so that they can go into the documentation as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table of words, and sentences under it; without columns it is its sentences alone.

    Examples
    --------
    >>> print(Table("Speed", ("what", "ms"), [("mesh", "6")], ("once",)))
    Speed
    <BLANKLINE>
    | what | ms |
    | ---- | -- |
    | mesh | 6  |
    once
    """

    title: str
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    notes: Sequence[str] = ()

    def __str__(self) -> str:
        """With columns as wide as they need to be."""
        if not self.columns:
            return "\n".join(self.notes)
        lines = (self.columns, *self.rows)
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]

        def line(cells: Sequence[str]) -> str:
            padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
            return f"| {' | '.join(padded)} |"

        head, *body = map(line, (self.columns, ["-" * width for width in widths], *self.rows))
        return "\n".join([self.title, "", head, *body, *self.notes])

    def to_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "rows": [dict(zip(self.columns, row, strict=True)) for row in self.rows],
            "notes": list(self.notes),
        }


Tables = tuple[Table, ...]
