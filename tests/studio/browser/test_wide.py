"""A calendar with lanes breaks no word; a large screen is used from edge to edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.studio.browser.conftest import log_in
from tests.studio.conftest import booked
from vermilion.studio.models import Person
from vermilion.studio.record import clients

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.django_db(transaction=True)
BROKEN = """() => [...document.querySelectorAll(".slot strong, .slot .small")].flatMap((line) => {
  const found = [], walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) for (const word of walk.currentNode.data.matchAll(/[^\\s-]+/g)) {
    const range = document.createRange();
    range.setStart(walk.currentNode, word.index);
    range.setEnd(walk.currentNode, word.index + word[0].length);
    const tops = [...range.getClientRects()].map((box) => Math.round(box.top));
    if (new Set(tops).size > 1) found.push(word[0]);
  }
  return found;
})"""


def test_lanes_break_no_word_and_a_day_fills_a_large_screen(
    browser: Browser, live_server: object, practitioner: Person
) -> None:
    practitioner.last_name = "Practitionerwithalongname"
    practitioner.save()
    other = Person.objects.create(username="olga", role="practitioner", first_name="Olga")
    for name, person in (("Bartholomea Featherstonehaugh", practitioner), ("Ana Sample", other)):
        client = clients.new_client({"name": name, "born": "1990-02-03"}, practitioner)
        there = booked(client, person)
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    log_in(page, live_server)
    page.goto(f"{live_server}/calendar/?from={there.starts_at:%Y-%m-%d}")
    assert page.locator(".hours.of2 .slot").count() == 2
    assert page.evaluate(BROKEN) == []
    page.set_viewport_size({"width": 3840, "height": 2160})
    for where in ("/", f"/clients/{client.pk}/"):
        page.goto(f"{live_server}{where}")
        edges = page.locator(".spread > div").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().right / innerWidth)"
        )
        assert len(edges) == 2
        assert edges[1] > 0.95
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    context.close()
