"""What every page knows: the menu of this role, the language, the practice's name."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from vermilion.studio.access import limits
from vermilion.studio.routes import ROLES
from vermilion.studio.uploads import LIMIT_BYTES
from vermilion.studio.voices import own_rules

MENU = (
    ("today", "Today"),
    ("clients", "Clients"),
    ("week", "Calendar"),
    ("mirror", "Mirror"),
    ("stock", "Stock"),
    ("people", "People"),
    ("practice", "Settings"),
    ("tokens", "API keys"),
    ("log", "Log"),
)


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """`may.<page>` says whether this role opens a page."""
    role = getattr(getattr(request, "user", None), "role", "")
    match = getattr(request, "resolver_match", None)
    return {
        "menu": [(name, words) for name, words in MENU if role in ROLES[name]],
        "may": {name: role in roles for name, roles in ROLES.items()},
        "language": (get_language() or "en").partition("-")[0],
        "here": "" if match is None else match.url_name,
        "practice": own_rules().name,
        "lock_minutes": limits().lock_minutes if role else 0,
        "most_mb": LIMIT_BYTES // 1024**2,
    }
