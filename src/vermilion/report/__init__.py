"""A consultation, and every page of care, as a person reads it: web page, print, text, calendar.

Nothing clinical is computed here; a `Sheet` or a `Page` holds everything that is shown. Nothing is
imported here either: the pages of care need neither pixels nor colours.
"""
