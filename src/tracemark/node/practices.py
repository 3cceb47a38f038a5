"""Practices told to other nodes and by them, and how long marks last by this node's record."""

import tempfile
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from tracemark import practices
from tracemark.authorities import Permission, require
from tracemark.correspondence import EnvelopeRefused, Message, Received
from tracemark.kernel import Actor, Refused
from tracemark.node.exporting import bring_up_to_date
from tracemark.node.nodes import Node
from tracemark.node.papers import PracticeFile
from tracemark.practices import PRACTICE_TYPE, Durability, LibraryEntry, PracticeSubject
from tracemark.storage import SnapshotFolder, duckdb_engine, processors

_PAGE = 200
_MEMORY = "4GB"


def share_practice(node: Node, name: str, to: str, actor: Actor) -> int:
    """Post a practice to another node as it stands: published, or withdrawn. Return the version that was told.

    It leaves with the next delivery.

    Raises:
        NotPermitted: the actor may not write practices.
        PracticeRefused: there is none of this name, it was never published, or nobody of that name is known.

    Source: BMS7 ITI.1.
    """
    require(actor, Permission.PRACTICE_WRITE)
    peer = node.directory.find(to)
    if peer is None or not peer.is_known:
        raise practices.refuse_practice("correspondence.recipient_unknown", peer=to)
    try:
        known = practices.practice_of(name, node.stores.dossiers.events(name))
    except KeyError:
        raise practices.refuse_practice("practices.no_such_practice", practice=name) from None
    body = practices.shared_practice(known)
    with node.stores.atomic():
        node.stores.outbox.post(Message(to, PRACTICE_TYPE, body, about=name), at=node.clock.now())
    return known.versions[-1].number


def take_practice(_: Node, received: Received) -> None:
    """Take in a practice that another node sent.

    Raises:
        EnvelopeRefused: it is none.
    """
    try:
        practices.read_shared_practice(received.sender, "", received.body)
    except Refused as refused:
        raise EnvelopeRefused(refused.findings) from refused


def told_practices(node: Node) -> list[LibraryEntry]:
    """Return the practices that others told this node, each as it was told last."""
    states = {each.name: each.card.state for each in reversed(node.directory.all()) if each.keys}
    letters = reversed(list(_letters(node)))
    return practices.newest(
        practices.read_shared_practice(each.sender, states.get(each.sender, ""), each.body) for each in letters
    )


def practice_library(node: Node, actor: Actor) -> tuple[LibraryEntry, ...]:
    """Return all that this node's library holds.

    Raises:
        NotPermitted: the actor may not see practices.
    """
    return practices.library(actor=actor, stores=node.stores, received=told_practices(node))


def mark_durability(node: Node, actor: Actor) -> Durability:
    """Count from the node's record how long marks stay readable. The columns beside it are brought up to date first.

    Raises:
        NotPermitted: the actor may not see practices.
        SnapshotDamaged, SnapshotForeign: as `drawing`.

    Source: ITI 7(5), BMS7 ITI.3.
    """
    require(actor, Permission.PRACTICE_READ)
    kept = bring_up_to_date(node, node.columns)
    newest = kept.newest
    head = f"{newest.size}.{newest.root}" if newest else "0."
    return _counted(kept.folder, head, node.clock.now().date())


@lru_cache(maxsize=4)
def _counted(folder: Path, head: str, today: date) -> Durability:
    """Count at one head of the record, which never changes, so that no reader of a page waits for it twice."""
    kept = SnapshotFolder.open(folder)
    with (
        tempfile.TemporaryDirectory() as aside,
        duckdb_engine(kept, threads=processors(), memory=_MEMORY, aside=Path(aside)) as engine,
    ):
        return practices.draw_durability(engine, head=head, state=kept.state, today=today)


def practice_document(
    node: Node, subject: PracticeSubject, form: PracticeFile, actor: Actor, language: str = "en"
) -> bytes:
    """Write the document of good practice on a subject; on marking, with how long marks last by this node's record.

    Raises:
        NotPermitted: the actor may not see practices.
        SnapshotDamaged, SnapshotForeign: as `drawing`.

    Source: BMS7 ITI.3.
    """
    entries = [
        each
        for each in practice_library(node, actor)
        if each.content.subject is subject and practices.counts_for_document(each)
    ]
    found = mark_durability(node, actor) if subject is PracticeSubject.MARKING else None
    return node.papers.good_practice(subject, entries, found, form, actor, language)


def _letters(node: Node) -> Iterator[Received]:
    before: int | None = None
    while page := node.stores.inbox.page(message_type=PRACTICE_TYPE, before=before, limit=_PAGE):
        yield from page
        before = page[-1].number
