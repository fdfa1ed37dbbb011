"""`{% say "text" %}`: a text in the reader's language, from the one catalogue."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from babel.dates import format_skeleton
from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from vermilion.studio.models import Lot
from vermilion.studio.record.kept_photos import VIEWS
from vermilion.studio.record.own_products import colour_of, like_lot
from vermilion.studio.record.stock import USUAL_UNIT
from vermilion.studio.voices import own_rules, text, voice_of

register = template.Library()


@register.simple_tag
def say(words: str, **values: Any) -> str:
    return text(words, **values)


@register.simple_tag
def url(name: str, *where: Any) -> str:
    """In place of Django's tag, which works the same address out anew for each line of a list."""
    return _address(name, *where)


@lru_cache(maxsize=2048)
def _address(name: str, *where: Any) -> str:
    return reverse(name, args=where)


@register.filter
def said(words: str) -> str:
    """The same as a filter, for attributes and arguments."""
    return text(words)


@register.filter
def day(given: date | datetime | None) -> str:
    """A date as the reader's country writes it."""
    if given is None:
        return ""
    local = timezone.localtime(given).date() if isinstance(given, datetime) else given
    return voice_of().date(local).text


@register.filter
def paper(text: str) -> SafeString:
    """A kept text word for word, its lines as wide as the screen."""
    from vermilion.report.page_text import unwrapped  # few pages show one

    return format_html_join("", "<p>{}</p>", ((one,) for one in unwrapped(text)))


@register.filter
def words_of(given: str) -> list[str]:
    """A few words to loop over."""
    return given.split()


@register.filter
def given_of(given: dict[str, str], name: str) -> str:
    """What stands in the field of a point."""
    return given.get(f"at.{name}", "")


@register.filter
def usual_unit(kind: str) -> str:
    """What a kind of lot is usually counted in."""
    return USUAL_UNIT.get(kind, "mL")


@register.simple_tag
def dot(product: str) -> str:
    """A pigment's own colour as a small mark beside its name; "" where nobody said one."""
    lab = colour_of(own_rules(), product)
    if lab is None:
        return ""
    from vermilion.studio.pages.swatches import fill  # colours load numpy; few pages need them

    return format_html(
        '<svg class="dot" viewBox="0 0 24 24" aria-hidden="true">'
        '<circle cx="12" cy="12" r="11" fill="{}"/></svg>',
        fill(lab),
    )


@register.simple_tag
def mixed_as(lot: Lot) -> str:
    """How the practice mixes a lot, for the script that fills it in; "" where it never said."""
    own = like_lot(own_rules(), lot)
    if own is None or own.diluent_ml is None:
        return ""
    return format_html(
        ' data-vial="{}" data-diluent="{}"', f"{own.amount:g}", f"{own.diluent_ml:g}"
    )


@register.filter
def treatment_name(treatment: str) -> str:
    """A treatment as people call it."""
    voice = voice_of()
    named = voice.shelf.topic(f"steps/{treatment}").tables["treatment"]["name"]
    return voice.say(named).capital.plain


@register.filter
def product_name(key: str) -> str:
    """A product as its maker calls it; what was typed stays as it is."""
    row = voice_of().shelf.topic("products").tables["product"].get(key, {})
    return str(row.get("name", key.removeprefix("own:")))


@register.filter
def purpose(content: dict[str, Any]) -> str:
    """What an appointment is for."""
    from vermilion.studio.record.worded import purpose_of  # not every page needs what plans need

    return purpose_of(voice_of(), content)


@register.filter
def entry_words(content: dict[str, Any]) -> str:
    """An entry's one line."""
    from vermilion.studio.record.worded import words_of

    return words_of(voice_of(), content)


@register.filter
def answer(given: str) -> str:
    """yes, no and unknown as people say them."""
    if given == "yes":
        return text("Yes")
    return text("No") if given == "no" else text("Not sure")


@register.filter
def day_of_week(given: date) -> str:
    """A day in the calendar's head: its name and number."""
    return _day_of_week(given, voice_of().locale)


@lru_cache(maxsize=64)
def _day_of_week(given: date, locale: str) -> str:
    return str(format_skeleton("EEEd", given, locale=locale))


@register.filter
def view_words(view: str) -> str:
    """A view of a photo as people call it."""
    return text(VIEWS.get(view, view))


@register.filter
def clock(given: datetime) -> str:
    """The time of day, 24 hours."""
    return timezone.localtime(given).strftime("%H:%M")


@register.filter
def day_long(given: date | datetime) -> str:
    """A date with its day of the week, as the reader's country writes it."""
    local = timezone.localtime(given).date() if isinstance(given, datetime) else given
    return voice_of().date(local, "full").text


@register.filter
def step_of(key: str) -> str:
    """The step of an entry of a schedule: "flip.next" of "flip.next.2"."""
    return ".".join(key.split(".")[:2])


@register.filter
def moment(given: datetime | str) -> str:
    """A day and a time; as text it is an ISO time of the record."""
    when = datetime.fromisoformat(given) if isinstance(given, str) else given
    return f"{day(when)}, {clock(when)}"
