"""What a client's photos may be used for besides the record: photo by photo, way by way.

Public: `CHANNELS`, `allowed`, `allow`.

Nothing is allowed unless it was; each change is an entry, and the newest one holds.
"""

from __future__ import annotations

from vermilion.errors import UsageError
from vermilion.studio.models import Client, Entry, Person
from vermilion.studio.record import entries

CHANNELS = {
    "album": "Shown to other clients in the practice",
    "website": "On the practice's website",
    "social": "On social media",
    "teaching": "For teaching",
}


def allowed(client: Client) -> dict[str, frozenset[str]]:
    """By photo id, the ways that are allowed now."""
    newest = entries.latest(client, "photo_use")
    if newest is None:
        return {}
    given = client.opened(newest.sealed)["allowed"]
    return {photo: frozenset(ways) for photo, ways in given.items()}


def allow(client: Client, ways: dict[str, list[str]], by: Person | None) -> Entry:
    """Say anew what is allowed; what is left out is taken back.

    Raises
    ------
    UsageError : a photo of somebody else, or an unknown way
    """
    own = {str(key) for key in client.photos.values_list("pk", flat=True)}
    for photo, chosen in ways.items():
        if photo not in own or set(chosen) - set(CHANNELS):
            raise UsageError("that is no photo of this record or no way to use it")
    content = {"allowed": {photo: sorted(chosen) for photo, chosen in ways.items() if chosen}}
    return entries.add(client, "photo_use", content, by=by)
