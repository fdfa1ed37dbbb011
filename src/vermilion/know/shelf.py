"""Where knowledge lies: the package's own files, and folders that others add.

Public: `Shelf`.

    data/<kind>/<name>.toml        a topic is named by its path: "waits", "care_days/flip"
    locale/<language>/<any>.po     its texts in other languages
    sources.toml                   the sources its files name

A stranger adds a treatment by adding a folder with the same shape (without the `data` level);
files found first win, so that a folder may also replace a packaged file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from vermilion.errors import DataError, UsageError
from vermilion.know.sourced import Topic, parse_topic
from vermilion.know.sources import Source, parse_sources, sources


@dataclass(frozen=True)
class Shelf:
    """Folders of knowledge, the packaged one last.

    added : folders of others, the first one wins
    """

    added: tuple[Path, ...] = field(default=())

    def with_folder(self, folder: Path) -> Shelf:
        """This shelf with one more folder on top.

        Raises
        ------
        UsageError : there is no such folder
        """
        if not folder.is_dir():
            raise UsageError(
                "{folder} is not a folder",
                "a folder of knowledge files is needed",
                "check it",
                folder=folder,
            )
        return Shelf((folder, *self.added))

    def topic(self, name: str) -> Topic:
        """The file `name` ("waits", "care_days/flip"), read and checked once a process.

        Raises
        ------
        DataError : there is no such file, or a number in it has no source, grade or range
        """
        return _topic(self, name)

    def has(self, name: str) -> bool:
        """Whether there is a file of that name, looked for once a process."""
        return _has(self, name)

    def names(self, kind: str) -> tuple[str, ...]:
        """The names of all files of a kind, sorted, looked for once a process:
        names("treatments") -> ("blush", ...)."""
        return _names(self, kind)

    def sources(self) -> dict[str, Source]:
        """All sources by key, the added folders' own among them."""
        return _sources(self)

    def catalogues(self, language: str) -> tuple[tuple[str, ...], ...]:
        """The texts of the translation files for a language, folder by folder, the first wins."""
        found = []
        for root in (*self.added, files("vermilion.know")):
            folder = _at(root, f"locale/{language}")
            if folder.is_dir():
                inside = sorted(folder.iterdir(), key=lambda one: one.name)
                found.append(
                    tuple(one.read_text("utf-8") for one in inside if one.name[-3:] == ".po")
                )
        return tuple(found)

    def added_topics(self) -> tuple[str, ...]:
        """The names of all files that the added folders bring, sources apart."""
        return tuple(
            sorted(
                str(path.relative_to(root).with_suffix("").as_posix())
                for root in self.added
                for path in root.rglob("*.toml")
                if path.name != "sources.toml"
            )
        )

    def _roots(self) -> tuple[Traversable, ...]:
        return (*self.added, files("vermilion.know") / "data")


def packaged() -> Shelf:
    """The knowledge that this package carries."""
    return Shelf()


def _at(root: Traversable, path: str) -> Traversable:
    for part in path.split("/"):
        root = root / part
    return root


@cache
def _topic(shelf: Shelf, name: str) -> Topic:
    for root in shelf._roots():
        file = _at(root, f"{name}.toml")
        if file.is_file():
            return parse_topic(name, file.read_text("utf-8"), shelf.sources())
    raise DataError(f"there is no knowledge file {name}.toml", "the program asks for it by name")


@cache
def _has(shelf: Shelf, name: str) -> bool:
    return any(_at(root, f"{name}.toml").is_file() for root in shelf._roots())


@cache
def _names(shelf: Shelf, kind: str) -> tuple[str, ...]:
    found = set()
    for root in shelf._roots():
        folder = _at(root, kind)
        if folder.is_dir():
            found |= {one.name[:-5] for one in folder.iterdir() if one.name.endswith(".toml")}
    return tuple(sorted(found))


@cache
def _sources(shelf: Shelf) -> dict[str, Source]:
    found = dict(sources())
    for root in reversed(shelf.added):
        file = root / "sources.toml"
        if file.is_file():
            found.update(parse_sources(file.read_text("utf-8")))
    return found
