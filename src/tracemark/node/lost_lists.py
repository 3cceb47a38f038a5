"""Lists of lost and stolen weapons between this node and others, and when they are compared with the register."""

import json
import secrets
from collections.abc import Sequence
from pathlib import Path

from tracemark import exchange, tracing
from tracemark.correspondence import EnvelopeRefused, Received, refuse_envelope
from tracemark.kernel import Actor, Refused
from tracemark.node.freshness import peer_actor
from tracemark.node.nodes import Node
from tracemark.tracing import ListForm, LookedThrough, LostList, RowFault
from tracemark.weapons import catalogue


def share_lost_list(node: Node, to: str, form: ListForm, actor: Actor) -> LostList:
    """Post what the register says is lost or stolen to another node, by its name. It leaves with the next delivery.

    Raises:
        NotPermitted: the actor may not ask other States.
        LostListRefused: nobody of that name is known, or nothing is lost or stolen.
        InterstateRefused: the actor's authority is not competent.
    """
    peer = node.directory.find(to)
    if peer is None or not peer.is_known:
        raise tracing.refuse_list("correspondence.recipient_unknown", peer=to)
    salt = secrets.token_bytes(tracing.SALT_BYTES)
    return tracing.share_lost_list(
        to=to, to_state=peer.card.state, form=form, salt=salt, actor=actor, bureau=node.bureau
    )


def import_lost_list(
    node: Node, file: Path, from_state: str, actor: Actor
) -> tuple[LostList | None, Sequence[RowFault]]:
    """Keep a list that came as a file, or nothing of it where rows are wrong; return the list and what is wrong.

    Raises:
        NotPermitted: the actor may not ask other States.
        TableRefused: the file is no table that can be read.
        LostListRefused: no column is that of the number, or it is empty.
        InterstateRefused: the actor's authority is not competent.
    """
    table = exchange.read_table(file, knows=tracing.knows_lost_list).table
    weapons, faults = tracing.read_lost_rows(table.columns, table.rows(), catalogue())
    if faults:
        return None, faults
    kept = tracing.keep_lost_list(
        weapons=weapons, source=file.name, from_state=from_state, actor=actor, bureau=node.bureau
    )
    return kept, ()


def take_lost(node: Node, received: Received) -> None:
    """Take in a list of lost and stolen weapons, or word of a hit in ours.

    Raises:
        EnvelopeRefused: it is not what its type says, or speaks of a list that was never shared with that node.
    """
    peer = node.directory.find(received.sender)
    if peer is None:
        raise refuse_envelope("correspondence.recipient_unknown", peer=received.sender)
    try:
        tracing.receive_lost(
            received=received, from_state=peer.card.state, actor=peer_actor(node, received), bureau=node.bureau
        )
    except Refused as refused:
        raise EnvelopeRefused(refused.findings) from refused


def look_for_lost(node: Node) -> LookedThrough:
    """Compare the lists in force with what the register tells since they were compared last; the node does it itself.

    Up to where it came is kept beside the register. Lost, that file costs a comparison with everything, and no hit is
    recorded twice.
    """
    place = node.folder / "lost-lists.json"
    actor = Actor(f"node:{node.key.name}", f"{node.state}-REG", frozenset())
    found = tracing.look_for_lost(since=_compared(place), actor=actor, bureau=node.bureau)
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}")
    draft.write_text(json.dumps({"position": found.position}), "utf-8")
    draft.replace(place)
    return found


def _compared(place: Path) -> int:
    try:
        return max(0, int(json.loads(place.read_text("utf-8"))["position"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return 0
