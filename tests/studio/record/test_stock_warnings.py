"""What the stock lacks stands on Today, with a way to mend it, and goes when it is mended."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client as Browser
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.studio.conftest import lot as toxin_lot
from tests.studio.conftest import vial as mixed
from tests.studio.record.test_stock import add
from vermilion.errors import UsageError
from vermilion.studio.models import AuditEntry, Client, Entry, Lot, Person, Vial
from vermilion.studio.record import entries, stock, vials
from vermilion.studio.record.stock_warnings import StockWarnings, stock_warnings
from vermilion.studio.roles import Role

pytestmark = pytest.mark.django_db


def warned() -> StockWarnings:
    now = timezone.now()
    return stock_warnings(now, stock.lines(timezone.localdate(now)))


def used(client: Client, by: Person, lot: Lot, amount: str) -> Entry:
    today = timezone.localdate()
    entry = entries.add(client, "visit", {"treatment": "blush", "day": today.isoformat()}, by=by)
    stock.take(entry, lot, Decimal(amount), Decimal(0), today)
    return entry


def lots() -> list[str]:
    return [line.lot.number for line in warned().lots]


def test_a_full_fresh_stock_says_nothing(owner: Person, desk: Browser) -> None:
    add(owner)
    assert not warned()
    assert 'id="stock"' not in desk.get("/").content.decode()


def test_a_low_lot_is_news_until_another_of_the_product_lies_beside_it(
    ana: Client, owner: Person
) -> None:
    used(ana, owner, add(owner), "8.1")
    assert lots() == ["P1"]
    add(owner, number="Q1", product="Another")
    assert lots() == ["P1"]
    add(owner, number="P2")
    assert lots() == []


def test_a_product_used_up_is_news_while_it_was_in_use(ana: Client, owner: Person) -> None:
    entry = used(ana, owner, add(owner), "10")
    assert lots() == ["P1"]
    long_ago = timezone.now() - timedelta(days=stock.SOON_DAYS + 1)
    Entry.objects.filter(pk=entry.pk).update(at=long_ago)
    assert lots() == []
    Entry.objects.filter(pk=entry.pk).update(at=timezone.now())
    add(owner, number="P2")
    assert lots() == []


@pytest.mark.parametrize(("days", "told"), [(30, True), (31, False), (0, True), (-1, True)])
def test_a_lot_is_told_30_days_before_it_expires_and_until_it_is_thrown_away(
    owner: Person, days: int, told: bool
) -> None:
    add(owner, expires_on=timezone.localdate() + timedelta(days=days))
    assert (lots() == ["P1"]) is told


def test_an_open_vial_is_told_with_its_time_until_it_is_thrown_away(
    owner: Person, desk: Browser
) -> None:
    vial = mixed(owner, toxin_lot(owner))
    found = warned()
    assert [(one.vial, one.past) for one in found.vials] == [(vial, False)]
    Vial.objects.filter(pk=vial.pk).update(discard_at=timezone.now() - timedelta(minutes=1))
    page = desk.get("/").content.decode()
    assert "past its time" in page
    assert f'href="/stock/vials/{vial.pk}/"' in page
    vials.throw_away(vial, owner)
    assert not warned().vials


def test_the_link_opens_a_new_lot_of_the_same_product(
    ana: Client, owner: Person, desk: Browser
) -> None:
    low = add(owner)
    used(ana, owner, low, "9")
    address = f"/stock/new/?like={low.pk}"
    assert f'href="{address}"' in desk.get("/").content.decode()
    page = desk.get(address).content.decode()
    assert 'value="Rose"' in page
    assert '<option value="pigment" selected' in page
    assert 'value="P1"' not in page
    assert desk.get("/stock/new/?like=nothing").status_code == 200


def test_who_may_not_open_the_stock_is_told_nothing_of_it(
    owner: Person, people: dict[Role, Person]
) -> None:
    toxin_lot(owner)
    add(owner, expires_on=timezone.localdate() + timedelta(days=3))
    browser = Browser()
    browser.force_login(people[Role.RECEPTION])
    assert 'id="stock"' not in browser.get("/").content.decode()


def test_many_lots_cost_no_more_questions_than_one(
    owner: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for k in range(20):
        add(owner, number=f"P{k}")
    with django_assert_num_queries(3):
        assert len(stock.lines(timezone.localdate())) == 20


def test_an_expired_lot_is_thrown_away_whole_with_its_open_vial_and_the_reason(
    owner: Person, desk: Browser
) -> None:
    lot = toxin_lot(owner)
    mixed(owner, lot)
    Lot.objects.filter(pk=lot.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    page = desk.get("/").content.decode()
    assert f'href="/stock/{lot.pk}/#throw"' in page
    where = f"/stock/{lot.pk}/throw/"
    assert "a reason is needed" in desk.post(where, {"why": " "}, follow=True).content.decode()
    assert lots() == ["A1"]
    shown = desk.post(where, {"why": "Expired, sharps bin"}, follow=True).content.decode()
    assert "Expired, sharps bin" in shown
    line = stock.line_of(Lot.objects.get(), timezone.localdate())
    assert (line.left, line.unmixed, line.barred) == (0, 0, stock.THROWN)
    assert (line.lot.thrown, line.lot.thrown_by) == (50, owner)
    assert Vial.objects.get().thrown == 50
    assert AuditEntry.objects.filter(action="throw lot away", what=f"lot:{lot.pk}").count() == 1
    assert not warned()
    assert "is not thrown away" in desk.post(where, {"why": "again"}, follow=True).content.decode()
    with pytest.raises(UsageError):
        stock.add_more(line.lot, Decimal(1), owner)


def test_a_lot_that_may_be_used_is_not_thrown_away(owner: Person) -> None:
    lot = add(owner)
    with pytest.raises(UsageError, match="expired or recalled"):
        stock.throw_away(lot, "full shelf", owner, timezone.localdate())
    stock.recall(lot, owner)
    assert lots() == ["P1"]
    stock.throw_away(lot, "sent back to the maker", owner, timezone.localdate())
    assert lots() == []
