from tracemark.diversion import Stage, Strength
from tracemark.recordkeeping import Status
from tracemark.reporting.indicators import LegalBasis, Manner, Marking
from tracemark.tracing import AGE_BANDS, Outcome, Sex
from tracemark.transfers import Authorises
from tracemark.weapons import catalogue


def values_of(breakdown: str) -> frozenset[str]:
    """Return the values that a disaggregation can have; none where anything may stand there, as with a place."""
    if breakdown == "weapon_kind":
        return frozenset(catalogue().kinds)
    if breakdown in ("country", "to_state", "from_state"):
        return frozenset(catalogue().states)
    return _CLOSED.get(breakdown, frozenset())


_CLOSED = {
    "age_band": frozenset(AGE_BANDS),
    **{
        name: frozenset(each.value for each in values)
        for name, values in {
            "authorises": Authorises,
            "legal_basis": LegalBasis,
            "manner": Manner,
            "marking": Marking,
            "outcome": Outcome,
            "sex": Sex,
            "stage": Stage,
            "status": Status,
            "strength": Strength,
        }.items()
    },
}
