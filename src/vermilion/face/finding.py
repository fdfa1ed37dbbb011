"""One thing about a photo that whoever measures it should know, and what would mend it.

Public: `Finding`, `finding`, `require_usable`.

The words stand in `know/data/quality.toml`, beside the limits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from vermilion.errors import FaceError
from vermilion.know.said import Phrase
from vermilion.know.sourced import topic
from vermilion.know.voice import Voice

SEVERITIES = ("advice", "warning", "refuse")
TOPIC = "quality"


@dataclass(frozen=True, slots=True)
class Finding:
    """code : what it is about; severity : one of SEVERITIES; text : what it is; advice : what to do
    about it"""

    code: str
    severity: str
    text: Phrase
    advice: Phrase

    def to_json(self, voice: Voice) -> dict[str, str]:
        return {
            "code": self.code,
            "severity": self.severity,
            "text": voice.tell(self.text).plain,
            "advice": voice.tell(self.advice).plain,
        }


def finding(key: str, severity: str, code: str = "", **values: Any) -> Finding:
    """The words of the finding `key`, filled; code : where it is not the key."""
    row = topic(TOPIC).tables["finding"][key]
    filled = tuple(values.items())
    text, advice = (Phrase(row[part], filled, home=TOPIC) for part in ("text", "do"))
    return Finding(code or key, severity, text, advice)


def require_usable(findings: Iterable[Finding]) -> None:
    """
    Raises
    ------
    FaceError : one of the findings is a refusal
    """
    for one in findings:
        if one.severity == "refuse":
            raise FaceError(one.text, "", one.advice)
