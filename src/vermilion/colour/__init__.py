"""Colour: spaces, differences, skin tone. All for D65."""
