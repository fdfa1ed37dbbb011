"""The roles of the people who log in, and the groups that pages are opened to."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    OWNER = "owner"
    PRACTITIONER = "practitioner"
    ASSISTANT = "assistant"
    RECEPTION = "reception"
    AUDITOR = "auditor"
    CLIENT = "client"  # nobody logs in as one: a client comes by a link and a birth date
    ANYBODY = "anybody"  # marks the few pages that stand before all doors


Roles = frozenset[Role]

BY_LINK: Roles = frozenset({Role.CLIENT})
WITHOUT_LOGIN: Roles = frozenset({Role.ANYBODY})
EVERYBODY: Roles = frozenset(Role) - BY_LINK - WITHOUT_LOGIN
STAFF: Roles = EVERYBODY - {Role.AUDITOR}
CLINICAL: Roles = frozenset({Role.OWNER, Role.PRACTITIONER, Role.ASSISTANT})
TREATING: Roles = frozenset({Role.OWNER, Role.PRACTITIONER})
OWNER: Roles = frozenset({Role.OWNER})
LOG_READERS: Roles = frozenset({Role.OWNER, Role.AUDITOR})
