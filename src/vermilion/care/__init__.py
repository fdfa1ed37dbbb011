"""From knowledge and a person's answers to guidance: no photo, no clock, no files."""
