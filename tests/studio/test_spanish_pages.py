"""Every page of a filled practice in Spanish: no English stands on it, seen or heard."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client as Browser
from django.urls import NoReverseMatch

from tests.studio.browser.conftest import phantom_jpeg, practitioner  # noqa: F401
from tests.studio.browser.test_every_page import address, ids  # noqa: F401
from vermilion.know.catalogue import catalogue
from vermilion.know.shelf import packaged
from vermilion.know.sources import sources
from vermilion.studio.models import Client, Person
from vermilion.studio.record.clients import change_card
from vermilion.studio.roles import BY_LINK
from vermilion.studio.routes import PAGES

pytestmark = pytest.mark.django_db(transaction=True)
ENGLISH = re.compile(
    r"\b(the|and|of|is|are|was|were|with|from|for|this|that|these|been|what|when|where|which|who|"
    r"you|your|they|their|its|there|nothing|nobody|each|every|days|weeks|months|years|lips|skin|"
    r"birth|client|clients|photos|needed|before|after|today|upper|lower|other|unknown)\b",
    re.IGNORECASE,
)
"""Words that Spanish does not have."""
TYPED = re.compile(r"the test wants it|\S+@example\.com|^(fine|flip|blush)$")
"""What the sample's people wrote themselves."""
NOT_SAID = {"script", "style", "code", "cite"}
THINGS = re.compile(r"client(:[\w-]+)?")
"""What the log calls records by."""
HEARD = {"alt", "aria-label", "title", "placeholder", "aria-description", "label"}
EMPTY = {"input", "img", "meta", "link", "br", "hr", "source", "wbr"}


class Words(HTMLParser):
    """What a reader sees or hears of a page, and the sentences that wait in it for its scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in EMPTY:
            # a sentence in a language of its own is announced as such
            other = dict(attrs).get("lang", "es") != "es"
            self.inside.append("cite" if other else tag)
        for name, value in attrs:
            waits = name.startswith("data-") and " " in (value or "") and "{" not in (value or "")
            if value and (name in HEARD or waits):
                self.found.append(value)

    def handle_endtag(self, tag: str) -> None:
        if self.inside:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not NOT_SAID & set(self.inside) and data.strip():
            self.found.append(" ".join(data.split()))


def english_in(page: str) -> list[str]:
    """Pieces that hold an English word, or are a text of the catalogue that Spanish says
    otherwise."""
    known = {english for english, other in catalogue(packaged(), "es").items() if english != other}
    names = {" ".join(one.text.split()) for one in sources().values()}
    said = (TYPED.sub("", one) for one in dict.fromkeys(Words(page).found) if one not in names)
    return [one for one in said if ENGLISH.search(one) or (one in known and " " in one)]


def test_english_is_found_where_it_stands() -> None:
    page = (
        "<html lang='es'><p>Hoy no hay nada</p><p>Nothing to do</p><img alt='lips after'>"
        "<b data-said='go on with this'></b><i lang='en'>the source</i><script>the</script></html>"
    )
    assert english_in(page) == ["Nothing to do", "lips after", "go on with this"]


def test_no_english_stands_on_any_page_that_is_read_in_spanish(
    ids: dict[str, object],  # noqa: F811
) -> None:
    ana = Client.objects.get(pk=ids["client_id"])
    by = Person.objects.get(username="pia")
    change_card(ana, ana.card | {"language": "es"}, ana.edition, by)
    desk, phone = Browser(), Browser()
    desk.force_login(by)
    for one in (desk, phone):
        one.cookies["django_language"] = "es"
    phone.post(f"/my/{ids['secret']}/", {"born": "1990-02-03"})
    found, seen = [], 0
    for page in PAGES:
        by_link = page.roles == BY_LINK or page.name == "my_door"
        try:
            answer = (phone if by_link else desk).get(address(page, ids))
        except NoReverseMatch:  # one that needs an entry of its own and answers posts
            continue
        if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
            continue
        seen += 1
        told = answer.content.decode()
        assert re.search(r"<html[^>]* lang=\"?es", told), page.name
        things = THINGS if page.name == "log" else re.compile("$^")
        found += [f"{page.name}: {one}" for one in english_in(told) if not things.fullmatch(one)]
    assert seen > 60
    assert not found, "\n".join(found)
