"""What is said of a photo that is no use, or of a plan that does not fit, is said in each
language."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

import vermilion
from vermilion.care.answers import NO_PART, NO_QUESTION, NO_THING, medicine_classes
from vermilion.care.dates.steps import read_course
from vermilion.care.dates.waits import read_waits
from vermilion.care.dates.wish import Dated, Wish, checked
from vermilion.care.toxin_sheet import Dilution
from vermilion.errors import FaceError, PhotoError, UsageError, VermilionError
from vermilion.know.catalogue import LANGUAGES, catalogue
from vermilion.know.said import phrase
from vermilion.know.shelf import packaged
from vermilion.know.voice import Voice
from vermilion.know.wording import PLACEHOLDER, faults_of_text
from vermilion.photo.decode import STRANGERS
from vermilion.treat.blush_plan import BlushPlan

SOURCE = Path(vermilion.__file__).parent
OF_PHOTOS = ("PhotoError", "FaceError", "ScaleError", "NotReachableError")
FOLDERS = ("photo", "face", "render", "consult")
STUDIO = ("studio", "studio/pages", "studio/record")
CARE = ("care", "care/dates", "treat")
"""Theirs are read by clients and practitioners alike."""
FILES = "DataError"
"""Of a knowledge file that breaks the rules: read by who writes such files, in English."""
OPERATORS = ("backup", "serve", "settings")
"""What only the terminal says, whose commands know no language."""
SPANISH = Voice(language="es", country_key="es")


def parts() -> Iterator[tuple[str, str]]:
    """(file, text) of every part of an error about a photo, and of every error of the studio; one
    made up on the spot is named as such, for it can't be translated."""
    folders = (*FOLDERS, *STUDIO, *CARE)
    files = [one for folder in folders for one in (SOURCE / folder).glob("*.py")]
    for path in sorted(files):
        if path.stem in OPERATORS:
            continue
        where = path.relative_to(SOURCE).with_suffix("")
        module = importlib.import_module("vermilion." + ".".join(where.parts))
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            kind = getattr(module, name, None)
            ours = isinstance(kind, type) and issubclass(kind, VermilionError)
            theirs = ours and name != FILES and where.parts[0] in ("care", "treat")
            if name in OF_PHOTOS or theirs or (ours and where.parts[0] == "studio"):
                typed = (one.value for one in node.keywords if one.arg == "terminal")  # type: ignore[attr-defined]
                for arg in (*node.args, *typed):  # type: ignore[attr-defined]
                    yield from ((str(where), text) for text in constants(arg, module))


def notes() -> Iterator[str]:
    """What is said where two answers exclude each other."""
    for name in packaged().names("questions"):
        rows = packaged().topic(f"questions/{name}").tables.get("contradiction", {})
        yield from (row["note"] for row in rows.values())


def constants(node: ast.expr, module: object) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from constants(node.body, module)
        yield from constants(node.orelse, module)
    elif isinstance(node, ast.Constant):
        yield str(node.value)
    elif any(isinstance(one, ast.JoinedStr | ast.BinOp) for one in ast.walk(node)):
        yield f"made up on the spot: {ast.unparse(node)}"
    elif isinstance(node, ast.Name) and hasattr(module, node.id):
        yield str(getattr(module, node.id))


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_part_of_a_refusal_is_translated(language: str) -> None:
    known = catalogue(packaged(), language)
    found = [*parts(), *(("photo/decode", what) for _, what in STRANGERS)]
    found += [("care/answers", text) for text in (NO_PART, NO_QUESTION, NO_THING, *notes())]
    assert len(found) > 380
    assert [one for one in found if one[1] and one[1] not in known] == []
    for where, text in found:
        other = known.get(text, "")
        assert not {"terminal", "came", "wanted", "do"} & set(PLACEHOLDER.findall(text)), where
        assert sorted(PLACEHOLDER.findall(other)) == sorted(PLACEHOLDER.findall(text)), where
        assert not any("typed amount" in fault for fault in faults_of_text(text, "en"))


def test_no_refusal_names_an_option_but_where_options_are_typed() -> None:
    for path in SOURCE.rglob("*.py"):
        if path.stem in OPERATORS or {"cli", "bench"} & set(path.relative_to(SOURCE).parts):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            if name.endswith("Error"):
                read = [*node.args, *(one.value for one in node.keywords if one.arg == "do")]  # type: ignore[attr-defined]
                told = [text for arg in read for text in constants(arg, object())]
                assert not [text for text in told if re.search(r"(^| |\()--\w", text)], path


def test_what_is_typed_is_said_in_a_terminal_alone() -> None:
    error = FaceError("{count} faces", "", "cut", terminal="--face {count}", count=2)
    assert (str(error), error.in_terminal) == ("2 faces; cut.", "2 faces; --face 2.")
    assert FaceError("none", "", "again").in_terminal == "none; again."


def test_a_refusal_is_one_sentence_filled_with_what_came() -> None:
    error = PhotoError("{name} is empty", "", "choose another file", name="client.jpg")
    assert str(error) == error.came + "; choose another file."
    assert error.came == "client.jpg is empty"
    assert SPANISH.refusal(error) == "client.jpg está vacío; elige otro archivo."


def test_numbers_in_a_refusal_follow_the_country() -> None:
    error = FaceError("a rise of {rise_mm} mm was asked for", rise_mm=1.5)
    assert str(error) == "a rise of 1.5 mm was asked for."
    assert "1,5 mm" in SPANISH.refusal(error)


def test_a_phrase_is_a_part_too_and_what_nobody_translated_stays() -> None:
    error = VermilionError(phrase("change the plan"), "{nobody} knows this {text}")
    assert str(error) == "change the plan; {nobody} knows this {text}."
    assert SPANISH.refusal(error) == "cambia el plan; {nobody} knows this {text}."


def test_what_to_answer_for_an_unknown_medicine_is_a_word_of_the_readers_and_is_understood() -> (
    None
):
    with pytest.raises(UsageError) as caught:
        medicine_classes(packaged(), ["xyzzy"])
    assert "'other'" in str(caught.value)
    assert "«otro»" in SPANISH.refusal(caught.value)
    assert medicine_classes(packaged(), ["otro"]) == medicine_classes(packaged(), ["other"])


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Dilution(0, 1), "las unidades del vial son 0; hace falta más de 0."),
        (lambda: Dilution(1, 0), "el diluyente del vial es 0 ml; hace falta más de 0."),
        (
            lambda: BlushPlan(saturation=2),
            "llegó saturación = 2; hace falta de 0 a 1.",
        ),
    ],
)
def test_a_refusal_of_care_or_treat_is_said_whole_in_spanish(
    make: Callable[[], object], told: str
) -> None:
    with pytest.raises(VermilionError) as caught:
        make()
    assert SPANISH.refusal(caught.value) == told


def test_a_refusal_of_dates_names_things_and_steps_by_their_titles() -> None:
    first, later = Dated("filler", date(2027, 1, 10)), Dated("blush.perfecting", date(2026, 6, 1))
    told = []
    for treatment, one in (("flip", first), ("blush", later)):
        wish = Wish((treatment,), date(2026, 11, 26), date(2026, 11, 26), had=(one,))
        with pytest.raises(UsageError) as caught:
            checked(wish, read_waits(packaged()), (read_course(packaged(), treatment),))
        told.append(SPANISH.refusal(caught.value, in_terminal=True))
        assert "--" not in SPANISH.refusal(caught.value)
    assert told[0].startswith("relleno de labios del ")
    assert told[0].endswith("--booked filler:2027-01-10.")
    assert told[1].startswith("se dice que «") or "«" in told[1]
    assert "blush.perfecting" not in told[1]
