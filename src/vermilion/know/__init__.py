"""What is known: numbers and texts with their sources, as data."""
