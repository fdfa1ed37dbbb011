"""Everything that is kept secret, and the only module that sees keys.

Public: `Vault`, `VaultError`, `new_vault`, `open_vault`, `save_vault`, `is_protected`, `unlock`,
`current`, `seal_file`, `open_file`,
`recovery_words`, `from_recovery_words`.

An envelope: each object (a client's card, a photo) has a key of its own; that key is wrapped by the
practice's master key and stands in the database, the sealed bytes lie on disk or in the row. To
erase an object is to destroy its wrapped key. The object's name is bound into both, so that no
sealed thing can be passed off as another's.

AES-256-GCM throughout (NIST SP 800-38D); a passphrase becomes a key by scrypt (RFC 7914).
"""

from __future__ import annotations

import json
import os
import secrets
from base64 import b32decode, b32encode, b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from vermilion.errors import UsageError, VermilionError
from vermilion.whole_file import save_bytes

KEY_BYTES = 32
NONCE_BYTES = 12
PIECE_BYTES = 1024 * 1024
FILE_MARK = b"vermilion sealed file 1\n"
SCRYPT = {"n": 2**15, "r": 8, "p": 1}
"""About 0.1 s and 32 MB on a laptop: slow for who guesses, unnoticed by who knows."""


class VaultError(VermilionError):
    """A sealed thing that does not open: another key, another name, or changed bytes."""

    exit_code = 11
    http_status = 500


@dataclass(frozen=True, slots=True)
class Vault:
    """The master keys, newest last; a wrapped key names the one that wrapped it."""

    masters: tuple[bytes, ...]

    def new_key(self, name: str) -> bytes:
        """A key for one object, wrapped; name : "client:7f3a…"."""
        return self._wrap(name, secrets.token_bytes(KEY_BYTES))

    def seal_with(self, name: str, wrapped: bytes, content: bytes) -> bytes:
        """Content under the object's own key.

        Raises
        ------
        VaultError : the key is another object's, or gone
        """
        return _encrypt(self._unwrap(name, wrapped), name, content)

    def open(self, name: str, wrapped: bytes, content: bytes) -> bytes:
        """What was sealed.

        Raises
        ------
        VaultError : another object's, another practice's, or changed
        """
        return _decrypt(self._unwrap(name, wrapped), name, content)

    def rewrap(self, name: str, wrapped: bytes) -> bytes:
        """The same key under the newest master key, after a rotation."""
        return self._wrap(name, self._unwrap(name, wrapped))

    def with_new_master(self) -> Vault:
        """This vault with one more master key; old objects stay readable."""
        return Vault((*self.masters, secrets.token_bytes(KEY_BYTES)))

    def _wrap(self, name: str, key: bytes) -> bytes:
        number = len(self.masters) - 1
        return number.to_bytes(2, "big") + _encrypt(self.masters[number], f"key of {name}", key)

    def _unwrap(self, name: str, wrapped: bytes) -> bytes:
        number = int.from_bytes(wrapped[:2], "big")
        if not wrapped or number >= len(self.masters):
            raise VaultError("the key of this object is gone", "it was erased or is another's")
        return _decrypt(self.masters[number], f"key of {name}", wrapped[2:])


def new_vault(path: Path, passphrase: str | None = None) -> Vault:
    """Make a key file and the vault it opens.

    Parameters
    ----------
    passphrase : the file is useless without it; none: who has the file has the keys

    Raises
    ------
    UsageError : there is a key file already
    OutputError : the place cannot be written
    """
    if path.exists():
        raise UsageError(
            "{path} is there already", "keys are never overwritten", "move it away", path=path
        )
    vault = Vault((secrets.token_bytes(KEY_BYTES),))
    save_vault(path, vault, passphrase)
    return vault


def save_vault(path: Path, vault: Vault, passphrase: str | None = None) -> None:
    """Write the key file whole, readable by its owner alone."""
    plain = b"".join(vault.masters)
    record: dict[str, Any] = {"format": 1, "protected": bool(passphrase)}
    if passphrase:
        salt = secrets.token_bytes(16)
        record |= {"salt": b64encode(salt).decode(), **SCRYPT}
        plain = _encrypt(_from_passphrase(passphrase, salt, SCRYPT), "master keys", plain)
    record["keys"] = b64encode(plain).decode()
    save_bytes(path, json.dumps(record).encode())
    os.chmod(path, 0o600)


def open_vault(path: Path, passphrase: str | None = None) -> Vault:
    """
    Raises
    ------
    UsageError : no key file, a broken one, or the wrong passphrase
    """
    try:
        record = json.loads(path.read_text("utf-8"))
        plain = b64decode(record["keys"])
        if record["protected"]:
            costs = {name: int(record[name]) for name in SCRYPT}
            key = _from_passphrase(passphrase or "", b64decode(record["salt"]), costs)
            plain = _decrypt(key, "master keys", plain)
    except FileNotFoundError:
        raise UsageError(
            "there is no key file {path}",
            "without it nothing opens",
            "restore it from a backup",
            path=path,
        ) from None
    except VaultError:
        raise UsageError("the passphrase does not open the keys", "", "try again") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            "{path} is not a readable key file ({error})",
            "",
            "restore it from a backup",
            path=path,
            error=error,
        ) from None
    return Vault(
        tuple(plain[k : k + KEY_BYTES] for k in range(0, len(plain), KEY_BYTES)),
    )


def recovery_words(vault: Vault) -> list[str]:
    """The master keys as lines to print and lock away: letters and digits, each with a check."""
    lines = []
    for number, master in enumerate(vault.masters):
        text = b32encode(master).decode().rstrip("=")
        check = sha256(bytes([number]) + master).hexdigest()[:4].upper()
        groups = " ".join(text[k : k + 4] for k in range(0, len(text), 4))
        lines.append(f"{number}: {groups} {check}")
    return lines


def from_recovery_words(lines: list[str]) -> Vault:
    """The vault of a printed sheet.

    Raises
    ------
    UsageError : a line that was copied wrongly
    """
    masters = []
    for number, line in enumerate(line for line in lines if line.strip()):
        words = line.partition(":")[2].upper().split()
        text = "".join(words[:-1])
        try:
            master = b32decode(text + "=" * (-len(text) % 8))
        except ValueError:
            master = b""
        check = sha256(bytes([number]) + master).hexdigest()[:4].upper()
        if len(master) != KEY_BYTES or not words or words[-1] != check:
            raise UsageError(
                "line {line} of the sheet is not as it was printed",
                "",
                "look again",
                line=number + 1,
            )
        masters.append(master)
    if not masters:
        raise UsageError("the sheet has no lines", "one for each key is needed")
    return Vault(tuple(masters))


def is_protected(path: Path) -> bool:
    """Whether the key file asks for a passphrase; a broken one says so when it is opened."""
    try:
        return bool(json.loads(path.read_text("utf-8"))["protected"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def seal_file(plain: BinaryIO, sealed: BinaryIO, passphrase: str) -> None:
    """Seal a file of any length under a passphrase, a megabyte at a time.

    Each piece's nonce holds its number and whether it is the last: pieces that are changed, left
    out, put in another order or cut off do not open.
    """
    salt, prefix = secrets.token_bytes(16), secrets.token_bytes(7)
    cipher = AESGCM(_from_passphrase(passphrase, salt, SCRYPT))
    sealed.write(FILE_MARK + salt + prefix)
    piece, number = plain.read(PIECE_BYTES), 0
    while True:
        after = plain.read(PIECE_BYTES)
        sealed.write(cipher.encrypt(_piece_nonce(prefix, number, not after), piece, FILE_MARK))
        if not after:
            return
        piece, number = after, number + 1


def open_file(sealed: BinaryIO, plain: BinaryIO, passphrase: str) -> None:
    """What `seal_file` sealed.

    Raises
    ------
    UsageError : not such a file, another passphrase, or not whole
    """
    head = sealed.read(len(FILE_MARK) + 16 + 7)
    if not head.startswith(FILE_MARK):
        raise UsageError("this is not a sealed file of vermilion", "", "choose another")
    salt, prefix = head[len(FILE_MARK) : -7], head[-7:]
    cipher = AESGCM(_from_passphrase(passphrase, salt, SCRYPT))
    piece, number = sealed.read(PIECE_BYTES + 16), 0
    while True:
        after = sealed.read(PIECE_BYTES + 16)
        nonce = _piece_nonce(prefix, number, not after)
        try:
            plain.write(cipher.decrypt(nonce, piece, FILE_MARK))
        except (InvalidTag, ValueError):
            raise UsageError(
                "the passphrase does not open this file, or the file is not whole",
                "",
                "try again, or take another copy",
            ) from None
        if not after:
            return
        piece, number = after, number + 1


def _piece_nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _from_passphrase(passphrase: str, salt: bytes, costs: dict[str, int]) -> bytes:
    return Scrypt(salt=salt, length=KEY_BYTES, **costs).derive(passphrase.encode())


def _encrypt(key: bytes, name: str, content: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, name.encode())


def _decrypt(key: bytes, name: str, sealed: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], name.encode())
    except (InvalidTag, ValueError):
        raise VaultError(
            "a sealed object does not open", "its key and name must fit", "restore a backup"
        ) from None


_OPENED: list[Vault] = []


def unlock(vault: Vault) -> None:
    """Give this process the keys; `serve` does it once, after the passphrase."""
    _OPENED[:] = [vault]


def current() -> Vault:
    """The vault of this process.

    Raises
    ------
    VaultError : nobody unlocked it
    """
    if not _OPENED:
        raise VaultError("the keys are locked", "the studio must be started with `vermilion serve`")
    return _OPENED[0]
