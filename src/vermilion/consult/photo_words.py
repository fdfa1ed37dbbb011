"""What a photo told about itself, in words: its scale, its skin, its smile, what would mend it.

Public: `scale_words`, `skin_words`, `gum_words`, `colour_words`, `advice`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vermilion.face.finding import Finding
from vermilion.face.lips import Scale
from vermilion.know.said import Phrase, phrase

SOURCES = {
    "population iris": phrase("from the usual width of an iris"),
    "iris of this client": phrase("from this client's own iris"),
    "reference": phrase("from the reference in the photo"),
    "card": phrase("from the scale card"),
}
SKIN = {
    "very light": phrase("very light skin"),
    "light": phrase("light skin"),
    "intermediate": phrase("intermediate skin"),
    "tan": phrase("tan skin"),
    "brown": phrase("brown skin"),
    "dark": phrase("dark skin"),
}
GUM = {
    "none": phrase("no gum shows"),
    "slight": phrase("a little gum shows"),
    "gummy": phrase("a gummy smile"),
    "very gummy": phrase("a very gummy smile"),
}
TAKEN = phrase("taken as sRGB")
DAMAGED = phrase("taken as sRGB (its colour profile is damaged)")


def scale_words(scale: Scale) -> Phrase:
    """Millimetres a pixel, how sure, and from what; or that nothing tells them."""
    if scale.mm_per_px is None or scale.sd is None:
        return phrase("not known, so lengths are shares of the mouth's width")
    return phrase(
        "{mm} mm a pixel ± {percent} % ({source})",
        mm=round(scale.mm_per_px, 4),
        percent=round(100 * scale.sd / scale.mm_per_px, 1),
        source=SOURCES[scale.source],
    )


def skin_words(ita_class: str) -> Phrase:
    """Chardon's class of the skin, for people."""
    return SKIN[ita_class]


def gum_words(gum_class: str) -> Phrase:
    """The class of a gum show, for people."""
    return GUM[gum_class]


def colour_words(colour: str) -> Phrase:
    """What was done about a photo's colours; a profile's own name stays as it is."""
    known = {one.template: one for one in (TAKEN, DAMAGED)}
    return known.get(colour) or Phrase("{colour}", (("colour", colour),))


def advice(rest: Iterable[Finding], smiling: Iterable[Finding]) -> Iterator[Phrase]:
    """What to know about a photo and what would mend it, then of the smile; sentences that begin
    small."""
    for one in rest:
        yield phrase("{what}: {do}.", what=one.text, do=one.advice)
    for one in smiling:
        yield phrase("In the smile photo, {what}: {do}.", what=one.text, do=one.advice)
