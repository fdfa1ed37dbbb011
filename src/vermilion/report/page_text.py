"""A page as plain text for a terminal, and as Markdown.

Public: `write_text`, `unwrapped`, `write_markdown`.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from vermilion.know.said import Said
from vermilion.report.page import Block, Bullets, Chart, Heading, Notes, Page, Paragraph

WIDTH = 88
BEGINS = re.compile(r"- |\d+\. |\[\d+\] |!!? |(\S+, )*\S+  \S")
"""What only the first line of a bullet, a note, a warning or a source starts with."""
SIGNS = {"": "", "stop": "!! ", "warn": "! ", "good": "", "muted": ""}


def write_text(page: Page, sources: bool = True) -> str:
    """The page for a terminal; sources : whether the notes are listed at the end."""
    notes = Notes(page.voice)
    lines = [_line(notes, page.title).upper()]
    if page.subtitle is not None:
        lines += _wrapped(_line(notes, page.subtitle))
    for block in page.blocks:
        lines += ["", *_text(notes, block)]
    if sources and notes.numbers:
        lines += ["", page.voice.say("Sources").plain.upper()]
        for number, text, keys in notes.lines():
            lines += _wrapped(
                ": ".join(part for part in (text, ", ".join(keys)) if part), f"[{number}] "
            )
        lines.append("")
        for keys, text in notes.sources():
            lines += _wrapped(f"{', '.join(keys)}  {text}", "", "  ")
    return "\n".join(lines) + "\n"


def unwrapped(text: str) -> list[str]:
    """What `write_text` wrote, a paragraph or a bullet each, as it was before its lines were cut at
    WIDTH; not a word of it differs."""
    found: list[str] = []
    before = ""
    for line in text.splitlines():
        # a line ends early only where the next word, or its part up to a hyphen, did not fit
        word = re.match(r"\s*(\S+?-(?=\w)|\S+)", line)
        cut = bool(before and word) and len(before) + 1 + len(word[1] if word else "") > WIDTH
        if cut and not BEGINS.match(line):
            glue = "" if re.search(r"\w-$", before) else " "
            found[-1] += glue + line.strip()
        elif line.strip():
            found.append(line.strip())
        before = line
    return found


def write_markdown(page: Page) -> str:
    """The page as Markdown; charts are left out, their words stay."""
    notes = Notes(page.voice)
    lines = [f"# {_line(notes, page.title)}", ""]
    if page.subtitle is not None:
        lines += [_line(notes, page.subtitle), ""]
    for block in page.blocks:
        lines += [*_markdown(notes, block), ""]
    if notes.numbers:
        lines += [f"## {page.voice.say('Sources').plain}", ""]
        lines += [
            f"- [{number}] {': '.join(part for part in (text, ', '.join(keys)) if part)}"
            for number, text, keys in notes.lines()
        ]
        lines += ["", *(f"- {', '.join(keys)}: {text}" for keys, text in notes.sources())]
    return "\n".join(lines).rstrip() + "\n"


def _line(notes: Notes, said: Said) -> str:
    return "".join(
        text + "".join(f" [{number}]" for number in numbers) for text, numbers in notes.pieces(said)
    )


def _wrapped(text: str, first: str = "", later: str | None = None) -> list[str]:
    indent = " " * len(first) if later is None else later
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=indent, break_long_words=False
    )


def _text(notes: Notes, block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        line = _line(notes, block.said)
        yield line if block.level > 2 else line.upper()
    elif isinstance(block, Paragraph):
        yield from _wrapped(_line(notes, block.said), SIGNS[block.tone])
    elif isinstance(block, Bullets):
        for number, item in enumerate(block.items, 1):
            yield from _wrapped(_line(notes, item), f"{number}. " if block.ordered else "- ")
    elif isinstance(block, Chart):
        yield from _wrapped(_line(notes, block.alt))
    else:
        if block.caption is not None:
            yield from _wrapped(_line(notes, block.caption))
        for row in block.rows:
            yield _line(notes, row[0])
            for head, cell in zip(block.head[1:], row[1:], strict=True):
                name = _line(notes, head)
                yield from _wrapped(
                    f"{name}: {_line(notes, cell)}" if name else _line(notes, cell), "  ", "    "
                )


def _markdown(notes: Notes, block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {_line(notes, block.said)}"
    elif isinstance(block, Paragraph):
        line = _line(notes, block.said)
        yield f"**{line}**" if block.tone == "stop" else line
    elif isinstance(block, Bullets):
        for number, item in enumerate(block.items, 1):
            yield f"{f'{number}.' if block.ordered else '-'} {_line(notes, item)}"
    elif isinstance(block, Chart):
        yield _line(notes, block.alt)
    else:
        if block.caption is not None:
            yield from (_line(notes, block.caption), "")
        yield _row(notes, block.head)
        yield "|" + " --- |" * len(block.head)
        for row in block.rows:
            yield _row(notes, row)


def _row(notes: Notes, cells: tuple[Said, ...]) -> str:
    return "| " + " | ".join(_line(notes, one).replace("|", "\\|") for one in cells) + " |"
