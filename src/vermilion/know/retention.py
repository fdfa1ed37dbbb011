"""How long the record of a treatment must be kept here, and who says so.

Public: `Period`, `period_of`.

Only a law counts by itself. Guidance is shown, and the practice says its own time; where no law
is known and the practice has said nothing, nobody knows when a record's time is over, and the
program does not guess. A practice may keep longer than the law, never shorter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vermilion.errors import DataError
from vermilion.know.said import Said
from vermilion.know.voice import Voice


@dataclass(frozen=True, slots=True)
class Period:
    """years : what counts here, None where nobody has said; least_years : what the law asks

    hint_years : what guidance proposes, None where there is none
    said : what law or guidance says, with its source
    own : whether the years are the practice's own
    until_age : until what age of the client a record is kept at least, where the practice says one:
    laws and guidance on the records of the young differ, and none is known here with its source
    """

    years: int | None
    least_years: int | None
    hint_years: int | None
    said: Said
    own: bool
    until_age: int | None = None

    def until(self, last_care: date, born: date | None = None) -> date | None:
        """The last day on which a record must be kept; None where nobody knows, as where an age
        counts and no birth date is at hand."""
        if self.years is None:
            return None
        last = _after(last_care, self.years)
        if self.until_age is None:
            return last
        return None if born is None else max(last, _after(born, self.until_age))


def period_of(voice: Voice) -> Period:
    """What counts in this voice's country and practice.

    Raises
    ------
    DataError : the practice keeps records for a shorter time than the law asks
    """
    country, own = voice.country, voice.practice.keep_years
    row = country.texts["keep_record"]
    sourced = country.topic.numbers.get("keep_record")
    asked = None if sourced is None else round(sourced.value)
    least = asked if row["law"] else None
    if own is not None and least is not None and own < least:
        raise DataError(
            f"records are to be kept for {own} years here",
            f"the law of {country.name} asks for at least {least}",
            "keep them longer, or leave the field empty",
        )
    name = f"countries/{country.key}"
    years = own if own is not None else least
    said = voice.row(name, row)
    return Period(years, least, asked, said, own is not None, voice.practice.keep_until_age)


def _after(day: date, years: int) -> date:
    """The same day some years later."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)
