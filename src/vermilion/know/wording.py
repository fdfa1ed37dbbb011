"""What no text may say, and how a text must be written.

Public: `faults_of_text`.

A number in a text is a placeholder, never typed, so that it cannot part from its source; words
that promise what nobody can are refused in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

PLACEHOLDER = re.compile(r"\{[^{}]*\}")
DIGIT = re.compile(r"\d")

COUNTED = {
    "en": re.compile(
        r"\b(two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|hundred)\b"
        r"(?=[\s-]+(?:\w+[\s-]+)?(?:hours?|days?|weeks?|months?|years?|minutes?|units?|mm|percent))",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|veinte|treinta|cien)\b"
        r"(?=\s+(?:\w+\s+)?(?:horas?|días?|semanas?|meses|años?|minutos?|unidades|mm|por ciento))",
        re.IGNORECASE,
    ),
}

FORBIDDEN = {
    "en": (
        r"\bsafe(?:ly|r|st)?\b",
        r"\bstop (?:taking|your|the) (?!.*\bask\b)",
        r"\bguarantee[ds]?\b",
        r"\bperfect lips?\b",
        r"\bjust the botox\b",
        r"\bharmless\b",
        r"\brisk[- ]free\b",
        r"\bpainless\b",
    ),
    "es": (
        r"\b(?:es|son|totalmente|completamente) segur[oa]s?\b",
        r"\b(?:deja|suspende|interrumpe) (?:de tomar|tu|el|la|los|las) (?:medic|antico|pastill)",
        r"\bgarantizad[oa]s?\b|\bgarantía\b",
        r"\blabios perfectos\b",
        r"\bsolo el b[oó]tox\b|\bes el b[oó]tox\b",
        r"\binofensiv[oa]s?\b",
        r"\bsin riesgos?\b",
        r"\bindolor[oa]?s?\b",
    ),
}
"""A quoted claim of others is told in our words, so that it need not use these."""


def faults_of_text(text: str, language: str) -> Iterator[str]:
    """What is wrong with one text of a knowledge file or catalogue; nothing where all is well."""
    bare = PLACEHOLDER.sub("", text)
    if DIGIT.search(bare):
        yield "a typed number: use a placeholder"
    if found := COUNTED[language].search(bare):
        yield f"a typed amount ('{found[0]}'): use a placeholder"
    for pattern in FORBIDDEN[language]:
        if found := re.search(pattern, bare, re.IGNORECASE):
            yield f"it says '{found[0]}'"
