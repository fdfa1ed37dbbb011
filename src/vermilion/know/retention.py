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
    """

    years: int | None
    least_years: int | None
    hint_years: int | None
    said: Said
    own: bool

    def until(self, last_care: date) -> date | None:
        """The last day on which a record must be kept; None where nobody knows."""
        if self.years is None:
            return None
        year = last_care.year + self.years
        try:
            return last_care.replace(year=year)
        except ValueError:  # 29 February
            return date(year, 3, 1)


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
    return Period(years, least, asked, voice.row(name, row), own is not None)
