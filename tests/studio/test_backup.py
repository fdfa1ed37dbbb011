"""A backup is sealed, whole, proved, and comes back as it was; a broken one changes nothing."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from vermilion.errors import UsageError
from vermilion.studio.backup import backup, restore

WORDS = "four plain words here"


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice's folder on disk, made by a program of its own."""
    folder = tmp_path_factory.mktemp("made") / "data"
    maker = Path(__file__).with_name("practice.py")
    subprocess.run([sys.executable, maker, folder], check=True, capture_output=True)
    return folder


def vermilion(*words: str | Path) -> subprocess.CompletedProcess[str]:
    program = "from vermilion.cli.main import main; main()"
    command = [sys.executable, "-c", program, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def content(folder: Path) -> dict[str, bytes]:
    names = ("vault.key", "session.key")
    found = {name: (folder / name).read_bytes() for name in names}
    return found | {path.name: path.read_bytes() for path in (folder / "photos").iterdir()}


def test_it_comes_back_as_it_was(practice: Path, tmp_path: Path) -> None:
    target, again = tmp_path / "b.vermilion", tmp_path / "again"
    assert backup(practice, target, WORDS) == 1
    restore(target, again, WORDS)
    assert content(again) == content(practice)
    done = vermilion("doctor", "--data", again)
    assert done.returncode == 0, done.stdout
    assert "every photo opens" in done.stdout


def test_nothing_of_it_can_be_read_without_the_passphrase(practice: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.vermilion"
    backup(practice, target, WORDS)
    sealed = target.read_bytes()
    for word in (b"SQLite format", b"studio.sqlite3", b"olga", b"vault.key"):
        assert word not in sealed
    with pytest.raises(UsageError, match="does not open"):
        restore(target, tmp_path / "again", "other words")
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("cut", [0, 30, 5000, -1])
def test_a_broken_backup_changes_nothing(practice: Path, tmp_path: Path, cut: int) -> None:
    target, again = tmp_path / "b.vermilion", tmp_path / "again"
    backup(practice, target, WORDS)
    target.write_bytes(target.read_bytes()[:cut])
    with pytest.raises(UsageError):
        restore(target, again, WORDS)
    assert not again.exists()


def test_a_folder_that_holds_something_is_not_overwritten(practice: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.vermilion"
    backup(practice, target, WORDS)
    before = content(practice)
    with pytest.raises(UsageError, match="is not empty"):
        restore(target, practice, WORDS)
    assert content(practice) == before


def test_a_backup_is_one_moment_though_others_write(practice: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(practice, folder)
    with sqlite3.connect(folder / "studio.sqlite3") as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE studio_person SET username = 'half done'")
        backup(folder, tmp_path / "b.vermilion", WORDS)
        writer.rollback()
    restore(tmp_path / "b.vermilion", tmp_path / "again", WORDS)
    with sqlite3.connect(tmp_path / "again" / "studio.sqlite3") as tables:
        assert tables.execute("SELECT username FROM studio_person").fetchall() == [("olga",)]


def test_a_missing_photo_is_noticed_before_anybody_relies_on_it(
    practice: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(practice, folder)
    for path in (folder / "photos").iterdir():
        path.unlink()
    with pytest.raises(UsageError, match="1 photos missing"):
        backup(folder, tmp_path / "b.vermilion", WORDS)
    assert not (tmp_path / "b.vermilion").exists()
    done = vermilion("doctor", "--data", folder)
    assert done.returncode == 10
    assert "does not open" in done.stdout


def test_a_folder_without_a_studio_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no studio"):
        backup(tmp_path, tmp_path / "b.vermilion", WORDS)


def test_records_without_their_keys_are_not_opened_with_new_ones(
    practice: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(practice, folder)
    (folder / "vault.key").unlink()
    done = vermilion("doctor", "--data", folder)
    assert done.returncode == 2
    assert "no key file" in done.stderr
    assert not (folder / "vault.key").exists()


def test_the_log_tells_where_it_was_changed(practice: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(practice, folder)
    with sqlite3.connect(folder / "studio.sqlite3") as tables:
        tables.execute("UPDATE studio_auditentry SET actor = 'nobody' WHERE number = 2")
    done = vermilion("doctor", "--data", folder)
    assert done.returncode == 10
    assert "chain breaks at line 2" in done.stdout


def test_logins_are_listed_by_the_terminal(practice: Path) -> None:
    done = vermilion("user", "--data", practice)
    assert done.stdout.strip() == "olga: olga, owner"


def test_who_lost_their_phone_comes_in_with_the_password_alone(
    practice: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(practice, folder)
    with sqlite3.connect(folder / "studio.sqlite3") as tables:
        tables.execute(
            "INSERT INTO mfa_authenticator (user_id, type, data, created_at) "
            "SELECT id, 'totp', '{}', '2026-11-26' FROM studio_person"
        )
    done = vermilion("user", "olga", "--lost-phone", "--data", folder)
    assert done.stdout.strip() == "olga can log in."
    with sqlite3.connect(folder / "studio.sqlite3") as tables:
        assert tables.execute("SELECT count(*) FROM mfa_authenticator").fetchone() == (0,)
        last = tables.execute("SELECT action FROM studio_auditentry ORDER BY number DESC")
        assert last.fetchone() == ("remove second factors",)


def test_after_a_rotation_everything_opens_with_the_new_key(practice: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(practice, folder)
    done = vermilion("keys", "rotate", "--data", folder)
    assert "2 keys are wrapped by the new one" in done.stdout, done.stderr
    with sqlite3.connect(folder / "studio.sqlite3") as tables:
        keys = tables.execute(
            "SELECT wrapped_key FROM studio_client UNION SELECT wrapped_key FROM studio_photo"
        )
        assert {key[:2] for (key,) in keys} == {b"\0\1"}
    assert vermilion("doctor", "--data", folder).returncode == 0


def test_a_printed_sheet_opens_the_practice_when_the_key_file_is_gone(
    practice: Path, tmp_path: Path
) -> None:
    folder, sheet = tmp_path / "data", tmp_path / "sheet.txt"
    shutil.copytree(practice, folder)
    sheet.write_text(vermilion("keys", "sheet", "--data", folder).stdout)
    (folder / "vault.key").unlink()
    vermilion("keys", "from-sheet", "--sheet", sheet, "--data", folder)
    assert vermilion("doctor", "--data", folder).returncode == 0
