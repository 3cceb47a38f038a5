from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracemark.fellowship.nominations import Identity, Nominee
from tracemark.recordkeeping import EventKind, Sealed, fold_steps

TOLD = ("received", "waiting", "selected", "declined", "withdrawn", "certified")
"""What another node may tell of a nomination that was sent to it; none leads to one before it."""
ENDS = frozenset({"declined", "withdrawn", "certified"})
"""After which of these nothing is left to withdraw."""


@dataclass(frozen=True, slots=True)
class LeavingNomination:
    """A nomination that goes to the node `to`: for which cohort there, of whom, our dossier of it, and the letter."""

    to: str
    cohort: str
    nominee: Nominee
    identity: Identity
    sent: str
    message: str


@dataclass(frozen=True, slots=True)
class ArrivingNomination:
    """A nomination that another State's node tells: for which cohort of ours, of whom, and its name there.

    `peer` is that node, `message` the letter that brought it.
    """

    cohort: str
    nominee: Nominee
    identity: Identity
    peer: str
    number: str
    message: str


@dataclass(frozen=True, slots=True)
class ArrivingWithdrawal:
    """That the State which nominated takes it back: its name for the nomination, and why.

    `peer` is that State's node, `message` the letter that brought it.
    """

    peer: str
    number: str
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class NominationTold:
    """What another node did with a nomination that was sent to it: one of TOLD, and why; its name there is `number`."""

    sent: str
    peer: str
    status: str
    note: str
    number: str
    message: str


@dataclass(frozen=True, slots=True)
class SentNomination:
    """A nomination of this State for a cohort of another node. `person` stands for the nominee, as in a nomination.

    `cohort` and `number` are the other's names of cohort and nomination; `status` is where it told that this stands,
    "" before it told anything. `withdrawn_on` and `withdrawn_because` say that this State took it back, "" if not.
    """

    name: str
    authority: str
    peer: str
    cohort: str
    nominee: Nominee
    person: str
    sent_on: date
    status: str = ""
    note: str = ""
    number: str = ""
    told_on: str = ""
    withdrawn_on: str = ""
    withdrawn_because: str = ""

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether this State has not taken it back, and the other has not told of its end."""
        return not self.withdrawn_on and self.status not in ENDS


def sent_nomination_of(name: str, events: Sequence[Sealed]) -> SentNomination:
    """Fold a sent nomination's events.

    Raises:
        KeyError: none of them opens it.
    """
    return fold_steps(name, events, _sent, _after)


def _sent(sealed: Sealed, told: Mapping[str, Any]) -> SentNomination:
    return SentNomination(
        name=told["dossier"],
        authority=sealed.event.authority,
        peer=told["peer"],
        cohort=told["number"],
        nominee=Nominee.of_plain(told["contents"], told.get("reason", "")),
        person=told["nominee"],
        sent_on=sealed.event.happened.first,
    )


def _after(known: SentNomination, sealed: Sealed, told: Mapping[str, Any]) -> SentNomination:
    on = str(sealed.event.happened)
    if sealed.event.kind is EventKind.SENT_NOMINATION_WITHDRAWN:
        return replace(known, withdrawn_on=on, withdrawn_because=told["reason"])
    if known.status and TOLD.index(told["status"]) < TOLD.index(known.status):
        return known  # A letter that another overtook.
    return replace(known, status=told["status"], note=told.get("note", ""), number=told["number"], told_on=on)
