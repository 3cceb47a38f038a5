from collections.abc import Mapping

from tracemark.wording.sentences import has_sentence, isolated, sentence
from tracemark.wording.states import state_text

STATES = frozenset({"country", "to_state", "from_state"})
"""The disaggregations whose values are States."""

_AGENCIES = frozenset({"authority", "holder"})
_FAMILIES = {
    "age_band": "tracing.age",
    "answer": "tracing.result",
    "authorises": "transfers.authorises",
    "disability": "figures.disability",
    "diverted_at": "diversion.stage",
    "diverted_how": "diversion.way",
    "ground": "tracing.withholding",
    "holder_kind": "authorities.agency",
    "kind": "recordkeeping.kind",
    "legal_basis": "recordkeeping.breach",
    "manner": "recordkeeping.kind",
    "marking": "figures.marking",
    "method": "stockpiles.method",
    "moves": "transfers.authorises",
    "outcome": "tracing.outcome",
    "result": "reporting.result",
    "rule": "diversion.rule",
    "sex": "tracing.sex",
    "stage": "diversion.stage",
    "status": "recordkeeping.status",
    "strength": "diversion.strength",
    "weapon_kind": "weapons.kind",
}
"""By which family of words the values of a disaggregation are said; others say themselves."""


def cell_text(by: str, value: str, agencies: Mapping[str, str] | None = None, *, to: str = "en") -> str:
    """Name a value of a figure's disaggregation; what the record did not say is said to be so."""
    if not value:
        return sentence("figures.not_said", to=to)
    if by in STATES:
        return state_text(value, to=to)
    if by in _AGENCIES:
        return isolated((agencies or {}).get(value, value), to=to)
    code = f"{_FAMILIES.get(by, '')}_{value}"
    return sentence(code, to=to) if has_sentence(code) else isolated(value, to=to)
