"""How lips of named groups measure: distributions to stand beside a measure, never a goal."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from vermilion.errors import DataError
from vermilion.know.said import Phrase
from vermilion.know.sourced import Origin, origin_of, topic


@dataclass(frozen=True, slots=True)
class NormRow:
    """Mean and standard deviation of one measure in one group of n people."""

    measure: str
    group: Phrase
    n: int
    mean: float
    sd: float
    unit: str
    origin: Origin


def norms_for(measure_name: str, *, client: bool = True) -> tuple[NormRow, ...]:
    """The distributions of a measure, as in the file; none where no source gives any.

    client : only rows whose source was read well enough to be shown to everyone
    """
    return tuple(
        row
        for row in _rows()
        if row.measure == measure_name and (row.origin.for_clients or not client)
    )


@cache
def _rows() -> tuple[NormRow, ...]:
    rows = []
    for number, row in enumerate(topic("norms").tables["row"], start=1):
        key = f"norms.row {number}"
        for field in ("measure", "label", "n", "mean", "sd", "unit"):
            if field not in row:
                raise DataError(f"{key} has no {field}", "a norm needs its group, n, mean and sd")
        origin = origin_of(key, row)
        rows.append(
            NormRow(
                measure=row["measure"],
                group=Phrase(row["label"], origin=origin, home="norms"),
                n=int(row["n"]),
                mean=float(row["mean"]),
                sd=float(row["sd"]),
                unit=row["unit"],
                origin=origin,
            )
        )
    return tuple(rows)
