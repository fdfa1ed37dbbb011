"""The voice of a request: the language somebody reads in, for a client or for staff.

Public: `voice_of`, `text`, `refusal`, `own_rules`, `broken_rules`, `OneVoice`, `ask_again`.

The practice's file may be edited by hand while the studio runs. A mistake in it changes nothing:
the rules from before hold on, and the owner reads what is wrong. A request looks for it once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import local
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from vermilion.errors import DataError, VermilionError
from vermilion.know.catalogue import LANGUAGES, translated
from vermilion.know.practice import Practice, read_practice
from vermilion.know.voice import Voice

FILE = "practice.toml"
_good: dict[Path, Practice] = {}
"""The last rules that could be read."""
_asked = local()
"""`voices`: those that a request in this thread was told in already."""


class OneVoice:
    """Middleware: a page is told in one voice from its first word to its last."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _asked.voices = {}
        try:
            return self.get_response(request)
        finally:
            del _asked.voices


def ask_again() -> None:
    """The file was just written; who asks from now on hears the new rules."""
    if hasattr(_asked, "voices"):
        _asked.voices = {}


def voice_of(audience: str = "practitioner", language: str = "") -> Voice:
    """audience : "client" or "practitioner"; language : else the request's"""
    wanted = language or (get_language() or "en").partition("-")[0]
    heard: dict[tuple[str, str], Voice] = getattr(_asked, "voices", {})
    key = (audience, wanted if wanted in LANGUAGES else "en")
    if key not in heard:
        path: Path = settings.DATA / FILE
        heard[key] = _voice(*key, path, _edition(path))
    return heard[key]


def text(words: str, **values: Any) -> str:
    """A text of the program in the reader's language."""
    voice = voice_of()
    if not values and "{" not in words:
        return translated(voice.shelf, voice.language, words)
    return voice.say(words, **values).plain


def refusal(error: VermilionError) -> str:
    """What went wrong, in the reader's language as far as the catalogue has it."""
    return voice_of().refusal(error)


def own_rules() -> Practice:
    """The practice's own file in the data folder; an empty one where there is none."""
    return voice_of().practice


def broken_rules() -> DataError | None:
    """What is wrong in the practice's file since it was last read well; None: nothing."""
    path: Path = settings.DATA / FILE
    return _read(path, _edition(path))[1]


@cache
def _voice(audience: str, language: str, path: Path, edition: int) -> Voice:
    practice = _read(path, edition)[0]
    return Voice(
        language=language,
        audience=audience,
        country_key=practice.country or "us",
        practice=practice,
    )


@cache
def _read(path: Path, edition: int) -> tuple[Practice, DataError | None]:
    """The rules of this edition; those from before where it cannot be read, and why.

    Raises
    ------
    DataError : it cannot be read, and nothing was before
    """
    try:
        practice = read_practice(path.read_text("utf-8"), path.name) if edition else Practice()
    except DataError as error:
        if path not in _good:
            raise
        return _good[path], error
    _good[path] = practice
    return practice, None


def _edition(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0
