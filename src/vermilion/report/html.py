"""The consultation as one self-contained, offline web page.

Without scripts the page shows every day as a strip of pictures; with scripts the strip becomes a
before/after slider and a slider over the days. All of it works from the keyboard.
"""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from importlib.resources import files

from vermilion.report.charts import measure_chart, time_chart
from vermilion.report.sheet import BANDS, Frame, Sheet, Statement
from vermilion.report.words import BAND, GRADE, KIND, SIMULATION, TREATMENT, day_label, quantity


def write_html(sheet: Sheet) -> str:
    """The whole page as text; same sheet, same bytes."""
    style, script = _asset("report.css"), _asset("report.js")
    policy = (
        "default-src 'none'; img-src data:; "
        f"style-src 'unsafe-inline'; script-src 'sha256-{_digest(script)}'"
    )
    return "".join(
        (
            f"<!doctype html><html lang='{escape(sheet.language)}'><head><meta charset='utf-8'>",
            "<meta name='viewport' content='width=device-width, initial-scale=1'>",
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            f"<meta name='description' content='{SIMULATION}'>",
            f"<title>{escape(sheet.title)}</title><style>{style}</style></head><body>",
            _header(sheet),
            "<main>",
            _stage(sheet),
            *(_trio(sheet, treatment) for treatment in sheet.treatments),
            *(_plain_strip(sheet, treatment) for treatment in sheet.treatments),
            _courses(sheet),
            *(_statements(sheet, kind) for kind in ("warning", "limit")),
            _measures(sheet),
            *(_statements(sheet, kind) for kind in ("claim", "quality")),
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
                {"day": frame.day, "label": frame.label, "src": _src(frame.jpeg)}
                for frame in sheet.of(treatment, band)
            ]
            for band in BANDS
        }
        for treatment in sheet.treatments
    }
    data["judged"] = {treatment: sheet.strongest(treatment) for treatment in sheet.treatments}
    # "</" would end the script element early
    return json.dumps(data, sort_keys=True).replace("</", "<\\/")


def _header(sheet: Sheet) -> str:
    return (
        f"<header><p class='sim'>{SIMULATION}</p><h1>{escape(sheet.title)}</h1>"
        f"<p class='muted'>Made from {escape(sheet.photo_name)} with vermilion "
        f"{escape(sheet.version)}. Nothing was sent anywhere.</p></header>"
    )


def _judged(sheet: Sheet, treatment: str, band: str) -> Frame:
    frames = sheet.of(treatment, band)
    return min(frames, key=lambda frame: abs(frame.day - sheet.strongest(treatment)))


def _stage(sheet: Sheet) -> str:
    if not sheet.frames:
        return ""
    first = sheet.treatments[0]
    after = _src(_judged(sheet, first, "expected").jpeg)
    patch = sheet.patch
    place = f"--l:{patch.left:.5%};--t:{patch.top:.5%};--w:{patch.width:.5%};--h:{patch.height:.5%}"
    treatments = _picks("treatment", [(t, TREATMENT[t]) for t in sheet.treatments], first)
    bands = _picks("band", [(b, BAND[b]) for b in BANDS], "expected")
    return f"""<section class='scripted' aria-labelledby='see'>
<h2 id='see'>See it on your own photo</h2>
<div class='stage'>
<figure class='view' style='{place}'><img src='{_src(sheet.face_jpeg)}' alt='Your photo'
 width='{sheet.face_size[0]}' height='{sheet.face_size[1]}'><img class='after' src='{after}'
 alt='Simulated lips on your photo'>
<span class='tag l'>simulation, <span class='when'></span></span></figure>
<figure class='view' id='close'><img src='{_src(sheet.before_jpeg)}' alt='Your lips before'
 width='{sheet.patch_size[0]}' height='{sheet.patch_size[1]}'><img class='after cut' src='{after}'
 alt='Your lips, simulated'><span class='edge'></span><span class='tag l'>before</span>
<span class='tag r'>simulation, <span class='when'></span></span></figure>
</div>
<div class='controls'>
<fieldset><legend>Treatment</legend>{treatments}</fieldset>
<fieldset><legend>Response</legend>{bands}</fieldset>
<label class='slide'><span>Time</span>
<input type='range' id='day' min='0' max='1' step='1' value='0'>
<output id='day-words' class='num'></output></label>
<label class='slide'><span>Before | after</span>
<input type='range' id='cut' min='0' max='100' step='1' value='50'>
<output id='cut-words'></output></label>
</div></section>"""


def _picks(name: str, options: list[tuple[str, str]], chosen: str) -> str:
    return "".join(
        f"<label class='pick'><input type='radio' name='{name}' value='{value}'"
        f"{' checked' if value == chosen else ''}><span>{escape(words)}</span></label>"
        for value, words in options
    )


def _figure(frame: Frame, caption: str) -> str:
    alt = f"{TREATMENT[frame.treatment]}, {frame.label}, {BAND[frame.band]}, simulation"
    return (
        f"<figure><img src='{_src(frame.jpeg)}' alt='{escape(alt, quote=True)}' loading='lazy'>"
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def _trio(sheet: Sheet, treatment: str) -> str:
    judged = [_judged(sheet, treatment, band) for band in BANDS]
    figures = "".join(_figure(f, f"{BAND[f.band]} (simulation)") for f in judged)
    beside = "".join(_beside(sheet, treatment, kind) for kind in ("usual", "function"))
    return (
        f"<section><h2>{TREATMENT[treatment]}: {escape(judged[0].label)}, "
        f"from weak to strong response</h2><p class='muted'>People differ. The result is more "
        f"likely between the outer pictures than exactly like the middle one.</p>"
        f"<div class='trio'>{figures}</div>{beside}</section>"
    )


def _beside(sheet: Sheet, treatment: str, kind: str) -> str:
    """What belongs next to a treatment's pictures; general sentences stand with the first one."""
    general = ("",) if treatment == sheet.treatments[0] else ()
    said = [s for s in sheet.said(kind) if s.treatment in (treatment, *general)]
    items = "".join(_sentence(sheet, statement) for statement in said)
    return f"<div class='card'><h3>{KIND[kind]}</h3><ul>{items}</ul></div>" if items else ""


def _plain_strip(sheet: Sheet, treatment: str) -> str:
    before = (
        f"<figure><img src='{_src(sheet.before_jpeg)}' alt='Your lips before'>"
        "<figcaption>before</figcaption></figure>"
    )
    days = "".join(_figure(f, f"{f.label} (simulation)") for f in sheet.of(treatment, "expected"))
    return (
        f"<section class='plain'><h2>{TREATMENT[treatment]} through time</h2>"
        f"<div class='strip'>{before}{days}</div></section>"
    )


def _courses(sheet: Sheet) -> str:
    parts = []
    for course in sheet.courses:
        rows = "".join(
            f"<tr><th scope='row'>{day_label(day)}</th><td class='num'>{quantity(low, course.unit)}"
            f"</td><td class='num'>{quantity(mid, course.unit)}</td>"
            f"<td class='num'>{quantity(high, course.unit)}</td></tr>"
            for day, low, mid, high in zip(
                course.days, course.low, course.expected, course.high, strict=True
            )
        )
        parts.append(
            f"<div class='chart'><h3>{escape(course.title)}</h3>{time_chart(course)}"
            f"<p class='muted'>{escape(course.note)}</p>"
            f"<details><summary>As a table</summary><table>"
            f"<thead><tr><th scope='col'>when</th><th scope='col'>weak</th>"
            f"<th scope='col'>expected</th><th scope='col'>strong</th></tr></thead>"
            f"<tbody>{rows}</tbody></table></details></div>"
        )
    if not parts:
        return ""
    return f"<section><h2>Over time</h2><div class='grid wide'>{''.join(parts)}</div></section>"


def _sentence(sheet: Sheet, statement: Statement) -> str:
    if not statement.grade:
        return f"<li>{escape(statement.text)}</li>"
    known = "; ".join(f"{key}: {sheet.sources.get(key, key)}" for key in statement.sources)
    title = GRADE.get(statement.grade, statement.grade)
    return (
        f"<li>{escape(statement.text)} <details><summary><span class='grade'>evidence "
        f"{escape(statement.grade)}</span></summary><p class='muted'>{escape(title)}. "
        f"{escape(known) or 'This is the program’s own model.'}</p></details></li>"
    )


def _statements(sheet: Sheet, kind: str) -> str:
    said = sheet.said(kind)
    if not said:
        return ""
    look = " warn" if kind == "warning" else ""
    items = "".join(_sentence(sheet, statement) for statement in said)
    return f"<section><h2>{KIND[kind]}</h2><div class='card{look}'><ul>{items}</ul></div></section>"


def _measures(sheet: Sheet) -> str:
    if not sheet.measures:
        return ""
    charts = "".join(
        f"<div class='chart'><h3>{escape(row.label)}</h3>{measure_chart(row)}"
        f"<p class='muted num'>{quantity(row.value, row.unit)} ± {quantity(row.sd, row.unit)}"
        "</p></div>"
        for row in sheet.measures
    )
    return (
        "<section><h2>Your measures</h2><p class='muted'>The bar around your value is where the "
        "true value lies nine times in ten. The boxes are how groups of people measure (mean and "
        "one standard deviation): they are not targets.</p>"
        f"<div class='grid'>{charts}</div></section>"
    )


def _facts(sheet: Sheet) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{escape(name)}</th><td>{escape(value)}</td></tr>"
        for name, value in sheet.facts
    )
    return f"<section><h2>How this was made</h2><table>{rows}</table></section>" if rows else ""


def _footer(sheet: Sheet) -> str:
    items = "".join(
        f"<li>{escape(key)}: {escape(text)}</li>" for key, text in sorted(sheet.sources.items())
    )
    sources = f"<details><summary>Sources</summary><ul>{items}</ul></details>" if items else ""
    return f"<footer><p class='sim'>{SIMULATION}</p>{sources}</footer>"
