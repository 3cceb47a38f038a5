from collections.abc import Callable, Mapping
from functools import cache

from tracemark.tracing.matching.readings import Certainty, Place, Reading
from tracemark.tracing.matching.vocabulary import Meaning, Sort, entries

NOTHING = "none"


def reading_text(reading: Reading, reads_alike: Callable[[str, Reading], bool]) -> str:
    """Write a reading in the notation, with its part and method in English words behind it.

    Where the bare characters would be taken for a word or a placeholder, as `reads_alike` tells, they are quoted.
    """
    signs = "".join(map(place_text, reading.places)) or NOTHING
    if reading.places and not reads_alike(signs, reading):
        signs = f'"{signs}"'
    doubt = " (?)" if reading.certainty is Certainty.DOUBTFUL else ""
    words = ", ".join(
        _first_words()[meaning]
        for meaning in (Meaning(Sort.PART, reading.part), Meaning(Sort.METHOD, reading.means))
        if meaning.value
    )
    return f"{signs}{doubt} ({words})" if words else f"{signs}{doubt}"


def place_text(place: Place) -> str:
    """Write one place in the notation."""
    if place.gap:
        return "*"
    sign = place.allowed if len(place.allowed) == 1 else f"[{place.allowed}]" if place.allowed else "?"
    return f"({sign}?)" if place.doubtful else sign


@cache
def _first_words() -> Mapping[Meaning, str]:
    return {entry.meaning: entry.words["en"][0] for entry in entries() if entry.words["en"]}
