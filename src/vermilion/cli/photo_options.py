"""Options that several commands share, each written once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from vermilion.errors import UsageError

if TYPE_CHECKING:
    from vermilion.consult.plan import Plan
    from vermilion.consult.reading import Options

F = TypeVar("F", bound=Callable[..., Any])

PHOTO = click.Path(path_type=Path, readable=False)
"""Whether it can be read is said by the opening of photos, in its own words."""
WEEK_DAYS = 7.0
YEAR_DAYS = 365.25

PLAN_NAMES = (
    "flip",
    "product",
    "units",
    "points",
    "rise_mm",
    "shade",
    "technique",
    "saturation",
    "passes",
    "border_mm",
    "first",
    "reason",
)


def stack(*options: Callable[[F], F]) -> Callable[[F], F]:
    """One decorator out of several, in the order in which help shows them."""

    def decorate(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


photo_options = stack(
    click.argument("photo", type=PHOTO),
    click.option("--face", type=int, metavar="N", help="Which face, when several are seen."),
    click.option(
        "--reference-mm",
        "reference",
        type=float,
        nargs=5,
        metavar="MM X1 Y1 X2 Y2",
        help="Known distance in mm between two points (px), such as the ends of a ruler held "
        "beside the lips.",
    ),
    click.option(
        "--reference",
        "seen",
        type=click.Choice(["card"]),
        help="card: find the printed scale card (`vermilion card`), held flat on the chin.",
    ),
    click.option("--iris-mm", type=float, metavar="MM", help="This client's iris diameter in mm."),
)

smile_option = click.option(
    "--smile", type=PHOTO, metavar="PHOTO", help="A second photo of the client, smiling."
)

json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")

plan_options = stack(
    click.option("--flip", is_flag=True, help="Plan a lip flip."),
    click.option("--product", metavar="NAME", help="Toxin product of the flip.", default=None),
    click.option("--units", type=float, metavar="U", help="Units per point, of that product."),
    click.option("--points", metavar="A,B,...", help="Points of the flip by name."),
    click.option(
        "--rise-mm",
        type=float,
        metavar="MM",
        help="Instead of a dose: the border under the Cupid's bow peaks rises by so much.",
    ),
    click.option(
        "--blush",
        "shade",
        metavar="[SHADE]",
        is_flag=False,
        flag_value="",
        default=None,
        help="Plan a lip blush; without a name, a natural rose.",
    ),
    click.option("--technique", metavar="NAME", help="full, ombre, liner or powder dots."),
    click.option("--saturation", type=float, metavar="0..1", help="How much pigment is laid."),
    click.option("--passes", type=int, metavar="N", help="Passes of the needle."),
    click.option("--border-mm", type=float, metavar="MM", help="Border correction outward."),
    click.option(
        "--first",
        type=click.Choice(["flip", "blush"]),
        default=None,
        help="With both: which comes first.",
    ),
    click.option("--wait", type=float, metavar="DAYS", help="With both: days between them."),
    click.option(
        "--reason", default="", metavar="TEXT", help="The practitioner's, to lift a block."
    ),
)


def reading_options(values: dict[str, Any]) -> Options:
    """How to read the photo; takes the values of `photo_options` out of all that were given."""
    from vermilion.consult.reading import Options

    return Options(
        face=values.pop("face"),
        reference=values.pop("reference"),
        iris_mm=values.pop("iris_mm"),
        card=values.pop("seen") == "card",
    )


day_options = stack(
    click.option("--day", type=float, metavar="D", help="Days after the first visit."),
    click.option("--week", type=float, metavar="W", help="The same in weeks."),
    click.option("--year", type=float, metavar="Y", help="The same in years."),
    click.option(
        "--band",
        type=click.Choice(["low", "expected", "high"]),
        default="expected",
        show_default=True,
        help="A weak, the expected or a strong response.",
    ),
)


def said_plan(options: Mapping[str, Any]) -> Plan:
    """The plan out of the values of `plan_options`."""
    from vermilion.consult.plan import make_plan

    return make_plan(wait_days=options["wait"], **{name: options[name] for name in PLAN_NAMES})


def chosen_day(day: float | None, week: float | None, year: float | None) -> float | None:
    """The one day that --day, --week or --year names; None where none does."""
    from vermilion.treat.course import MOST_DAYS

    given = [
        (name, value * unit)
        for name, value, unit in (
            ("--day", day, 1.0),
            ("--week", week, WEEK_DAYS),
            ("--year", year, YEAR_DAYS),
        )
        if value is not None
    ]
    if len(given) > 1:
        raise UsageError(
            f"{' and '.join(name for name, _ in given)} were both given",
            "one point in time is needed",
            "leave one of them out",
        )
    if given and not 0 <= given[0][1] <= MOST_DAYS:
        raise UsageError(
            f"{given[0][0]} is below zero, beyond {MOST_DAYS} days or no number",
            "a time after the visit is needed",
        )
    return given[0][1] if given else None
