from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tracemark.authorities import Permission, require, require_second_person
from tracemark.kernel import Actor, Clock, Finding, PartialDate, Plain, Refused, cite, instant_text
from tracemark.recordkeeping.actions import Recorded, append, require_sight_of
from tracemark.recordkeeping.events import Event, Sealed
from tracemark.recordkeeping.guards import Known, guarded, holders_told, of_the_future
from tracemark.recordkeeping.history import WeaponState, current, fold
from tracemark.recordkeeping.identifications import bound_with, unbinds
from tracemark.recordkeeping.kinds import EventKind, Status
from tracemark.recordkeeping.lifecycle import newly_impossible, refusals
from tracemark.recordkeeping.ports import Decision, Proposal, RecordkeepingStores
from tracemark.weapons import NO_WEAPON

_SOURCE = cite("ITI 11")


class CorrectionRefused(Refused):
    """A correction names no event that can be corrected, gives no reason, or was decided already."""


class RejectionUnexplained(CorrectionRefused):
    """A proposal is to be rejected and nobody says why."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is wrong with one event, and what it should say.

    `void` says the event never happened; otherwise `details` replaces the event's details and `happened`, where given,
    its date.
    """

    corrects: int
    reason: str
    details: Mapping[str, Plain] | None = None
    happened: PartialDate | None = None
    void: bool = False

    def plain(self) -> dict[str, Plain]:
        """Return the JSON form kept in the record."""
        found: dict[str, Plain] = {"corrects": self.corrects, "reason": self.reason}
        if self.void:
            found["void"] = True
        if self.details is not None:
            found["details"] = self.details
        if self.happened is not None:
            found["happened"] = str(self.happened)
        return found

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Correction":
        """Read the JSON form back."""
        happened = PartialDate.parse(plain["happened"]) if "happened" in plain else None
        return cls(plain["corrects"], plain["reason"], plain.get("details"), happened, plain.get("void", False))


def propose_correction(*, correction: Correction, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Proposal:
    """Propose to put an event right. Nothing changes until a second person approves.

    Raises:
        NotPermitted: the actor may not propose corrections, or does not see the weapon.
        CorrectionRefused: there is no such event, it is a correction itself, no reason is given, or what it should say
            could not have been recorded as an event either, or would make impossible what came after.
    """
    require(actor, Permission.RECORD_CORRECT_PROPOSE)
    _refuse([finding for each in with_bound(correction, stores) for finding in _unfit(each, stores, clock)])
    require_sight_of(stores.records.at(correction.corrects).event.weapon, actor, stores)
    with stores.atomic():
        return stores.proposals.propose(
            Proposal(
                id=0,
                permission=Permission.RECORD_CORRECT_APPROVE,
                subject=str(correction.corrects),
                content=correction.plain(),
                reason=correction.reason,
                proposed_by=actor.name,
                at=instant_text(clock.now()),
            )
        )


def approve_correction(*, proposal: int, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Recorded:
    """Approve another person's correction and seal it as an event of its own. The event it corrects stays as it was.

    Where a recovered weapon was found to be another and that is voided, what cannot stand without it is voided too.

    Raises:
        NotPermitted: the actor may not approve, or proposed it.
        CorrectionRefused: it was decided already, is no correction, or no longer fits what the record says.
        KeyError: there is no such proposal.
    """
    require(actor, Permission.RECORD_CORRECT_APPROVE)
    with stores.atomic():
        proposed = undecided(proposal, stores)
        require_second_person(proposed.proposed_by, actor)
        if proposed.permission != Permission.RECORD_CORRECT_APPROVE:
            _refuse([Finding("recordkeeping.not_a_correction", _SOURCE, {"proposal": proposal})])
        corrections = with_bound(Correction.of_plain(proposed.content), stores)
        _refuse([finding for each in corrections for finding in _unfit(each, stores, clock)])
        on = PartialDate.of(clock.now().date())
        events = [_event(each, proposed.proposed_by, on, actor, stores) for each in corrections]
        recorded = append(events=events, stores=stores, clock=clock)
        stores.proposals.decide(Decision(proposal, approved=True, decided_by=actor.name, at=instant_text(clock.now())))
    return recorded


def with_bound(correction: Correction, stores: RecordkeepingStores) -> list[Correction]:
    """Return a correction and those that go with it: what cannot stand without a voided event is voided too.

    Of an event that is not on record there is only the correction itself.
    """
    if not correction.void:
        return [correction]
    try:
        wrong = stores.records.at(correction.corrects)
    except KeyError:
        return [correction]
    return [correction, *(replace(correction, corrects=each.position) for each in bound_with(wrong, stores.records))]


def reject_proposal(*, proposal: int, note: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Decision:
    """Refuse another person's proposal, with a note that says why.

    Raises:
        NotPermitted: the actor may not decide it, or proposed it.
        CorrectionRefused: it was decided already.
        RejectionUnexplained: the note is empty.
        KeyError: there is no such proposal.
    """
    with stores.atomic():
        proposed = undecided(proposal, stores)
        require(actor, Permission(proposed.permission))
        require_second_person(proposed.proposed_by, actor)
        if not note.strip():
            facts = {"proposal": proposal}
            raise RejectionUnexplained([Finding("recordkeeping.rejection_reason_missing", _SOURCE, facts)])
        decision = Decision(proposal, approved=False, decided_by=actor.name, at=instant_text(clock.now()), note=note)
        stores.proposals.decide(decision)
    return decision


def undecided(proposal: int, stores: RecordkeepingStores) -> Proposal:
    """Return a proposal that nobody decided yet.

    Raises:
        CorrectionRefused: it was decided already.
        KeyError: there is no such proposal.
    """
    proposed = stores.proposals.proposal(proposal)
    if stores.proposals.decision(proposal) is not None:
        _refuse([Finding("recordkeeping.already_decided", _SOURCE, {"proposal": proposal})])
    return proposed


def _unfit(correction: Correction, stores: RecordkeepingStores, clock: Clock) -> list[Finding]:
    facts: dict[str, Plain] = {"event": correction.corrects}
    if not correction.reason.strip():
        return [Finding("recordkeeping.reason_missing", _SOURCE, facts)]
    try:
        wrong = stores.records.at(correction.corrects)
    except KeyError:
        return [Finding("recordkeeping.no_such_event", _SOURCE, facts)]
    if code := _uncorrectable(correction, wrong.event):
        return [Finding(code, _SOURCE, facts | {"kind": wrong.event.kind.value})]
    known = stores.records.of_weapon(wrong.event.weapon)
    found = [] if correction.void else _unrecordable(correction, wrong, known, stores, clock)
    found += [] if correction.details is None else unbinds(wrong.event, correction.details)
    if found or not known:
        return found
    told = replace(known[-1].event, kind=EventKind.CORRECTED, details=correction.plain())
    return newly_impossible(wrong.event.weapon, known, replace(known[-1], position=known[-1].position + 1, event=told))


def _uncorrectable(correction: Correction, wrong: Event) -> str:
    """Say why the event cannot be corrected so, whatever is to be said instead; "" where it can."""
    if wrong.weapon == NO_WEAPON:
        return "recordkeeping.corrects_no_weapon"
    if wrong.kind is EventKind.CORRECTED:
        return "recordkeeping.corrects_a_correction"
    if not correction.void and correction.details is None and correction.happened is None:
        return "recordkeeping.nothing_corrected"
    return ""


def _event(
    correction: Correction, proposed_by: str, on: PartialDate, actor: Actor, stores: RecordkeepingStores
) -> Event:
    details = {**correction.plain(), "proposed_by": proposed_by}
    weapon = stores.records.at(correction.corrects).event.weapon
    return Event(weapon, EventKind.CORRECTED, on, actor.authority, actor.name, details)


def _unrecordable(
    correction: Correction, wrong: Sealed, known: list[Sealed], stores: RecordkeepingStores, clock: Clock
) -> list[Finding]:
    """What would keep the event from being recorded as the correction would have it: the guards of every event.

    What an earlier correction, or the event itself, says of holders may be said again.
    """
    standing = next((each for each in current(known) if each.position == wrong.position), wrong)
    event = _corrected(standing.event, correction)
    before = _before(event, wrong.position, known)
    if (found := refusals(event, before)) and before.status is Status.UNRECORDED and correction.happened:
        facts: dict[str, Plain] = {"happened": str(correction.happened), "kind": event.kind.value}
        return [Finding("recordkeeping.before_the_record", _SOURCE, facts)]
    codes = {agency.code for agency in stores.agencies.all()}
    told = holders_told([wrong.event, standing.event])
    return found or [*guarded(event, Known(stores, codes, told)), *of_the_future(event, clock.now().date())]


def _corrected(wrong: Event, correction: Correction) -> Event:
    details = wrong.details if correction.details is None else correction.details
    return replace(wrong, details=details, happened=correction.happened or wrong.happened)


def _before(event: Event, position: int, known: list[Sealed]) -> WeaponState:
    """The state in which the corrected event would find its weapon: that of the other events up to its day."""
    others = [sealed for sealed in current(known) if sealed.position != position]
    place = (event.happened, position)
    return fold(event.weapon, [sealed for sealed in others if (sealed.event.happened, sealed.position) < place])


def _refuse(findings: list[Finding]) -> None:
    if findings:
        raise CorrectionRefused(findings)
