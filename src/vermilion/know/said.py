"""A sentence as it goes out: words, figures that know their source, and what the person gave.

Public: `Figure`, `Given`, `Said`.

The three kinds of parts are kept apart to the very end, so that a page can open the source behind
each figure, and so that a test can walk any page and find a number that has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vermilion.know.sourced import Origin


@dataclass(frozen=True, slots=True)
class Figure:
    """A number out of a knowledge file, as written in one language, with what it rests on."""

    text: str
    origin: Origin
    key: str


@dataclass(frozen=True, slots=True)
class Given:
    """What this person said or what follows from it: a date, a name, a count of days."""

    text: str


Part = str | Figure | Given


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence or heading.

    parts : words, figures and given values in order
    origin : what the sentence itself rests on; None for headings and labels
    """

    parts: tuple[Part, ...]
    origin: Origin | None = None

    @property
    def plain(self) -> str:
        """The sentence without its sources."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    @property
    def origins(self) -> Iterator[Origin]:
        """Everything the sentence rests on: its figures', then its own."""
        for part in self.parts:
            if isinstance(part, Figure):
                yield part.origin
        if self.origin is not None:
            yield self.origin

    @property
    def capital(self) -> Said:
        """The same with a capital first letter, as a heading or a sentence begins."""
        first, *rest = self.parts
        if isinstance(first, str):
            first = first[:1].upper() + first[1:]
        return Said((first, *rest), self.origin)

    def __str__(self) -> str:
        return self.plain


def given(text: object) -> Said:
    """A name, date or count as a sentence of its own."""
    return Said((Given(str(text)),))
