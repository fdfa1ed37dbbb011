"""The consultation as a PDF, set by typst from data (never by pasting names into markup)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vermilion.consult.words import Sentence, band_words
from vermilion.know.measures import quantity
from vermilion.report.charts import measure_chart
from vermilion.report.html import by_treatment, course_note, drawn_course, measures_note
from vermilion.report.page import once_each
from vermilion.report.pages.whom_to_call import whom_to_call
from vermilion.report.sheet import Sheet
from vermilion.report.typeset import in_svg, typeset
from vermilion.report.words import (
    day_words,
    grade_words,
    kind_title,
    simulation_words,
    treatment_words,
)

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

    voice = sheet.voice
    return {
        "title": sheet.title,
        "plan": f"{sheet.plan}.",
        "language": voice.language,
        "paper": voice.country.paper,
        "simulation": simulation_words(voice),
        "made": sheet.say("From {photo}.", photo=sheet.photo_name),
        "made_on": sheet.made_on,
        "whom_to_call": [one.said.plain for one in whom_to_call(voice)],
        "version": sheet.version,
        "words": {
            "photo": sheet.say("Your photo"),
            "before": sheet.say("Your lips before"),
            "over_time": sheet.say("Over time"),
            "measures": sheet.say("Your measures"),
            "facts": sheet.say("How this was made"),
            "sources": sheet.say("Grades and sources"),
        },
        "face": put("face.svg", in_svg(sheet.face_jpeg)),
        "before": put("before.svg", in_svg(sheet.before_jpeg)),
        "treatments": [_treatment(sheet, treatment, put) for treatment in sheet.treatments],
        "warnings": _group(sheet, "warning"),
        "groups": [_parted(sheet, kind) for kind in ("limit", "claim")],
        "photo": _group(sheet, "quality"),
        "courses": [
            {
                "note": course_note(sheet, unit),
                "charts": [
                    {
                        "title": c.title,
                        "chart": put(f"course-{k}.svg", drawn_course(sheet, c)),
                    }
                    for k, c in enumerate(sheet.courses)
                    if c.unit == unit
                ],
            }
            for unit in dict.fromkeys(c.unit for c in sheet.courses)
        ],
        "measures_note": measures_note(sheet),
        "measures": [
            {
                "label": row.label,
                "words": f"{quantity(voice, row.value, row.unit)} ± "
                f"{quantity(voice, row.sd, row.unit)}",
                "meaning": row.meaning,
                "chart": put(f"measure-{k}.svg", measure_chart(voice, row)),
            }
            for k, row in enumerate(sheet.measures)
        ],
        "grades": [f"{grade}: {words}" for grade, words in grade_words(voice).items()],
        "facts": [list(fact) for fact in sheet.facts],
        "sources": [[", ".join(keys), text] for keys, text in once_each(sheet.sources)],
    }


def _treatment(sheet: Sheet, treatment: str, put: Callable[[str, str], str]) -> dict[str, Any]:
    voice, days = sheet.voice, sheet.of(treatment, "expected")
    judged = sheet.judged(treatment)
    nearest = (min(days, key=lambda f: abs(f.day - day)) for day in STRIP_DAYS[treatment])
    name = treatment_words(voice, treatment)

    def shown(file: str, jpeg: bytes, label: str) -> dict[str, str]:
        return {
            "picture": put(file, in_svg(jpeg)),
            "label": sheet.say("{what} (simulation)", what=label),
            "alt": f"{name}, {label}, {sheet.say('simulation')}",
        }

    title = sheet.say(
        "{treatment}: {day}, from weak to strong response",
        treatment=name,
        day=day_words(voice, judged[0].day),
    )
    general = ("",) if treatment == sheet.treatments[0] else ()
    return {
        "title": title,
        "beside": [
            {
                "title": kind_title(voice, kind),
                "rows": [_row(s) for s in sheet.said(kind) if s.treatment in (treatment, *general)],
            }
            for kind in ("usual", "function")
        ],
        "bands": [
            shown(f"{treatment}-{f.band}.svg", f.jpeg, voice.tell(band_words(f.band)).plain)
            for f in judged
        ],
        "days": [
            shown(f"{treatment}-day-{k}.svg", f.jpeg, day_words(voice, f.day))
            for k, f in enumerate(dict.fromkeys(nearest))
        ],
    }


def _group(sheet: Sheet, kind: str) -> dict[str, Any]:
    return {
        "title": kind_title(sheet.voice, kind),
        "rows": [_row(one) for one in sheet.said(kind)],
    }


def _parted(sheet: Sheet, kind: str) -> dict[str, Any]:
    parts = by_treatment(sheet, sheet.said(kind))
    return {
        "title": kind_title(sheet.voice, kind),
        "parts": [{"title": name, "rows": [_row(one) for one in said]} for name, said in parts],
    }


def _row(one: Sentence) -> dict[str, str]:
    told = one.to_json()
    basis = ", ".join(part for part in (told["grade"], *told["sources"]) if part)
    return {"text": told["text"], "basis": basis}
