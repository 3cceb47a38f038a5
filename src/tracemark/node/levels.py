"""What a State tells a region or the world, and what these take in: what was published, and never a record."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tracemark import reporting, secretariat
from tracemark.authorities import Level, Permission, require
from tracemark.correspondence import EnvelopeRefused, Message, Received, refuse_envelope
from tracemark.kernel import Actor, Refused
from tracemark.node.nodes import Node
from tracemark.secretariat import FIGURE_TYPE, REPORT_TYPE, StateReport, StateTable

_PAGE = 200


def share_figures(node: Node, to: str, actor: Actor) -> list[str]:
    """Post to a region or the world each published figure that it was not told yet, or not that it was taken back.

    Return the names of the publications. They leave with the next delivery.

    Raises:
        NotPermitted: the actor may not publish figures.
        SharingRefused: nobody of that name is known, or it is another State's node.

    Source: PoA II.33, BMS7 MEAS.1.
    """
    require(actor, Permission.FIGURE_PUBLISH)
    require_above(node, to)
    with node.stores.atomic():
        told = {(each.about, each.body["standing"]) for each in _posted(node, to, FIGURE_TYPE)}
        named = {about for about, _ in told}
        shared = []
        for each in sorted(reporting.visible_publications(actor, node.stores), key=lambda found: found.name):
            standing = each.standing.value
            fresh = (each.name, standing) not in told
            if fresh and (standing == "published" or (standing == "withdrawn" and each.name in named)):
                _post(node, Message(to, FIGURE_TYPE, secretariat.shared_figure(each), about=each.name))
                shared.append(each.name)
    return shared


def share_report(node: Node, report: str, to: str, actor: Actor) -> None:
    """Post a submitted report to a region or the world.

    Raises:
        NotPermitted: the actor may not submit reports.
        SharingRefused: nobody of that name is known, it is another State's node, or the report was not submitted.
        KeyError: there is no such report.

    Source: PoA II.33, ITI 36.
    """
    require(actor, Permission.REPORT_APPROVE)
    require_above(node, to)
    known = reporting.report_of(report, node.stores.dossiers.events(report))
    if not known.final:
        raise secretariat.refuse_sharing("secretariat.not_submitted", report=report)
    with node.stores.atomic():
        _post(node, Message(to, REPORT_TYPE, secretariat.shared_report(known), about=report))


def take_figure(node: Node, received: Received) -> None:
    """Take in a figure that a State published.

    Raises:
        EnvelopeRefused: this is a State's node, or it is no figure that is known here.
    """
    _take(node, received, secretariat.read_table)


def take_report(node: Node, received: Received) -> None:
    """Take in a report that a State submitted.

    Raises:
        EnvelopeRefused: this is a State's node, or it is no report in an edition that is known here.
    """
    _take(node, received, secretariat.read_report)


def told_tables(node: Node) -> Iterator[StateTable]:
    """Yield the figures that States told this node, in the order in which they came."""
    states = states_of(node)
    for received in received_of(node, FIGURE_TYPE):
        yield secretariat.read_table(states.get(received.sender, ""), received.body)


def told_reports(node: Node) -> Iterator[StateReport]:
    """Yield the reports that States told this node, in the order in which they came."""
    states = states_of(node)
    for received in received_of(node, REPORT_TYPE):
        yield secretariat.read_report(states.get(received.sender, ""), received.body)


def member_states(node: Node) -> list[str]:
    """The States whose nodes this one knows."""
    known = (each for each in node.directory.all() if each.is_known and each.card.level is Level.NATIONAL)
    return sorted({each.card.state for each in known})


def _take(node: Node, received: Received, read: Callable[[str, Mapping[str, Any]], object]) -> None:
    if node.level is Level.NATIONAL:
        raise refuse_envelope("secretariat.not_for_a_state", peer=received.sender, type=received.type)
    try:
        read(states_of(node).get(received.sender, ""), received.body)
    except Refused as refused:
        raise EnvelopeRefused(refused.findings) from refused


def require_above(node: Node, to: str) -> None:
    """Let pass the node of a region or of the world that is known.

    Raises:
        SharingRefused: nobody of that name is known, or it is another State's node.
    """
    peer = node.directory.find(to)
    if peer is None or not peer.is_known:
        raise secretariat.refuse_sharing("correspondence.recipient_unknown", peer=to)
    if peer.card.level is Level.NATIONAL:
        raise secretariat.refuse_sharing("secretariat.not_above", peer=to)


def states_of(node: Node) -> dict[str, str]:
    """The State of each node that was ever confirmed, by the node's name; of two of one name the newest."""
    return {each.name: each.card.state for each in reversed(node.directory.all()) if each.keys}


def _post(node: Node, message: Message) -> None:
    node.stores.outbox.post(message, at=node.clock.now())


def _posted(node: Node, to: str, message_type: str) -> Iterator[Message]:
    before: int | None = None
    while page := node.stores.outbox.page(to=to, before=before, limit=_PAGE):
        yield from (each.message for each in page if each.message.type == message_type)
        before = page[-1].number


def received_of(node: Node, message_type: str) -> list[Received]:
    """Return the messages of a type that were let in, in the order in which they came."""
    found, before = list[Received](), None
    while page := node.stores.inbox.page(message_type=message_type, before=before, limit=_PAGE):
        found += page
        before = page[-1].number
    return found[::-1]
