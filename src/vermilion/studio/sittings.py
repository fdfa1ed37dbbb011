"""Who is logged in on which device, until when, and whether the screen there is locked.

Public: `Limits`, `limits_of`, `Sitting`, `begin`, `state`, `lock`, `unlock`, `sittings`, `end`,
`end_others`, `pin_fault`.

All of it stands in the session itself, on the server: a locked screen is not a curtain in the
browser but a session that opens no page until its person's PIN or password comes. No address of a
device is kept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import check_password
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from vermilion.errors import UsageError
from vermilion.studio.models import Person
from vermilion.studio.roles import EVERYBODY, Role

LOCK_MINUTES, MOST_LOCK_MINUTES = 10, 60
HOURS, HOURS_AUDITOR, MOST_HOURS = 8, 2, 12
"""Own rules, no evidence; a practice may say others, up to the most."""
TRIES = 5
"""Wrong words for a locked screen; then the login itself ends."""
SEEN_SECONDS = 15
"""How exactly the last sign of life is kept: not every frame of a camera writes it."""
PIN = re.compile(r"\d{4,8}")
BROWSERS = {
    "Edg/": "Edge",
    "OPR/": "Opera",
    "Firefox/": "Firefox",
    "Chrome/": "Chrome",
    "CriOS/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "iPad": "iPad",
    "iPhone": "iPhone",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """lock_minutes : without a touch, until the screen locks; hours : of a login, by role"""

    lock_minutes: int
    hours: Mapping[Role, int]


@dataclass(frozen=True, slots=True)
class Sitting:
    """One login on one device. id : names it without naming its secret; ends_at : at the latest"""

    id: str
    person: Person
    device: str
    began: datetime
    seen: datetime
    ends_at: datetime
    locked: bool


def limits_of(table: Mapping[str, Any]) -> Limits:
    """The limits of a practice's table [studio].

    Raises
    ------
    UsageError : a number that cannot be
    """
    usual = {role: HOURS_AUDITOR if role == Role.AUDITOR else HOURS for role in EVERYBODY}
    hours = {
        role: _whole(table.get(f"hours_{role}", usual[role]), MOST_HOURS)
        for role in sorted(EVERYBODY)
    }
    return Limits(_whole(table.get("lock_minutes", LOCK_MINUTES), MOST_LOCK_MINUTES), hours)


def begin(session: SessionBase, agent: str) -> None:
    """Somebody logged in just now. agent : what the browser says it is"""
    now = timezone.now().timestamp()
    session.update({"began": now, "seen": now, "device": device(agent), "locked": False})


def state(session: SessionBase, person: Person, limits: Limits) -> str:
    """ "open", "locked" or "over"; an open one is alive from now on."""
    now = timezone.now().timestamp()
    began = session.setdefault("began", now)
    if now - began > limits.hours[Role(person.role)] * 3600:
        return "over"
    silent = now - session.get("seen", now)
    if session.get("locked") or silent > limits.lock_minutes * 60:
        if not session.get("locked"):
            session["locked"] = True
        return "locked"
    if silent > SEEN_SECONDS or "seen" not in session:
        session["seen"] = now
    return "open"


def lock(session: SessionBase) -> None:
    """Cover the screen now."""
    session["locked"] = True


def unlock(session: SessionBase, person: Person, words: str) -> bool:
    """Try a PIN or password; after too many wrong ones the session is emptied: log in anew."""
    right = person.check_password(words) or (bool(person.pin) and check_password(words, person.pin))
    if right:
        session.update({"locked": False, "tries": 0, "seen": timezone.now().timestamp()})
        return True
    session["tries"] = session.get("tries", 0) + 1
    if session["tries"] >= TRIES:
        session.flush()
    return False


def sittings(limits: Limits) -> list[Sitting]:
    """All logins that hold, the one last seen first."""
    people = {str(one.pk): one for one in Person.objects.filter(is_active=True)}
    found = []
    for row in Session.objects.filter(expire_date__gt=timezone.now()):
        data = row.get_decoded()
        person = people.get(str(data.get(SESSION_KEY, "")))
        if person is None or "began" not in data or not _holds(data, person):
            continue
        began = datetime.fromtimestamp(data["began"], timezone.get_current_timezone())
        ends = began + timedelta(hours=limits.hours[Role(person.role)])
        seen = datetime.fromtimestamp(data.get("seen", data["began"]), began.tzinfo)
        if ends > timezone.now():
            device_ = data.get("device", "")
            locked = bool(data.get("locked")) or _silent(seen, limits)
            found.append(
                Sitting(name_of(row.session_key), person, device_, began, seen, ends, locked)
            )
    return sorted(found, key=lambda one: one.seen, reverse=True)


def end(id: str, person: Person | None) -> Person | None:
    """End one login; person : whose it must be, None: anybody's. Gives whose it was, None where
    there is none."""
    for row in Session.objects.filter(expire_date__gt=timezone.now()):
        if name_of(row.session_key) == id:
            whose = str(row.get_decoded().get(SESSION_KEY, ""))
            if person is None or whose == str(person.pk):
                SessionStore(row.session_key).delete()
                return Person.objects.filter(pk=whose).first()
    return None


def end_others(session: SessionBase, person: Person) -> int:
    """End all other logins of a person; gives their number."""
    count = 0
    for row in Session.objects.filter(expire_date__gt=timezone.now()):
        whose = str(row.get_decoded().get(SESSION_KEY, ""))
        if whose == str(person.pk) and row.session_key != session.session_key:
            SessionStore(row.session_key).delete()
            count += 1
    return count


def name_of(session_key: str | None) -> str:
    """A name for a session that opens nothing."""
    return hashlib.sha256(f"sitting:{session_key}".encode()).hexdigest()[:16]


def pin_fault(pin: str) -> str:
    """Why a PIN is none, in English; "" where it will do."""
    if not PIN.fullmatch(pin):
        return "A PIN has four to eight digits."
    steps = {int(b) - int(a) for a, b in pairwise(pin)}
    if steps in ({0}, {1}, {-1}):
        return "This PIN is guessed at once; take another."
    return ""


def device(agent: str) -> str:
    """ "Chrome, Android"; empty where it says nothing known."""
    browser = next((words for sign, words in BROWSERS.items() if sign in agent), "")
    system = next((words for sign, words in SYSTEMS.items() if sign in agent), "")
    return ", ".join(part for part in (browser, system) if part)


def _holds(data: Mapping[str, Any], person: Person) -> bool:
    """Whether the password is still the one that this login was made with."""
    return constant_time_compare(data.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash())


def _silent(seen: datetime, limits: Limits) -> bool:
    return timezone.now() - seen > timedelta(minutes=limits.lock_minutes)


def _whole(given: Any, most: int) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or not 1 <= given <= most:
        raise UsageError(
            "'{given}' came", "a whole number from 1 to {most} is needed", given=given, most=most
        )
    return given
