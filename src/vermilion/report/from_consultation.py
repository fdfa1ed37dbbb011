"""A consultation as a sheet: values become rows, sentences and labels; nothing is computed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vermilion.consult.consultation import Consultation
from vermilion.consult.draw import encode_jpeg
from vermilion.consult.photo_words import colour_words, gum_words, scale_words, skin_words
from vermilion.consult.reading import Reading
from vermilion.consult.words import band_words, named_sources
from vermilion.face.norms import norms_for
from vermilion.know.measures import can_be_negative, measure_label, measure_meaning
from vermilion.know.voice import Voice
from vermilion.report.sheet import Frame, MeasureRow, Norm, Patch, Sheet, TimeCourse
from vermilion.report.words import day_words, treatment_words
from vermilion.units import Measured


def sheet_of(
    consultation: Consultation,
    voice: Voice | None = None,
    made_on: date | None = None,
    looked_at: tuple[float, str] | None = None,
) -> Sheet:
    """Everything that is printed of a consultation.

    Parameters
    ----------
    voice : who it is said to, in which language; English to a client without one
    made_on : the day of the consultation, where it is to be printed
    looked_at : the day of the plan and the band that were on the screen when it was kept
    """
    voice = voice or Voice()
    cut, reading, plan = consultation.cut, consultation.reading, consultation.plan
    lips, said = cut.lips, consultation.said(voice)
    measures = tuple(_measures(reading, voice))
    origins = [row.origin for m in measures for row in norms_for(m.name, client=_client(voice))]

    def own(treatment: str, day: float) -> float:
        """Days since the treatment's own visit; both together count from the first visit."""
        return day if treatment == "both" else day - plan.begins(treatment)

    return Sheet(
        voice=voice,
        title=_title(voice, plan.treatments),
        plan=voice.tell(plan.words).capital.plain.replace(" U", "\u00a0U"),
        photo_name=reading.photo.name or voice.say("the photo").plain,
        face_jpeg=encode_jpeg(cut.photo.pixels),
        face_size=(cut.photo.width, cut.photo.height),
        patch=Patch(
            lips.left / cut.photo.width,
            lips.top / cut.photo.height,
            lips.width / cut.photo.width,
            lips.height / cut.photo.height,
        ),
        before_jpeg=encode_jpeg(lips.of(cut.photo.pixels)),
        patch_size=(lips.width, lips.height),
        frames=tuple(
            Frame(p.treatment, p.band, own(p.treatment, p.day), p.jpeg)
            for p in consultation.pictures
        ),
        courses=tuple(
            TimeCourse(
                c.treatment,
                voice.tell(c.title).plain,
                c.unit,
                tuple(own(c.treatment, day) for day in c.days),
                c.low,
                c.expected,
                c.high,
            )
            for c in consultation.courses
        ),
        measures=measures,
        statements=said,
        facts=(*_looked(voice, looked_at), *_facts(consultation, voice)),
        sources=named_sources(said, origins),
        version=consultation.version,
        in_mm=reading.scale.mm_per_px is not None,
        made_on="" if made_on is None else voice.date(made_on).text,
        judged_days={t: own(t, plan.judged_day(t)) for t in plan.treatments},
    )


def _measures(reading: Reading, voice: Voice) -> Iterator[MeasureRow]:
    for name, measured in reading.measures.items():
        yield _row(name, measured, voice, smiling=False)
    if reading.smile is not None:
        for name, measured in reading.smile.measures.items():
            yield _row(name, measured, voice, smiling=True)


def _row(name: str, measured: Measured, voice: Voice, *, smiling: bool) -> MeasureRow:
    """With the distributions that this audience may see, in the measure's own unit only."""
    meaning = measure_meaning(name, smiling=smiling)
    rows = () if smiling else norms_for(name, client=_client(voice))
    return MeasureRow(
        name=name,
        label=voice.tell(measure_label(name, smiling=smiling)).plain,
        value=measured.value,
        sd=measured.sd,
        unit=measured.unit,
        norms=tuple(
            Norm(
                voice.tell(row.group).plain, row.n, row.mean, row.sd, ", ".join(row.origin.sources)
            )
            for row in rows
            if row.unit == measured.unit
        ),
        meaning="" if meaning is None else voice.tell(meaning).plain,
        signed=can_be_negative(name, smiling=smiling),
    )


def _client(voice: Voice) -> bool:
    return voice.audience == "client"


def _title(voice: Voice, treatments: tuple[str, ...]) -> str:
    name = treatment_words(voice, treatments[-1])
    return voice.say("{treatment}: how it would look on these lips", treatment=name).plain


def _looked(voice: Voice, looked_at: tuple[float, str] | None) -> Iterator[tuple[str, str]]:
    """What was on the screen: the day, counted from the first visit, and the response."""
    if looked_at is not None:
        day, band = looked_at
        told = f"{day_words(voice, day)}, {voice.tell(band_words(band)).plain}"
        yield voice.say("Looked at").plain, told


def _facts(consultation: Consultation, voice: Voice) -> Iterator[tuple[str, str]]:
    reading, photo = consultation.reading, consultation.reading.photo
    colour = voice.tell(colour_words(photo.colour)).plain
    size = voice.say("{width} x {height} pixels", width=photo.width, height=photo.height).plain
    yield voice.say("Photo").plain, f"{size}, {colour}"
    yield voice.say("Scale").plain, voice.tell(scale_words(reading.scale)).plain
    turned = round(abs(reading.face.pose.yaw_deg))
    yield voice.say("Head turned").plain, voice.say("{degrees}° to the side", degrees=turned).plain
    yield voice.say("Skin").plain, voice.tell(skin_words(reading.skin.ita_class)).plain
    if reading.smile is not None and reading.smile.gum_class is not None:
        yield voice.say("Smile").plain, voice.tell(gum_words(reading.smile.gum_class)).plain
    yield voice.say("Program").plain, f"vermilion {consultation.version}"
    editions = ", ".join(f"{name} {edition}" for name, edition in consultation.editions.items())
    yield voice.say("Editions of the knowledge").plain, editions
