"""A page as one self-contained, offline web page: no script, nothing from elsewhere.

Public: `write_html`, `html_body`.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from vermilion.know.said import Said
from vermilion.report.page import Block, Bullets, Chart, Heading, Notes, Page, Paragraph

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def write_html(page: Page) -> str:
    """The whole page as text; same page, same bytes."""
    notes = Notes(page.voice)
    title = page.title.plain
    style = (files("vermilion.report") / "assets" / "page.css").read_text("utf-8")
    subtitle = (
        "" if page.subtitle is None else f"<p class='muted'>{_line(notes, page.subtitle)}</p>"
    )
    head = f"<header><h1>{_line(notes, page.title)}</h1>{subtitle}</header>"
    body = _body(page, notes)
    return (
        f"<!doctype html><html lang='{escape(page.voice.language)}'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<title>{escape(title)}</title><style>{style}</style></head><body>"
        f"{head}<main>{body}{_sources(notes)}</main></body></html>\n"
    )


def html_body(page: Page) -> str:
    """The page's blocks and sources alone, to stand in another page with a style of its own; the
    sources are folded, and open for whoever follows a note."""
    notes = Notes(page.voice)
    return _body(page, notes) + _sources(notes, folded=True)


def _body(page: Page, notes: Notes) -> str:
    return "".join(part for block in page.blocks for part in _block(notes, block))


def _line(notes: Notes, said: Said) -> str:
    return "".join(
        escape(text) + "".join(_mark(notes, number) for number in numbers)
        for text, numbers in notes.pieces(said)
    )


def _mark(notes: Notes, number: int) -> str:
    word = escape(notes.voice.say("source").plain)
    return f"<a class='note' href='#n{number}' aria-label='{word} {number}'>{number}</a>"


def _block(notes: Notes, block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"<h{block.level}>{_line(notes, block.said)}</h{block.level}>"
    elif isinstance(block, Paragraph):
        tone = f" class='{block.tone}'" if block.tone else ""
        role = " role='alert'" if block.tone == "stop" else ""
        yield f"<p{tone}{role}>{_line(notes, block.said)}</p>"
    elif isinstance(block, Bullets):
        tag = "ol" if block.ordered else "ul"
        items = "".join(f"<li>{_line(notes, item)}</li>" for item in block.items)
        yield f"<{tag}>{items}</{tag}>"
    elif isinstance(block, Chart):
        words = f"<figcaption>{_line(notes, block.alt)}</figcaption>"
        yield f"<figure class='chart' tabindex='0'>{block.svg}{words}</figure>"
    else:
        caption = (
            "" if block.caption is None else f"<caption>{_line(notes, block.caption)}</caption>"
        )
        heads = "".join(f"<th scope='col'>{_line(notes, one)}</th>" for one in block.head)
        label = _label(block.caption, block.head)
        yield f"<div class='wide' tabindex='0' role='region' aria-label='{label}'>"
        yield f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>"
        for row in block.rows:
            cells = "".join(f"<td>{_line(notes, one)}</td>" for one in row[1:])
            yield f"<tr><th scope='row'>{_line(notes, row[0])}</th>{cells}</tr>"
        yield "</tbody></table></div>"


def _label(caption: Said | None, head: tuple[Said, ...]) -> str:
    words = caption.plain if caption is not None else ", ".join(one.plain for one in head)
    return escape(words, quote=True)


def _sources(notes: Notes, folded: bool = False) -> str:
    if not notes.numbers:
        return ""
    title = escape(notes.voice.say("Sources").plain)
    items = "".join(
        f"<li id='n{number}'>{escape(text)}{': ' if keys else ''}{', '.join(map(_key, keys))}</li>"
        for number, text, keys in notes.lines()
    )
    texts = "".join(
        "".join(f"<dt id='s-{_anchor(key)}'>{escape(key)}</dt>" for key in keys)
        + f"<dd>{escape(text)}</dd>"
        for keys, text in notes.sources()
    )
    lists = f"<ol>{items}</ol><dl>{texts}</dl>"
    if folded:
        return f"<details class='sources'><summary>{title}</summary>{lists}</details>"
    return f"<section class='sources'><h2>{title}</h2>{lists}</section>"


def _key(key: str) -> str:
    return f"<a href='#s-{_anchor(key)}'>{escape(key)}</a>"


def _anchor(key: str) -> str:
    return escape(key.replace(":", "-"), quote=True)
