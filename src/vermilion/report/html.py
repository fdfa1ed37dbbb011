"""The consultation as one self-contained, offline web page.

Without scripts the page shows every day as a strip of pictures; with scripts the strip becomes a
before/after slider and a slider over the days. All of it works from the keyboard.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files

from vermilion.consult.words import Sentence, band_words
from vermilion.know.measures import quantity
from vermilion.know.said import Figure
from vermilion.know.sourced import Origin
from vermilion.report.charts import measure_chart, time_chart
from vermilion.report.page import HOW_READ, once_each
from vermilion.report.pages.whom_to_call import whom_to_call
from vermilion.report.sheet import BANDS, Frame, Sheet, TimeCourse
from vermilion.report.words import (
    day_words,
    grade_words,
    kind_title,
    simulation_words,
    treatment_words,
)


def write_html(sheet: Sheet) -> str:
    """The whole page as text; same sheet, same bytes."""
    style, script = _asset("report.css"), _asset("report.js")
    policy = (
        "default-src 'none'; img-src data:; "
        f"style-src 'unsafe-inline'; script-src 'sha256-{_digest(script)}'"
    )
    simulation = escape(simulation_words(sheet.voice), quote=True)
    return "".join(
        (
            f"<!doctype html><html lang='{escape(sheet.voice.language)}'><head>",
            "<meta charset='utf-8'>",
            "<meta name='viewport' content='width=device-width, initial-scale=1'>",
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            f"<meta name='description' content='{simulation}'>",
            "<meta name='keywords' content='simulation'>",
            f"<title>{escape(sheet.title)}</title><style>{style}</style></head><body>",
            _header(sheet),
            "<main>",
            _statements(sheet, "warning"),
            _stage(sheet),
            *(_trio(sheet, treatment) for treatment in sheet.treatments),
            *(_plain_strip(sheet, treatment) for treatment in sheet.treatments),
            *(_statements(sheet, kind) for kind in ("limit", "claim")),
            _courses(sheet),
            _statements(sheet, "quality"),
            _measures(sheet),
            _facts(sheet),
            "</main>",
            _footer(sheet),
            f"<script type='application/json' id='frames'>{_frames_json(sheet)}</script>",
            f"<script>{script}</script></body></html>\n",
        )
    )


def _asset(name: str) -> str:
    return (files("vermilion.report") / "assets" / name).read_text("utf-8")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _src(jpeg: bytes) -> str:
    return "data:image/jpeg;base64," + base64.b64encode(jpeg).decode()


def _frames_json(sheet: Sheet) -> str:
    data: dict[str, object] = {
        treatment: {
            band: [
                {"day": frame.day, "label": _day(sheet, frame), "src": _src(frame.jpeg)}
                for frame in sheet.of(treatment, band)
            ]
            for band in BANDS
        }
        for treatment in sheet.treatments
    }
    data["judged"] = {treatment: sheet.strongest(treatment) for treatment in sheet.treatments}
    both = sheet.say("before {before} %, simulation {after} %", before="@b", after="@a")
    data["words"] = {
        "before": sheet.say("before only"),
        "after": sheet.say("simulation only"),
        "both": both.replace(" %", "\u00a0%"),
    }
    # "</" would end the script element early
    return json.dumps(data, sort_keys=True).replace("</", "<\\/")


def _day(sheet: Sheet, frame: Frame) -> str:
    return day_words(sheet.voice, frame.day)


def _name(sheet: Sheet, treatment: str) -> str:
    return treatment_words(sheet.voice, treatment)


def _band(sheet: Sheet, band: str) -> str:
    return sheet.voice.tell(band_words(band)).plain


def _header(sheet: Sheet) -> str:
    values = {"photo": sheet.photo_name, "version": sheet.version}
    made = sheet.say(
        "Made from {photo} with vermilion {version}. Nothing was sent anywhere.", **values
    )
    when = f"{sheet.made_on}. " if sheet.made_on else ""
    call = "".join(f"<p class='call'>{escape(p.said.plain)}</p>" for p in whom_to_call(sheet.voice))
    return (
        f"<header><p class='sim'>{escape(simulation_words(sheet.voice))}</p>"
        f"<h1>{escape(sheet.title)}</h1><p>{escape(sheet.plan)}.</p>"
        f"<p class='muted'>{escape(when + made)}</p>{call}</header>"
    )


def _stage(sheet: Sheet) -> str:
    if not sheet.frames:
        return ""
    first = sheet.treatments[0]
    after = _src(sheet.judged(first)[BANDS.index("expected")].jpeg)
    patch = sheet.patch
    place = f"--l:{patch.left:.5%};--t:{patch.top:.5%};--w:{patch.width:.5%};--h:{patch.height:.5%}"
    treatments = _picks("treatment", [(t, _name(sheet, t)) for t in sheet.treatments], first)
    bands = _picks("band", [(b, _band(sheet, b)) for b in BANDS], "expected")
    face, lips = sheet.say("Your photo"), sheet.say("Your lips before")
    face_after, lips_after = sheet.say("Your photo, simulated"), sheet.say("Your lips, simulated")
    simulated = f"{escape(sheet.say('simulation'))}, <span class='when'></span>"
    return f"""<section class='scripted' aria-labelledby='see'>
<h2 id='see'>{escape(sheet.say("See it on your own photo"))}</h2>
<div class='stage'>
<figure class='view' style='{place}'><img src='{_src(sheet.face_jpeg)}' alt='{_quoted(face)}'
 width='{sheet.face_size[0]}' height='{sheet.face_size[1]}'><img class='after' src='{after}'
 alt='{_quoted(face_after)}'><span class='tag l'>{simulated}</span></figure>
<figure class='view' id='close'><img src='{_src(sheet.before_jpeg)}' alt='{_quoted(lips)}'
 width='{sheet.patch_size[0]}' height='{sheet.patch_size[1]}'><img class='after cut' src='{after}'
 alt='{_quoted(lips_after)}'><span class='edge'></span>
<span class='tag l'>{escape(sheet.say("before"))}</span>
<span class='tag r'>{simulated}</span></figure>
</div>
<div class='controls'>
<fieldset><legend>{escape(sheet.say("Treatment"))}</legend>{treatments}</fieldset>
<fieldset><legend>{escape(sheet.say("Response"))}</legend>{bands}</fieldset>
<label class='slide'><span>{escape(sheet.say("When"))}</span>
<input type='range' id='day' min='0' max='1' step='1' value='0'>
<output id='day-words' class='num'></output></label>
<label class='slide'><span>{escape(sheet.say("Before | after"))}</span>
<input type='range' id='cut' min='0' max='100' step='1' value='50'>
<output id='cut-words'></output></label>
</div></section>"""


def _quoted(words: str) -> str:
    return escape(words, quote=True)


def _picks(name: str, options: list[tuple[str, str]], chosen: str) -> str:
    return "".join(
        f"<label class='pick'><input type='radio' name='{name}' value='{value}'"
        f"{' checked' if value == chosen else ''}><span>{escape(words)}</span></label>"
        for value, words in options
    )


def _figure(sheet: Sheet, frame: Frame, caption: str) -> str:
    parts = (
        _name(sheet, frame.treatment),
        _day(sheet, frame),
        _band(sheet, frame.band),
        sheet.say("simulation"),
    )
    words = sheet.say("{what} (simulation)", what=caption)
    return (
        f"<figure><img src='{_src(frame.jpeg)}' alt='{_quoted(', '.join(parts))}' loading='lazy'>"
        f"<figcaption>{escape(words)}</figcaption></figure>"
    )


def _trio(sheet: Sheet, treatment: str) -> str:
    judged = sheet.judged(treatment)
    figures = "".join(_figure(sheet, f, _band(sheet, f.band)) for f in judged)
    beside = "".join(_beside(sheet, treatment, kind) for kind in ("usual", "function"))
    title = sheet.say(
        "{treatment}: {day}, from weak to strong response",
        treatment=_name(sheet, treatment),
        day=_day(sheet, judged[0]),
    )
    differ = ""
    if treatment == sheet.treatments[0]:
        words = sheet.say(
            "People differ. The result is more likely between the outer pictures than exactly like "
            "the middle one."
        )
        differ = f"<p class='muted'>{escape(words)}</p>"
    return (
        f"<section><h2>{escape(title)}</h2>{differ}"
        f"<div class='trio'>{figures}</div>{beside}</section>"
    )


def _beside(sheet: Sheet, treatment: str, kind: str) -> str:
    """What belongs next to a treatment's pictures; general sentences stand with the first one."""
    general = ("",) if treatment == sheet.treatments[0] else ()
    said = [s for s in sheet.said(kind) if s.treatment in (treatment, *general)]
    items = "".join(_sentence(sheet, one) for one in said)
    title = escape(kind_title(sheet.voice, kind))
    return f"<div class='card'><h3>{title}</h3><ul>{items}</ul></div>" if items else ""


def _plain_strip(sheet: Sheet, treatment: str) -> str:
    lips = _quoted(sheet.say("Your lips before"))
    before = (
        f"<figure><img src='{_src(sheet.before_jpeg)}' alt='{lips}'>"
        f"<figcaption>{escape(sheet.say('before'))}</figcaption></figure>"
    )
    days = "".join(_figure(sheet, f, _day(sheet, f)) for f in sheet.of(treatment, "expected"))
    title = sheet.say("{treatment} through time", treatment=_name(sheet, treatment))
    return (
        f"<section class='plain'><h2>{escape(title)}</h2>"
        f"<div class='strip'>{before}{days}</div></section>"
    )


def _courses(sheet: Sheet) -> str:
    charts: dict[str, list[str]] = {}
    heads = "".join(
        f"<th scope='col'>{escape(words)}</th>"
        for words in (sheet.say("When"), *(_band(sheet, band) for band in BANDS))
    )
    for course in sheet.courses:
        rows = "".join(
            f"<tr><th scope='row'>{escape(day_words(sheet.voice, day))}</th>"
            + "".join(
                f"<td class='num'>{escape(quantity(sheet.voice, value, course.unit))}</td>"
                for value in values
            )
            + "</tr>"
            for day, *values in zip(
                course.days, course.low, course.expected, course.high, strict=True
            )
        )
        charts.setdefault(course.unit, []).append(
            f"<div class='chart'><h3>{escape(course.title)}</h3>"
            f"{drawn_course(sheet, course)}"
            f"<details><summary>{escape(sheet.say('As a table'))}</summary>"
            f"<div class='wide' tabindex='0' role='region' aria-label='{_quoted(course.title)}'>"
            f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
            "</details></div>"
        )
    if not charts:
        return ""
    title = escape(sheet.say("Over time"))
    rows = "".join(
        f"<div class='grid wide'>{''.join(parts)}</div>"
        f"<p class='muted'>{escape(course_note(sheet, unit))}</p>"
        for unit, parts in charts.items()
    )
    return f"<section class='courses'><h2>{title}</h2>{rows}</section>"


def drawn_course(sheet: Sheet, course: TimeCourse) -> str:
    """The drawing of a course, as it stands beside the sheet's others."""
    judged_day = sheet.strongest(course.treatment)
    return time_chart(sheet.voice, course, sheet.highest(course.unit), judged_day)


def course_note(sheet: Sheet, unit: str) -> str:
    """What stands under the drawings of the model in a unit."""
    note = sheet.say("The program's model: an illustration, not a prediction.")
    if unit != "dE2000":
        return note
    seen = sheet.say(
        "dE says how far apart two colours look, here by the formula {formula}. By an older one, "
        "{older}, which often counts more, a difference of less than {blush.visible} is hardly "
        "seen.",
        formula="CIEDE2000",
        older="CIE76",
    )
    return f"{seen} {note}"


def _sentence(sheet: Sheet, one: Sentence) -> str:
    """With its grade, and behind that what the sentence and each figure in it rest on."""
    # A number stays with its unit.
    text = re.sub(r"(?<=\d) (?=%|mm\b)", "\u00a0", escape(one.said.plain))
    if not one.said.grade:
        return f"<li>{text}</li>"
    grade = escape(sheet.say("evidence {grade}", grade=one.said.grade))
    origins: dict[Origin, list[str]] = {}
    for part in one.said.parts:
        if isinstance(part, Figure):
            origins.setdefault(part.origin, []).append(part.text)
    if one.said.origin is not None:
        origins.setdefault(one.said.origin, [])
    rests = "".join(
        f"<p class='muted'>{escape(_rests(sheet, origin, figures))}</p>"
        for origin, figures in origins.items()
    )
    return (
        f"<li>{text} <details><summary><span class='grade'>{grade}</span></summary>{rests}"
        "</details></li>"
    )


def _rests(sheet: Sheet, origin: Origin, figures: list[str]) -> str:
    """ "2–5: D, clinic pages; page read. flip:F27: harmonface.com"."""
    what = f"{', '.join(dict.fromkeys(figures))}: " if figures else ""
    grade = f"{origin.grade}: {grade_words(sheet.voice)[origin.grade]}"
    how = sheet.say(HOW_READ[origin.mark])
    known = "; ".join(f"{key}: {sheet.sources.get(key, key)}" for key in origin.sources)
    return f"{what}{grade}; {how}. {known}".strip()


def _statements(sheet: Sheet, kind: str) -> str:
    said = sheet.said(kind)
    if not said:
        return ""
    look = " warn" if kind == "warning" else ""
    items = ""
    for treatment, part in by_treatment(sheet, said):
        head = f"<h3>{escape(treatment)}</h3>" if treatment else ""
        items += f"{head}<ul>{''.join(_sentence(sheet, one) for one in part)}</ul>"
    title = escape(kind_title(sheet.voice, kind))
    return f"<section><h2>{title}</h2><div class='card{look}'>{items}</div></section>"


def by_treatment(
    sheet: Sheet, said: Sequence[Sentence]
) -> Iterator[tuple[str, tuple[Sentence, ...]]]:
    """(name of the treatment, its sentences): each says "it" of its own. No name where there is but
    one treatment, or a sentence holds for all."""
    for treatment in dict.fromkeys(one.treatment for one in said):
        several = len(sheet.treatments) > 1 and bool(treatment)
        name = treatment_words(sheet.voice, treatment) if several else ""
        yield name, tuple(one for one in said if one.treatment == treatment)


def measures_note(sheet: Sheet) -> str:
    """How to read the charts of the measures."""
    note = sheet.say(
        "The bar around your value is where the true value lies nine times in ten. The boxes are "
        "how groups of people measure (mean and one standard deviation): they are not targets."
    )
    if sheet.in_mm:
        return note
    unknown = sheet.say(
        "Nothing in this photo tells millimetres, so lengths are shares of the mouth's width."
    )
    return f"{unknown} {note}"


def _measures(sheet: Sheet) -> str:
    if not sheet.measures:
        return ""
    voice = sheet.voice
    charts = "".join(
        f"<div class='chart'><h3>{escape(row.label)}</h3>{measure_chart(voice, row)}"
        f"<p class='muted num'>{escape(quantity(voice, row.value, row.unit))} ± "
        f"{escape(quantity(voice, row.sd, row.unit))}</p>"
        f"{f'<p class=muted>{escape(row.meaning)}</p>' if row.meaning else ''}</div>"
        for row in sheet.measures
    )
    title = escape(sheet.say("Your measures"))
    return (
        f"<section><h2>{title}</h2><p class='muted'>{escape(measures_note(sheet))}</p>"
        f"<div class='grid'>{charts}</div></section>"
    )


def _facts(sheet: Sheet) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{escape(name)}</th><td>{escape(value)}</td></tr>"
        for name, value in sheet.facts
    )
    title = escape(sheet.say("How this was made"))
    return f"<section><h2>{title}</h2><table>{rows}</table></section>" if rows else ""


def _footer(sheet: Sheet) -> str:
    items = "".join(
        f"<li>{escape(', '.join(keys))}: {escape(text)}</li>"
        for keys, text in once_each(sheet.sources)
    )
    title = escape(sheet.say("Sources"))
    sources = f"<details><summary>{title}</summary><ul>{items}</ul></details>" if items else ""
    words = escape(simulation_words(sheet.voice))
    return f"<footer><p class='sim'>{words}</p>{sources}</footer>"
