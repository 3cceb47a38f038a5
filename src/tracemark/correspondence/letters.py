"""Letters to and from other nodes as people see them: of what type, when, and how far. What is in them is not told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracemark.authorities import Permission, require
from tracemark.correspondence.messages import Posted, Received, Rejection
from tracemark.correspondence.ports import CorrespondenceStores
from tracemark.correspondence.queries import peer_record
from tracemark.kernel import Actor, Plain


class LetterState(StrEnum):
    """How far a letter came: the first four are of those that we send, the others of those that come."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    RECEIVED = "received"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: `type` is "" where it was not let in, for nobody knows it; `at` is RFC 3339, UTC.

    `about` is the dossier of ours that it concerns, "" for none or where the other names one of its own. `trouble` is
    the code of a sentence that says what keeps it back or out, with its `facts`; "" for nothing.
    """

    state: LetterState
    type: str
    at: str
    about: str = ""
    trouble: str = ""
    facts: Mapping[str, Plain] = field(default_factory=dict)

    @property
    def comes(self) -> bool:
        """Whether it comes from the other node."""
        return self.state in (LetterState.RECEIVED, LetterState.REJECTED)


def letters_with(*, peer: str, actor: Actor, stores: CorrespondenceStores, limit: int = 50) -> list[Letter]:
    """List the newest letters to a node, from it, and those under its name that were not let in, the newest first.

    Raises:
        NotPermitted: the actor may not read the directory.
        KeyError: there is no such node.
    """
    name = peer_record(peer=peer, actor=actor, stores=stores).name
    found = [
        *map(_sent, stores.outbox.page(to=name, limit=limit)),
        *map(_come, stores.inbox.page(sender=name, limit=limit)),
        *map(_kept_out, stores.inbox.rejections(sender=name, limit=limit)),
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)[:limit]


def letters_about(*, dossier: str, actor: Actor, stores: CorrespondenceStores, limit: int = 50) -> list[Letter]:
    """List the newest letters that we sent about a dossier of ours, the newest first.

    Raises:
        NotPermitted: the actor may not read the directory.
    """
    require(actor, Permission.PEER_READ)
    return list(map(_sent, stores.outbox.page(about=dossier, limit=limit)))


def letters_waiting(*, actor: Actor, stores: CorrespondenceStores) -> dict[str, int]:
    """Count the letters that wait, by the name of the node that they go to.

    Raises:
        NotPermitted: the actor may not read the directory.
    """
    require(actor, Permission.PEER_READ)
    return stores.outbox.waiting_by_node()


def _sent(posted: Posted) -> Letter:
    message = posted.message
    state = LetterState(posted.state.value)
    if state is LetterState.REFUSED:
        why: dict[str, Plain] = {"why": posted.trouble}
        return Letter(state, message.type, posted.posted_at, message.about, "correspondence.letter_refused", why)
    return Letter(state, message.type, posted.posted_at, message.about, posted.trouble)


def _come(received: Received) -> Letter:
    return Letter(LetterState.RECEIVED, received.type, received.received_at)


def _kept_out(rejection: Rejection) -> Letter:
    return Letter(LetterState.REJECTED, "", rejection.at, trouble=rejection.code, facts=rejection.facts)
