"""The Programme of Action, the International Tracing Instrument and their kin as dated data.

Every paragraph that a rule, an event or a figure may cite stands in `texts/*.toml`: what it asks in this project's own
words, where that was seen and how sure it is. A State may correct any of it with texts of its own.
Source: PoA II-IV, ITI 1-38.
"""

from tracemark.instruments.library import (
    Library,
    by_level,
    by_theme,
    instrument,
    overlay,
    paragraph,
    paragraphs,
    shipped,
)
from tracemark.instruments.provisions import Confidence, Instrument, Level, Paragraph, Status
from tracemark.instruments.reading import TextRefused

__all__ = [
    "Confidence",
    "Instrument",
    "Level",
    "Library",
    "Paragraph",
    "Status",
    "TextRefused",
    "by_level",
    "by_theme",
    "instrument",
    "overlay",
    "paragraph",
    "paragraphs",
    "shipped",
]
