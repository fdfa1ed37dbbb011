"""A page of words: what every care command shows, before it is text, web page or print.

Public: `Page`, `Heading`, `Paragraph`, `Bullets`, `Table`, `Chart`, `Block`, `Notes`, `once_each`.

Blocks hold `Said` values, so that each figure still knows its source. The writers (`page_text`,
`page_html`, `page_pdf`) put a note number behind what rests on something and list the notes at the
end: what it is, how it was read, how strong it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from vermilion.know.said import Figure, Said
from vermilion.know.sourced import Origin
from vermilion.know.voice import Voice

HOW_READ = {
    "page": "page read",
    "abstract": "abstract read",
    "recalled-high": "general knowledge",
    "recalled-medium": "recalled, not sure",
    "recalled-low": "recalled, unsure",
    "derived": "worked out from the sources",
    "assumption": "a rule of this program, not a study",
    "unkeyed": "several pages agree",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """level : 2 for a part of the page, 3 below it"""

    said: Said
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """tone : one of TONES: "stop" for what is urgent, "warn", "good", "muted" for small print"""

    said: Said
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Said, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """rows : cells as wide as `head`; the first cell of a row names it"""

    head: tuple[Said, ...]
    rows: tuple[tuple[Said, ...], ...]
    caption: Said | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing as inline SVG; alt : the same in words"""

    svg: str
    alt: Said


Block = Heading | Paragraph | Bullets | Table | Chart


@dataclass(frozen=True, slots=True)
class Page:
    """A titled list of blocks, in one voice; subtitle : small print under the title."""

    voice: Voice
    title: Said
    blocks: tuple[Block, ...]
    subtitle: Said | None = None

    def said(self) -> Iterator[Said]:
        """Every sentence of the page in order."""
        yield self.title
        if self.subtitle is not None:
            yield self.subtitle
        for block in self.blocks:
            yield from _said(block)


@dataclass(slots=True)
class Notes:
    """The note numbers of one page, given in the order in which they are needed."""

    voice: Voice
    numbers: dict[tuple[tuple[str, ...], str, str], int] = field(default_factory=dict)

    def of(self, origin: Origin) -> int:
        key = (origin.sources, origin.mark, origin.grade)
        return self.numbers.setdefault(key, len(self.numbers) + 1)

    def pieces(self, said: Said) -> Iterator[tuple[str, tuple[int, ...]]]:
        """The sentence in pieces, each with the notes that follow it."""
        shown: set[int] = set()
        for part in said.parts:
            if isinstance(part, Figure):
                note = self.of(part.origin)
                yield part.text, () if note in shown else (note,)
                shown.add(note)
            else:
                yield (part if isinstance(part, str) else part.text), ()
        if said.origin is not None and (note := self.of(said.origin)) not in shown:
            yield "", (note,)

    def lines(self) -> Iterator[tuple[int, str, tuple[str, ...]]]:
        """Each note: its number, how strong and how read in words, and the keys of its sources."""
        for (keys, mark, grade), number in self.numbers.items():
            how = self.voice.say(HOW_READ[mark]).plain
            yield number, f"{self.voice.say('grade {grade}', grade=grade).plain}, {how}", keys

    def sources(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """What the notes name, once each: key, or keys where several are one page, and words."""
        known = self.voice.shelf.sources()
        named = {key for keys, _, _ in self.numbers for key in keys}
        yield from once_each({key: known[key].text for key in named})


def once_each(sources: Mapping[str, str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Sources by key as (keys, words), where several keys may be one page; in order."""
    keys_of: dict[str, list[str]] = {}
    for key in sorted(sources, key=_by_number):
        keys_of.setdefault(sources[key], []).append(key)
    for text, keys in keys_of.items():
        yield tuple(keys), text


def _by_number(key: str) -> tuple[str, int, str]:
    """ "flip:F9" before "flip:F10"."""
    digits = "".join(letter for letter in key.partition(":")[2] if letter.isdigit())
    return key.partition(":")[0], int(digits or 0), key


def _said(block: Block) -> Iterator[Said]:
    if isinstance(block, Heading | Paragraph):
        yield block.said
    elif isinstance(block, Bullets):
        yield from block.items
    elif isinstance(block, Chart):
        yield block.alt
    else:
        if block.caption is not None:
            yield block.caption
        yield from block.head
        for row in block.rows:
            yield from row
