"""Backups: the whole data folder in one sealed file, taken while the studio runs, proved at once.

Public: `need_tables`, `backup`, `restore`.

The tables are copied by the database itself (SQLite's VACUUM INTO), so that a backup holds one
moment. Photos are added after the tables: a photo is written before its row, so none is missing.
"""

from __future__ import annotations

import hashlib
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from vermilion.errors import UsageError
from vermilion.studio import vault
from vermilion.whole_file import say_why_not

TABLES = "studio.sqlite3"
FILES = ("vault.key", "session.key", "practice.toml", "sample.password")


def need_tables(data: Path) -> None:
    """
    Raises
    ------
    UsageError : there is no studio in `data`, or its tables lie elsewhere
    """
    if not (data / TABLES).is_file():
        raise UsageError(
            "there is no studio with tables of its own in {data}",
            "tables in PostgreSQL are backed up with pg_dump, the folder beside it by any copy",
            "name the folder that `vermilion serve` uses",
            data=data,
        )


def backup(data: Path, target: Path, passphrase: str) -> int:
    """Write the backup and open it again as a proof; gives the number of photos in it.

    Raises
    ------
    UsageError : as `need_tables`
    OutputError : the place cannot be written; nothing is left there then
    """
    need_tables(data)
    part = target.with_name(f".{target.name}.part")
    try:
        with say_why_not(target), tempfile.TemporaryDirectory(dir=data) as scratch:
            plain, proof = Path(scratch) / "all.tar", Path(scratch) / "proof"
            count = _collect(data, plain)
            with plain.open("rb") as source, part.open("wb") as sealed:
                vault.seal_file(source, sealed, passphrase)
            proof.mkdir()
            _unpack(part, proof, passphrase)
            _prove(data, proof)
            part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return count


def restore(source: Path, data: Path, passphrase: str) -> None:
    """Put a backup into an empty folder.

    Raises
    ------
    UsageError : the folder holds something; not a backup; a wrong passphrase; a broken one
    """
    if data.exists() and any(data.iterdir()):
        raise UsageError(
            "{data} is not empty", "nothing is overwritten", "name a new folder", data=data
        )
    if not source.is_file():
        raise UsageError("there is no file {source}", "", "name a backup", source=source)
    data.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data.parent) as scratch:
        fresh = Path(scratch) / "data"
        fresh.mkdir(mode=0o700)
        _unpack(source, fresh, passphrase)
        _whole(fresh)
        if data.exists():
            data.rmdir()
        fresh.replace(data)


def _collect(data: Path, plain: Path) -> int:
    """Everything of the studio in one file that never leaves the data folder unsealed."""
    tables = plain.with_name(TABLES)
    with closing(sqlite3.connect(data / TABLES, timeout=20)) as database:
        database.execute("VACUUM INTO ?", (str(tables),))
    photos = sorted((data / "photos").glob("*.sealed"))
    with tarfile.open(plain, "w") as file:
        file.add(tables, TABLES)
        for name in FILES:
            if (data / name).is_file():
                file.add(data / name, name)
        for photo in photos:
            file.add(photo, f"photos/{photo.name}")
    return len(photos)


def _unpack(sealed: Path, folder: Path, passphrase: str) -> None:
    plain = folder / "all.tar"
    with sealed.open("rb") as source, plain.open("wb") as target:
        vault.open_file(source, target, passphrase)
    with tarfile.open(plain) as file:
        file.extractall(folder, filter="data")
    plain.unlink()


def _prove(data: Path, proof: Path) -> None:
    """The copy opens, and its photos are those of the folder, byte for byte."""
    _whole(proof)
    for copy in (proof / "photos").glob("*.sealed"):
        original = data / "photos" / copy.name
        if original.is_file() and _digest(original) != _digest(copy):
            raise UsageError(
                "the photo {name} changed meanwhile", "", "back up once more", name=copy.name
            )


def _whole(folder: Path) -> None:
    """The tables are sound, and each photo they name lies beside them."""
    with closing(sqlite3.connect(folder / TABLES)) as database:
        (sound,) = database.execute("PRAGMA integrity_check").fetchone()
        rows = database.execute("SELECT id FROM studio_photo WHERE length(wrapped_key) > 0")
        missing = [
            key for (key,) in rows if not (folder / "photos" / f"{_dashed(key)}.sealed").is_file()
        ]
    if sound != "ok" or missing:
        raise UsageError(
            "the backup is not whole ({missing} photos missing, tables: {sound})",
            "",
            "take another copy",
            missing=len(missing),
            sound=sound,
        )


def _dashed(key: str) -> str:
    plain = key.replace("-", "")
    return "-".join((plain[:8], plain[8:12], plain[12:16], plain[16:20], plain[20:]))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
