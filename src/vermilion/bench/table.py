"""Plain text tables, in Markdown so that they can go into the documentation as they are."""

from __future__ import annotations

from collections.abc import Sequence


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A titled table with columns as wide as they need to be.

    Examples
    --------
    >>> print(table("Speed", ("what", "ms"), [("mesh", "6")]))
    Speed
    <BLANKLINE>
    | what | ms |
    | ---- | -- |
    | mesh | 6  |
    """
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        return f"| {' | '.join(padded)} |"

    rule = line(["-" * width for width in widths])
    return "\n".join([title, "", line(head), rule, *(line(row) for row in rows)])
