"""What the reports' tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import vobject.icalendar


@pytest.fixture(autouse=True)
def zones_of_this_file_alone() -> Iterator[None]:
    """vobject keeps each time zone by its name and would read the next file by the last one's."""
    known: dict[str, object] = vars(vobject.icalendar)["__tzidMap"]
    before = dict(known)
    yield
    known.clear()
    known.update(before)
