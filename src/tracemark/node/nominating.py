"""Nominations of fellows between nodes: a State sends one or takes it back, the programme keeps it and tells of it."""

from typing import Any

from tracemark import fellowship
from tracemark.correspondence import EnvelopeRefused, Message, Posted, PostState, Received, refuse_envelope
from tracemark.fellowship import (
    ArrivingNomination,
    ArrivingWithdrawal,
    Identity,
    LeavingNomination,
    Nomination,
    NominationTold,
    Nominee,
    SentNomination,
)
from tracemark.kernel import Actor, Plain, Refused
from tracemark.node.freshness import peer_actor
from tracemark.node.nodes import Node

FELLOW_NOMINATION = "tracemark.fellow-nomination/1"
FELLOW_WITHDRAWAL = "tracemark.fellow-withdrawal/1"
FELLOW_STEP = "tracemark.fellow-step/1"


def nominate_elsewhere(node: Node, to: str, cohort: str, nominee: Nominee, identity: Identity, actor: Actor) -> str:
    """Nominate somebody of this State for a cohort of another node, and return our dossier of it.

    The letter leaves with the next delivery, and is forgotten once it arrived: who the nominee is lies beside the
    record then, here and there.

    Raises:
        NotPermitted: the actor may not write fellowships, or not pass personal data on.
        FellowshipRefused: nobody of that name is known, the nominee is of another State, the person was nominated for
            that cohort already, or something is left blank without a reason.

    Source: BMS7 ASSIST.4.
    """
    peer, stores = node.directory.find(to), node.stores
    if peer is None or not peer.is_known:
        raise fellowship.refuse("correspondence.recipient_unknown", field="to", peer=to)
    if nominee.state != node.state:
        raise fellowship.refuse("fellowship.not_our_state", field="state", state=nominee.state, own=node.state)
    with stores.atomic():
        sent = stores.dossiers.next_name("sent_nomination", node.clock.now().year)
        body: dict[str, Plain] = {"cohort": cohort, "number": sent, "contents": nominee.plain()}
        body |= {"reason": nominee.reason.strip(), "nominee": identity.plain()}
        message = stores.outbox.post(Message(to, FELLOW_NOMINATION, body, about=sent), at=node.clock.now())
        leaving = LeavingNomination(to, cohort, nominee, identity, sent, message)
        fellowship.send_nomination(leaving=leaving, actor=actor, stores=stores, clock=node.clock)
    return sent


def withdraw_elsewhere(node: Node, sent: str, reason: str, actor: Actor) -> None:
    """Take back a nomination of this State at the node that it was sent to.

    A letter of the nomination that still waits is not sent any more, so that the other hears of neither. Otherwise what
    takes it back leaves once that letter has arrived. No nominee is named in it.

    Raises:
        NotPermitted: the actor may not write fellowships.
        FellowshipRefused: there is none of this name, it was taken back already, no reason is given, or the other told
            that it was declined, withdrawn or certified.

    Source: BMS7 ASSIST.4.
    """
    with node.stores.atomic():
        fellowship.withdraw_sent(sent=sent, reason=reason, actor=actor, stores=node.stores, clock=node.clock)
        known = fellowship.sent_nomination_of(sent, node.stores.dossiers.events(sent))
        for posted in _nominations_posted(node, known.peer, sent):
            node.stores.outbox.take_back(posted.id, at=node.clock.now())
        _tell_withdrawal(node, known)


def take_withdrawal(node: Node, received: Received) -> None:
    """Take in that the State which nominated somebody takes it back; how it stands is told with the next delivery.

    Raises:
        EnvelopeRefused: it says nothing of the kind, that node sent no such nomination, or it is too late.
    """
    told: Any = received.body
    try:
        arriving = ArrivingWithdrawal(received.sender, str(told["number"]), str(told["reason"]), received.id)
        fellowship.receive_withdrawal(
            arriving=arriving, actor=peer_actor(node, received), stores=node.stores, clock=node.clock
        )
    except (KeyError, TypeError, AttributeError):
        raise refuse_envelope("fellowship.letter_unfit", peer=received.sender) from None
    except Refused as refused:
        raise EnvelopeRefused(refused.findings) from refused


def take_nomination(node: Node, received: Received) -> None:
    """Take in a nomination; it is of the State whose node sends it, whatever it says itself.

    Raises:
        EnvelopeRefused: it is none, or the call, the State's ceiling or the person speak against it.
    """
    peer = node.directory.find(received.sender)
    if peer is None:
        raise refuse_envelope("correspondence.recipient_unknown", peer=received.sender)
    told: Any = received.body
    try:
        nominee = Nominee.of_plain({**told["contents"], "state": peer.card.state}, str(told.get("reason", "")))
        identity = Identity.of(told["nominee"])
        arriving = ArrivingNomination(
            str(told["cohort"]), nominee, identity, received.sender, str(told["number"]), received.id
        )
        fellowship.receive_nomination(
            arriving=arriving, actor=peer_actor(node, received), stores=node.stores, clock=node.clock
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise refuse_envelope("fellowship.letter_unfit", peer=received.sender) from None
    except Refused as refused:
        raise EnvelopeRefused(refused.findings) from refused


def tell_nominations(node: Node) -> int:
    """Post what other nodes do not know of nominations yet, and return how many letters.

    A State is told how its nominations that came by letter stand, where that changed; the node of a programme, which of
    ours are taken back. What was told is read from the outbox, so that nothing is told twice.
    """
    withdrawn = sum(_tell_withdrawal(node, each) for each in fellowship.nominations_withdrawn(node.stores))
    told = dict[str, dict[str, str]]()
    posted = 0
    for each in fellowship.nominations_by_letter(node.stores):
        peer = node.directory.find(each.peer)
        if peer is None or not peer.is_known:
            continue
        if each.peer not in told:
            told[each.peer] = _told_last(node, each.peer)
        if told[each.peer].get(each.name) != each.standing:
            node.stores.outbox.post(_letter(each), at=node.clock.now())
            posted += 1
    return withdrawn + posted


def take_fellow_step(node: Node, received: Received) -> None:
    """Take in how a nomination of ours stands at the node that it was sent to, and with that, that it arrived there.

    Raises:
        EnvelopeRefused: it says nothing of the kind, or of a nomination that was never sent there.
    """
    told: Any = received.body
    try:
        words = (str(told["status"]), str(told.get("note", "")), str(told["nomination"]))
        heard = NominationTold(str(told["number"]), received.sender, *words, message=received.id)
        fellowship.hear_of_nomination(
            told=heard, actor=peer_actor(node, received), stores=node.stores, clock=node.clock
        )
    except (KeyError, TypeError, AttributeError):
        raise refuse_envelope("fellowship.letter_unfit", peer=received.sender) from None
    except Refused as refused:
        raise EnvelopeRefused(refused.findings) from refused
    for posted in _nominations_posted(node, heard.peer, heard.sent):
        node.stores.outbox.note_delivered(posted.id, at=node.clock.now())
        node.stores.outbox.forget_body(posted.id)


def _nominations_posted(node: Node, peer: str, sent: str) -> list[Posted]:
    """Return the letter of a nomination of ours, in a list of one."""
    found = node.stores.outbox.page(to=peer, about=sent)
    return [each for each in found if each.message.type == FELLOW_NOMINATION]


def _tell_withdrawal(node: Node, known: SentNomination) -> bool:
    """Post what takes a nomination of ours back, once, where its letter arrived; say whether it was posted.

    A letter that was taken out of the outbox may have been under way, and what takes it back must not come before it.
    Of what never arrived or was refused there is nothing to take back.
    """
    outbox = node.stores.outbox
    posts = {each.message.type: each.state for each in outbox.page(to=known.peer, about=known.name)}
    due = FELLOW_WITHDRAWAL not in posts and posts.get(FELLOW_NOMINATION) is PostState.DELIVERED
    if due:
        body: dict[str, Plain] = {"number": known.name, "reason": known.withdrawn_because}
        outbox.post(Message(known.peer, FELLOW_WITHDRAWAL, body, about=known.name), at=node.clock.now())
    return due


def _letter(known: Nomination) -> Message:
    body: dict[str, Plain] = {"number": known.number, "nomination": known.name, "status": known.standing}
    return Message(known.peer, FELLOW_STEP, body | {"note": known.reason}, about=known.name)


def _told_last(node: Node, peer: str) -> dict[str, str]:
    """Return by nomination what a node was told of it last."""
    found, before = dict[str, str](), None
    while page := node.stores.outbox.page(to=peer, before=before):
        for each in page:
            if each.message.type == FELLOW_STEP:
                found.setdefault(each.message.about, str(each.message.body["status"]))
        before = page[-1].number
    return found
