"""What the actions of this room share: what is refused, whose a dossier is, and the step that tells it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from tracemark.kernel import Clock, Finding, Plain, Refused, cite
from tracemark.recordkeeping import (
    EventKind,
    RecordkeepingStores,
    Sealed,
    event_kinds,
)

Noun = TypeVar("Noun")
_SOURCE = cite("PoA III.6")
MOST = 2**53 - 1


class AssistanceRefused(Refused):
    """What was asked does not fit what a request, a programme or a grant is, or how it stands."""


def refuse(code: str, /, **facts: Plain) -> AssistanceRefused:
    """Return what says why something is refused."""
    return AssistanceRefused([Finding(code, _SOURCE, facts)])


def known(
    name: str, fold: Callable[[str, Sequence[Sealed]], Noun], kind: EventKind, stores: RecordkeepingStores
) -> Noun:
    """Return a dossier that stands where a step of a kind may follow.

    Raises:
        AssistanceRefused: there is none of this name, or it stands elsewhere.
    """
    terms = event_kinds()[kind]
    try:
        dossier = stores.dossiers.dossier(name)
    except KeyError:
        raise refuse("assistance.dossier_unknown", dossier=name) from None
    if dossier.kind != terms.dossier:
        raise refuse("assistance.dossier_unknown", dossier=name)
    if terms.follows and dossier.standing not in terms.follows:
        raise refuse("assistance.step_unfit", dossier=name, standing=dossier.standing, kind=kind.value)
    return fold(name, stores.dossiers.events(name))


def require_text(text: str, field: str) -> str:
    """Return a text without the blanks around it.

    Raises:
        AssistanceRefused: there is none.
    """
    if not text.strip():
        raise refuse("assistance.text_missing", field=field)
    return text.strip()


def require_amount(amount: int, field: str) -> int:
    """Let pass an amount of money above zero.

    Raises:
        AssistanceRefused: it is none.
    """
    if not 0 < amount <= MOST:
        raise refuse("assistance.amount_unfit", field=field, amount=amount)
    return amount


def require_past(on: date, clock: Clock) -> date:
    """Let pass a day that has come.

    Raises:
        AssistanceRefused: it lies in the future.
    """
    if on > clock.now().date():
        raise refuse("assistance.day_to_come", field="on", on=on.isoformat())
    return on
