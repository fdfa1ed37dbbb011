"""What clients read is plain: the middle text needs eight years of school or fewer."""

from __future__ import annotations

from statistics import median

import pytest
import textstat

from vermilion.know.catalogue import LANGUAGES, translated
from vermilion.know.check import texts_of, topics_with_texts
from vermilion.know.shelf import packaged
from vermilion.know.wording import PLACEHOLDER

GRADE = 8.0
SHELF = packaged()


def client_texts(name: str, language: str) -> list[str]:
    """The sentences of a file that clients read; headings and names are too short to be graded."""
    return [
        PLACEHOLDER.sub("4", translated(SHELF, language, text))
        for row, text in texts_of(SHELF.topic(name).tables)
        if row.get("audience", "client") == "client" and len(text.split()) >= 5
    ]


def grade(text: str, language: str) -> float:
    """Years of school: the automated readability index in English, Crawford's in Spanish.

    Formulas that count English syllables need a dictionary that the library would download.
    """
    textstat.set_lang(language)
    formula = textstat.crawford if language == "es" else textstat.automated_readability_index
    return float(formula(text))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(topics_with_texts(SHELF)))
def test_the_middle_sentence_of_each_file_is_plain(name: str, language: str) -> None:
    grades = [grade(text, language) for text in client_texts(name, language)]
    if grades:
        assert median(grades) <= GRADE, name


def test_a_hard_text_is_graded_as_hard() -> None:
    hard = (
        "Perioral administration of botulinum neurotoxin necessitates comprehensive individualised "
        "consideration of neuromuscular contraindications."
    )
    assert grade(hard, "en") > 16
    assert grade("The lip swells. It goes down.", "en") < 4
