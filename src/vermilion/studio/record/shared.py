"""What the practice shows a client on the client's own page: chosen consultations and photos.

Public: `share`, `shared`, `is_shared`.

Nothing is shown unless somebody shared it; each change is an entry, and the newest one holds.
"""

from __future__ import annotations

from vermilion.errors import UsageError
from vermilion.studio.models import Client, Entry, Person, Photo
from vermilion.studio.record import entries


def shared(client: Client) -> frozenset[str]:
    """Ids of the consultations and photos that this client sees now."""
    newest = entries.latest(client, "shared")
    return frozenset() if newest is None else frozenset(client.opened(newest.sealed)["shown"])


def is_shared(thing: Entry | Photo) -> bool:
    return str(thing.pk) in shared(thing.client)


def share(thing: Entry | Photo, on: bool, by: Person) -> Entry:
    """Show it to its client from now on, or no longer.

    Raises
    ------
    UsageError : an entry that is no consultation
    """
    if isinstance(thing, Entry) and thing.kind != "consultation":
        raise UsageError("only consultations and photos are shown to a client")
    now = shared(thing.client)
    then = now | {str(thing.pk)} if on else now - {str(thing.pk)}
    return entries.add(thing.client, "shared", {"shown": sorted(then)}, by=by)
