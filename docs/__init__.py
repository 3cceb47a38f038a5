"""The manual, and the generators of its reference pages. Not part of what is installed."""
