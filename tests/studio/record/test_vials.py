"""Toxin as it is mixed: strength and time follow from it, and nothing is used silently."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.studio.conftest import lot, ready_for
from vermilion.errors import UsageError
from vermilion.studio.models import AuditEntry, Client, Entry, Lot, Person, Vial
from vermilion.studio.record import stock, vials, visits
from vermilion.studio.record.vials import Mixing
from vermilion.studio.record.visits import Taken
from vermilion.studio.voices import voice_of

pytestmark = pytest.mark.django_db


def toxin(by: Person, key: str = "ona", number: str = "A1", amount: int = 200) -> Lot:
    one = lot(by, number, amount=amount)
    Lot.objects.filter(pk=one.pk).update(toxin=key)
    one.refresh_from_db()
    return one


def mixed(
    by: Person, of: Lot, hours_ago: float = 0, discard_at: datetime | None = None, units: int = 100
) -> Vial:
    when = timezone.now() - timedelta(hours=hours_ago)
    given = Mixing(Decimal(units), Decimal("2.5"), when, discard_at)
    return vials.mix(of, given, voice_of(), by)


def chart(client: Client, by: Person, taken: Taken, product: str = "ona") -> Entry:
    content = {"units": 4, "product": product}
    return visits.chart(client, voice_of(), "flip", timezone.localdate(), content, [taken], by)


@pytest.mark.parametrize(("key", "hours"), [("ona", 24), ("praba", 24), ("inco", 24), ("daxi", 72)])
def test_the_time_to_throw_it_away_is_the_labels(owner: Person, key: str, hours: int) -> None:
    vial = mixed(owner, toxin(owner, key))
    assert vial.discard_at - vial.mixed_at == timedelta(hours=hours)


def test_units_in_a_tenth_of_a_millilitre_follow_from_the_mixing(owner: Person) -> None:
    line = vials.line_of(mixed(owner, toxin(owner)), timezone.now())
    assert line.dilution.units_per_tenth_ml == pytest.approx(4.0)
    assert line.left == 100


@pytest.mark.parametrize("key", ["abo", ""])
def test_without_a_label_at_hand_somebody_must_say_the_time(owner: Person, key: str) -> None:
    of = toxin(owner, key)
    with pytest.raises(UsageError, match="write the time from its leaflet"):
        mixed(owner, of)
    until = timezone.now() + timedelta(hours=4)
    assert mixed(owner, of, discard_at=until).discard_at == until


@pytest.mark.parametrize("hours", [-1, 25])
def test_a_typed_time_is_never_later_than_the_labels(owner: Person, hours: int) -> None:
    with pytest.raises(UsageError, match="does not fit"):
        mixed(owner, toxin(owner), discard_at=timezone.now() + timedelta(hours=hours))
    assert not Vial.objects.exists()


@pytest.mark.parametrize(
    ("units", "diluent", "ahead_hours"), [(201, 2.5, 0), (0, 2.5, 0), (100, 0, 0), (100, 2.5, 1)]
)
def test_a_mixing_that_makes_no_sense_is_not_written(
    owner: Person, units: int, diluent: float, ahead_hours: int
) -> None:
    when = timezone.now() + timedelta(hours=ahead_hours)
    with pytest.raises(UsageError):
        vials.mix(
            toxin(owner), Mixing(Decimal(units), Decimal(str(diluent)), when), voice_of(), owner
        )
    assert not Vial.objects.exists()


def test_only_toxin_is_mixed(owner: Person) -> None:
    with pytest.raises(UsageError, match="is no toxin"):
        mixed(owner, lot(owner, kind="pigment"), discard_at=timezone.now() + timedelta(hours=1))


def test_what_is_mixed_twice_is_not_there_twice(owner: Person) -> None:
    of = toxin(owner)
    mixed(owner, of)
    mixed(owner, of)
    assert stock.line_of(of, timezone.localdate()).unmixed == 0
    with pytest.raises(UsageError, match="of this lot are not mixed"):
        mixed(owner, of)


def test_a_visit_takes_from_the_vial_and_keeps_how_it_was_mixed(ana: Client, owner: Person) -> None:
    ready_for(ana, "flip", owner)
    of = toxin(owner)
    vial = mixed(owner, of)
    entry = chart(ana, owner, Taken(of, Decimal(4), Decimal(1), vial))
    told = entry.content["lots"][0]["vial"]
    assert (told["units"], told["diluent_ml"], told["mixed_by"]) == ("100", "2.5", owner.display)
    assert datetime.fromisoformat(told["discard_at"]) == vial.discard_at
    assert vials.line_of(vial, timezone.now()).left == 95
    assert stock.line_of(of, timezone.localdate()).left == 195


def test_more_than_the_vial_holds_is_not_taken(ana: Client, owner: Person) -> None:
    ready_for(ana, "flip", owner)
    of = toxin(owner)
    with pytest.raises(UsageError, match="are left in this vial"):
        chart(ana, owner, Taken(of, Decimal(4), Decimal(97), mixed(owner, of)))
    assert not Entry.objects.filter(kind="visit").exists()


@pytest.mark.parametrize(
    ("hours_ago", "past"), [(23.9, False), (24.1, True)], ids=["in its time", "past it"]
)
def test_past_its_time_a_vial_is_used_with_a_reason_or_not_at_all(
    ana: Client, owner: Person, hours_ago: float, past: bool
) -> None:
    ready_for(ana, "flip", owner)
    of = toxin(owner)
    vial = mixed(owner, of, hours_ago)
    assert vials.line_of(vial, timezone.now()).past is past
    if not past:
        chart(ana, owner, Taken(of, Decimal(4), vial=vial))
        return
    with pytest.raises(UsageError, match=r"had to be thrown away at .*write why"):
        chart(ana, owner, Taken(of, Decimal(4), vial=vial))
    assert not Entry.objects.filter(kind="visit").exists()
    entry = chart(ana, owner, Taken(of, Decimal(4), vial=vial, reason="the last of the day"))
    assert entry.content["lots"][0]["vial"]["reason"] == "the last of the day"


@pytest.mark.parametrize(("key", "alone"), [("praba", True), ("inco", True), ("ona", False)])
def test_a_vial_for_one_client_is_not_silently_used_for_a_second(
    ana: Client, beth: Client, owner: Person, key: str, alone: bool
) -> None:
    of = toxin(owner, key)
    vial = mixed(owner, of)
    for client in (ana, beth):
        ready_for(client, "flip", owner)
    chart(ana, owner, Taken(of, Decimal(4), vial=vial), key)
    chart(ana, owner, Taken(of, Decimal(4), vial=vial), key)
    if alone:
        with pytest.raises(UsageError, match="one client for one vial"):
            chart(beth, owner, Taken(of, Decimal(4), vial=vial), key)
    else:
        chart(beth, owner, Taken(of, Decimal(4), vial=vial), key)


def test_a_lot_of_another_toxin_than_the_plans_is_refused(ana: Client, owner: Person) -> None:
    ready_for(ana, "flip", owner)
    of = toxin(owner, "daxi")
    with pytest.raises(
        UsageError, match="is daxibotulinumtoxinA, the plan says onabotulinumtoxinA"
    ):
        chart(ana, owner, Taken(of, Decimal(4), vial=mixed(owner, of)))


def test_a_recalled_lot_bars_its_vials(ana: Client, owner: Person) -> None:
    ready_for(ana, "flip", owner)
    of = toxin(owner)
    vial = mixed(owner, of)
    stock.recall(of, owner)
    with pytest.raises(UsageError, match="is recalled"):
        chart(ana, owner, Taken(of, Decimal(4), vial=vial))


def test_what_is_thrown_away_leaves_the_stock_once(owner: Person) -> None:
    of = toxin(owner)
    vial = mixed(owner, of)
    vials.throw_away(vial, owner)
    assert stock.line_of(of, timezone.localdate()).left == 100
    assert vials.open_vials(timezone.now()) == []
    with pytest.raises(UsageError, match="thrown away already"):
        vials.throw_away(vial, owner)
    assert AuditEntry.objects.filter(what=f"vial:{vial.pk}").count() == 2


def test_a_clock_put_back_is_noticed_and_one_put_forward_ends_the_vial(
    ana: Client, owner: Person
) -> None:
    vial = mixed(owner, toxin(owner))
    back, forward = vial.mixed_at - timedelta(days=1), vial.mixed_at + timedelta(days=1)
    (words,) = vials.objections(vial, ana, voice_of(), back)
    assert "look at the clock" in words
    (words,) = vials.objections(vial, ana, voice_of(), forward)
    assert "thrown away" in words
    assert vials.objections(vial, ana, voice_of(), vial.mixed_at) == []


def test_the_objections_are_said_in_the_readers_language(ana: Client, owner: Person) -> None:
    vial = mixed(owner, toxin(owner))
    (words,) = vials.objections(vial, ana, voice_of(language="es"), vial.discard_at)
    assert words.startswith("El vial se tenía que desechar")
