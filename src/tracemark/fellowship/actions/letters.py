from tracemark.fellowship.actions.nominating import is_of, open_call, received, require_told
from tracemark.fellowship.actions.telling import refuse, standing
from tracemark.fellowship.queries import sent_nominations
from tracemark.fellowship.sent import TOLD, ArrivingNomination, LeavingNomination, NominationTold, sent_nomination_of
from tracemark.kernel import Actor, Clock, Plain
from tracemark.recordkeeping import EventKind, RecordkeepingStores, append_step, draw_person, require_step


def send_nomination(*, leaving: LeavingNomination, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Record that somebody was nominated with a letter to another node. Call inside the transaction that posts it.

    Who it is lies beside the record here too, until it is erased.

    Raises:
        NotPermitted: the actor may not write fellowships.
        FellowshipRefused: the person was nominated for that cohort already, or something is left blank without a
            reason.

    Source: BMS7 ASSIST.4.
    """
    kind = EventKind.NOMINATION_SENT
    require_step(kind, actor, stores)
    nominee, identity = leaving.nominee, leaving.identity
    require_told(nominee, identity)
    for each in sent_nominations(actor=actor, stores=stores):
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
