"""Dates of treatments: which days the rules allow, which of them are best, and why.

waits, steps        the rules and a treatment's course, from the knowledge files
wish                what somebody wants, checked
slots -> layout     a wish as visits and the distances between them
solve, conflict     the best days; the fewest rules that exclude each other
find_days           the search over wishes; items, reasons: the answer and its why in words
schedule            all of it in one call
"""
