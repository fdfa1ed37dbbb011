"""A page as PDF, set by typst from data (never by pasting words into markup).

Public: `write_pdf`.
"""

from __future__ import annotations

import json
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Any

from vermilion.know.said import Said
from vermilion.report.page import Block, Bullets, Chart, Heading, Notes, Page, Paragraph
from vermilion.report.pdf import EPOCH


def write_pdf(page: Page) -> bytes:
    """The page as PDF bytes; same page, same bytes."""
    import typst

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        template = (files("vermilion.report") / "assets" / "page.typ").read_text("utf-8")
        (root / "page.typ").write_text(template, "utf-8")
        (root / "data.json").write_text(json.dumps(_data(page, root)), "utf-8")
        pdf: bytes = typst.compile(
            str(root / "page.typ"), root=folder, ignore_system_fonts=True, timestamp=EPOCH
        )
    return pdf


def _data(page: Page, root: Path) -> dict[str, Any]:
    notes = Notes(page.voice)
    title = _line(notes, page.title)
    subtitle = None if page.subtitle is None else _line(notes, page.subtitle)
    blocks = [_block(notes, block, root, k) for k, block in enumerate(page.blocks)]
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


def _block(notes: Notes, block: Block, root: Path, place: int) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "line": _line(notes, block.said)}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "tone": block.tone, "line": _line(notes, block.said)}
    if isinstance(block, Bullets):
        items = [_line(notes, item) for item in block.items]
        return {"kind": "bullets", "ordered": block.ordered, "items": items}
    if isinstance(block, Chart):
        name = f"chart-{place}.svg"
        (root / name).write_text(block.svg, "utf-8")
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
