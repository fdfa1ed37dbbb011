"""The consultation as a PDF, set by typst from data (never by pasting names into markup)."""

from __future__ import annotations

from typing import Any

from vermilion.report.charts import measure_chart, time_chart
from vermilion.report.sheet import BANDS, Sheet, Statement
from vermilion.report.typeset import in_svg, typeset
from vermilion.report.words import BAND, GRADE, KIND, SIMULATION, TREATMENT, quantity

STRIP_DAYS = {
    "flip": (0, 3, 14, 56, 84, 112),
    "blush": (0, 4, 10, 42, 365, 1096),
    "both": (0, 14, 32, 38, 70, 393),
}
"""The days of the expected course that a printed row shows, or those drawn nearest to them."""


def write_pdf(sheet: Sheet) -> bytes:
    """The whole report as PDF bytes; same sheet, same bytes."""
    pictures: dict[str, str] = {}
    data = _data(sheet, pictures)
    return typeset("report", data, pictures)


def _data(sheet: Sheet, pictures: dict[str, str]) -> dict[str, Any]:
    def put(name: str, svg: str) -> str:
        pictures[name] = svg
        return name

    treatments = []
    for treatment in sheet.treatments:
        days = sheet.of(treatment, "expected")
        judged = [
            min(
                sheet.of(treatment, band),
                key=lambda frame: abs(frame.day - sheet.strongest(treatment)),
            )
            for band in BANDS
        ]
        nearest = (min(days, key=lambda f: abs(f.day - day)) for day in STRIP_DAYS[treatment])
        strip = list(dict.fromkeys(nearest))
        treatments.append(
            {
                "name": TREATMENT[treatment],
                "when": judged[0].label,
                "beside": [_row(s) for s in sheet.said("function") if s.treatment == treatment],
                "bands": [
                    {
                        "picture": put(f"{treatment}-{f.band}.svg", in_svg(f.jpeg)),
                        "label": BAND[f.band],
                    }
                    for f in judged
                ],
                "days": [
                    {
                        "picture": put(f"{treatment}-day-{k}.svg", in_svg(f.jpeg)),
                        "label": f.label,
                    }
                    for k, f in enumerate(strip)
                ],
            }
        )
    return {
        "title": sheet.title,
        "simulation": SIMULATION,
        "photo_name": sheet.photo_name,
        "version": sheet.version,
        "face": put("face.svg", in_svg(sheet.face_jpeg)),
        "before": put("before.svg", in_svg(sheet.before_jpeg)),
        "treatments": treatments,
        "courses": [
            {
                "title": c.title,
                "note": c.note,
                "chart": put(f"course-{k}.svg", time_chart(c)),
            }
            for k, c in enumerate(sheet.courses)
        ],
        "measures": [
            {
                "label": row.label,
                "words": f"{quantity(row.value, row.unit)} ± {quantity(row.sd, row.unit)}",
                "chart": put(f"measure-{k}.svg", measure_chart(row)),
            }
            for k, row in enumerate(sheet.measures)
        ],
        "statements": [
            {
                "title": KIND[kind],
                "rows": [_row(s) for s in sheet.said(kind)],
            }
            for kind in ("warning", "usual", "limit", "claim", "quality")
            if sheet.said(kind)
        ],
        "grades": list(GRADE.values()),
        "facts": [list(fact) for fact in sheet.facts],
        "sources": [[key, text] for key, text in sorted(sheet.sources.items())],
    }


def _row(said: Statement) -> dict[str, str]:
    return {"text": said.text, "grade": said.grade, "sources": ", ".join(said.sources)}
