"""A folder of old photos, file by file: whose it is, of which day, and why one cannot be taken.

Public: `Found`, `look_through`, `take_over`.

Whose a photo is stands in the name of its folder or file ("García Ana/2024-03-01 smile.jpg"), the
day in what the camera wrote or in a name. What is not sure is not taken: it is listed with its
reason, to be renamed and tried again. A photo that is there already is taken once.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from django.utils import timezone

from vermilion.errors import VermilionError
from vermilion.photo.exif import taken_at
from vermilion.studio.models import Client, Person, Photo
from vermilion.studio.record.cards import card_of
from vermilion.studio.record.photos import add_photo
from vermilion.studio.record.search import plain

KINDS = frozenset((".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".heic", ".heif"))
DATE = re.compile(r"(?<!\d)(?:(\d{4})[-._]?(\d\d)[-._]?(\d\d)|(\d\d)[-._](\d\d)[-._](\d{4}))(?!\d)")
VIEW_WORDS = {
    "smile": "smile", "sonrisa": "smile", "left": "left", "izquierda": "left",
    "right": "right", "derecha": "right", "pucker": "pucker", "beso": "pucker",
    "parted": "parted", "entreabiertos": "parted", "rest": "rest", "reposo": "rest",
}  # fmt: skip
OTHER_WORDS = frozenset(
    (
        "before",
        "after",
        "antes",
        "despues",
        "img",
        "dsc",
        "photo",
        "foto",
        "copy",
        "front",
        "frontal",
    )
)
LIMIT_BYTES = 50 * 1024 * 1024
WHEN = time(12)
"""The hour of a photo of which only the day is known."""


@dataclass(frozen=True, slots=True)
class Found:
    """One file. why : "" where it can be taken, else the reason in words

    from_name : whether the day was read from a name, not from the camera
    """

    path: Path
    client: Client | None
    at: datetime | None
    view: str
    from_name: bool = False
    why: str = ""


def look_through(folder: Path, clients: Iterable[Client], view: str) -> Iterator[Found]:
    """Every file below a folder that may be a photo, in the order of names; nothing is written.

    Parameters
    ----------
    view : of photos whose names say none
    """
    people = _by_name(clients)
    known = set(Photo.objects.values_list("digest", flat=True))
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(place) / name
            if path.suffix.lower() in KINDS and not name.startswith("."):
                yield _look(path, path.relative_to(folder), people, known, view)


def take_over(found: Found, by: Person) -> str:
    """Seal one photo into its client's record; "" where it was taken, else why not."""
    if found.why or found.client is None or found.at is None:
        return found.why
    try:
        add_photo(found.client, found.path.read_bytes(), found.view, found.at, by=by)
    except (VermilionError, OSError) as refused:
        return str(refused)
    return ""


def _look(
    path: Path, shown: Path, people: dict[str, list[Client]], known: set[str], view: str
) -> Found:
    parts = [shown.stem, *reversed(shown.parent.parts)]
    client, why = _whose(parts, people)
    said = next((VIEW_WORDS[w] for part in parts for w in _words(part) if w in VIEW_WORDS), view)
    if client is None:
        return Found(path, None, None, said, why=why)
    try:
        if path.stat().st_size > LIMIT_BYTES:
            return Found(path, client, None, said, why="larger than 50 MB")
        content = path.read_bytes()
    except OSError as error:
        return Found(path, client, None, said, why=f"cannot be read ({error.strerror})")
    digest = hashlib.sha256(client.pk.bytes + content).hexdigest()
    if digest in known:
        return Found(path, client, None, said, why="this very photo is there already")
    known.add(digest)
    at = taken_at(content)
    from_name = at is None
    if at is None:
        born = str(card_of(client).get("born", ""))
        day = next((d for part in parts for d in _dates(part) if d.isoformat() != born), None)
        at = None if day is None else datetime.combine(day, WHEN)
    if at is None:
        return Found(
            path, client, None, said, why="no day: neither the camera nor a name tells one"
        )
    at = at if timezone.is_aware(at) else timezone.make_aware(at)
    if at > timezone.now():
        return Found(path, client, at, said, from_name, "its day lies in the future")
    return Found(path, client, at, said, from_name)


def _whose(parts: list[str], people: dict[str, list[Client]]) -> tuple[Client | None, str]:
    """The client whose name a part is; the nearest to the file counts."""
    for part in parts:
        alike = people.get(_key(part), [])
        if len(alike) > 1:
            born = {day.isoformat() for other in parts for day in _dates(other)}
            alike = [one for one in alike if card_of(one).get("born") in born]
            if len(alike) != 1:
                return (
                    None,
                    "several clients have this name: add the birth date to the folder's name",
                )
        if alike:
            return alike[0], ""
    return None, "no client has this name"


def _by_name(clients: Iterable[Client]) -> dict[str, list[Client]]:
    found = defaultdict(list)
    for one in clients:
        key = _key(str(card_of(one).get("name", "")))
        if key:
            found[key].append(one)
    return found


def _key(text: str) -> str:
    """The words of a name in one order, without dates, numbers, views."""
    words = [w for w in _words(DATE.sub(" ", text)) if not w.isdigit()]
    return " ".join(sorted(w for w in words if w not in VIEW_WORDS and w not in OTHER_WORDS))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", plain(text))


def _dates(text: str) -> Iterator[date]:
    """Year first, or day first; a month that cannot be is no date."""
    for found in DATE.finditer(text):
        year, month, day, day_, month_, year_ = found.groups()
        try:
            yield date(int(year or year_), int(month or month_), int(day or day_))
        except ValueError:
            continue
