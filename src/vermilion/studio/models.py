"""What the studio remembers. Everything that tells of a client is sealed; the rest is bare ids.

A client's card and the entries of the record are sealed with the client's own key, a photo with a
key of its own: erasing destroys the keys, and what is left (ids, dates, lines of the log) says
nothing. A record is only added to: an entry is never changed, another one follows it (`about`).
"""

from __future__ import annotations

import json
import uuid
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone

from vermilion.studio import vault
from vermilion.studio.roles import EVERYBODY


class Person(AbstractUser):
    """Someone who logs in.

    pin : hashed; it lifts a locked screen and opens nothing else
    hours : the own ones, as `record.hours` keeps them; empty: the practice's
    """

    role = models.CharField(
        max_length=16, choices=[(one.value, one.value) for one in sorted(EVERYBODY)]
    )
    pin = models.CharField(max_length=128, blank=True, default="")
    hours = models.JSONField(default=dict, blank=True)

    @property
    def display(self) -> str:
        return self.get_full_name() or self.username


class Client(models.Model):
    """One client. `card` holds name, birth date, contact, language; sealed.

    edition : counts the changes of the card, so that two people cannot overwrite each other
    restricted_at : since when the record is only kept, because a law asks for it
    merged_into : the record of the same person that this one was joined to
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True, blank=True)
    restricted_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="merged"
    )
    edition = models.PositiveIntegerField(default=0)
    wrapped_key = models.BinaryField(default=b"")
    sealed_card = models.BinaryField(default=b"")

    @property
    def secret_name(self) -> str:
        return f"client:{self.id}"

    @property
    def card(self) -> dict[str, Any]:
        """The card as a dict; empty after erasure."""
        return {} if self.erased_at is not None else self.opened(self.sealed_card)

    @card.setter
    def card(self, card: dict[str, Any]) -> None:
        if not self.wrapped_key:
            self.wrapped_key = vault.current().new_key(self.secret_name)
        self.sealed_card = self.sealed(card)

    def in_use(self) -> Client:
        """The record as it is now, locked until the transaction ends: what was joined to another
        record since it was opened leads there."""
        fresh = Client.objects.select_for_update().get(pk=self.pk)
        return fresh if fresh.merged_into is None else fresh.merged_into.in_use()

    def sealed(self, content: dict[str, Any]) -> bytes:
        """Something of this client's, sealed with the client's key."""
        text = json.dumps(content, ensure_ascii=False).encode()
        return vault.current().seal_with(self.secret_name, bytes(self.wrapped_key), text)

    def opened(self, sealed: bytes | memoryview) -> dict[str, Any]:
        """What `sealed` made."""
        content: dict[str, Any] = json.loads(
            vault.current().open(self.secret_name, bytes(self.wrapped_key), bytes(sealed))
        )
        return content


class Apart(models.Model):
    """Two records that look alike and are of two people; somebody has looked."""

    first = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="apart_once")]


class Entry(models.Model):
    """One dated entry of a client's record; never changed once it is there.

    kind : one of `record.entries.KINDS`
    by : who wrote it; empty where the client did
    about : the entry that this one continues: an addendum, a consent's signature, a closing
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=24)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True)
    about = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True)
    sealed = models.BinaryField(default=b"")

    class Meta:
        indexes = [models.Index(fields=["client", "kind", "at"])]

    @cached_property
    def content(self) -> dict[str, Any]:
        """What was written; empty after erasure."""
        return {} if self.client.erased_at is not None else self.client.opened(self.sealed)


class Appointment(models.Model):
    """A visit in the calendar. `content` holds purpose, treatment, step and why it was kept where
    something spoke against it; sealed."""

    STATES = ("planned", "arrived", "done", "missed", "cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="appointments")
    starts_at = models.DateTimeField(db_index=True)
    minutes = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    state = models.CharField(max_length=12, default="planned")
    edition = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)
    sealed = models.BinaryField(default=b"")

    @property
    def content(self) -> dict[str, Any]:
        return {} if self.client.erased_at is not None else self.client.opened(self.sealed)


class Document(models.Model):
    """A file that came with a client, sealed in the tables with a key of its own; its entry says
    what it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="documents")
    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="document")
    wrapped_key = models.BinaryField(default=b"")
    sealed = models.BinaryField(default=b"")

    @property
    def secret_name(self) -> str:
        return f"document:{self.id}"


class Photo(models.Model):
    """One photo: sealed bytes in the data folder, its key here.

    view : one of `record.kept_photos.VIEWS`; swollen : taken at once after treatment, not a result
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="photos")
    taken_at = models.DateTimeField()
    added_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True)
    view = models.CharField(max_length=16)
    swollen = models.BooleanField(default=False)
    wrapped_key = models.BinaryField(default=b"")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "digest"], name="the_same_photo_once")
        ]

    @property
    def secret_name(self) -> str:
        return f"photo:{self.id}"


class TradeItem(models.Model):
    """What a GTIN (the number on a pack, GS1) stands for; asked once, then known.

    toxin : a key as `treat.plan.product` takes it, "" for all else; amount : what one pack holds
    """

    gtin = models.CharField(max_length=14, primary_key=True)
    kind = models.CharField(max_length=16)
    product = models.CharField(max_length=80)
    toxin = models.CharField(max_length=48, blank=True, default="")
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    unit = models.CharField(max_length=8)


class Lot(models.Model):
    """One lot of a product in stock. Amounts are in `unit`: units of toxin, mL, pieces.

    toxin : a key as `treat.plan.product` takes it, "" for all else or where nobody said
    thrown : what was left when the lot was thrown away: when, by whom, and why
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=16)
    product = models.CharField(max_length=80)
    toxin = models.CharField(max_length=48, blank=True, default="")
    gtin = models.CharField(max_length=14, blank=True, default="")
    number = models.CharField(max_length=40)
    expires_on = models.DateField()
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    unit = models.CharField(max_length=8)
    added_at = models.DateTimeField(default=timezone.now)
    recalled_at = models.DateTimeField(null=True, blank=True)
    thrown = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    thrown_at = models.DateTimeField(null=True, blank=True)
    thrown_by = models.ForeignKey("Person", on_delete=models.PROTECT, null=True, blank=True)
    thrown_why = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "number"], name="a_lot_stands_once")
        ]


class Pack(models.Model):
    """One pack whose serial number was read, so that it is not counted twice."""

    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="packs")
    gtin = models.CharField(max_length=14)
    serial = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gtin", "serial"], name="a_pack_is_counted_once")
        ]


class Vial(models.Model):
    """Toxin of a lot as it was mixed. units : of the lot's product, in the whole vial

    thrown : units that went with the vial when it was thrown away
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="vials")
    units = models.DecimalField(max_digits=9, decimal_places=2)
    diluent_ml = models.DecimalField(max_digits=6, decimal_places=2)
    mixed_at = models.DateTimeField()
    mixed_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    discard_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    thrown = models.DecimalField(max_digits=9, decimal_places=2, default=0)


class LotUse(models.Model):
    """What one entry took out of a lot, waste included; out of a mixed vial of it, where named."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="uses")
    vial = models.ForeignKey(
        Vial, on_delete=models.PROTECT, null=True, blank=True, related_name="uses"
    )
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="lots")
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    wasted = models.DecimalField(max_digits=9, decimal_places=2, default=0)


class Task(models.Model):
    """Something on a named person's list until it is closed: a complaint, a follow-up.

    entry : what it is about; urgency : "emergency", "same_day", "call" or "routine"
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="tasks")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, null=True, blank=True)
    kind = models.CharField(max_length=24)
    urgency = models.CharField(max_length=12, default="routine")
    due_on = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)


class Link(models.Model):
    """A client's own page: the hash of the secret in the address, and when it ends.

    failures : wrong birth dates in a row; locked_until : no further try before
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=16)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)


class Feed(models.Model):
    """A calendar to subscribe to, of a person or of a client: the hash of its secret address.

    detail : how much it says, one of `record.feeds.DETAILS`
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True)
    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, null=True, blank=True, related_name="feeds"
    )
    digest = models.CharField(max_length=64, unique=True)
    detail = models.CharField(max_length=16)
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)


class Questionnaire(models.Model):
    """A screening that a client answers at home, one question at a time.

    by : who asked for it; edition : counts its changes; entry : the screening that came of it
    sealed : treatments and the answers so far; empty once they are in the record
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="questionnaires")
    by = models.ForeignKey(Person, on_delete=models.PROTECT)
    made_at = models.DateTimeField(default=timezone.now)
    edition = models.PositiveIntegerField(default=0)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, null=True, blank=True)
    sealed = models.BinaryField(default=b"")


class Token(models.Model):
    """A key to the API: its hash, what it may do, and until when. Shown once, never again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)


class AuditEntry(models.Model):
    """One line of the log: who did what to which object. Append-only, chained (see `audit`)."""

    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    action = models.CharField(max_length=40)
    what = models.CharField(max_length=80)
    chain = models.CharField(max_length=64)
