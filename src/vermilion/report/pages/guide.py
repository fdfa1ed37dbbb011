"""A guide as a page: sections, the minutes in the chair as a table, the course over time drawn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from vermilion.care.guide import COST, RESULTS, SAYS, Drawing, Guide, Line, Section
from vermilion.know.said import Given, Said
from vermilion.know.voice import Voice
from vermilion.report.band_chart import band_chart
from vermilion.report.page import Block, Bullets, Chart, Heading, Page, Paragraph, Table
from vermilion.report.pages.whom_to_call import whom_to_call


def guide_page(voice: Voice, found: Guide) -> Page:
    blocks: list[Block] = [*whom_to_call(voice)]
    for section in found.sections:
        blocks.append(Heading(section.title))
        blocks += _lines(voice, section)
        if section.id == RESULTS and found.drawing is not None:
            blocks.append(_chart(voice, found.drawing))
        if section.id == COST and found.price is not None:
            price = voice.money(*found.price)
            blocks.append(Paragraph(voice.say("Our price: {price} a visit.", price=price)))
        if section.id == SAYS:
            blocks.append(_statements(voice, found))
    return Page(
        voice,
        voice.say("{treatment}: the whole treatment", treatment=found.name.capital),
        tuple(blocks),
        voice.say(
            "Country: {country}. Grades: A trials, reviews, labels and laws; B larger series; "
            "C small series; D opinion or custom.",
            country=voice.say(voice.country.name),
        ),
    )


def _lines(voice: Voice, section: Section) -> Iterator[Block]:
    for kind, group in groupby(section.lines, key=lambda line: line.kind):
        lines = list(group)
        if kind == "point":
            yield Bullets(tuple(line.text for line in lines))
        elif kind == "step":
            head = (voice.say("How long"), voice.say("What happens"))
            yield Table(head, tuple((_label(line), line.text) for line in lines))
        else:
            tone = "stop" if kind == "warn" else ""
            yield from (Paragraph(line.text, tone) for line in lines)


def _label(line: Line) -> Said:
    return line.label or Said(())


def _chart(voice: Voice, drawing: Drawing) -> Chart:
    words = voice.say(
        "{title}. The line is the usual course, the shaded band how people differ. A model of this "
        "program, not a measurement.",
        origin=drawing.title.origin,
        title=drawing.title,
    )
    return Chart(band_chart(voice, drawing.curve, drawing.title.plain), words)


def _statements(voice: Voice, found: Guide) -> Table:
    head = (voice.say("The page says"), voice.say("Verdict"), voice.say("What we say"))
    rows = []
    for one in found.statements:
        said = Said((Given(f"{one.id}  "), *one.text.parts))
        why = voice.say(one.verdict)
        text = Said((*one.wording.parts, " ", *one.why.parts), one.wording.origin)
        rows.append((said, why, text))
    return Table(head, tuple(rows))
