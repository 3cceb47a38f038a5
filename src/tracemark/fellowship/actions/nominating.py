from collections.abc import Mapping

from tracemark.authorities import Permission, require
from tracemark.fellowship.actions.telling import refuse, said, standing
from tracemark.fellowship.cohorts import cohort_of
from tracemark.fellowship.nominations import Identity, Nominee, nomination_of
from tracemark.fellowship.queries import CohortRecord, with_nominations
from tracemark.fellowship.sent import sent_nomination_of
from tracemark.kernel import Actor, Clock, Plain
from tracemark.recordkeeping import (
    EventKind,
    Proposal,
    RecordkeepingStores,
    append_step,
    commit,
    draw_person,
    person_commitment,
    put_erasure_forward,
    require_step,
)
from tracemark.tracing import AGE_BANDS


def nominate(
    *, cohort: str, nominee: Nominee, identity: Identity, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> str:
    """Receive a State's nomination, and return its name.

    Who the nominee is lies beside the record, under a salted commitment; the record keeps what a selection needs.

    Raises:
        NotPermitted: the actor may not write fellowships.
        FellowshipRefused: there is no such cohort, its call is not open today, the State has nominated as many as it
            may or this person already, or something is left blank without a reason.

    Source: BMS7 ASSIST.4.
    """
    kind = EventKind.NOMINATION_RECEIVED
    require_step(kind, actor, stores)
    require_told(nominee, identity)
    with stores.atomic():
        record = open_call(cohort, stores, clock)
        return received(record, nominee, identity, {}, actor=actor, stores=stores, clock=clock)


def withdraw_nomination(
    *, nomination: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> None:
    """Take a nomination back; a seat that it had is free for who waits.

    Raises:
        NotPermitted: the actor may not write fellowships.
        FellowshipRefused: there is none of this name, it is decided against, or no reason is given.
    """
    kind = EventKind.NOMINATION_WITHDRAWN
    require_step(kind, actor, stores)
    with stores.atomic():
        standing(nomination, nomination_of, kind, stores)
        append_step(kind, nomination, {"reason": said(reason, "reason")}, actor, stores, clock)


def erase_nominee(
    *, nomination: str, legal_basis: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Proposal:
    """Propose to erase who a nominee is, of a nomination here or at another node; a second person decides.

    What the record keeps of the nomination stays, and so does what the other node keeps.

    Raises:
        NotPermitted: the actor may not propose erasures.
        KeyError: there is none of this name, or the data were erased.
        ErasureRefused: no legal basis is given.
    """
    require(actor, Permission.PERSON_ERASE_PROPOSE)
    events, sent = stores.dossiers.events(nomination), stores.dossiers.dossier(nomination).kind == "sent_nomination"
    known = sent_nomination_of(nomination, events) if sent else nomination_of(nomination, events)
    return put_erasure_forward(holder=known.person, legal_basis=legal_basis, actor=actor, stores=stores, clock=clock)


def received(
    record: CohortRecord,
    nominee: Nominee,
    identity: Identity,
    letter: Mapping[str, Plain],
    *,
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> str:
    """Record a nomination for a cohort whose call is open, and return its name; `letter` says how it came.

    Raises:
        FellowshipRefused: the State has nominated as many as it may, or this person already.
    """
    _require_room(nominee, identity, record, stores)
    name = stores.dossiers.next_name("nomination", clock.now().year)
    person = draw_person(identity.plain())
    stores.persons.put(person.commitment, person.salt, person.data)
    details: dict[str, Plain] = {
        "cohort": record.cohort.name,
        "nominee": person.holder,
        "contents": nominee.plain(),
        "reason": nominee.reason.strip(),
        **letter,
    }
    append_step(EventKind.NOMINATION_RECEIVED, name, details, actor, stores, clock)
    return name


def require_told(nominee: Nominee, identity: Identity) -> None:
    """Let pass a nomination that says who it is, and why whatever it leaves blank is blank.

    Raises:
        FellowshipRefused: it does not.
    """
    said(identity.name, "name")
    if nominee.age_band not in AGE_BANDS:
        raise refuse("fellowship.age_unknown", field="age_band", known=", ".join(AGE_BANDS))
    if nominee.blanks and not nominee.reason.strip():
        raise refuse("fellowship.blank_unexplained", field="reason", fields=list(nominee.blanks))


def open_call(cohort: str, stores: RecordkeepingStores, clock: Clock) -> CohortRecord:
    """Return a cohort whose call is open today.

    Raises:
        FellowshipRefused: there is none of this name, or its call is not open.
    """
    try:
        known = cohort_of(cohort, stores.dossiers.events(cohort))
    except KeyError:
        raise refuse("fellowship.no_such_dossier", field="cohort", dossier=cohort) from None
    call, today = known.call, clock.now().date()
    if known.standing != "open" or not call.opens <= today <= call.closes:
        opens, closes = call.opens.isoformat(), call.closes.isoformat()
        code = "fellowship.before_call" if today < call.opens else "fellowship.after_deadline"
        raise refuse(code, field="cohort", cohort=cohort, opens=opens, closes=closes, today=today.isoformat())
    return with_nominations(known, stores)


def _require_room(nominee: Nominee, identity: Identity, record: CohortRecord, stores: RecordkeepingStores) -> None:
    """Let pass a State's nomination of somebody it has not nominated yet, below its ceiling."""
    call, state = record.cohort.call, nominee.state
    if not call.region_of(state):
        raise refuse("fellowship.state_unknown", field="state", state=state)
    live = [each for each in record.nominations if each.nominee.state == state and each.standing != "withdrawn"]
    if len(live) >= call.most_nominations:
        raise refuse("fellowship.nominations_full", field="state", state=state, most=call.most_nominations)
    if nominee.first_choice and any(each.nominee.first_choice for each in live):
        first = next(each.name for each in live if each.nominee.first_choice)
        raise refuse("fellowship.first_choice_taken", field="first_choice", state=state, first=first)
    for each in live:
        if is_of(each.person, identity, stores):
            raise refuse("fellowship.nominated_twice", field="name", first=each.name, state=state)


def is_of(holder: str, identity: Identity, stores: RecordkeepingStores) -> bool:
    """Say whether it is the same person: the machine compares, and shows nobody who it is."""
    try:
        salt, data = stores.persons.get(person_commitment(holder))
    except KeyError:
        return False
    same = str(data.get("name", "")).casefold() == str(identity.plain()["name"]).casefold()
    return same and commit(data, salt) == person_commitment(holder)
