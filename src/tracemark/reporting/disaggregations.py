"""What the values of a disaggregation can be: closed lists of the rooms that the record is made of."""

from collections.abc import Callable, Mapping

from tracemark.authorities import AgencyKind
from tracemark.diversion import STAGES, Strength, patterns, ways_of_diversion
from tracemark.recordkeeping import EventKind, Status
from tracemark.reporting.indicators import Manner, Marking, Result
from tracemark.reporting.statements import split_values
from tracemark.stockpiles import destruction_methods
from tracemark.tracing import AGE_BANDS, Outcome, Sex, Withholding
from tracemark.tracing import Result as AnswerGiven
from tracemark.transfers import INLAND, Authorises
from tracemark.weapons import catalogue

_PERSON, _SEVERAL = "person", "several"


def _states() -> list[str]:
    return sorted(catalogue().states)


_CLOSED: Mapping[str, Callable[[], list[str]]] = {
    "age_band": lambda: list(AGE_BANDS),
    "answer": lambda: [each.value for each in AnswerGiven],
    "authorises": lambda: [each.value for each in Authorises],
    "country": _states,
    "disability": lambda: list(split_values("disability")),
    "diverted_at": lambda: list(STAGES),
    "diverted_how": lambda: list(ways_of_diversion()),
    "from_state": _states,
    "ground": lambda: [*(each.value for each in Withholding), _SEVERAL],
    "holder_kind": lambda: [*(each.value for each in AgencyKind), _PERSON],
    "kind": lambda: [each.value for each in EventKind],
    "manner": lambda: [each.value for each in Manner],
    "marking": lambda: [each.value for each in Marking if each.value],
    "method": lambda: list(destruction_methods()),
    "moves": lambda: [*(each.value for each in Authorises), INLAND],
    "outcome": lambda: [each.value for each in Outcome],
    "result": lambda: [each.value for each in Result],
    "rule": lambda: list(patterns()),
    "sex": lambda: [each.value for each in Sex],
    "stage": lambda: list(STAGES),
    "status": lambda: [each.value for each in Status],
    "strength": lambda: [each.value for each in Strength],
    "to_state": _states,
    "weapon_kind": lambda: list(catalogue().kinds),
}


def breakdown_values(by: str) -> list[str]:
    """Return the values that a disaggregation can have; none of one that is told in the State's own words."""
    return _CLOSED[by]() if by in _CLOSED else []
