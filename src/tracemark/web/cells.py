"""How the values of a figure's breakdown are named."""

from collections.abc import Mapping

from tracemark import wording
from tracemark.web.said import say, spoken, term

_STATES = frozenset({"country", "to_state", "from_state"})
_AGENCIES = frozenset({"authority", "holder"})
_FAMILIES = {
    "authorises": "transfers.authorises",
    "diverted_at": "diversion.stage",
    "diverted_how": "diversion.way",
    "holder_kind": "authorities.agency",
    "kind": "recordkeeping.kind",
    "manner": "recordkeeping.kind",
    "marking": "figures.marking",
    "result": "reporting.result",
    "method": "stockpiles.method",
    "moves": "transfers.authorises",
    "outcome": "tracing.outcome",
    "stage": "recordkeeping.stage",
    "status": "recordkeeping.status",
    "strength": "diversion.strength",
    "weapon_kind": "weapons.kind",
}
"""By which family of words the values of a breakdown are said; others say themselves."""


def cell_name(by: str, value: str, agencies: Mapping[str, str]) -> str:
    """Name a value in the reader's language; what the record did not say is said to be so."""
    if not value:
        return say("figures.not_said")
    if by in _STATES:
        return wording.state_text(value, to=spoken())
    if by in _AGENCIES:
        return agencies.get(value, value)
    return term(value, _FAMILIES[by]) if by in _FAMILIES else value


def maps_states(by: str) -> bool:
    """Whether the values are States, which a map can show."""
    return by in _STATES
