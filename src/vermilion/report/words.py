"""The fixed words of the report, in one place so that a catalogue can take them over."""

SIMULATION = "Simulation: an illustration, not a prediction"

TREATMENT = {"flip": "Lip flip", "blush": "Lip blush", "both": "Flip and blush"}

BAND = {
    "low": "weak response",
    "expected": "expected",
    "high": "strong response",
}

GRADE = {
    "A": "A: trials, systematic reviews, labels",
    "B": "B: cohorts or series of 10 and more",
    "C": "C: small series or case reports",
    "D": "D: expert opinion or clinic pages",
}

KIND = {
    "usual": "What is usual for most people",
    "limit": "What it will not do",
    "function": "What it can do to speaking, drinking and smiling",
    "warning": "Please read before deciding",
    "quality": "About this photo",
    "claim": "What is known",
}


def day_label(day: float) -> str:
    """A day as people say it: 'day 4', 'week 6', 'year 2'."""
    if day <= 0:
        return "day 0"
    if day >= 365:
        years = day / 365.25
        return f"year {years:.1f}".removesuffix(".0")
    if day >= 14 and abs(day / 7 - round(day / 7)) < 0.08:
        return f"week {round(day / 7)}"
    return f"day {day:g}"


def quantity(value: float, unit: str) -> str:
    """A value with the digits its unit deserves (never finer than 0.1 mm)."""
    digits = {"mm": 1, "mm2": 0, "%": 0, "deg": 1, "ratio": 2, "dE2000": 1}.get(unit, 2)
    sign = {"mm2": " mm²", "%": " %", "deg": "°", "ratio": "", "dE2000": " dE"}.get(
        unit, f" {unit}"
    )
    return f"{value:.{digits}f}{sign}"
