"""The shapes of what comes in and goes out, by room. What comes in is refused where nobody knows a field of it."""
