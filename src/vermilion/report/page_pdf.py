"""A page as PDF, set by typst from data (never by pasting words into markup).

Public: `write_pdf`.
"""

from __future__ import annotations

from typing import Any

from vermilion.know.said import Said
from vermilion.report.page import Block, Bullets, Chart, Heading, Notes, Page, Paragraph
from vermilion.report.typeset import typeset


def write_pdf(page: Page) -> bytes:
    """The page as PDF bytes; same page, same bytes."""
    pictures: dict[str, str] = {}
    data = _data(page, pictures)
    return typeset("page", data, pictures)


def _data(page: Page, pictures: dict[str, str]) -> dict[str, Any]:
    notes = Notes(page.voice)
    title = _line(notes, page.title)
    subtitle = None if page.subtitle is None else _line(notes, page.subtitle)
    blocks = [_block(notes, block, pictures, k) for k, block in enumerate(page.blocks)]
    return {
        "title": page.title.plain,
        "heading": title,
        "subtitle": subtitle,
        "language": page.voice.language,
        "paper": page.voice.country.paper,
        "blocks": blocks,
        "sources": page.voice.say("Sources").plain,
        "notes": [[number, text, list(keys)] for number, text, keys in notes.lines()],
        "texts": [[", ".join(keys), text] for keys, text in notes.sources()],
    }


def _line(notes: Notes, said: Said) -> list[list[Any]]:
    """A sentence as [words, [note numbers]] pairs."""
    return [[text, list(numbers)] for text, numbers in notes.pieces(said)]


def _block(notes: Notes, block: Block, pictures: dict[str, str], place: int) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "line": _line(notes, block.said)}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "tone": block.tone, "line": _line(notes, block.said)}
    if isinstance(block, Bullets):
        items = [_line(notes, item) for item in block.items]
        return {"kind": "bullets", "ordered": block.ordered, "items": items}
    if isinstance(block, Chart):
        name = f"chart-{place}.svg"
        pictures[name] = block.svg
        return {
            "kind": "chart",
            "picture": name,
            "alt": block.alt.plain,
            "line": _line(notes, block.alt),
        }
    return {
        "kind": "table",
        "caption": None if block.caption is None else _line(notes, block.caption),
        "head": [_line(notes, one) for one in block.head],
        "rows": [[_line(notes, one) for one in row] for row in block.rows],
    }
