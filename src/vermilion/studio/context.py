"""What every page knows: the menu of this role, the language, the practice's name."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from vermilion.studio.access import limits
from vermilion.studio.roles import Role
from vermilion.studio.routes import ROLES
from vermilion.studio.uploads import LIMIT_BYTES
from vermilion.studio.voices import broken_rules, own_rules, refusal

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


def dial(telephone: str) -> str:
    """As a telephone dials it: "+34 (0)611-22" is +3461122."""
    return "".join(c for c in telephone.replace("(0)", "") if c in "+0123456789")


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """`may.<page>` says whether this role opens a page."""
    role = getattr(getattr(request, "user", None), "role", "")
    match = getattr(request, "resolver_match", None)
    here = "" if match is None else match.url_name or ""
    rules, broken = own_rules(), broken_rules()
    return {
        "menu": [(name, words) for name, words in MENU if role in ROLES[name]],
        "may": {name: role in roles for name, roles in ROLES.items()},
        "language": (get_language() or "en").partition("-")[0],
        "here": here,
        "in_login": here == "me" or here.startswith(("mfa_", "account_")),
        "practice": rules.name,
        "broken_rules": refusal(broken) if broken is not None and role == Role.OWNER else "",
        "reached": {
            "telephone": rules.telephone,
            "dial": dial(rules.telephone),
            "address": rules.address,
        },
        "lock_minutes": limits().lock_minutes if role else 0,
        "most_mb": LIMIT_BYTES // 1024**2,
    }
