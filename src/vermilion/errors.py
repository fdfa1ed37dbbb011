"""What can go wrong, said kindly.

Every error that a person can cause or mend is one of these. Its text is one sentence of three
parts: what came, what was wanted, what to do. The class knows how a program ends on it.

    VermilionError               exit 1   HTTP 500
    |-- UsageError               exit 2   HTTP 400   options that contradict each other
    |-- PhotoError               exit 3   HTTP 422   not a usable picture
    |-- FaceError                exit 4   HTTP 422   no face, several, turned away, covered
    |-- ScaleError               exit 5   HTTP 422   millimetres asked for, none known
    |-- PlanError                exit 6   HTTP 422   a plan that the evidence blocks
    |-- NotReachableError        exit 7   HTTP 422   a change that this lip does not allow
    |-- OutputError              exit 8   HTTP 507   a place that can't be written
    |-- DataError                exit 9   HTTP 500   a knowledge file without its sources
    `-- SetupError               exit 10  HTTP 503   an incomplete installation
"""

from __future__ import annotations


class VermilionError(Exception):
    """Base of all errors that are shown to a person as one sentence.

    Parameters
    ----------
    came : what was found ("the file is empty")
    wanted : what is needed ("a photo of one face is needed"), may be empty
    do : what to do about it ("take the photo again in daylight"), may be empty
    terminal : what to do instead where options are typed ("add --at"); a page never shows it
    values : what `{placeholders}` in them stand for

    Each part is English, or something whose `str` is: a phrase. A part that is a constant, filled
    by values, can be said in other languages (`know.voice.Voice.refusal`).
    """

    exit_code = 1
    http_status = 500

    def __init__(
        self,
        came: object,
        wanted: object = "",
        do: object = "",
        *,
        terminal: object = "",
        **values: object,
    ) -> None:
        self.parts, self.values = tuple(part for part in (came, wanted, do) if part), values
        self.terminal_parts = tuple(part for part in (came, wanted, terminal or do) if part)
        self.came, self.wanted, self.do = (self._english(part) for part in (came, wanted, do))
        super().__init__(self._sentence(self.parts))

    @property
    def in_terminal(self) -> str:
        """The sentence where options are typed."""
        return self._sentence(self.terminal_parts)

    def _sentence(self, parts: tuple[object, ...]) -> str:
        return "; ".join(map(self._english, parts)) + "."

    def _english(self, part: object) -> str:
        if not (self.values and isinstance(part, str)):
            return str(part)
        told = {k: f"{v:g}" if isinstance(v, float) else v for k, v in self.values.items()}
        return part.format_map(told)


class UsageError(VermilionError):
    exit_code = 2
    http_status = 400


class PhotoError(VermilionError):
    exit_code = 3
    http_status = 422


class FaceError(VermilionError):
    exit_code = 4
    http_status = 422


class ScaleError(VermilionError):
    exit_code = 5
    http_status = 422


class PlanError(VermilionError):
    exit_code = 6
    http_status = 422


class NotReachableError(VermilionError):
    exit_code = 7
    http_status = 422


class OutputError(VermilionError):
    exit_code = 8
    http_status = 507


class DataError(VermilionError):
    exit_code = 9
    http_status = 500


class SetupError(VermilionError):
    exit_code = 10
    http_status = 503
