"""The texts in other languages, from gettext catalogues.

Public: `LANGUAGES`, `translated`, `catalogue`.

English is what the knowledge files and the program are written in; it needs no catalogue. Every
other language has `.po` files, read as they are: no compiled copy can be older than its source.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from io import BytesIO

from vermilion.errors import DataError, UsageError
from vermilion.know.shelf import Shelf

LANGUAGES = ("en", "es")


def translated(shelf: Shelf, language: str, text: str) -> str:
    """A text in a language; the English where the catalogue lacks it (a test refuses that)."""
    return text if language == "en" else catalogue(shelf, language).get(text, text)


@cache
def catalogue(shelf: Shelf, language: str) -> Mapping[str, str]:
    """All texts of a language by their English.

    Raises
    ------
    UsageError : the language is not spoken here
    DataError : one folder translates a text in two ways
    """
    if language not in LANGUAGES:
        raise UsageError(
            "the language is '{language}'",
            "one of {allowed} is needed",
            language=language,
            allowed=", ".join(LANGUAGES),
        )
    from babel.messages.pofile import read_po

    found: dict[str, str] = {}
    for texts in reversed(shelf.catalogues(language)):
        own: dict[str, str] = {}
        for text in texts:
            for message in read_po(BytesIO(text.encode()), locale=language):
                if not message.id or not message.string:
                    continue
                english, other = str(message.id), str(message.string)
                if own.setdefault(english, other) != other:
                    raise DataError(
                        f"'{english[:60]}' is translated in two ways ({language})",
                        "one text has one translation",
                        "keep one of them",
                    )
        found.update(own)
    return found
