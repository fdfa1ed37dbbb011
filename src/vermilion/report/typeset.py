"""Typst, from memory to memory: what a client's page says never lies on a disk unsealed.

Public: `typeset`, `in_svg`.

The template, its data and its pictures are handed over as texts, and bytes come back: there is no
temporary folder that a crash could leave behind.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any, Literal

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""A fixed creation date, so that the same content gives the same bytes."""


def typeset(
    template: str,
    data: Mapping[str, Any],
    pictures: Mapping[str, str],
    form: Literal["pdf", "png"] = "pdf",
    ppi: float | None = None,
) -> bytes:
    """Set a template of `assets` with its data.

    Parameters
    ----------
    template : "page" for assets/page.typ, which reads data.json and the pictures by their names
    pictures : SVG texts by name ("face.svg"); typst takes no other bytes from memory (`in_svg`)
    ppi : dots an inch of a PNG
    """
    import typst

    source = (files("vermilion.report") / "assets" / f"{template}.typ").read_text("utf-8")
    given = {"main.typ": source, "data.json": json.dumps(data), **pictures}
    made: bytes = typst.compile(  # type: ignore[call-overload]  # its stubs know no files in memory
        {name: text.encode() for name, text in given.items()},
        format=form,
        ignore_system_fonts=True,
        timestamp=EPOCH,
        ppi=ppi,
    )
    return made


def in_svg(jpeg: bytes) -> str:
    """A photo as an SVG of its own size; typst puts the JPEG into the PDF byte for byte."""
    content = b64encode(jpeg).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg">'
        f'<image href="data:image/jpeg;base64,{content}"/></svg>'
    )
