from tracemark.authorities import Permission, require
from tracemark.fellowship.actions.nominating import is_of, open_call, received, require_told
from tracemark.fellowship.actions.telling import refuse, said, standing
from tracemark.fellowship.nominations import nomination_of
from tracemark.fellowship.queries import nominations_by_letter
from tracemark.fellowship.sent import (
    TOLD,
    ArrivingNomination,
    ArrivingWithdrawal,
    LeavingNomination,
    NominationTold,
    sent_nomination_of,
)
from tracemark.kernel import Actor, Clock, Plain
from tracemark.recordkeeping import EventKind, RecordkeepingStores, append_step, draw_person, every_folded, require_step


def send_nomination(*, leaving: LeavingNomination, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Record that somebody was nominated with a letter to another node. Call inside the transaction that posts it.

    Who it is lies beside the record here too, until it is erased. No other letter names a person, so that this asks for
    more than the right to write fellowships.

    Raises:
        NotPermitted: the actor may not write fellowships, or not pass personal data on.
        FellowshipRefused: the person was nominated for that cohort already and that was not withdrawn, or something is
            left blank without a reason.

    Source: BMS7 ASSIST.4, ITI 15(a).
    """
    kind = EventKind.NOMINATION_SENT
    require_step(kind, actor, stores)
    require(actor, Permission.PERSON_SHARE)
    nominee, identity = leaving.nominee, leaving.identity
    require_told(nominee, identity)
    for each in every_folded("sent_nomination", sent_nomination_of, stores):
        if each.withdrawn_on:
            continue
        if (each.peer, each.cohort) == (leaving.to, leaving.cohort) and is_of(each.person, identity, stores):
            raise refuse("fellowship.nominated_twice", field="name", first=each.name, state=nominee.state)
    person = draw_person(identity.plain())
    stores.persons.put(person.commitment, person.salt, person.data)
    details: dict[str, Plain] = {
        "peer": leaving.to,
        "number": leaving.cohort,
        "nominee": person.holder,
        "contents": nominee.plain(),
        "reason": nominee.reason.strip(),
        "message": leaving.message,
    }
    append_step(kind, leaving.sent, details, actor, stores, clock)


def receive_nomination(*, arriving: ArrivingNomination, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> str:
    """Take in another State's nomination that came as a letter, and return its name here. Call inside a transaction.

    Whoever acts is the node itself for the other one; who may send is for the directory of nodes to say.

    Raises:
        FellowshipRefused: as `nominate`.

    Source: BMS7 ASSIST.4.
    """
    require_told(arriving.nominee, arriving.identity)
    record = open_call(arriving.cohort, stores, clock)
    letter: dict[str, Plain] = {name: getattr(arriving, name) for name in ("peer", "number", "message")}
    return received(record, arriving.nominee, arriving.identity, letter, actor=actor, stores=stores, clock=clock)


def withdraw_sent(*, sent: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Take back a nomination of this State that was sent to another node. Call inside the transaction that tells it so.

    Raises:
        NotPermitted: the actor may not write fellowships.
        FellowshipRefused: there is none of this name, it was taken back already, no reason is given, or the other told
            that it was declined, withdrawn or certified.

    Source: BMS7 ASSIST.4.
    """
    kind = EventKind.SENT_NOMINATION_WITHDRAWN
    require_step(kind, actor, stores)
    known = standing(sent, sent_nomination_of, kind, stores)
    if not known.may_be_withdrawn:
        raise refuse("fellowship.over_there", dossier=sent, peer=known.peer, standing=known.status)
    append_step(kind, sent, {"peer": known.peer, "reason": said(reason, "reason")}, actor, stores, clock)


def receive_withdrawal(
    *, arriving: ArrivingWithdrawal, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> None:
    """Take back a nomination as the State asks that nominated by letter. Call inside a transaction.

    What is withdrawn already stays so, and nothing is recorded. A seat that it had is free for who waits.

    Raises:
        FellowshipRefused: that State's node nominated nobody of this number, no reason is given, or it is too late:
            the nominee is declined or certified.

    Source: BMS7 ASSIST.4.
    """
    reason, kind = said(arriving.reason, "reason"), EventKind.NOMINATION_WITHDRAWN
    found = (each for each in nominations_by_letter(stores) if each.peer == arriving.peer)
    known = next((each for each in found if each.number == arriving.number), None)
    if known is None:
        raise refuse("fellowship.never_came", number=arriving.number[:40], peer=arriving.peer)
    if known.standing != "withdrawn":
        standing(known.name, nomination_of, kind, stores)
        letter: dict[str, Plain] = {"peer": arriving.peer, "message": arriving.message}
        append_step(kind, known.name, {"reason": reason, **letter}, actor, stores, clock)


def hear_of_nomination(*, told: NominationTold, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Record what another node did with a nomination that was sent to it. Call inside a transaction.

    Raises:
        FellowshipRefused: nobody knows the step, or the nomination was never sent there.

    Source: BMS7 ASSIST.4.
    """
    kind = EventKind.NOMINATION_TOLD
    if told.status not in TOLD:
        raise refuse("fellowship.step_unknown", status=told.status[:40], known=", ".join(TOLD))
    known = standing(told.sent, sent_nomination_of, kind, stores)
    if known.peer != told.peer:
        raise refuse("fellowship.never_sent", dossier=told.sent, peer=told.peer)
    details: dict[str, Plain] = {name: getattr(told, name) for name in ("peer", "status", "note", "number", "message")}
    append_step(kind, told.sent, details, actor, stores, clock)
