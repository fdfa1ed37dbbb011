"""Two records that may be of one person: found by name, birth date, telephone and mail.

Public: `Pair`, `likely`, `keep_apart`.

One likeness alone is not enough: twins share a birth date, a mother and her daughter a telephone.
Who has looked at a pair and said that these are two people does not see it again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.db import transaction
from rapidfuzz import fuzz, process

from vermilion.studio import audit
from vermilion.studio.models import Apart, Client, Person
from vermilion.studio.record.cards import card_of
from vermilion.studio.record.search import plain

NEAR = 80
"""Of 100, order of the words left aside: "García Ana" is "Ana Garcia", "Jon Smith" "John Smith"."""
SAME = 95
PHONE_DIGITS = 7
"""Fewer say nothing; of more the last nine are compared, so that a country's prefix may lack."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, the older first. same : what they share, of name, born, phone, email"""

    first: Client
    second: Client
    same: tuple[str, ...]


def likely(clients: Iterable[Client]) -> list[Pair]:
    """Pairs that share two things, or a name where one birth date lacks; the likeliest first."""
    rows = sorted(clients, key=lambda one: one.created_at)
    looked_at = {frozenset(pair) for pair in Apart.objects.values_list("first", "second")}
    found = {}
    for first, second in _candidates(rows):
        both = frozenset((rows[first].pk, rows[second].pk))
        same = _same(rows[first], rows[second])
        if both not in looked_at and _enough(rows[first], rows[second], same):
            found[both] = Pair(rows[first], rows[second], same)
    return sorted(found.values(), key=lambda pair: -len(pair.same))


def keep_apart(first: Client, second: Client, by: Person) -> None:
    """These are two people."""
    one, other = sorted((first.pk, second.pk))
    with transaction.atomic():
        Apart.objects.get_or_create(first_id=one, second_id=other)
        audit.record(by.username, "two people", f"client:{first.pk}")
        audit.record(by.username, "two people", f"client:{second.pk}")


def _candidates(rows: list[Client]) -> Iterator[tuple[int, int]]:
    """Numbers of rows that share a birth date, telephone or mail, or are nearly of one name."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for k, row in enumerate(rows):
        for key in ("born", "phone", "email"):
            value = _value(row, key)
            if value:
                groups[key, value].append(k)
    for group in groups.values():
        yield from combinations(group, 2)
    names = [_value(row, "name") for row in rows]
    for k, row in enumerate(rows):
        if not _value(row, "born"):
            alike = process.extract(
                names[k], names, scorer=fuzz.token_sort_ratio, score_cutoff=SAME, limit=5
            )
            yield from ((min(k, j), max(k, j)) for _, _, j in alike if j != k)


def _enough(first: Client, second: Client, same: tuple[str, ...]) -> bool:
    if len(same) >= 2:
        return True
    return same == ("name",) and not (_value(first, "born") and _value(second, "born"))


def _same(first: Client, second: Client) -> tuple[str, ...]:
    alike = fuzz.token_sort_ratio(_value(first, "name"), _value(second, "name"))
    found = ["name"] if alike >= NEAR else []
    for key in ("born", "phone", "email"):
        value = _value(first, key)
        if value and value == _value(second, key):
            found.append(key)
    return tuple(found)


def _value(client: Client, key: str) -> str:
    given = str(card_of(client).get(key, "") or "")
    if key == "phone":
        digits = "".join(letter for letter in given if letter.isdigit())
        return digits[-9:] if len(digits) >= PHONE_DIGITS else ""
    return plain(given)
