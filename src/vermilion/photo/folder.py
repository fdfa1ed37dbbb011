"""A folder of results that appears whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from vermilion.errors import OutputError
from vermilion.whole_file import say_why_not


@contextmanager
def fresh_folder(path: str | Path, ours: frozenset[str]) -> Iterator[Path]:
    """Give a new folder to write into; it gets the name `path` only when all went well.

    An earlier result at `path` is replaced. A folder that holds anything beside the names in
    `ours` is someone's own and is refused.

    Raises
    ------
    OutputError : the place cannot be written, or belongs to other files
    """
    path = Path(os.path.realpath(path))  # what a link names is replaced, not the link
    mark = uuid4().hex[:8]
    with say_why_not(path):
        _check(path, ours)
        name = f".{path.name[:100]}.{mark}"
        part, old = path.with_name(f"{name}.part"), path.with_name(f"{name}.old")
        part.mkdir()
    try:
        with say_why_not(path):
            yield part
            there = path.exists()
            if there:
                path.rename(old)
            try:
                part.rename(path)
            except BaseException:
                if there:
                    old.rename(path)
                raise
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _check(path: Path, ours: frozenset[str]) -> None:
    if not path.exists():
        return
    if not path.is_dir():
        raise OutputError(f"{path} is a file", "a folder is needed", "choose another name")
    others = sorted(entry.name for entry in path.iterdir() if entry.name not in ours)
    if others:
        raise OutputError(
            f"{path} holds other files ({others[0]})",
            "a new or empty folder is needed",
            "choose another name",
        )
