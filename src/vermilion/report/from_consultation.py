"""A consultation as a sheet: values become rows, sentences and labels; nothing is computed."""

from __future__ import annotations

from collections.abc import Mapping

from vermilion.consult.consultation import Consultation
from vermilion.consult.draw import encode_jpeg
from vermilion.consult.reading import Reading
from vermilion.face.norms import norms_for
from vermilion.report.sheet import (
    Frame,
    MeasureRow,
    Norm,
    Patch,
    Sheet,
    Statement,
    TimeCourse,
)
from vermilion.report.words import TREATMENT, day_label
from vermilion.units import Measured

MODEL_NOTE = "The program's model: an illustration, not a prediction."


def sheet_of(consultation: Consultation) -> Sheet:
    """Everything that is printed of a consultation."""
    cut, reading, plan = consultation.cut, consultation.reading, consultation.plan
    lips = cut.lips

    def own(treatment: str, day: float) -> float:
        """Days since the treatment's own visit; both together count from the first visit."""
        return day if treatment == "both" else day - plan.begins(treatment)

    return Sheet(
        title=_title(plan.treatments),
        photo_name=reading.photo.name or "the photo",
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
            Frame(
                p.treatment,
                p.band,
                own(p.treatment, p.day),
                day_label(own(p.treatment, p.day)),
                p.jpeg,
            )
            for p in consultation.pictures
        ),
        courses=tuple(
            TimeCourse(
                c.treatment,
                c.title,
                c.unit,
                tuple(own(c.treatment, day) for day in c.days),
                c.low,
                c.expected,
                c.high,
                MODEL_NOTE,
            )
            for c in consultation.courses
        ),
        measures=tuple(
            MeasureRow(_words(name), m.value, m.sd, m.unit, _norms(name, m.unit))
            for name, m in _measures(reading).items()
        ),
        statements=tuple(
            Statement(s.kind, s.text, s.grade, s.sources, s.treatment) for s in consultation.said
        ),
        facts=_facts(consultation),
        sources=consultation.sources,
        version=consultation.version,
        judged_days={t: own(t, plan.judged_day(t)) for t in plan.treatments},
    )


def _measures(reading: Reading) -> Mapping[str, Measured]:
    smiling = reading.smile.measures if reading.smile else {}
    return {**reading.measures, **{f"smile: {name}": value for name, value in smiling.items()}}


def _norms(name: str, unit: str) -> tuple[Norm, ...]:
    """Distributions that clients may see, in the measure's own unit only."""
    return tuple(
        Norm(row.group, row.n, row.mean, row.sd, ", ".join(row.source))
        for row in norms_for(name)
        if row.unit == unit
    )


def _title(treatments: tuple[str, ...]) -> str:
    return f"{TREATMENT[treatments[-1]]}: how it would look on these lips"


def _words(name: str) -> str:
    words = name.replace("_", " ").capitalize()
    return words.replace("Cupids bow", "Cupid's bow").replace("Upper lower", "Upper to lower lip")


def _facts(consultation: Consultation) -> tuple[tuple[str, str], ...]:
    reading = consultation.reading
    scale = reading.scale
    told = "not known: ratios only"
    if scale.mm_per_px is not None and scale.sd is not None:
        error = 100 * scale.sd / scale.mm_per_px
        told = f"{scale.mm_per_px:.4f} mm a pixel, ± {error:.1f} % ({scale.source})"
    editions = ", ".join(f"{name} {edition}" for name, edition in consultation.editions.items())
    return (
        ("Photo", f"{reading.photo.width} x {reading.photo.height} pixels, {reading.photo.colour}"),
        ("Scale", told),
        ("Head turned", f"{reading.face.pose.yaw_deg:.0f}° to the side"),
        ("Plan", consultation.plan.in_words()),
        ("Program", f"vermilion {consultation.version}"),
        ("Knowledge", editions),
    )
