"""Sealed things open with their own key and name, and with nothing else."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermilion.errors import UsageError
from vermilion.studio.vault import (
    Vault,
    VaultError,
    from_recovery_words,
    is_protected,
    new_vault,
    open_vault,
    recovery_words,
    save_vault,
)

VAULT = Vault((bytes(range(32)),))


@given(content=st.binary(max_size=4000), name=st.text(min_size=1, max_size=40))
def test_what_was_sealed_opens_again(content: bytes, name: str) -> None:
    key = VAULT.new_key(name)
    assert VAULT.open(name, key, VAULT.seal_with(name, key, content)) == content


@given(content=st.binary(min_size=1, max_size=300), place=st.integers(0, 10_000))
def test_one_changed_bit_is_noticed(content: bytes, place: int) -> None:
    key = VAULT.new_key("photo:1")
    sealed = bytearray(VAULT.seal_with("photo:1", key, content))
    sealed[place % len(sealed)] ^= 1
    with pytest.raises(VaultError):
        VAULT.open("photo:1", key, bytes(sealed))


def test_a_sealed_thing_cannot_pass_as_anothers() -> None:
    key = VAULT.new_key("photo:1")
    sealed = VAULT.seal_with("photo:1", key, b"lips")
    with pytest.raises(VaultError):
        VAULT.open("photo:2", key, sealed)
    with pytest.raises(VaultError):
        VAULT.open("photo:1", VAULT.new_key("photo:1"), sealed)


def test_another_practices_keys_do_not_open_it() -> None:
    key = VAULT.new_key("photo:1")
    with pytest.raises(VaultError):
        Vault((bytes(32),)).open("photo:1", key, VAULT.seal_with("photo:1", key, b"lips"))


def test_a_destroyed_key_is_the_end_of_it() -> None:
    sealed = VAULT.seal_with("photo:1", VAULT.new_key("photo:1"), b"lips")
    with pytest.raises(VaultError):
        VAULT.open("photo:1", b"", sealed)


def test_after_a_rotation_old_things_open_and_new_ones_take_the_new_key() -> None:
    key = VAULT.new_key("photo:1")
    sealed = VAULT.seal_with("photo:1", key, b"lips")
    rotated = VAULT.with_new_master()
    assert rotated.open("photo:1", key, sealed) == b"lips"
    again = rotated.rewrap("photo:1", key)
    assert again[:2] == b"\0\1"
    assert rotated.open("photo:1", again, sealed) == b"lips"
    with pytest.raises(VaultError):
        VAULT.open("photo:1", again, sealed)


@pytest.mark.parametrize("passphrase", ["", "four plain words here"])
def test_the_key_file_is_for_its_owner_alone_and_opens(tmp_path: Path, passphrase: str) -> None:
    path = tmp_path / "vault.key"
    made = new_vault(path, passphrase)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert is_protected(path) is bool(passphrase)
    assert open_vault(path, passphrase) == made


def test_a_wrong_passphrase_opens_nothing(tmp_path: Path) -> None:
    path = tmp_path / "vault.key"
    new_vault(path, "four plain words here")
    with pytest.raises(UsageError, match="passphrase does not open"):
        open_vault(path, "five")


def test_keys_are_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "vault.key"
    new_vault(path)
    with pytest.raises(UsageError, match="is there already"):
        new_vault(path)


def test_a_new_passphrase_keeps_the_keys(tmp_path: Path) -> None:
    path = tmp_path / "vault.key"
    made = new_vault(path, "old words")
    save_vault(path, made, "new words")
    assert open_vault(path, "new words") == made


@pytest.mark.parametrize("text", ["", "{", "[]", json.dumps({"protected": False, "keys": 3})])
def test_a_broken_key_file_is_said_in_words(tmp_path: Path, text: str) -> None:
    path = tmp_path / "vault.key"
    path.write_text(text)
    with pytest.raises(UsageError, match="not a readable key file"):
        open_vault(path)


def test_a_printed_sheet_brings_the_keys_back() -> None:
    rotated = VAULT.with_new_master()
    assert from_recovery_words(recovery_words(rotated)) == rotated
    assert from_recovery_words([recovery_words(VAULT)[0].lower().replace("0:", "0:")]) == VAULT


def test_a_line_that_was_copied_wrongly_is_named() -> None:
    (line,) = recovery_words(VAULT)
    wrong = line.replace("A", "B", 1)
    for lines in ([wrong], [line[:-6]], [], ["0:"]):
        with pytest.raises(UsageError):
            from_recovery_words(lines)
