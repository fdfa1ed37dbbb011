"""Photos in and out: bytes -> Photo (upright, sRGB, nothing private), pixels -> PNG."""
