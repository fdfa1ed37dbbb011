"""The roles of the people who log in, and the groups that pages are opened to."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    OWNER = "owner"
    PRACTITIONER = "practitioner"
    ASSISTANT = "assistant"
    RECEPTION = "reception"
    AUDITOR = "auditor"


Roles = frozenset[Role]

EVERYBODY: Roles = frozenset(Role)
STAFF: Roles = EVERYBODY - {Role.AUDITOR}
CLINICAL: Roles = frozenset({Role.OWNER, Role.PRACTITIONER, Role.ASSISTANT})
TREATING: Roles = frozenset({Role.OWNER, Role.PRACTITIONER})
OWNER: Roles = frozenset({Role.OWNER})
LOG_READERS: Roles = frozenset({Role.OWNER, Role.AUDITOR})

WITHOUT_LOGIN: Roles = frozenset()
"""Marks the few pages that stand before the login; they check a code or a link of their own."""
