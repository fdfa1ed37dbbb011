"""A sentence as it goes out: words, figures that know their source, and what the person gave.

Public: `Figure`, `Given`, `Said`, `Phrase`, `phrase`, `joined`.

The three kinds of parts are kept apart to the very end, so that a page can open the source behind
each figure, and so that a test can walk any page and find a number that has none. A `Phrase` is
what comes before: a text with what fills it, which no voice has said yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

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
    def grade(self) -> str:
        """The weakest grade of all that it rests on; empty where it rests on nothing."""
        return max((origin.grade for origin in self.origins), default="")

    @property
    def capital(self) -> Said:
        """The same with a capital first letter, as a heading or a sentence begins."""
        first, *rest = self.parts
        if isinstance(first, str):
            first = first[:1].upper() + first[1:]
        elif isinstance(first, Given):
            first = Given(first.text[:1].upper() + first.text[1:])
        return Said((first, *rest), self.origin)

    def __str__(self) -> str:
        return self.plain


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text that waits for a voice (`Voice.tell`); as a string it is English.

    template : English, the catalogue's key
    values : what its placeholders stand for: phrases, sourced numbers, numbers, names
    origin : what it rests on; home : the topic whose numbers bare placeholders stand for
    """

    template: str
    values: tuple[tuple[str, Any], ...] = ()
    origin: Origin | None = None
    home: str = ""

    def __str__(self) -> str:
        from vermilion.know.voice import Voice

        return Voice(audience="practitioner").tell(self).plain


def phrase(template: str, **values: Any) -> Phrase:
    """A text of the program with what fills it."""
    return Phrase(template, tuple(values.items()))


def joined(parts: Sequence[Phrase], between: str = ", ") -> Phrase:
    """Several phrases in a row."""
    names = [f"p{place}" for place in range(len(parts))]
    template = between.join(f"{{{name}}}" for name in names)
    return Phrase(template, tuple(zip(names, parts, strict=True)))


def given(text: object) -> Said:
    """A name, date or count as a sentence of its own."""
    return Said((Given(str(text)),))
