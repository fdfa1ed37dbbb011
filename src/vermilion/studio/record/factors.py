"""What second factors are made from, sealed: who reads the tables alone can make no code of them.

Public: `seal`, `open_sealed`, `rewrap_all`.

A sealed text carries its own wrapped key, so that it can stand where allauth keeps a plain one.
What was kept plain before is read as it is, and sealed at the next turning over of keys.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

from allauth.mfa.models import Authenticator

from vermilion.studio import vault

NAME = "second factor"
MARK = "sealed:"
SECRETS = ("secret", "seed")
"""What allauth keeps of a code app, and of the codes for a lost phone."""


def seal(plain: str) -> str:
    """ "sealed:<wrapped key>:<content>"."""
    key = vault.current().new_key(NAME)
    return _told(key, vault.current().seal_with(NAME, key, plain.encode()))


def open_sealed(kept: str) -> str:
    """What `seal` made; a text that was never sealed comes back as it is.

    Raises
    ------
    VaultError : another practice's, or changed
    """
    if not kept.startswith(MARK):
        return kept
    key, content = _parts(kept)
    return vault.current().open(NAME, key, content).decode()


def rewrap_all() -> int:
    """Under the newest master key, in the transaction of who turns the keys; gives how many."""
    count = 0
    for row in Authenticator.objects.select_for_update():
        for name in SECRETS:
            kept = row.data.get(name)
            if not kept:
                continue
            if kept.startswith(MARK):
                key, content = _parts(kept)
                row.data[name] = _told(vault.current().rewrap(NAME, key), content)
            else:
                row.data[name] = seal(kept)
            count += 1
        row.save(update_fields=["data"])
    return count


def _told(key: bytes, content: bytes) -> str:
    return MARK + ":".join(urlsafe_b64encode(part).decode() for part in (key, content))


def _parts(kept: str) -> tuple[bytes, bytes]:
    key, _, content = kept.removeprefix(MARK).partition(":")
    return urlsafe_b64decode(key), urlsafe_b64decode(content)
