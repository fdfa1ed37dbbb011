"""A folder of old photos, file by file: whose it is, of which day, and why one cannot be taken.

Public: `KINDS`, `Found`, `Look`, `look_through`, `take_over`.

Whose a photo is stands in the name of its folder or file ("García Ana/2024-03-01 smile.jpg"), the
day in what the camera wrote or in a name. What is not sure is not taken: it is listed with its
reason, to be renamed and tried again. A photo that is there already is taken once.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path, PurePath

from django.utils import timezone

from vermilion.errors import PhotoError
from vermilion.photo.exif import taken_at
from vermilion.photo.open import check_photo, photo_file
from vermilion.studio.models import Client, Person, Photo
from vermilion.studio.record.cards import card_of
from vermilion.studio.record.kept_photos import digest_of
from vermilion.studio.record.photos import add_photo, there_already
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
WHEN = time(12)
"""The hour of a photo of which only the day is known."""


@dataclass(frozen=True, slots=True)
class Found:
    """One file.

    path : within the folder
    content : the file's bytes; empty where nobody was found to whom it belongs
    from_name : whether the day was read from a name, not from the camera
    why : None where it can be taken, else what speaks against it
    """

    path: PurePath
    view: str
    client: Client | None = None
    at: datetime | None = None
    from_name: bool = False
    content: bytes = field(default=b"", repr=False)
    why: PhotoError | None = None

    @property
    def digest(self) -> str:
        """The same for the same photo of the same client; "" of nobody's."""
        return "" if self.client is None else digest_of(self.client, self.content)


class Look:
    """Looks at old photos one by one; nothing is written.

    Parameters
    ----------
    clients : to whom they can belong
    view : of photos whose names say none
    """

    def __init__(self, clients: Iterable[Client], view: str) -> None:
        self.people, self.view = _by_name(clients), view
        self.seen: set[str] = set()

    def at(self, path: PurePath, read: Callable[[], bytes]) -> Found:
        """One file; read : its bytes, asked for once it is known whose it is."""
        parts = [path.stem, *reversed(path.parent.parts)]
        words = (VIEW_WORDS[w] for part in parts for w in _words(part) if w in VIEW_WORDS)
        found = Found(path, next(words, self.view))
        try:
            client = _whose(parts, self.people)
            found = replace(found, client=client)
            found = replace(found, content=read())
            check_photo(found.content)
            self._once(found.digest)
            at, from_name = _when(found.content, parts, str(card_of(client).get("born", "")))
            found = replace(found, at=at, from_name=from_name)
            if at > timezone.now():
                raise PhotoError("its day lies in the future", "", "set the right day in its name")
        except PhotoError as refused:
            return replace(found, why=refused)
        return found

    def _once(self, digest: str) -> None:
        if Photo.objects.filter(digest=digest).exists():
            raise there_already()
        if digest in self.seen:
            raise PhotoError("this very photo stands here twice", "each photo is kept once")
        self.seen.add(digest)


def look_through(folder: Path, clients: Iterable[Client], view: str) -> Iterator[Found]:
    """Every file below a folder that may be a photo, in the order of names."""
    look = Look(clients, view)
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(place) / name
            if path.suffix.lower() in KINDS and not name.startswith("."):
                yield look.at(path.relative_to(folder), partial(photo_file, path))


def take_over(found: Found, by: Person) -> PhotoError | None:
    """Seal one photo into its client's record; None where it was taken, else why not.

    Raises
    ------
    OutputError : there is no room for it
    """
    if found.why is not None or found.client is None or found.at is None:
        return found.why
    try:
        add_photo(found.client, found.content, found.view, found.at, by=by)
    except PhotoError as refused:
        return refused
    return None


def _when(content: bytes, parts: list[str], born: str) -> tuple[datetime, bool]:
    """When it was taken, and whether a name told it; a birth date is no such day."""
    at = taken_at(content)
    from_name = at is None
    if at is None:
        day = next((d for part in parts for d in _dates(part) if d.isoformat() != born), None)
        if day is None:
            raise PhotoError(
                "neither the camera nor a name tells its day",
                "",
                "put the day into the name of the file or its folder",
            )
        at = datetime.combine(day, WHEN)
    return (at if timezone.is_aware(at) else timezone.make_aware(at)), from_name


def _whose(parts: list[str], people: dict[str, list[Client]]) -> Client:
    """The client whose name a part is; the nearest to the file counts."""
    for part in parts:
        alike = people.get(_key(part), [])
        if len(alike) > 1:
            born = {day.isoformat() for other in parts for day in _dates(other)}
            alike = [one for one in alike if card_of(one).get("born") in born]
            if len(alike) != 1:
                raise PhotoError(
                    "several clients have this name",
                    "",
                    "add the birth date to the name of the folder",
                )
        if alike:
            return alike[0]
    raise PhotoError(
        "no client has the name of this file or its folder",
        "",
        "give the folder the client's name, or make the record first",
    )


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
