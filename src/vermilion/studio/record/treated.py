"""What was done to a client and when: the newest visit of each treatment.

Public: `Treated`, `treated`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from vermilion.studio.models import Client, Entry


@dataclass(frozen=True, slots=True)
class Treated:
    """One treatment as it was last done; content : that visit's entry, opened"""

    treatment: str
    done: date
    entry: Entry
    content: dict[str, Any]


def treated(client: Client, until: date = date.max) -> tuple[Treated, ...]:
    """The newest visit of each treatment up to a day, the newest first."""
    found: dict[str, Treated] = {}
    for entry in client.entries.filter(kind="visit").select_related("by").order_by("-at"):
        content = client.opened(entry.sealed)
        name = content.get("treatment", "")
        if not name or name in found:
            continue
        done = date.fromisoformat(content["day"])
        if done <= until:
            found[name] = Treated(name, done, entry, content)
    return tuple(sorted(found.values(), key=lambda one: one.done, reverse=True))
