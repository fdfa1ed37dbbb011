"""Progress in words, and troubles that are one sentence."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_one_at_a_time = threading.Lock()


class HouseError(Exception):
    """Something that a person can mend. Its text is the whole message: what and what to do."""


def say(words: str) -> None:
    """Print one line at once, whole, also from several threads."""
    with _one_at_a_time:
        print(words, flush=True)


@contextmanager
def step(words: str) -> Iterator[None]:
    """Say what begins, and at its end how long it took."""
    say(f"{words} ...")
    start = time.monotonic()
    yield
    say(f"{words}: done in {time.monotonic() - start:.1f} s")
