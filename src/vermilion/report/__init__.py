"""A consultation as a person reads it: one offline web page and one PDF.

Nothing clinical is computed here; a `Sheet` holds everything that is printed.
"""

from vermilion.report.html import write_html
from vermilion.report.pdf import write_pdf
from vermilion.report.sheet import Frame, MeasureRow, Norm, Sheet, TimeCourse

__all__ = [
    "Frame",
    "MeasureRow",
    "Norm",
    "Sheet",
    "TimeCourse",
    "write_html",
    "write_pdf",
]
