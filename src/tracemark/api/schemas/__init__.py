"""The shapes of what comes in and goes out, by room. What comes in is refused where it holds a field that nobody knows."""
