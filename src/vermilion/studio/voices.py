"""The voice of a request: the language somebody reads in, for a client or for staff.

Public: `voice_of`, `text`, `refusal`, `own_rules`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from vermilion.errors import VermilionError
from vermilion.know.catalogue import LANGUAGES
from vermilion.know.practice import Practice, read_practice
from vermilion.know.voice import Voice


def voice_of(audience: str = "practitioner", language: str = "") -> Voice:
    """audience : "client" or "practitioner"; language : else the request's"""
    wanted = language or (get_language() or "en").partition("-")[0]
    path: Path = settings.DATA / "practice.toml"
    changed = path.stat().st_mtime_ns if path.exists() else 0
    return _voice(audience, wanted if wanted in LANGUAGES else "en", path, changed)


def text(words: str, **values: Any) -> str:
    """A text of the program in the reader's language."""
    return voice_of().say(words, **values).plain


def refusal(error: VermilionError) -> str:
    """What went wrong, in the reader's language as far as the catalogue has it."""
    return voice_of().refusal(error)


def own_rules() -> Practice:
    """The practice's own file in the data folder; an empty one where there is none."""
    return voice_of().practice


@cache
def _voice(audience: str, language: str, path: Path, changed: int) -> Voice:
    practice = read_practice(path.read_text("utf-8"), path.name) if changed else Practice()
    return Voice(
        language=language,
        audience=audience,
        country_key=practice.country or "us",
        practice=practice,
    )
