"""What the clinic's page says, each statement beside what is known.

Public: `VERDICTS`, `Statement`, `statements`.

Every statement is carried, also where it is wrong: "says" is not "is true". What is shown instead
stands in `wording`; the sources of both lie in the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vermilion.errors import DataError
from vermilion.know.said import Said
from vermilion.know.voice import Voice

VERDICTS = ("supported", "practice only", "overstated", "unsafe as written", "wrong")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of the page.

    id : "F12"; verdict : one of VERDICTS
    text : what the page says, in our words; why : the reason for the verdict; wording : what is
    shown instead
    """

    id: str
    verdict: str
    text: Said
    why: Said
    wording: Said

    def to_json(self) -> dict[str, Any]:
        origin = self.wording.origin
        return {
            "id": self.id,
            "verdict": self.verdict,
            "says": self.text.plain,
            "why": self.why.plain,
            "wording": self.wording.plain,
            "sources": [] if origin is None else list(origin.sources),
            "grade": "" if origin is None else origin.grade,
        }


def statements(voice: Voice, treatment: str) -> tuple[Statement, ...]:
    """All statements of the page on a treatment, in its order; none where the page is silent.

    Raises
    ------
    DataError : a statement without a verdict
    """
    name = f"statements/{treatment}"
    if not voice.shelf.has(name):
        return ()
    return tuple(
        _statement(voice, name, key, row)
        for key, row in voice.shelf.topic(name).tables.get("statement", {}).items()
    )


def _statement(voice: Voice, name: str, key: str, row: dict[str, Any]) -> Statement:
    verdict = row.get("verdict", "")
    if verdict not in VERDICTS:
        raise DataError(
            f"{name}.toml: {key} has the verdict '{verdict}'",
            f"one of {', '.join(VERDICTS)} is needed",
        )
    text, why, wording = (voice.row(name, row, part) for part in ("text", "why", "wording"))
    return Statement(key, verdict, text, why, wording)
