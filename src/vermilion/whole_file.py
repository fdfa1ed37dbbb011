"""Write a file whole or not at all.

The file is written under another name and renamed at the end, so that a full disk or a killed
program leaves no half file behind, and what stood there before stays until the new one is whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from vermilion.errors import OutputError


def save_bytes(path: str | Path, content: bytes) -> Path:
    """Write a file whole or not at all.

    Raises
    ------
    OutputError : the place cannot be written; nothing is left there then
    """
    path = Path(path)
    part = path.with_name(f".{path.name[:100]}.{uuid4().hex[:8]}.part")
    with say_why_not(path):
        if path.is_dir():
            raise OutputError(f"{path} is a folder", "a file name is needed", "add one")
        try:
            with part.open("xb") as file:
                file.write(content)
            os.replace(part, path)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
    return path


@contextmanager
def say_why_not(path: Path) -> Iterator[None]:
    """Turn the system's refusal to write at `path` into one kind sentence.

    Raises
    ------
    OutputError : the sentence
    """
    try:
        yield
    except (FileNotFoundError, PermissionError, NotADirectoryError) as error:
        if isinstance(error, FileNotFoundError) and not path.parent.is_dir():
            raise OutputError(
                f"there is no folder {path.parent}", "an existing folder is needed", "make it first"
            ) from None
        raise OutputError(
            f"{path} may not be written", "a folder of your own is needed", "choose another place"
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{str(path)[:200]} cannot be written ({reason})",
            "room on a writable disk is needed",
            "choose another place",
        ) from None
