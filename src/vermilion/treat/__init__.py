"""Plans and what they do on a day, in millimetres and colours. Touches no pixels."""
