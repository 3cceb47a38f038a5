"""How the values of a figure's breakdown are named."""

from collections.abc import Mapping

from tracemark import wording
from tracemark.web.said import spoken


def cell_name(by: str, value: str, agencies: Mapping[str, str]) -> str:
    """Name a value in the reader's language; what the record did not say is said to be so."""
    return wording.cell_text(by, value, agencies, to=spoken())


def maps_states(by: str) -> bool:
    """Whether the values are States, which a map can show."""
    return by in wording.STATES
